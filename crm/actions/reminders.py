"""Reminders on their way: planned, claimed, handed over, settled. The caller commits each step.

Two phases keep the promise "never lost, never sent twice": a worker claims a delivery (a lease
and a fence number), commits that it is transmitting before the first byte leaves, and settles
the end state after the server's answer. A worker that dies before transmitting loses its claim
and the mail goes back to the queue; one that dies while transmitting leaves it uncertain, and
nobody sends it again. Each step moves a row only while its fence is the claimed one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CursorResult, Insert, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crm.db import db
from crm.domain.calendar import Slot
from crm.domain.reminders import (
    CLAIM_LEASE,
    MAIL,
    TRANSMISSION_LEASE,
    UNREACHABLE_PAUSE,
    Claim,
    DeliveryState,
    ReminderKind,
    SkipReason,
    key,
    message_id,
    pause_after,
)
from crm.models.reminder import Delivery, JobRun, Reminder

ANSWER_AT_MOST = 500
MINE = (DeliveryState.CLAIMED,)
UNDER_WAY = (DeliveryState.TRANSMITTING, DeliveryState.UNCERTAIN)


@dataclass(frozen=True)
class Planned:
    """One digest to be made: for whom, where to, and for which morning."""

    user_id: int
    recipient: str
    slot: Slot


def plan(digests: Sequence[Planned], *, host: str | None) -> int:
    """Write each reminder together with its delivery, unless it is there; returns how many are new.

    Any number of workers may plan the same at the same time: the key is unique.
    """
    by_key = {key(ReminderKind.DIGEST, d.slot.local_on, d.user_id): d for d in digests}
    if not by_key:
        return 0
    rows = [_reminder(name, by_key[name]) for name in sorted(by_key)]
    reminder: Table = Reminder.__table__
    made = db.session.execute(
        _insert_unless_there(reminder, rows).returning(reminder.c.id, reminder.c.key)
    ).all()
    for row in made:
        db.session.add(_delivery(row.id, row.key, by_key[row.key], host))
    return len(made)


def _reminder(name: str, digest: Planned) -> dict[str, Any]:
    return {
        "key": name,
        "kind": ReminderKind.DIGEST,
        "user_id": digest.user_id,
        "local_on": digest.slot.local_on,
        "due_at": digest.slot.due_at,
    }


def _delivery(reminder_id: int, name: str, digest: Planned, host: str | None) -> Delivery:
    return Delivery(
        reminder_id=reminder_id,
        channel=MAIL,
        next_try_at=digest.slot.due_at,
        message_id=message_id(name, host),
        recipient=digest.recipient,
    )


def _insert_unless_there(table: Table, rows: Sequence[dict[str, Any]]) -> Insert:
    """An INSERT that leaves out rows whose unique key is taken, on either database."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table).values(list(rows)).on_conflict_do_nothing()


def claim(*, limit: int, now: datetime) -> list[Claim]:
    """Take at most limit deliveries whose time has come, the longest waiting first.

    PostgreSQL skips the rows another worker is taking; SQLite has one writer at a time and leaves
    the locking words out.
    """
    waiting = (
        select(Delivery.id)
        .where(Delivery.state == DeliveryState.PENDING, Delivery.next_try_at <= now)
        .order_by(Delivery.next_try_at, Delivery.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        .cte("waiting")
    )
    taken = (
        update(Delivery)
        .where(Delivery.id.in_(select(waiting.c.id)))
        .values(
            state=DeliveryState.CLAIMED, fence=Delivery.fence + 1, lease_until=now + CLAIM_LEASE
        )
        .returning(Delivery.id, Delivery.fence)
        .execution_options(synchronize_session=False)
    )
    return [Claim(*row) for row in sorted(tuple(row) for row in db.session.execute(taken))]


def mark_transmitting(
    claimed: Claim, *, recipient: str, subject: str, text: str, html: str, now: datetime
) -> bool:
    """Say, before the first byte, that the mail may leave now. False when the claim is lost:
    somebody else has it, and this worker must not send."""
    return _move(
        claimed,
        MINE,
        state=DeliveryState.TRANSMITTING,
        lease_until=now + TRANSMISSION_LEASE,
        attempts=Delivery.attempts + 1,
        recipient=recipient,
        subject=subject,
        text=text,
        html=html,
    )


def mark_sent(claimed: Claim, *, answer: str, now: datetime) -> bool:
    """The server took the mail. A late answer settles an uncertain delivery, too."""
    return _end(claimed, UNDER_WAY, DeliveryState.SENT, answer=answer, sent_at=now)


def mark_bounced(claimed: Claim, *, answer: str) -> bool:
    """The server refused the mail for good."""
    return _end(claimed, UNDER_WAY, DeliveryState.BOUNCED, answer=answer)


def mark_uncertain(claimed: Claim, *, answer: str) -> bool:
    """Nobody knows whether the server took the mail; it is never sent again by itself."""
    return _end(claimed, UNDER_WAY, DeliveryState.UNCERTAIN, answer=answer)


def mark_refused_for_now(claimed: Claim, *, answer: str, now: datetime) -> bool:
    """The server asked to come later: wait longer each time, and in the end give up."""
    return _wait_or_fail(claimed, UNDER_WAY, answer=answer, now=now)


def mark_not_written(claimed: Claim, *, answer: str, now: datetime) -> bool:
    """The mail could not be written. It waits like a refused one and stops no other."""
    return _wait_or_fail(claimed, MINE, answer=answer, now=now, attempts=Delivery.attempts + 1)


def mark_failed(claimed: Claim, *, answer: str) -> bool:
    """The mail can never be sent, for example because its address cannot be written."""
    return _end(claimed, MINE, DeliveryState.FAILED, answer=answer)


def skip(claimed: Claim, reason: SkipReason) -> bool:
    return _end(claimed, MINE, DeliveryState.SKIPPED, answer=reason.value)


def put_back(claims: Sequence[Claim], *, answer: str, now: datetime) -> int:
    """The server cannot be reached: try all of them again in a minute, for as long as it takes."""
    return sum(
        _move(
            claimed,
            MINE,
            state=DeliveryState.PENDING,
            lease_until=None,
            attempts=Delivery.attempts + 1,
            next_try_at=now + UNREACHABLE_PAUSE,
            answer=answer[:ANSWER_AT_MOST],
        )
        for claimed in claims
    )


def release(claims: Sequence[Claim]) -> int:
    """Give up claims unused, for a worker that is asked to stop."""
    return sum(
        _move(claimed, MINE, state=DeliveryState.PENDING, lease_until=None) for claimed in claims
    )


def expire(*, now: datetime) -> tuple[int, int]:
    """Settle what dead workers left behind; returns how many went back to the queue and how many
    became uncertain."""
    back = _expire(DeliveryState.CLAIMED, DeliveryState.PENDING, now)
    uncertain = _expire(DeliveryState.TRANSMITTING, DeliveryState.UNCERTAIN, now)
    return back, uncertain


def _expire(state: DeliveryState, to: DeliveryState, now: datetime) -> int:
    return _n_rows(
        update(Delivery)
        .where(Delivery.state == state, Delivery.lease_until < now)
        .values(state=to, lease_until=None)
    )


def _wait_or_fail(
    claimed: Claim, states: Sequence[DeliveryState], *, answer: str, now: datetime, **values: Any
) -> bool:
    refusals = 1 + (db.session.scalar(_refusals_of(claimed)) or 0)
    pause = pause_after(refusals)
    if pause is None:
        return _end(
            claimed, states, DeliveryState.FAILED, answer=answer, refusals=refusals, **values
        )
    return _end(
        claimed,
        states,
        DeliveryState.PENDING,
        answer=answer,
        refusals=refusals,
        next_try_at=now + pause,
        **values,
    )


def _refusals_of(claimed: Claim) -> Any:
    return select(Delivery.refusals).where(Delivery.id == claimed.delivery_id)


def _end(
    claimed: Claim,
    states: Sequence[DeliveryState],
    to: DeliveryState,
    *,
    answer: str,
    **values: Any,
) -> bool:
    return _move(
        claimed, states, state=to, lease_until=None, answer=answer[:ANSWER_AT_MOST], **values
    )


def _move(claimed: Claim, states: Sequence[DeliveryState], **values: Any) -> bool:
    """Change the delivery if it is in one of states and the claim still holds."""
    return bool(
        _n_rows(
            update(Delivery)
            .where(
                Delivery.id == claimed.delivery_id,
                Delivery.fence == claimed.fence,
                Delivery.state.in_(states),
            )
            .values(**values)
        )
    )


def _n_rows(statement: Any) -> int:
    result = db.session.execute(statement.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    return int(result.rowcount)


def begin_run(job: str, *, slot: datetime, now: datetime) -> bool:
    """Take this job's run of this slot; False when somebody has it. Do the work in the same
    transaction, and a worker that dies gives the run back."""
    table: Table = JobRun.__table__
    row = {"job": job, "slot": slot, "started_at": now}
    taken = db.session.execute(_insert_unless_there(table, [row]).returning(table.c.id))
    return taken.first() is not None


def note_progress(job: str, *, slot: datetime, outcome: dict[str, Any]) -> None:
    """Say how far a run is, for whoever looks."""
    _n_rows(update(JobRun).where(JobRun.job == job, JobRun.slot == slot).values(outcome=outcome))


def end_run(
    job: str, *, slot: datetime, outcome: dict[str, Any], now: datetime, error: str | None = None
) -> None:
    _n_rows(
        update(JobRun)
        .where(JobRun.job == job, JobRun.slot == slot)
        .values(finished_at=now, outcome=outcome, error=error)
    )


def forget_mail_texts(*, before: datetime) -> int:
    """Drop the texts of mails older than this; that they were sent stays known."""
    old = select(Reminder.id).where(Reminder.due_at < before)
    return _n_rows(
        update(Delivery)
        .where(Delivery.reminder_id.in_(old), Delivery.text.is_not(None))
        .values(text=None, html=None)
    )


def forget_job_runs(*, before: datetime) -> int:
    return _n_rows(delete(JobRun).where(JobRun.slot < before))
