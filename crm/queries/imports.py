"""Imports, and what an import must know of the companies that are there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, selectinload, undefer

from crm.db import db
from crm.domain.access import Right
from crm.domain.batches import RowResult
from crm.domain.errors import Reason
from crm.domain.imports.changes import Known, KnownContact
from crm.domain.imports.records import FACTS, Address
from crm.domain.names import fold
from crm.models.company import Company, Engagement
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.person import Person, Position
from crm.models.user import User
from crm.queries.merged import following, merged_ids, survivors

CHUNK = 500
PAGE = 50


def listed(actor: User) -> list[ImportBatch]:
    """Imports of towns in which the actor may import, the newest first."""
    query = select(ImportBatch).options(selectinload(ImportBatch.user))
    if actor.network_role is None:
        towns = actor.towns_with(Right.IMPORT_COMPANIES)
        query = query.where(ImportBatch.town_code.in_(towns))
    return list(db.session.scalars(query.order_by(ImportBatch.id.desc()).limit(100)))


def by_id(actor: User, batch_id: int) -> ImportBatch | None:
    batch = db.session.scalar(
        select(ImportBatch).where(ImportBatch.id == batch_id).options(undefer(ImportBatch.table))
    )
    if batch is None or not actor.may(Right.IMPORT_COMPANIES, batch.town_code):
        return None
    return batch


def applied_before(town_code: str, file_hash: str, *, but: int | None = None) -> ImportBatch | None:
    """An import of the very same file that was taken in and not taken back."""
    query = select(ImportBatch).where(
        ImportBatch.town_code == town_code,
        ImportBatch.file_hash == file_hash,
        ImportBatch.applied_at.is_not(None),
        ImportBatch.undone_at.is_(None),
    )
    if but is not None:
        query = query.where(ImportBatch.id != but)
    return db.session.scalar(query.order_by(ImportBatch.id.desc()).limit(1))


def rows(
    batch: ImportBatch, *, result: RowResult | None = None, page: int = 1, page_size: int = PAGE
) -> list[ImportRow]:
    query = select(ImportRow).where(ImportRow.batch_id == batch.id)
    if result is not None:
        query = query.where(ImportRow.result == result)
    ordered = query.order_by(ImportRow.number, ImportRow.id)
    return list(db.session.scalars(ordered.limit(page_size).offset((page - 1) * page_size)))


@dataclass(frozen=True)
class RowParts:
    """What taking a row in needs of it; lighter than the whole row."""

    id: int
    values: dict[str, Any]
    company_id: int | None
    seen: int | None
    changes: list[Any]


def row_parts(batch: ImportBatch, result: RowResult) -> list[RowParts]:
    found = db.session.execute(
        select(
            ImportRow.id, ImportRow.values, ImportRow.company_id, ImportRow.seen, ImportRow.changes
        )
        .where(ImportRow.batch_id == batch.id, ImportRow.result == result)
        .order_by(ImportRow.number, ImportRow.id)
    )
    return [RowParts(*row) for row in found]


def row(actor: User, row_id: int) -> ImportRow | None:
    """A row of an import the actor may see."""
    found = db.session.get(ImportRow, row_id)
    return found if found is not None and by_id(actor, found.batch_id) else None


def row_number_of(batch: ImportBatch, company_id: int) -> int | None:
    """The first row of the file that is this company."""
    rows = select(func.min(ImportRow.number)).where(
        ImportRow.batch_id == batch.id, ImportRow.company_id == company_id
    )
    return db.session.scalar(rows)


def problems_of(row_ids: Collection[int]) -> dict[int, list[Any]]:
    rows = select(ImportRow.id, ImportRow.problems).where(ImportRow.id.in_(row_ids))
    return dict(db.session.execute(rows).all())


def counts(batch: ImportBatch) -> dict[str, int]:
    """{result: rows} with a zero for each result that has none, and all rows."""
    found = db.session.execute(
        select(ImportRow.result, func.count())
        .where(ImportRow.batch_id == batch.id)
        .group_by(ImportRow.result)
    )
    by_result = dict(found.all())
    numbers = {result.value: by_result.get(result, 0) for result in RowResult}
    return {"rows": sum(numbers.values()), **numbers}


def chunks(values: Sequence[Any], size: int = CHUNK) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def by_business_ids(numbers: Collection[str]) -> dict[str, Company]:
    """{Y-tunnus: company}; the number of a merged one gives what it was merged into."""
    found = select(Company.business_id, Company.id).where(Company.business_id.in_(numbers))
    ids = following(Company, dict(db.session.execute(found).all()))
    rows = by_ids(set(ids.values()))
    return {number: rows[company_id] for number, company_id in ids.items()}


def by_ids(ids: Collection[int]) -> dict[int, Company]:
    return {row.id: row for row in _whole(Company.id.in_(ids))}


def _whole(condition: Any) -> list[Company]:
    return list(
        db.session.scalars(
            select(Company)
            .where(condition)
            .options(
                selectinload(Company.names),
                selectinload(Company.sites),
                selectinload(Company.figures),
                selectinload(Company.engagements),
            )
        )
    )


def names_of_town(town_code: str) -> dict[str, list[int]]:
    """{folded name: company ids} of the companies a town knows; the names of merged ones, too."""
    found = db.session.execute(
        select(Company.id, Company.name)
        .join(Engagement, Engagement.company_id == Company.id)
        .where(Engagement.town_code == town_code, Company.merged_into_id.is_(None))
        .order_by(Company.id)
    ).all()
    known = [row.id for row in found]
    names: dict[str, list[int]] = {}
    for company_id, name in [*found, *_merged_names(set(known))]:
        alike = names.setdefault(fold(name), [])
        if company_id not in alike:
            alike.append(company_id)
    return names


def _merged_names(ids: Collection[int]) -> list[tuple[int, str]]:
    """(id of the survivor, name) of each company merged into one of ids."""
    gone = select(Company.id, Company.name).where(Company.merged_into_id.is_not(None))
    names = dict(db.session.execute(gone).all())
    ends = survivors(Company, list(names))
    return [(into, names[i]) for i, into in sorted(ends.items()) if into in ids]


def merged_names(ids: Collection[int]) -> dict[int, set[str]]:
    """{id of a survivor: folded names of what was merged into it}."""
    into = merged_ids(Company, ids)
    found = select(Company.id, Company.name).where(Company.id.in_(into))
    names: dict[int, set[str]] = {}
    for company_id, name in db.session.execute(found):
        names.setdefault(into[company_id], set()).add(fold(name))
    return names


def same_names(names: Collection[str]) -> dict[str, tuple[int, str | None]]:
    """{name: (id, Y-tunnus)} of companies anywhere whose main name is written just so, or that
    one with that name was merged into."""
    found = db.session.execute(
        select(Company.name, Company.id, Company.merged_into_id)
        .where(Company.name.in_(names))
        .order_by(Company.merged_into_id.is_(None), Company.id.desc())
    )
    ids = following(Company, {row.name: row.id for row in found})
    rows = select(Company.id, Company.business_id).where(Company.id.in_(set(ids.values())))
    numbers = dict(db.session.execute(rows).all())
    return {name: (company_id, numbers[company_id]) for name, company_id in ids.items()}


def contacts_of(ids: Collection[int]) -> dict[int, tuple[KnownContact, ...]]:
    found = db.session.scalars(
        select(Position)
        .join(Position.person)
        .where(
            Position.company_id.in_(ids),
            Position.until_on.is_(None),
            Person.merged_into_id.is_(None),
        )
        .options(contains_eager(Position.person).selectinload(Person.merged))
        .order_by(Position.id)
    )
    contacts: dict[int, tuple[KnownContact, ...]] = {}
    for row in found:
        person = row.person
        known = [
            KnownContact(person.id, each.name, person.phone, person.email)
            for each in (person, *person.merged)
        ]
        contacts[row.company_id] = (*contacts.get(row.company_id, ()), *known)
    return contacts


def known(company: Company, town_code: str, contacts: tuple[KnownContact, ...]) -> Known:
    figures = {row.kind: row.value for row in reversed(company.figures)}
    return Known(
        facts={name: getattr(company, name) for name in FACTS},
        names=frozenset(fold(row.name) for row in company.names) | {fold(company.name)},
        addresses={
            row.id: Address(
                row.kind, row.street, row.postcode, row.city, row.municipality_code, row.country
            )
            for row in company.sites
        },
        figures=figures,
        contacts=contacts,
        engaged=any(row.town_code == town_code for row in company.engagements),
    )


def report(batch: ImportBatch) -> dict[str, Any]:
    """What came of an import: its counts, and each rejected row with what is wrong in it."""
    rejected = rows(batch, result=RowResult.REJECTED, page_size=1_000_000)
    created = rows(batch, result=RowResult.CREATED, page_size=1_000_000)
    alike = sum(
        any(each["code"] == Reason.POSSIBLE_DUPLICATE for each in row.problems) for row in created
    )
    return {
        "batch": batch.id,
        **{name: batch.counts[name] for name in ("rows", "created", "updated", "unchanged")},
        "possible_duplicates": alike,
        "rejected": [
            {"row": row.number, **problem}
            for row in rejected
            for problem in row.problems
            if problem["blocking"]
        ],
    }
