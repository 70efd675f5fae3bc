"""Taking back one's own last act: the one way of undoing an edit, for every kind of row."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect

from crm import audit
from crm.actions.changes import change, plain, typed
from crm.actions.companies import settle_names
from crm.actions.engagements import renew_last_contact
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.models.audit import AuditEvent
from crm.models.company import Company, Engagement
from crm.models.duplicate import Duplicate
from crm.models.follow_up import FollowUp
from crm.models.interaction import Interaction
from crm.models.person import Person, Position
from crm.models.user import User

OPEN_FOR = timedelta(days=7)
UNDOABLE: dict[type[Any], Right] = {
    Company: Right.EDIT_COMPANY,
    Duplicate: Right.MERGE_COMPANIES,
    Engagement: Right.EDIT_COMPANY,
    FollowUp: Right.KEEP_FOLLOW_UPS,
    Interaction: Right.LOG_INTERACTION,
    Person: Right.EDIT_COMPANY,
    Position: Right.EDIT_COMPANY,
}
MODELS = {model.__tablename__: model for model in UNDOABLE}


def undo(actor: User, event: AuditEvent, *, now: datetime) -> Any:
    """Put back the fields of one's own recent act, and return the row.

    Raises NotAllowed for somebody else's act and for one that the actor could no longer do,
    Invalid when it is too old or cannot be undone, Conflict, changing nothing, when one of the
    fields was changed since.
    """
    model = MODELS.get(event.subject)
    require(actor, UNDOABLE[model] if model else Right.READ, event.town_code)
    if event.actor_id != actor.id:
        raise NotAllowed(Right.READ)
    if model is None or not _can_go_back(model, event) or now - event.at > OPEN_FOR:
        raise Invalid("event", Reason.UNDO_TOO_LATE)
    row = db.session.get(model, event.subject_id)
    if row is None:
        raise Conflict("event", Reason.CHANGED_SINCE)
    if _is_merged(row):
        raise Conflict("event", Reason.MERGED_SINCE)
    for field, (_old, new) in event.changes.items():
        if plain(getattr(row, field)) != new:
            raise Conflict("event", Reason.CHANGED_SINCE)
    back = {
        field: typed(inspect(model).columns[field], old)
        for field, (old, _new) in event.changes.items()
    }
    changes = change(row, **back)
    db.session.flush()
    if isinstance(row, Interaction):
        renew_last_contact(row)
    if isinstance(row, Company):
        settle_names(row, today=now.date())
    act = f"{event.subject}.undone"
    audit.record(actor, act, row, now=now, town_code=event.town_code, changes=changes)
    return row


def _is_merged(row: Any) -> bool:
    """Whether the row, or what it hangs on, was merged: nobody would see the change."""
    owners = (row, getattr(row, "company", None), getattr(row, "person", None))
    return any(getattr(owner, "merged_into_id", None) is not None for owner in owners)


def _can_go_back(model: type[Any], event: AuditEvent) -> bool:
    """Whether the act changed columns of its row; a new figure or person is a row of its own."""
    return bool(event.changes) and event.changes.keys() <= set(inspect(model).columns.keys())
