"""Taking a staged import in, in one transaction: bulk inserts for what is new, row by row for
what changes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import insert, select, update

from crm import audit
from crm.actions.companies import settle_names
from crm.actions.imports import finish_staging
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState, RowResult
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus, FigureKind, NameKind, SiteKind, Source
from crm.domain.errors import Conflict, Reason
from crm.domain.imports.changes import Part, plain_address
from crm.domain.imports.plain import read_record
from crm.domain.imports.records import FACTS, Record
from crm.models.company import Company, CompanyName, Engagement, Figure, Site
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.person import Person, Position
from crm.models.search_text import company_search_text, person_search_text
from crm.models.user import User
from crm.queries import imports

CHUNK = 1000


def apply_import(
    actor: User | None,
    batch: ImportBatch,
    *,
    today: date,
    now: datetime,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> dict[str, int]:
    """Take every row in that was not rejected; returns the counts by result.

    Raises Conflict, changing nothing, when the import was taken in already, the same file was,
    or a company of it changed since the preview.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state is not BatchState.STAGED:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    created = imports.rows(batch, result=RowResult.CREATED, page_size=1_000_000)
    updated = imports.rows(batch, result=RowResult.UPDATED, page_size=1_000_000)
    _refuse_stale(created, updated)
    source = Source.REGISTER if batch.kind == "json" else Source.FILE
    work = _Work(actor, batch, source, today, now)
    done, total = 0, len(created) + len(updated)
    for chunk in imports.chunks(created, CHUNK):
        work.create(chunk)
        done += len(chunk)
        tell(done, total)
    for chunk in imports.chunks(updated):
        work.update(chunk)
        done += len(chunk)
        tell(done, total)
    finish_staging(batch)
    batch.state, batch.applied_at = BatchState.APPLIED, now
    audit.record(actor, "import.applied", batch, now=now, town_code=batch.town_code)
    return dict(batch.counts)


def _refuse_stale(created: Sequence[ImportRow], updated: Sequence[ImportRow]) -> None:
    """Refuse when a new Y-tunnus became known, or a company to change was changed meanwhile."""
    numbers = [row.values["business_id"] for row in created if row.values.get("business_id")]
    for chunk in imports.chunks(numbers):
        if db.session.scalar(select(Company.id).where(Company.business_id.in_(chunk)).limit(1)):
            raise Conflict("batch", Reason.IMPORT_CHANGED_SINCE)
    seen = {row.company_id: row.seen for row in updated}
    for chunk in imports.chunks(list(seen)):
        versions = select(Company.id, Company.version).where(Company.id.in_(chunk))
        found = dict(db.session.execute(versions).all())
        if any(found.get(company_id) != seen[company_id] for company_id in chunk):
            raise Conflict("batch", Reason.IMPORT_CHANGED_SINCE)


class _Work:
    """Writes the rows of one import."""

    def __init__(
        self, actor: User | None, batch: ImportBatch, source: Source, today: date, now: datetime
    ) -> None:
        self.actor = actor
        self.batch = batch
        self.source = source
        self.today = today
        self.now = now

    def create(self, rows: Sequence[ImportRow]) -> None:
        records = [read_record(row.values) for row in rows]
        ids = _insert_for_ids(Company, [self._company(record) for record in records])
        made = list(zip(ids, records, strict=True))
        _insert(CompanyName, (each for i, r in made for each in _names(i, r)))
        _insert(Site, (each for i, r in made for each in _sites(i, r)))
        _insert(Figure, (each for i, r in made for each in self._figures(i, r)))
        _insert(Engagement, (self._engagement(i) for i in ids))
        with_contact = [(i, record) for i, record in made if record.contact_name]
        people = _insert_for_ids(Person, [self._person(record) for _i, record in with_contact])
        _insert(
            Position,
            (
                self._position(company_id, person_id, record.contact_title)
                for (company_id, record), person_id in zip(with_contact, people, strict=True)
            ),
        )
        of_company = dict(zip((i for i, _r in with_contact), people, strict=True))
        db.session.execute(
            update(ImportRow),
            [
                {
                    "id": row.id,
                    "company_id": company_id,
                    "seen": 1,
                    "changes": _made_person(of_company.get(company_id)),
                }
                for row, company_id in zip(rows, ids, strict=True)
            ],
        )

    def _company(self, record: Record) -> dict[str, Any]:
        facts = {name: getattr(record, name) for name in FACTS}
        facts["status"] = record.status or CompanyStatus.ACTIVE
        names = [CompanyName(name=other.name) for other in record.other_names]
        shape = Company(
            name=record.name, business_id=record.business_id, phone=record.phone, names=names
        )
        return facts | {"search_text": company_search_text(shape), "source": self.source}

    def _engagement(self, company_id: int) -> dict[str, Any]:
        return {
            "company_id": company_id,
            "town_code": self.batch.town_code,
            "tier": Tier.KNOWN,
            "version": 1,
        }

    def _figures(self, company_id: int, record: Record) -> Iterator[dict[str, Any]]:
        stated = ((FigureKind.STAFF, record.staff), (FigureKind.TURNOVER, record.turnover))
        for kind, value in stated:
            if value is not None:
                yield {"company_id": company_id, **self._figure(kind, value)}

    def _figure(self, kind: FigureKind, value: int) -> dict[str, Any]:
        return {
            "kind": kind,
            "year": self.today.year,
            "value": value,
            "source": self.source,
            "stated_on": self.today,
        }

    def _person(self, record: Record) -> dict[str, Any]:
        facts = {
            "name": record.contact_name,
            "phone": record.contact_phone,
            "email": record.contact_email,
        }
        text = person_search_text(Person(**facts))
        return facts | {"search_text": text, "source": self.source, "version": 1}

    def _position(self, company_id: int, person_id: int, title: str | None) -> dict[str, Any]:
        return {
            "company_id": company_id,
            "person_id": person_id,
            "title": title,
            "since_on": self.today,
        }

    def update(self, rows: Sequence[ImportRow]) -> None:
        """Do the changes of these rows; what they make gets its ids in one flush, not in one each:
        of 20,000 rows that is a minute."""
        companies = imports.by_ids([row.company_id for row in rows if row.company_id])
        done = [(row, companies[row.company_id or 0], _copies(row.changes)) for row in rows]
        made = [
            (change, self._change(company, change))
            for _row, company, changes in done
            for change in changes
        ]
        db.session.flush()
        for change, part in made:
            if part is not None:
                change["row_id"] = part.id
        for row, company, changes in done:
            row.changes, row.seen = changes, company.version
        facts = ((company, _facts(changes)) for _row, company, changes in done)
        audit.record_all(self.actor, "company.imported", facts, now=self.now)

    def _change(self, company: Company, change: dict[str, Any]) -> Any:
        """Do one change; returns the row it is about when that is a part of the company."""
        part, field, new = Part(change["part"]), change["field"], change["new"]
        if part is not Part.FACT:
            return self._part(company, part, field, change)
        value = getattr(read_record({"name": company.name, field: new}), field)
        setattr(company, field, value)
        if field == "name":
            settle_names(company, today=self.today)
        return None

    def _part(self, company: Company, part: Part, field: str, change: dict[str, Any]) -> Any:
        new, row_id = change["new"], change["row_id"]
        if part is Part.OTHER_NAME:
            until = date.fromisoformat(new["until_on"]) if new["until_on"] else None
            row = CompanyName(name=new["name"], kind=NameKind(new["kind"]), until_on=until)
            company.names.append(row)
            return row
        if part is Part.ADDRESS:
            return _changed_site(company, SiteKind(field), new, row_id)
        if part is Part.FIGURE:
            figure = Figure(**self._figure(FigureKind(field), new))
            company.figures.append(figure)
            return figure
        if part is Part.CONTACT:
            return self._contact(company, field, new, row_id)
        engagement = Engagement(town_code=self.batch.town_code, tier=Tier.KNOWN)
        company.engagements.append(engagement)
        return engagement

    def _contact(self, company: Company, field: str, new: Any, row_id: int | None) -> Person:
        if row_id is not None:
            known = db.session.get_one(Person, row_id)
            setattr(known, field, new)
            return known
        facts = {key: new[key] for key in ("name", "phone", "email")}
        person = Person(**facts, source=self.source)
        person.positions.append(Position(company=company, title=new["title"], since_on=self.today))
        db.session.add(person)
        return person


def _copies(changes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [dict(change) for change in changes]


def _facts(changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    facts = (each for each in changes if each["part"] == Part.FACT)
    return {each["field"]: [each["old"], each["new"]] for each in facts}


def _insert(table: Any, rows: Iterable[dict[str, Any]]) -> None:
    rows = list(rows)
    if rows:
        db.session.execute(insert(table), rows)


def _insert_for_ids(table: Any, rows: list[dict[str, Any]]) -> list[int]:
    """Insert rows and return their ids in the same order."""
    if not rows:
        return []
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    return list(db.session.scalars(statement, rows))


def _names(company_id: int, record: Record) -> Iterator[dict[str, Any]]:
    yield {"company_id": company_id, "name": record.name, "kind": NameKind.MAIN}
    for other in record.other_names:
        yield {
            "company_id": company_id,
            "name": other.name,
            "kind": other.kind,
            "until_on": other.until_on,
        }


def _sites(company_id: int, record: Record) -> Iterator[dict[str, Any]]:
    for address in record.addresses:
        kind = {"kind": address.kind, "version": 1}
        yield {"company_id": company_id, **kind, **plain_address(address)}


def _changed_site(
    company: Company, kind: SiteKind, new: dict[str, Any], row_id: int | None
) -> Site:
    site = next((row for row in company.sites if row.id == row_id), None)
    if site is None:
        site = Site(kind=kind)
        company.sites.append(site)
    for name, value in new.items():
        setattr(site, name, value)
    return site


def _made_person(person_id: int | None) -> list[dict[str, Any]]:
    if person_id is None:
        return []
    made = {"part": Part.CONTACT.value, "field": "person", "old": None, "new": None}
    return [made | {"row_id": person_id}]
