"""Everything that taking an import in will write, worked out before anything is locked: the
database has one writer at a time, and nobody should wait while rows are being thought about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import select

from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState, RowResult
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus, FigureKind, NameKind, SiteKind, Source
from crm.domain.errors import Conflict, Reason
from crm.domain.imports.changes import Part, contact_of, plain_address
from crm.domain.imports.plain import read_record
from crm.domain.imports.records import FACTS, Record
from crm.models.company import Company, CompanyName, Engagement, Figure, Site
from crm.models.import_batch import ImportBatch
from crm.models.person import Person, Position
from crm.models.search_text import (
    company_search_text,
    person_search_text,
    text_of_company,
    text_of_person,
)
from crm.models.user import User
from crm.queries import imports


class Key(NamedTuple):
    """Stands for the id that the number-th new row of table will get."""

    table: Any
    number: int


@dataclass
class Plan:
    """Rows to write. new holds rows without ids, whose references may be Keys; changed holds
    columns by {table: {id: columns}}. seen are the versions of the companies to change, numbers
    the Y-tunnus of new ones: both are looked at again before anything is written. renamed are
    companies with a new main name, history the facts changed in each company as the log keeps
    them, rows what each row of the file has become."""

    new: dict[Any, list[dict[str, Any]]] = field(default_factory=dict)
    changed: dict[Any, dict[int, dict[str, Any]]] = field(default_factory=dict)
    renamed: dict[int, str] = field(default_factory=dict)
    history: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, table: Any, **columns: Any) -> Key:
        rows = self.new.setdefault(table, [])
        rows.append(columns)
        return Key(table, len(rows) - 1)

    def change(self, table: Any, row_id: int, **columns: Any) -> None:
        self.changed.setdefault(table, {}).setdefault(row_id, {}).update(columns)


def plan_import(
    actor: User | None,
    batch: ImportBatch,
    *,
    today: date,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
) -> Plan:
    """Work out what taking in every row that was not rejected will write. Reads only.

    Raises Conflict when the import was taken in already or has no preview.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state is not BatchState.STAGED:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    created = imports.row_parts(batch, RowResult.CREATED)
    updated = imports.row_parts(batch, RowResult.UPDATED)
    planner = _Planner(Plan(), batch, today)
    done, total = 0, len(created) + len(updated)
    for part, plan in ((created, planner.create), (updated, planner.update)):
        for chunk in imports.chunks(part):
            plan(chunk)
            done += len(chunk)
            tell(done, total)
    return planner.plan


class _Planner:
    """Turns the rows of one import into rows of our tables."""

    def __init__(self, plan: Plan, batch: ImportBatch, today: date) -> None:
        self.plan = plan
        self.town_code = batch.town_code
        self.source = Source.REGISTER if batch.kind == "json" else Source.FILE
        self.today = today

    def create(self, rows: Iterable[imports.RowParts]) -> None:
        for row in rows:
            record = read_record(row.values)
            company = self._company(record)
            person = self._person(company, contact_of(record)) if record.contact_name else None
            made = {"part": Part.CONTACT.value, "field": "person", "old": None, "new": None}
            changes = [made | {"row_id": person}] if person else []
            self.plan.rows.append({"b_id": row.id, "company_id": company, "changes": changes})

    def _company(self, record: Record) -> Key:
        facts = {name: getattr(record, name) for name in FACTS}
        facts["status"] = record.status or CompanyStatus.ACTIVE
        names = [record.name, *(other.name for other in record.other_names)]
        text = text_of_company(names, record.business_id, record.phone)
        company = self.plan.add(Company, **facts, search_text=text, source=self.source, version=1)
        if record.business_id:
            self.plan.numbers.append(record.business_id)
        self._name(company, record.name, NameKind.MAIN)
        for other in record.other_names:
            self._name(company, other.name, other.kind, other.until_on)
        for address in record.addresses:
            self._site(company, address.kind, plain_address(address))
        for kind, value in (
            (FigureKind.STAFF, record.staff),
            (FigureKind.TURNOVER, record.turnover),
        ):
            if value is not None:
                self._figure(company, kind, value)
        self._engagement(company)
        return company

    def _name(
        self, company: Key | int, name: str, kind: NameKind, until_on: date | None = None
    ) -> Key:
        return self.plan.add(
            CompanyName, company_id=company, name=name, kind=kind, until_on=until_on
        )

    def _site(self, company: Key | int, kind: SiteKind, address: Mapping[str, Any]) -> Key:
        return self.plan.add(Site, company_id=company, kind=kind, version=1, **address)

    def _figure(self, company: Key | int, kind: FigureKind, value: int) -> Key:
        return self.plan.add(
            Figure,
            company_id=company,
            kind=kind,
            year=self.today.year,
            value=value,
            source=self.source,
            stated_on=self.today,
        )

    def _engagement(self, company: Key | int) -> Key:
        return self.plan.add(
            Engagement, company_id=company, town_code=self.town_code, tier=Tier.KNOWN, version=1
        )

    def _person(self, company: Key | int, contact: Mapping[str, Any]) -> Key:
        facts = {name: contact[name] for name in ("name", "phone", "email")}
        person = self.plan.add(
            Person, **facts, search_text=text_of_person(**facts), source=self.source, version=1
        )
        self.plan.add(
            Position,
            company_id=company,
            person_id=person,
            title=contact["title"],
            since_on=self.today,
        )
        return person

    def update(self, rows: Sequence[imports.RowParts]) -> None:
        companies = imports.by_ids([row.company_id for row in rows if row.company_id])
        people = _people(rows)
        for row in rows:
            company = companies[row.company_id or 0]
            self.plan.seen[company.id] = row.seen or 0
            changes = [self._change(company, change, people) for change in row.changes]
            self.plan.rows.append({"b_id": row.id, "company_id": company.id, "changes": changes})
            self.plan.history[company.id] = {
                change["field"]: [change["old"], change["new"]]
                for change in row.changes
                if change["part"] == Part.FACT
            }
            self._renew_search_text(company, row.changes)

    def _change(
        self, company: Company, change: dict[str, Any], people: Mapping[int, Person]
    ) -> dict[str, Any]:
        """Plan one change; returns it with the key of the row it makes."""
        part, name, new, row_id = (change[key] for key in ("part", "field", "new", "row_id"))
        match Part(part):
            case Part.FACT:
                self._fact(company, name, new)
                return change
            case Part.OTHER_NAME:
                until = date.fromisoformat(new["until_on"]) if new["until_on"] else None
                made = self._name(company.id, new["name"], NameKind(new["kind"]), until)
            case Part.ADDRESS if row_id:
                self.plan.change(Site, row_id, **new)
                return change
            case Part.ADDRESS:
                made = self._site(company.id, SiteKind(name), new)
            case Part.FIGURE:
                made = self._figure(company.id, FigureKind(name), new)
            case Part.CONTACT if row_id:
                self._complete(people[row_id], name, new)
                return change
            case Part.CONTACT:
                made = self._person(company.id, new)
            case Part.ENGAGEMENT:
                made = self._engagement(company.id)
        return change | {"row_id": made}

    def _fact(self, company: Company, name: str, new: Any) -> None:
        if name == "name":
            self.plan.renamed[company.id] = new
        else:
            value = getattr(read_record({"name": company.name, name: new}), name)
            self.plan.change(Company, company.id, **{name: value})

    def _complete(self, person: Person, name: str, new: Any) -> None:
        self.plan.change(Person, person.id, **{name: new})
        now = self.plan.changed[Person][person.id]
        changed = {name: now[name] for name in ("phone", "email") if name in now}
        text = person_search_text(person, **changed)
        self.plan.change(Person, person.id, search_text=text)

    def _renew_search_text(self, company: Company, changes: Sequence[dict[str, Any]]) -> None:
        """A company that is renamed gets its text with its name, when it is written."""
        named = [each["new"]["name"] for each in changes if each["part"] == Part.OTHER_NAME]
        facts = self.plan.changed.get(Company, {}).get(company.id, {})
        if named or facts.keys() & {"business_id", "phone"}:
            changed = {name: facts[name] for name in ("business_id", "phone") if name in facts}
            text = company_search_text(company, named, **changed)
            self.plan.change(Company, company.id, search_text=text)


def _people(rows: Iterable[imports.RowParts]) -> dict[int, Person]:
    ids = {
        change["row_id"]
        for row in rows
        for change in row.changes
        if change["part"] == Part.CONTACT and change["row_id"]
    }
    return {row.id: row for row in db.session.scalars(select(Person).where(Person.id.in_(ids)))}
