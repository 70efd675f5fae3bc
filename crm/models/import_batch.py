from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from crm.db import db
from crm.domain.batches import BatchState, RowResult
from crm.models.company import Company
from crm.models.stamped import Versioned
from crm.models.user import User


class ImportBatch(Versioned, db.Model):
    """One file a town brought in: read, looked at, taken in, and perhaps taken back.

    table is the file as read, packed: cells of a spreadsheet, or rows of a register answer.
    mapping is {column number: column}; left_out are the headings of columns that mean nothing and
    stay in the file; counts are those of the preview, then of what was done.
    file_hash tells that the same file was taken in before. user is empty on the command line.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    town_code: Mapped[str] = mapped_column(ForeignKey("town.code"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    filename: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    file_hash: Mapped[str] = mapped_column(String(64), index=True)
    state: Mapped[BatchState] = mapped_column(default=BatchState.READ)
    mapping: Mapped[dict[str, Any]]
    left_out: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    counts: Mapped[dict[str, Any]]
    table: Mapped[bytes] = deferred(mapped_column(LargeBinary))
    applied_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]

    user: Mapped[User | None] = relationship()


class ImportRow(db.Model):
    """What became, or would become, of one row of the file.

    values is the record; problems are {"column", "code", "details", "blocking"}; changes are
    {"part", "field", "old", "new", "row_id"}, enough to take the row back. seen is the version of
    the company when the row was compared with it.
    """

    __table_args__ = (Index("ix_import_row_batch_id_result", "batch_id", "result", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"))
    number: Mapped[int]
    result: Mapped[RowResult]
    company_id: Mapped[int | None] = mapped_column(
        ForeignKey("company.id", ondelete="SET NULL"), index=True
    )
    seen: Mapped[int | None]
    shown: Mapped[str] = mapped_column(String(200), default="")
    values: Mapped[dict[str, Any]]
    problems: Mapped[list[Any]]
    changes: Mapped[list[Any]]

    company: Mapped[Company | None] = relationship()
