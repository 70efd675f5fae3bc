"""Writing many rows quickly, the same way at demo and at load-test size."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

CHUNK = 5_000


def write(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> list[int]:
    """Insert rows in order and return their ids in that order. Every row has the same keys.

    Nobody else may be writing to the table: ids are those above the highest one before.
    """
    before = session.scalar(select(func.max(table.id))) or 0
    link(session, table, rows)
    return list(session.scalars(select(table.id).where(table.id > before).order_by(table.id)))


def link(session: Session, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows whose ids nobody asks for."""
    for chunk in chunks(rows):
        target = table if isinstance(table, Table) else table.__table__
        session.execute(insert(target), chunk)


def chunks(rows: Iterable[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
