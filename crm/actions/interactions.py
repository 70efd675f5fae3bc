"""Logging what happened with a firm."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm import audit
from crm.actions.changes import change
from crm.actions.engagements import renew_last_contact, touch
from crm.actions.follow_ups import promise
from crm.actions.people import person_facts
from crm.db import db
from crm.domain.access import Right, Visibility, require
from crm.domain.companies import Source
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.interactions import Channel, GrowthWill, Topic, may_edit
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.interaction import Interaction, InteractionTopic
from crm.models.person import Person, Position
from crm.models.user import User

NOTE_AT_MOST = 20_000


@dataclass(frozen=True)
class Said:
    """What is written of one contact. readers matter only when visibility is NAMED."""

    channel: Channel
    held_on: date
    note: str
    visibility: Visibility = Visibility.TOWN
    growth_will: GrowthWill | None = None
    topics: Collection[Topic] = ()
    attendees: Collection[Person] = ()
    advisors: Collection[User] = ()
    readers: Collection[User] = ()
    new_attendee: str = ""


@dataclass(frozen=True)
class NextStep:
    """What was promised, and for when."""

    text: str
    due_on: date


def log_interaction(
    actor: User,
    company: Company,
    said: Said,
    *,
    town_code: str,
    form_key: str | None,
    next_step: NextStep | None = None,
    today: date,
    now: datetime,
) -> Interaction:
    """Write down a contact and what was promised in it, the promise being the actor's to keep.
    The town's relationship to the company begins or is renewed with it.

    The same form_key from the same person gives the interaction already made. Raises NotAllowed
    outside the actor's towns; Invalid for an empty or too long note, a day to come, or a person
    who does not belong to the company.
    """
    require(actor, Right.LOG_INTERACTION, town_code)
    if form_key and (already := _made_before(actor, form_key)):
        return already
    row = Interaction(
        company=company,
        town_code=town_code,
        author=actor,
        form_key=form_key,
        note="",
        topic_rows=[],
    )
    _write(actor, row, _checked(said, company, today))
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        if form_key and (already := _made_before(actor, form_key)):
            return already
        raise
    touch(company, town_code, held_on=said.held_on, owner=actor)
    db.session.flush()
    audit.record(actor, "interaction.logged", row, now=now, town_code=town_code)
    if said.new_attendee.strip():
        row.attendees.append(_new_attendee(company, said.new_attendee, today))
    if next_step:
        _promise(actor, row, next_step, today=today, now=now)
    return row


def _new_attendee(company: Company, name: str, today: date) -> Person:
    """Somebody of the firm met for the first time: only the name is known."""
    person = Person(**person_facts(name, "", ""), source=Source.INTERACTION)
    person.positions.append(Position(company=company, since_on=today))
    return person


def _promise(actor: User, row: Interaction, step: NextStep, *, today: date, now: datetime) -> None:
    promise(
        actor,
        row.company,
        town_code=row.town_code,
        text=step.text,
        due_on=step.due_on,
        assignee=actor,
        interaction_id=row.id,
        visibility=row.visibility,
        today=today,
        now=now,
    )


def edit_interaction(
    actor: User, row: Interaction, said: Said, *, version: int, today: date, now: datetime
) -> None:
    """Change what was written. Raises Conflict when somebody changed it meanwhile."""
    require_editor(actor, row)
    if row.version != version:
        raise Conflict("note", Reason.CHANGED_SINCE)
    _write(actor, row, _checked(said, row.company, today, there=row.attendees))
    db.session.flush()
    renew_last_contact(row)
    audit.record(actor, "interaction.changed", row, now=now, town_code=row.town_code)


def delete_interaction(actor: User, row: Interaction, *, now: datetime) -> AuditEvent:
    """Take a contact out of every list; undoable."""
    require_editor(actor, row)
    changes = change(row, deleted_at=now)
    db.session.flush()
    renew_last_contact(row)
    return audit.record(
        actor, "interaction.deleted", row, now=now, town_code=row.town_code, changes=changes
    )


def require_editor(actor: User, row: Interaction) -> None:
    require(actor, Right.LOG_INTERACTION, row.town_code)
    if not may_edit(actor, row):
        require(actor, Right.MANAGE_USERS, row.town_code)


def _made_before(actor: User, form_key: str) -> Interaction | None:
    return db.session.scalar(
        select(Interaction).where(
            Interaction.form_key == form_key, Interaction.author_id == actor.id
        )
    )


def _checked(said: Said, company: Company, today: date, *, there: Collection[Person] = ()) -> Said:
    """there: who took part as it was written, whatever firm they are in by now."""
    if not said.note.strip():
        raise Invalid("note", Reason.REQUIRED)
    if len(said.note) > NOTE_AT_MOST:
        raise Invalid("note", Reason.TOO_LONG, most=NOTE_AT_MOST)
    if said.held_on > today:
        raise Invalid("held_on", Reason.DATE_IN_FUTURE)
    if said.visibility is Visibility.NAMED and not said.readers:
        raise Invalid("readers", Reason.REQUIRED)
    _check_attendees(set(said.attendees) - set(there), company)
    return said


def _check_attendees(attendees: Collection[Person], company: Company) -> None:
    ids = {person.id for person in attendees}
    of_company = select(Position.person_id).where(
        Position.company_id == company.id, Position.person_id.in_(ids)
    )
    if ids - set(db.session.scalars(of_company)):
        raise Invalid("attendees", Reason.UNKNOWN_CHOICE)


def _write(actor: User, row: Interaction, said: Said) -> None:
    row.channel = said.channel
    row.held_on = said.held_on
    row.note = said.note.replace("\r\n", "\n").strip()
    row.visibility = said.visibility
    row.growth_will = said.growth_will
    row.attendees = list(said.attendees)
    row.advisors = list(dict.fromkeys([row.author, *said.advisors]))
    named = said.visibility is Visibility.NAMED
    row.readers = list(dict.fromkeys([row.author, actor, *said.readers])) if named else []
    kept = {topic_row.topic: topic_row for topic_row in row.topic_rows}
    row.topic_rows = [kept.get(t) or InteractionTopic(topic=t) for t in dict.fromkeys(said.topics)]
