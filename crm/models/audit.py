from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.models.user import User


class AuditEvent(db.Model):
    """Who did what to which row, when; changes is {field: [old, new]}.

    town_code is empty for what the whole network may see (a company's facts). Texts of notes
    are never written here. Written by crm.audit only.
    """

    __table_args__ = (Index("ix_audit_event_subject", "subject", "subject_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    act: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    town_code: Mapped[str | None] = mapped_column(ForeignKey("town.code"))
    changes: Mapped[dict[str, Any]]

    actor: Mapped[User | None] = relationship()
