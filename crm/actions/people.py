"""Contact persons and their positions."""

from datetime import date, datetime
from typing import Any

from crm import audit
from crm.actions.changes import change
from crm.actions.companies import known_to
from crm.db import db
from crm.domain.access import Right, require_in_any
from crm.domain.company_fields import parse_email, parse_phone
from crm.domain.errors import Conflict, Invalid, Reason
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.person import Person, Position
from crm.models.user import User


def add_person(
    actor: User,
    company: Company,
    *,
    name: str,
    title: str,
    email: str,
    phone: str,
    today: date,
    now: datetime,
) -> Person:
    """Make a person who works for the company from today on."""
    require_in_any(actor, Right.EDIT_COMPANY, known_to(company))
    person = Person(**person_facts(name, email, phone))
    person.positions.append(Position(company=company, title=_title(title), since_on=today))
    db.session.add(person)
    db.session.flush()
    audit.record(actor, "person.added", company, now=now, changes={"person": [None, person.name]})
    return person


def edit_person(
    actor: User,
    position: Position,
    *,
    name: str,
    title: str,
    email: str,
    phone: str,
    version: int,
    now: datetime,
) -> None:
    """Change a person's facts and their title in this company."""
    require_in_any(actor, Right.EDIT_COMPANY, known_to(position.company))
    person = position.person
    if person.version != version:
        raise Conflict("name", Reason.CHANGED_SINCE)
    change(person, **person_facts(name, email, phone))
    change(position, title=_title(title))
    db.session.flush()
    audit.record(
        actor, "person.changed", position.company, now=now, changes={"person": [None, person.name]}
    )


def end_position(actor: User, position: Position, *, today: date, now: datetime) -> AuditEvent:
    """The person no longer works there; old meetings keep their name. Undoable."""
    require_in_any(actor, Right.EDIT_COMPANY, known_to(position.company))
    changes = change(position, until_on=today)
    db.session.flush()
    return audit.record(actor, "position.ended", position, now=now, changes=changes)


def person_facts(name: str, email: str, phone: str) -> dict[str, Any]:
    """The columns of a person from typed text; raises Invalid at the field."""
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", Reason.REQUIRED)
    if len(name) > 120:
        raise Invalid("name", Reason.TOO_LONG, most=120)
    return {
        "name": name,
        "email": parse_email(email) if email.strip() else None,
        "phone": parse_phone(phone) if phone.strip() else None,
    }


def _title(title: str) -> str | None:
    return " ".join(title.split())[:120] or None
