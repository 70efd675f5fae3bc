from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm.db import db
from crm.domain.reminders import KEPT_INSIDE, DeliveryState, ReminderKind, SkipReason
from crm.models.stamped import Stamped
from crm.models.user import User


class Reminder(Stamped, db.Model):
    """One thing a person is to be told on one Finnish day. key is made of kind, day and person;
    its uniqueness is what makes a reminder come once whatever the number of workers."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    kind: Mapped[ReminderKind]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    local_on: Mapped[date]
    due_at: Mapped[datetime]

    user: Mapped[User] = relationship()
    delivery: Mapped["Delivery"] = relationship(back_populates="reminder")


class Delivery(Stamped, db.Model):
    """The way of one reminder to its reader: pending, claimed, transmitting, then an end state.

    fence grows with each claim; a worker that lost its lease cannot write any more. attempts are
    all tries, refusals those that the mail server asked to repeat later. The mail is kept as it
    was sent. answer is the server's, or a SkipReason when the mail was not needed.
    """

    __table_args__ = (Index("ix_delivery_state_next_try_at", "state", "next_try_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reminder_id: Mapped[int] = mapped_column(
        ForeignKey("reminder.id", ondelete="CASCADE"), unique=True
    )
    channel: Mapped[str] = mapped_column(String(10), default="mail")
    state: Mapped[DeliveryState] = mapped_column(default=DeliveryState.PENDING)
    attempts: Mapped[int] = mapped_column(default=0)
    refusals: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    fence: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str | None] = mapped_column(String(300))
    text: Mapped[str | None] = mapped_column(Text)
    html: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(String(500))
    sent_at: Mapped[datetime | None]

    reminder: Mapped[Reminder] = relationship(back_populates="delivery")

    @property
    def kept_inside(self) -> bool:
        """True for a mail of a demo, which goes to nobody."""
        return self.answer == KEPT_INSIDE

    @property
    def skip_reason(self) -> SkipReason | None:
        skipped = self.state is DeliveryState.SKIPPED
        return SkipReason(self.answer) if skipped and self.answer else None


class JobRun(db.Model):
    """One run of a job in one slot of time; the pair is unique, so two workers run it once."""

    __table_args__ = (UniqueConstraint("job", "slot"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(40))
    slot: Mapped[datetime]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any] | None]
    error: Mapped[str | None] = mapped_column(String(500))
