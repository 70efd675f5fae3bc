from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.access import Visibility
from crm.domain.followups import FollowUpState
from crm.models.company import Company
from crm.models.stamped import Versioned
from crm.models.user import User


class FollowUp(Versioned, db.Model):
    """A dated promise with an assignee. Read it through crm.queries.scope only.

    visibility is that of the interaction it was made in; a promise made in a note for named
    people shows to its author and its assignee alone.
    """

    __table_args__ = (
        Index("ix_follow_up_assignee_id_state_due_on", "assignee_id", "state", "due_on", "id"),
        Index("ix_follow_up_company_id_state_due_on", "company_id", "state", "due_on", "id"),
        Index("ix_follow_up_town_code_state_due_on", "town_code", "state", "due_on", "id"),
        Index("ix_follow_up_state_due_on", "state", "due_on", "id"),
        Index("ix_follow_up_state_closed_at", "state", "closed_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    town_code: Mapped[str] = mapped_column(ForeignKey("town.code"))
    interaction_id: Mapped[int | None] = mapped_column(ForeignKey("interaction.id"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    assignee_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    text: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    state: Mapped[FollowUpState] = mapped_column(default=FollowUpState.OPEN)
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.TOWN)
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    drop_reason: Mapped[str | None] = mapped_column(String(300))
    form_key: Mapped[str | None] = mapped_column(String(64), unique=True)

    company: Mapped[Company] = relationship()
    assignee: Mapped[User] = relationship(foreign_keys=[assignee_id])
    author: Mapped[User] = relationship(foreign_keys=[author_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])
