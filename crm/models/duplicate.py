from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.duplicates.decisions import DifferentBecause, PairState
from crm.models.company import Company
from crm.models.stamped import Versioned
from crm.models.user import User


class Duplicate(Versioned, db.Model):
    """Two companies that may be one firm, and what people said of them. left_id < right_id.

    probability, reasons and features are of the search that found the pair last, before anybody
    judged it; reasons are {"clue", "weight"}, features the numbers they come from. fingerprint is
    that of the identifiers when somebody said "different". asked_by_id is who asked the other towns
    and has thereby agreed for their own.
    """

    __table_args__ = (
        UniqueConstraint("left_id", "right_id"),
        Index("ix_duplicate_state_probability", "state", "probability", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    left_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"))
    right_id: Mapped[int] = mapped_column(ForeignKey("company.id", ondelete="CASCADE"), index=True)
    probability: Mapped[float]
    reasons: Mapped[list[Any]]
    features: Mapped[dict[str, Any]]
    found_at: Mapped[datetime]
    state: Mapped[PairState] = mapped_column(default=PairState.OPEN)
    because: Mapped[DifferentBecause | None]
    note: Mapped[str | None] = mapped_column(String(300))
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    later_until: Mapped[date | None]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None]

    left: Mapped[Company] = relationship(foreign_keys=[left_id])
    right: Mapped[Company] = relationship(foreign_keys=[right_id])
    asked_by: Mapped[User | None] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
