"""The database handle, and the rules every connection keeps.

SQLite: WAL, foreign keys, full sync, and BEGIN IMMEDIATE for whatever may write, so that two
writers wait for each other instead of failing. A reading request (GET, HEAD) gets a read-only
transaction on both databases: a page that writes fails at once, in tests and for users.
"""

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Connection, DateTime, Dialect, Engine, Enum, MetaData, event
from sqlalchemy.orm import DeclarativeBase, registry
from sqlalchemy.types import JSON, TypeDecorator

BUSY_MS = 10_000  # taking 20,000 firms in holds the one writer for two or three seconds

_read_only: ContextVar[bool] = ContextVar("read_only", default=False)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, kept as UTC in both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_label)s",
                "uq": "uq_%(table_name)s_%(column_0_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UtcDateTime,
            dict[str, Any]: JSON,
            list[Any]: JSON,
            enum.Enum: Enum(
                enum.Enum,
                native_enum=False,
                create_constraint=False,
                length=20,
                values_callable=lambda members: [member.value for member in members],
            ),
        },
    )


db = SQLAlchemy(model_class=Base)


def engine_options(address: str) -> dict[str, Any]:
    """How connections are made. PostgreSQL plans each search anew: a prepared plan that must
    serve every pattern reads whole tables (measured: 298 ms against 60 ms)."""
    options: dict[str, Any] = {"pool_pre_ping": True}
    if address.startswith("postgresql"):
        options["connect_args"] = {"prepare_threshold": None}
    return options


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside may read only."""
    token = _read_only.set(True)
    try:
        yield
    finally:
        _read_only.reset(token)


def set_read_only(value: bool) -> None:
    """Say for the rest of this context (one request) whether it may write."""
    _read_only.set(value)


@event.listens_for(Engine, "connect")
def _prepare_sqlite(connection: Any, _record: Any) -> None:
    if "sqlite3" not in type(connection).__module__:
        return
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


@event.listens_for(Engine, "begin")
def _begin(connection: Connection) -> None:
    read_only = _read_only.get()
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only = {int(read_only)}")
        connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
    elif read_only:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
