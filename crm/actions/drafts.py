"""Meetings begun and not yet saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from crm.db import db
from crm.domain.access import Right, require
from crm.models.interaction import Draft
from crm.models.user import User


def save_draft(
    actor: User, *, form_key: str, company_id: int | None, values: dict[str, Any], now: datetime
) -> Draft:
    """Keep what has been typed, under the key of its form; a second time replaces the first."""
    require(actor, Right.LOG_INTERACTION)
    draft = _of(actor, form_key) or Draft(user_id=actor.id, form_key=form_key)
    draft.company_id = company_id
    draft.values = values
    draft.saved_at = now
    db.session.add(draft)
    db.session.flush()
    return draft


def discard_draft(actor: User, form_key: str) -> None:
    """Forget a draft, for instance because its meeting was saved; nothing happens without one."""
    require(actor, Right.READ)
    draft = _of(actor, form_key)
    if draft is not None:
        db.session.delete(draft)


def _of(actor: User, form_key: str) -> Draft | None:
    return db.session.scalar(
        select(Draft).where(Draft.form_key == form_key, Draft.user_id == actor.id)
    )
