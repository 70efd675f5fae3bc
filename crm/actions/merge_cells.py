"""Writes the cells of one merge, each with what it was, in few statements for many rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Table, insert, select, update

from crm.actions.changes import plain
from crm.db import db
from crm.domain.merges import Done
from crm.models.merge import MergeChange

CHUNK = 500


def chunks(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[start : start + CHUNK] for start in range(0, len(values), CHUNK)]


def row_key(table: Table) -> Column[Any]:
    """The column that tells rows apart; who took part in an interaction is told by it."""
    return table.c.id if "id" in table.c else table.c.interaction_id


def rows_at(column: Column[Any], row_id: int) -> list[Mapping[str, Any]]:
    """Every row that names row_id in column, in the order of their keys."""
    table: Any = column.table
    ordered = select(table).where(column == row_id).order_by(row_key(table))
    found: Any = db.session.execute(ordered).mappings()
    return [dict(row) for row in found]


def write(table: Table, key: int, values: Mapping[str, Any]) -> None:
    """Set cells of one row; an edit begun before it is told so by the row's version."""
    version = {"version": table.c.version + 1} if "version" in table.c else {}
    statement = update(table).where(row_key(table) == key).values({**version, **values})
    db.session.execute(statement.execution_options(synchronize_session=False))


class Cells:
    """The cells that one merge changes."""

    def __init__(self, merge_id: int) -> None:
        self.merge_id = merge_id
        self.changed: dict[tuple[str, int], dict[str, list[Any]]] = {}

    def move(self, column: Column[Any], keys: Sequence[int], *, old: int, new: int) -> None:
        """These rows name new instead of old. Their versions stay: whoever is writing in one of
        them may go on."""
        key = row_key(column.table)
        for chunk in chunks(keys):
            statement = (
                update(column.table).where(column == old, key.in_(chunk)).values({column: new})
            )
            db.session.execute(statement.execution_options(synchronize_session=False))
        self._note([self._change(column, each, old, new, Done.MOVED) for each in keys])

    def stay(self, column: Column[Any], keys: Sequence[int], at: int) -> None:
        self._note([self._change(column, each, at, at, Done.STAYED) for each in keys])

    def set(self, table: Table, row: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Give a row's cells these values; nothing happens to those that have them."""
        new = {name: value for name, value in values.items() if row[name] != value}
        if not new:
            return
        key = row[row_key(table).name]
        write(table, key, new)
        self._note(
            [self._change(table.c[n], key, row[n], new[n], Done.SET) for n in new],
        )
        noted = {name: [plain(row[name]), plain(value)] for name, value in new.items()}
        self.changed.setdefault((table.name, key), {}).update(noted)

    def swap(self, column: Column[Any], one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        """Exchange a unique value of two rows."""
        table: Any = column.table
        write(table, other["id"], {column.name: None})
        self.set(table, one, {column.name: other[column.name]})
        self.set(table, other, {column.name: one[column.name]})

    def _change(
        self, column: Column[Any], key: int, old: Any, new: Any, done: Done
    ) -> dict[str, Any]:
        return {
            "merge_id": self.merge_id,
            "table_name": column.table.name,
            "row_id": key,
            "column_name": column.name,
            "old": plain(old),
            "new": plain(new),
            "done": done,
            "settled": False,
        }

    def _note(self, rows: list[dict[str, Any]]) -> None:
        if rows:
            db.session.execute(insert(MergeChange), rows)
