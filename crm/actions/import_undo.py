"""Taking a whole import back, keeping whatever somebody has worked on since."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select

from crm import audit
from crm.actions.changes import plain
from crm.actions.companies import settle_names
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState, RowResult
from crm.domain.companies import NameKind
from crm.domain.errors import Conflict, Reason
from crm.domain.imports.changes import Part
from crm.domain.imports.plain import read_record
from crm.models.company import Company, Engagement
from crm.models.follow_up import FollowUp
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.interaction import Draft, Interaction, interaction_attendee
from crm.models.person import Person, Position
from crm.models.user import User
from crm.queries import imports

Tell = Callable[[int, int], None]


def undo_import(
    actor: User | None,
    batch: ImportBatch,
    *,
    now: datetime,
    tell: Tell = lambda _done, _all: None,
) -> dict[str, int]:
    """Take an import back: {"removed": companies, "restored": values, "kept": companies or values
    that somebody has worked on since and that stay as they are}.

    Raises Conflict unless it was taken in and not yet taken back.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state is BatchState.UNDONE:
        raise Conflict("batch", Reason.ALREADY_UNDONE)
    if batch.state is not BatchState.APPLIED:
        raise Conflict("batch", Reason.NOT_APPLIED)
    created = imports.rows(batch, result=RowResult.CREATED, page_size=1_000_000)
    updated = imports.rows(batch, result=RowResult.UPDATED, page_size=1_000_000)
    total = len(created) + len(updated)
    removed = 0
    for done, chunk in enumerate(imports.chunks(created)):
        tell(done * imports.CHUNK, total)
        removed += _remove(chunk)
    restored, kept = _restore_all(updated, len(created), total, tell)
    batch.state, batch.undone_at = BatchState.UNDONE, now
    counts = {"removed": removed, "restored": restored, "kept": kept + len(created) - removed}
    audit.record(actor, "import.undone", batch, now=now, town_code=batch.town_code)
    return counts


def _remove(rows: list[ImportRow] | Any) -> int:
    """Delete the companies of these rows that nobody has touched, with their contact persons."""
    ids = {row.company_id: row for row in rows if row.company_id}
    untouched = (
        select(Company.id)
        .where(
            Company.id.in_(ids),
            Company.version == 1,
            Company.merged_into_id.is_(None),
            ~exists().where(Interaction.company_id == Company.id),
            ~exists().where(FollowUp.company_id == Company.id),
            ~exists().where(Draft.company_id == Company.id),
            _only_own_engagement(),
        )
        .order_by(Company.id)
    )
    gone = list(db.session.scalars(untouched))
    people = [each["row_id"] for i in gone for each in ids[i].changes if each["row_id"]]
    db.session.execute(delete(Position).where(Position.company_id.in_(gone)))
    db.session.execute(
        delete(Person).where(
            Person.id.in_(people),
            ~exists().where(Position.person_id == Person.id),
            Person.merged_into_id.is_(None),
            Person.id.not_in(_merged_into()),
        )
    )
    db.session.execute(delete(Company).where(Company.id.in_(gone)))
    return len(gone)


def _merged_into() -> Any:
    """Ids of the people into whom others were merged."""
    return select(Person.merged_into_id).where(Person.merged_into_id.is_not(None))


def _only_own_engagement() -> Any:
    touched = exists().where(
        Engagement.company_id == Company.id,
        (Engagement.version > 1) | Engagement.owner_id.is_not(None),
    )
    towns = (
        select(func.count())
        .where(Engagement.company_id == Company.id)
        .correlate(Company)
        .scalar_subquery()
    )
    return ~touched & (towns <= 1)


def _restore_all(rows: list[ImportRow], done: int, total: int, tell: Tell) -> tuple[int, int]:
    restored = kept = 0
    for chunk in imports.chunks(rows):
        companies = imports.by_ids([row.company_id for row in chunk if row.company_id])
        people = _people(chunk)
        with db.session.no_autoflush:
            for row in chunk:
                company = companies.get(row.company_id or 0)
                for change in reversed(row.changes):
                    if company is not None and _gone_back(company, change, people):
                        restored += 1
                    else:
                        kept += 1
        db.session.flush()
        done += len(chunk)
        tell(done, total)
    return restored, kept


def _people(rows: Sequence[ImportRow]) -> dict[int, Person]:
    contacts = [c for row in rows for c in row.changes if c["part"] == Part.CONTACT]
    ids = [change["row_id"] for change in contacts if change["row_id"]]
    return {row.id: row for row in db.session.scalars(select(Person).where(Person.id.in_(ids)))}


def _is_part_of_merge(row: Company | Person) -> bool:
    """Taking the import back would mix up two rows that are one now."""
    return row.merged_into_id is not None or bool(row.merged)


def _gone_back(company: Company, change: dict[str, Any], people: Mapping[int, Person]) -> bool:
    return not _is_part_of_merge(company) and _restore(company, change, people)


def _restore(company: Company, change: dict[str, Any], people: Mapping[int, Person]) -> bool:
    """Put one change back if what it made still stands as it was made."""
    part, field = Part(change["part"]), change["field"]
    if part is Part.FACT:
        if plain(getattr(company, field)) != change["new"]:
            return False
        before = read_record({"name": company.name} | _given(field, change["old"]))
        setattr(company, field, getattr(before, field) if change["old"] is not None else None)
        if field == "name":
            given = next((row.since_on for row in company.names if row.kind is NameKind.MAIN), None)
            settle_names(company, today=given or company.created_at.date())
        return True
    rows: dict[Part, Iterable[Any]] = {
        Part.OTHER_NAME: company.names,
        Part.ADDRESS: company.sites,
        Part.FIGURE: company.figures,
        Part.CONTACT: people.values(),
        Part.ENGAGEMENT: company.engagements,
    }
    row = next((row for row in rows[part] if row.id == change["row_id"]), None)
    return row is not None and _restore_part(part, field, row, change)


def _given(field: str, value: Any) -> dict[str, Any]:
    return {} if value is None else {field: value}


def _restore_part(part: Part, field: str, row: Any, change: dict[str, Any]) -> bool:
    old, new = change["old"], change["new"]
    if part is Part.ENGAGEMENT and (row.version > 1 or row.owner_id or row.last_contact_on):
        return False
    if part is Part.CONTACT and field != "person":
        if getattr(row, field) != new:
            return False
        setattr(row, field, old)
    elif (part is Part.CONTACT and _took_part(row)) or (
        part is Part.ADDRESS and any(getattr(row, name) != new[name] for name in new)
    ):
        return False
    elif part is Part.ADDRESS and old:
        for name, value in old.items():
            setattr(row, name, value)
    else:
        db.session.delete(row)
    return True


def _took_part(person: Person) -> bool:
    attended = interaction_attendee.c.person_id == person.id
    return _is_part_of_merge(person) or bool(db.session.scalar(select(exists().where(attended))))
