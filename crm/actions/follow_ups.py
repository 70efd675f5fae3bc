"""Promises: made, kept, moved, dropped."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm import audit
from crm.actions.changes import change
from crm.db import db
from crm.domain.access import Right, Visibility, require
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.followups import FollowUpState
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.follow_up import FollowUp
from crm.models.user import User

TEXT_AT_MOST = 300


def promise(
    actor: User,
    company: Company,
    *,
    town_code: str,
    text: str,
    due_on: date,
    assignee: User,
    form_key: str | None = None,
    interaction_id: int | None = None,
    visibility: Visibility = Visibility.TOWN,
    today: date,
    now: datetime,
) -> FollowUp:
    """Make a promise with an assignee and a day. The same form_key gives the promise already made.

    Raises NotAllowed outside the actor's towns; Invalid when the text is missing or too long,
    the day is past, or the assignee does not work in the town.
    """
    require(actor, Right.KEEP_FOLLOW_UPS, town_code)
    if form_key and (already := _made_before(actor, form_key)):
        return already
    row = FollowUp(
        company=company,
        town_code=town_code,
        text=_checked_text(text),
        due_on=_not_past(due_on, today),
        assignee=_checked_assignee(assignee, town_code),
        author=actor,
        interaction_id=interaction_id,
        visibility=visibility,
        form_key=form_key,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        if form_key and (already := _made_before(actor, form_key)):
            return already
        raise
    audit.record(actor, "follow_up.made", row, now=now, town_code=town_code)
    return row


def _made_before(actor: User, form_key: str) -> FollowUp | None:
    return db.session.scalar(
        select(FollowUp).where(FollowUp.form_key == form_key, FollowUp.author_id == actor.id)
    )


def complete(actor: User, row: FollowUp, *, version: int, now: datetime) -> AuditEvent:
    """Mark a promise as kept."""
    return _close(actor, row, FollowUpState.DONE, None, version, now)


def drop(actor: User, row: FollowUp, *, reason: str, version: int, now: datetime) -> AuditEvent:
    """Give a promise up, with a reason. Raises Invalid without one."""
    reason = reason.strip()
    if not reason:
        raise Invalid("reason", Reason.REQUIRED)
    if len(reason) > TEXT_AT_MOST:
        raise Invalid("reason", Reason.TOO_LONG, most=TEXT_AT_MOST)
    return _close(actor, row, FollowUpState.DROPPED, reason, version, now)


def move(
    actor: User, row: FollowUp, *, due_on: date, version: int, today: date, now: datetime
) -> AuditEvent:
    """Give a promise another day, not before today."""
    _require_open(actor, row, version)
    changes = change(row, due_on=_not_past(due_on, today))
    return _record(actor, "follow_up.moved", row, changes, now)


def edit(
    actor: User,
    row: FollowUp,
    *,
    text: str,
    due_on: date,
    assignee: User,
    version: int,
    today: date,
    now: datetime,
) -> AuditEvent:
    """Change what was promised, to when, or by whom."""
    _require_open(actor, row, version)
    if due_on != row.due_on:
        due_on = _not_past(due_on, today)
    changes = change(
        row,
        text=_checked_text(text),
        due_on=due_on,
        assignee_id=_checked_assignee(assignee, row.town_code).id,
    )
    return _record(actor, "follow_up.changed", row, changes, now)


def _close(
    actor: User,
    row: FollowUp,
    state: FollowUpState,
    reason: str | None,
    version: int,
    now: datetime,
) -> AuditEvent:
    _require_open(actor, row, version)
    changes = change(row, state=state, drop_reason=reason, closed_at=now, closed_by_id=actor.id)
    return _record(actor, f"follow_up.{state}", row, changes, now)


def _require_open(actor: User, row: FollowUp, version: int) -> None:
    if row.assignee_id != actor.id:
        require(actor, Right.KEEP_FOLLOW_UPS, row.town_code)
    else:
        require(actor, Right.KEEP_FOLLOW_UPS)
    if row.state is not FollowUpState.OPEN:
        raise Conflict("version", Reason.ALREADY_DONE)
    if row.version != version:
        raise Conflict("version", Reason.CHANGED_SINCE)


def _record(
    actor: User, act: str, row: FollowUp, changes: dict[str, list[object]], now: datetime
) -> AuditEvent:
    db.session.flush()
    return audit.record(actor, act, row, now=now, town_code=row.town_code, changes=changes)


def _checked_text(text: str) -> str:
    text = " ".join(text.split())
    if not text:
        raise Invalid("text", Reason.REQUIRED)
    if len(text) > TEXT_AT_MOST:
        raise Invalid("text", Reason.TOO_LONG, most=TEXT_AT_MOST)
    return text


def _not_past(due_on: date, today: date) -> date:
    if due_on < today:
        raise Invalid("due_on", Reason.DATE_IN_PAST)
    return due_on


def _checked_assignee(assignee: User, town_code: str) -> User:
    if not assignee.may(Right.KEEP_FOLLOW_UPS, town_code):
        raise Invalid("assignee", Reason.UNKNOWN_CHOICE)
    return assignee
