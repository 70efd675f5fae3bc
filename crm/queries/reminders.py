"""Who is to be told this morning, and how far each mail has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from crm.db import db
from crm.domain.reminders import DeliveryState
from crm.models.reminder import Delivery, JobRun, Reminder
from crm.models.user import User

UNSETTLED = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.TRANSMITTING)


def digest_readers() -> list[User]:
    """Active people who take the morning digest."""
    rows = select(User).where(User.active, User.digest_wanted).order_by(User.id)
    return list(db.session.scalars(rows))


def known_keys(keys: set[str]) -> set[str]:
    """Those of keys whose reminder has been made."""
    return set(db.session.scalars(select(Reminder.key).where(Reminder.key.in_(keys))))


def to_send(delivery_id: int) -> Delivery:
    """A delivery with its reminder and its reader."""
    return db.session.scalars(
        select(Delivery)
        .where(Delivery.id == delivery_id)
        .options(joinedload(Delivery.reminder).joinedload(Reminder.user))
    ).one()


def is_replaced(reminder: Reminder, *, now: datetime) -> bool:
    """True when a newer reminder of the same kind has come for the same person."""
    newer = select(Reminder.id).where(
        Reminder.user_id == reminder.user_id,
        Reminder.kind == reminder.kind,
        Reminder.due_at > reminder.due_at,
        Reminder.due_at <= now,
    )
    return db.session.scalar(newer.limit(1)) is not None


def outbox(
    *, state: DeliveryState | None = None, limit: int | None = None, offset: int = 0
) -> list[Delivery]:
    """Deliveries with their reminders and readers, the newest first."""
    rows = (
        select(Delivery)
        .join(Delivery.reminder)
        .options(contains_eager(Delivery.reminder).joinedload(Reminder.user))
        .order_by(Reminder.due_at.desc(), Delivery.id.desc())
        .limit(limit)
        .offset(offset)
    )
    if state is not None:
        rows = rows.where(Delivery.state == state)
    return list(db.session.scalars(rows))


def delivery(delivery_id: int) -> Delivery | None:
    rows = select(Delivery).where(Delivery.id == delivery_id)
    return db.session.scalar(rows.options(joinedload(Delivery.reminder).joinedload(Reminder.user)))


def counts_by_state() -> dict[DeliveryState, int]:
    """How many deliveries are in each state, every state named."""
    counted = db.session.execute(select(Delivery.state, func.count()).group_by(Delivery.state))
    return dict.fromkeys(DeliveryState, 0) | dict(iter(counted))


def oldest_waiting_at() -> datetime | None:
    """When the mail that has waited longest was due."""
    rows = select(func.min(Reminder.due_at)).join(Reminder.delivery)
    found: datetime | None = db.session.scalar(rows.where(Delivery.state.in_(UNSETTLED)))
    return found


def last_answer() -> str | None:
    """What the mail server last said to a mail that still waits."""
    rows = select(Delivery.answer).where(
        Delivery.state == DeliveryState.PENDING, Delivery.answer.is_not(None)
    )
    return db.session.scalar(rows.order_by(Delivery.next_try_at.desc()).limit(1))


def ran(job: str, *, slot: datetime) -> bool:
    """True when this slot's run has been taken."""
    rows = select(JobRun.id).where(JobRun.job == job, JobRun.slot == slot)
    return db.session.scalar(rows) is not None


def last_run(job: str, *, until: datetime) -> JobRun | None:
    """The newest run up to this moment; runs tried out with a later time do not count."""
    rows = select(JobRun).where(JobRun.job == job, JobRun.slot <= until)
    return db.session.scalar(rows.order_by(JobRun.slot.desc()).limit(1))


def good_runs(job: str, *, since: datetime, until: datetime) -> list[JobRun]:
    """Runs after since that ended well, the newest first."""
    rows = select(JobRun).where(
        JobRun.job == job,
        JobRun.slot > since,
        JobRun.slot < until,
        JobRun.finished_at.is_not(None),
        JobRun.error.is_(None),
    )
    return list(db.session.scalars(rows.order_by(JobRun.slot.desc())))


def outbox_rows() -> list[dict[str, Any]]:
    """Every reminder and its delivery in plain values, the oldest first."""
    return [
        {
            "key": row.reminder.key,
            "person": row.reminder.user.email,
            "channel": row.channel,
            "due": row.reminder.due_at.isoformat(),
            "state": row.state.value,
            "attempts": row.attempts,
            "message_id": row.message_id,
            "answer": row.answer,
        }
        for row in reversed(outbox())
    ]
