"""The only writer of the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from crm.db import db
from crm.models.audit import AuditEvent
from crm.models.user import User


def record(
    actor: User | None,
    act: str,
    subject: Any,
    *,
    now: datetime,
    town_code: str | None = None,
    changes: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write who did what. subject is a flushed row; changes is {field: [old, new]} in plain values.

    Without town_code the event is shown to the whole network: never put a note's text here.
    """
    event = _event(actor, act, subject, now, town_code, changes)
    db.session.add(event)
    db.session.flush()
    return event


def record_all(
    actor: User | None,
    act: str,
    changed: Iterable[tuple[Any, dict[str, Any]]],
    *,
    now: datetime,
) -> None:
    """Write the same act for many flushed rows with their changes, in one go."""
    db.session.add_all(_event(actor, act, row, now, None, changes) for row, changes in changed)
    db.session.flush()


def _event(
    actor: User | None,
    act: str,
    subject: Any,
    now: datetime,
    town_code: str | None,
    changes: dict[str, Any] | None,
) -> AuditEvent:
    return AuditEvent(
        at=now,
        actor=actor,
        act=act,
        subject=subject.__tablename__,
        subject_id=subject.id,
        town_code=town_code,
        changes=changes or {},
    )
