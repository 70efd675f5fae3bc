"""What has been merged into what: ids along the chains, however long."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.models.company import Company
from crm.models.person import Person


def survivors(kind: type[Company] | type[Person], ids: Collection[int]) -> dict[int, int]:
    """{id: id of the row it has become part of} of those that were merged, to the end of the chain:
    A into B, B into C gives C."""
    if not ids:
        return {}
    up = (
        select(kind.id.label("start"), kind.merged_into_id.label("at"))
        .where(kind.id.in_(ids), kind.merged_into_id.is_not(None))
        .cte("up", recursive=True)
    )
    up = up.union_all(
        select(up.c.start, kind.merged_into_id).where(
            kind.id == up.c.at, kind.merged_into_id.is_not(None)
        )
    )
    ends = select(up.c.start, up.c.at).join(kind, kind.id == up.c.at)
    return dict(db.session.execute(ends.where(kind.merged_into_id.is_(None))).all())


def merged_ids(kind: type[Company] | type[Person], ids: Collection[int]) -> dict[int, int]:
    """{id: id of the survivor among ids} of every row merged into these, straight or by others."""
    if not ids:
        return {}
    down = (
        select(kind.id.label("id"), kind.merged_into_id.label("top"))
        .where(kind.merged_into_id.in_(ids))
        .cte("down", recursive=True)
    )
    down = down.union_all(select(kind.id, down.c.top).where(kind.merged_into_id == down.c.id))
    return dict(db.session.execute(select(down.c.id, down.c.top)).all())


def current_id(kind: type[Company] | type[Person], row_id: int) -> int:
    """The id under which a row is now known: its own unless it was merged."""
    return survivors(kind, [row_id]).get(row_id, row_id)


def following(kind: type[Any], rows: Mapping[Any, int]) -> dict[Any, int]:
    """The same mapping with every merged id replaced by that of its survivor."""
    ends = survivors(kind, set(rows.values()))
    return {key: ends.get(row_id, row_id) for key, row_id in rows.items()}
