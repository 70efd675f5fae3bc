"""The only writer of the log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert

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
    event = AuditEvent(
        at=now,
        actor=actor,
        act=act,
        subject=subject.__tablename__,
        subject_id=subject.id,
        town_code=town_code,
        changes=changes or {},
    )
    db.session.add(event)
    db.session.flush()
    return event


def record_all(
    actor: User | None,
    act: str,
    table: type[Any],
    history: Mapping[int, dict[str, Any]],
    *,
    now: datetime,
) -> None:
    """Write the same act on many rows of one table; history is {row id: changes}."""
    events = [
        {
            "at": now,
            "actor_id": actor.id if actor else None,
            "act": act,
            "subject": table.__tablename__,
            "subject_id": row_id,
            "changes": changes,
        }
        for row_id, changes in history.items()
    ]
    if events:
        db.session.execute(insert(AuditEvent), events)
