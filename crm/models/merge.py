from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.merges import Done, MergeKind
from crm.models.user import User


class Merge(db.Model):
    """Two rows of one firm, or of one person, made one: the loser stays, hidden.

    survivor_id and loser_id are keys of the kind's table. name is the loser's at the time. towns
    are those whose people had to allow it. left says, by table, how many rows an undo could not
    bring back yet; they follow when the merge that took them on is taken back.
    """

    __table_args__ = (
        Index("ix_merge_kind_survivor_id", "kind", "survivor_id"),
        Index("ix_merge_kind_loser_id", "kind", "loser_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MergeKind]
    survivor_id: Mapped[int]
    loser_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    towns: Mapped[list[Any]]
    reason: Mapped[str | None] = mapped_column(String(300))
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    left: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))

    merged_by: Mapped[User] = relationship(foreign_keys=[merged_by_id])


class MergeChange(db.Model):
    """One cell that a merge moved, left where it was because the survivor has the same, or set.

    old and new are plain values. settled once an undo has put it back, or found it changed by
    people; until then it waits for a later merge of the same row to be taken back. row_id is the
    row's id; for interaction_attendee, which has none, the interaction's. It may hold a person's
    old name or phone: erasing a person erases these too.
    """

    __table_args__ = (
        Index("ix_merge_change_merge_id", "merge_id", "id"),
        Index("ix_merge_change_cell", "table_name", "row_id", "column_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    merge_id: Mapped[int] = mapped_column(ForeignKey("merge.id", ondelete="CASCADE"))
    table_name: Mapped[str] = mapped_column(String(40))
    row_id: Mapped[int]
    column_name: Mapped[str] = mapped_column(String(40))
    old: Mapped[Any] = mapped_column(JSON)
    new: Mapped[Any] = mapped_column(JSON)
    done: Mapped[Done]
    settled: Mapped[bool] = mapped_column(default=False)
