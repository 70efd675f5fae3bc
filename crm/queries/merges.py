"""Two rows side by side before they are made one, and the merges that were made."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.domain import merges as rules
from crm.domain.access import Right
from crm.domain.batches import RowResult
from crm.domain.companies import FigureKind, SiteKind, Source
from crm.domain.imports.changes import Part
from crm.domain.merges import MergeField, MergeKind, Side, Stated
from crm.models.audit import AuditEvent
from crm.models.company import Company, Engagement, Figure
from crm.models.follow_up import FollowUp
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.interaction import Draft, Interaction
from crm.models.merge import Merge
from crm.models.person import Person, Position
from crm.models.user import User
from crm.queries import scope
from crm.queries.merged import current_id

FIGURES = {MergeField.STAFF: FigureKind.STAFF, MergeField.TURNOVER: FigureKind.TURNOVER}
Origin = tuple[Source, date]


@dataclass(frozen=True)
class Compared:
    """A field of both; proposed is whose value survives unless a person chooses."""

    field: MergeField
    kept: Stated
    other: Stated

    @property
    def proposed(self) -> Side:
        return rules.proposed(self.field, self.kept, self.other)

    @property
    def differs(self) -> bool:
        return bool(self.kept.value != self.other.value)

    @property
    def to_choose(self) -> bool:
        """What only one of them knows is taken without asking."""
        return self.differs and bool(self.kept.value and self.other.value)


def compare_companies(actor: User, survivor: Company, loser: Company) -> list[Compared]:
    """Every field that either has, in the order of MergeField."""
    sources = _origins(actor, [survivor.id, loser.id])
    found = [
        Compared(
            name,
            _stated(survivor, columns, sources[survivor.id]),
            _stated(loser, columns, sources[loser.id]),
        )
        for name, columns in rules.COMPANY_COLUMNS.items()
    ]
    found += [*_addresses(survivor, loser), *_figures(survivor, loser)]
    return [row for row in found if row.kept.value or row.other.value]


def compare_people(survivor: Person, loser: Person) -> list[Compared]:
    found = [
        Compared(name, _of_person(survivor, columns[0]), _of_person(loser, columns[0]))
        for name, columns in rules.PERSON_COLUMNS.items()
    ]
    return [row for row in found if row.kept.value or row.other.value]


def _of_person(person: Person, column: str) -> Stated:
    """Edited ones count as entered by a person."""
    source = Source.PERSON if person.version > 1 else person.source
    return Stated(getattr(person, column), source, person.created_at.date())


def _stated(company: Company, columns: tuple[str, ...], origins: Mapping[str, Origin]) -> Stated:
    first = (company.source, company.created_at.date())
    return Stated(getattr(company, columns[0]), *origins.get(columns[0], first))


def _origins(actor: User, ids: list[int]) -> dict[int, dict[str, Origin]]:
    """{company: {column: where its value came from and when}} of what changed since the rows were
    made."""
    told = [*_edited(actor, ids), *_imported(ids)]
    origins: dict[int, dict[str, Origin]] = {company_id: {} for company_id in ids}
    for at, company_id, source, names in sorted(told, key=lambda row: row[0]):
        origins[company_id] |= dict.fromkeys(names, (source, at.date()))
    return origins


Told = tuple[datetime, int, Source, list[str]]


def _edited(actor: User, ids: list[int]) -> Iterator[Told]:
    events = scope.audit_events(actor).where(
        AuditEvent.subject == "company",
        AuditEvent.subject_id.in_(ids),
        AuditEvent.act.in_(("company.changed", "company.undone")),
    )
    for row in db.session.scalars(events):
        yield row.at, row.subject_id, Source.PERSON, list(row.changes)


def _imported(ids: list[int]) -> Iterator[Told]:
    rows = (
        select(ImportBatch.applied_at, ImportRow.company_id, ImportBatch.kind, ImportRow.changes)
        .join(ImportBatch, ImportBatch.id == ImportRow.batch_id)
        .where(
            ImportRow.company_id.in_(ids),
            ImportRow.result == RowResult.UPDATED,
            ImportBatch.applied_at.is_not(None),
            ImportBatch.undone_at.is_(None),
        )
    )
    for at, company_id, kind, changes in db.session.execute(rows):
        source = Source.REGISTER if kind == "json" else Source.FILE
        facts = [each["field"] for each in changes if each["part"] == Part.FACT]
        yield at, company_id, source, facts


def _addresses(survivor: Company, loser: Company) -> Iterator[Compared]:
    """The visiting address, when both have one in the same municipality."""
    for mine in survivor.sites:
        for theirs in loser.sites:
            kinds = {mine.kind, theirs.kind}
            if kinds == {SiteKind.VISITING} and _alike(mine, theirs):
                yield Compared(
                    MergeField.ADDRESS,
                    Stated(_place(mine), survivor.source, mine.created_at.date()),
                    Stated(_place(theirs), loser.source, theirs.created_at.date()),
                )
                return


def _alike(mine: Any, theirs: Any) -> bool:
    return bool(mine.municipality_code == theirs.municipality_code)


def _place(site: Any) -> tuple[str | None, ...] | None:
    """None where there is only a town: any street is better."""
    if not site.street and not site.postcode:
        return None
    return tuple(getattr(site, name) for name in rules.ADDRESS_COLUMNS)


def _figures(survivor: Company, loser: Company) -> Iterator[Compared]:
    """The newest year that both have a figure for; the others all stay as history."""
    for name, kind in FIGURES.items():
        mine = _by_year(survivor, kind)
        theirs = _by_year(loser, kind)
        both = sorted(mine.keys() & theirs.keys())
        if both:
            year = both[-1]
            yield Compared(name, _of_figure(mine[year]), _of_figure(theirs[year]))


def _by_year(company: Company, kind: FigureKind) -> dict[int, Figure]:
    return {row.year: row for row in reversed(company.figures) if row.kind is kind}


def _of_figure(row: Figure) -> Stated:
    return Stated(row.value, row.source, row.stated_on)


@dataclass(frozen=True)
class Moving:
    """How many rows of the loser the actor would see moving. Notes of other towns move too; no
    number tells of them."""

    interactions: int
    follow_ups: int
    drafts: int
    people: int


def moving(actor: User, loser: Company) -> Moving:
    people = select(Position).where(Position.company_id == loser.id, Position.until_on.is_(None))
    rows: tuple[Select[Any], ...] = (
        scope.interactions(actor).where(Interaction.company_id == loser.id),
        scope.follow_ups(actor).where(FollowUp.company_id == loser.id),
        scope.drafts(actor).where(Draft.company_id == loser.id),
        people,
    )
    numbers = [
        each.with_only_columns(func.count(), maintain_column_froms=True).scalar_subquery()
        for each in rows
    ]
    return Moving(*db.session.execute(select(*numbers)).one())


@dataclass(frozen=True)
class TownChange:
    """What the merge means to a town. knows: which of the two it knows now. owner is who answers
    for the firm there afterwards."""

    town_code: str
    knows: tuple[Side, ...]
    owner: User | None


def town_changes(survivor: Company, loser: Company) -> list[TownChange]:
    sides = ((Side.SURVIVOR, survivor), (Side.LOSER, loser))
    rows = {(e.town_code, side): e for side, firm in sides for e in firm.engagements}
    found = []
    for code in sorted({code for code, _side in rows}):
        known = [(side, rows[code, side]) for side in Side if (code, side) in rows]
        owner = next((row.owner for _side, row in known if row.owner), None)
        found.append(TownChange(code, tuple(side for side, _row in known), owner))
    return found


def towns_of_company(*companies: Company) -> list[str]:
    return sorted({row.town_code for firm in companies for row in firm.engagements})


def towns_of_person(*people: Person) -> list[str]:
    """Towns that know a firm in which one of these people has had a position."""
    known = (
        select(Engagement.town_code)
        .join(Position, Position.company_id == Engagement.company_id)
        .where(Position.person_id.in_([each.id for each in people]))
        .distinct()
        .order_by(Engagement.town_code)
    )
    return list(db.session.scalars(known))


def not_allowed(actor: User, towns: list[str]) -> list[str]:
    """Those of towns whose people must be asked, because the actor may not merge there."""
    return [code for code in towns if not actor.may(Right.MERGE_COMPANIES, code)]


def by_id(merge_id: int) -> Merge | None:
    return db.session.get(Merge, merge_id)


def into(kind: MergeKind, survivor_id: int) -> list[Merge]:
    """Merges into this row that stand, the newest first."""
    return list(
        db.session.scalars(
            select(Merge)
            .where(Merge.kind == kind, Merge.survivor_id == survivor_id, Merge.undone_at.is_(None))
            .options(joinedload(Merge.merged_by))
            .order_by(Merge.id.desc())
        )
    )


def standing(kind: MergeKind, survivor_id: int, loser_id: int) -> Merge | None:
    """The merge of these two that stands."""
    return next((row for row in into(kind, survivor_id) if row.loser_id == loser_id), None)


def standing_of(kind: MergeKind, loser_id: int) -> Merge | None:
    """The merge that has made this row part of another one."""
    return db.session.scalar(
        select(Merge).where(
            Merge.kind == kind, Merge.loser_id == loser_id, Merge.undone_at.is_(None)
        )
    )


def related(kind: MergeKind, ids: set[int]) -> set[int]:
    """These, and all that were ever merged with them, straight or by others."""
    pairs = select(Merge.survivor_id, Merge.loser_id).where(Merge.kind == kind)
    found: set[int] = set()
    while ids - found:
        found |= ids
        either = or_(Merge.survivor_id.in_(found), Merge.loser_id.in_(found))
        ids = {row_id for pair in db.session.execute(pairs.where(either)) for row_id in pair}
    return found


def person(person_id: int) -> Person | None:
    return db.session.get(Person, person_id)


def current_person(person_id: int) -> Person | None:
    """The person that this one is now: themselves, or whom they were merged into."""
    return person(current_id(Person, person_id))


def firms_of(*people: Person) -> list[Company]:
    """Firms in which they have had a position, each once."""
    theirs = select(Position.company_id).where(Position.person_id.in_([each.id for each in people]))
    return list(
        db.session.scalars(
            select(Company)
            .where(Company.id.in_(theirs), Company.merged_into_id.is_(None))
            .order_by(Company.name, Company.id)
        )
    )
