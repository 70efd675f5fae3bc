"""Companies: one whole, and lists of them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from crm.db import db
from crm.domain.access import Right
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus, FigureKind
from crm.models.company import Company, Engagement, Figure
from crm.models.person import Person, Position
from crm.models.user import User
from crm.queries import scope
from crm.queries.merged import current_id

PAGE = 50
COUNTED = 2_000


def current(company_id: int) -> Company | None:
    """The company that this one is now: itself, or what it was merged into."""
    company = by_id(company_id)
    if company is None or company.merged_into_id is None:
        return company
    return by_id(current_id(Company, company_id))


def by_id(company_id: int) -> Company | None:
    """A company, also a merged one, with everything its page shows of it."""
    return (
        db.session.execute(
            select(Company)
            .where(Company.id == company_id)
            .options(
                joinedload(Company.names),
                joinedload(Company.sites),
                selectinload(Company.figures),
                selectinload(Company.engagements).joinedload(Engagement.owner),
            )
        )
        .unique()
        .scalar_one_or_none()
    )


def names_of(ids: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Company.id, Company.name).where(Company.id.in_(ids)))
    return dict(rows.all())


def names_and_numbers(ids: Collection[int]) -> dict[int, tuple[str, str | None]]:
    """{id: (name, Y-tunnus)}."""
    columns = select(Company.id, Company.name, Company.business_id)
    rows = db.session.execute(columns.where(Company.id.in_(ids)))
    return {row.id: (row.name, row.business_id) for row in rows}


def people_of(company: Company, *, today: date) -> list[Position]:
    """Positions that last, the longest standing first, with their people."""
    return list(
        db.session.scalars(
            select(Position)
            .join(Position.person)
            .options(contains_eager(Position.person))
            .where(
                Position.company_id == company.id,
                Person.merged_into_id.is_(None),
                or_(Position.until_on.is_(None), Position.until_on > today),
            )
            .order_by(Position.id)
        )
    )


def position(position_id: int) -> Position | None:
    return db.session.scalar(
        select(Position)
        .where(Position.id == position_id)
        .options(joinedload(Position.person), joinedload(Position.company))
    )


def current_position(row: Position) -> Position | None:
    """row, or the position that took its place when its person or its company was merged."""
    if row.person.merged_into_id is None and row.company.merged_into_id is None:
        return row
    return db.session.scalar(
        select(Position)
        .where(
            Position.person_id == current_id(Person, row.person_id),
            Position.company_id == current_id(Company, row.company_id),
        )
        .order_by(Position.until_on.is_not(None), Position.id)
        .limit(1)
    )


def people_by_ids(ids: Collection[int]) -> list[Person]:
    return list(db.session.scalars(select(Person).where(Person.id.in_(ids)))) if ids else []


@dataclass(frozen=True)
class Trend:
    """The newest figure of a kind, and how it differs from the one a year or more before."""

    figure: Figure
    change: int | None


def trends(company: Company) -> dict[FigureKind, Trend]:
    newest: dict[FigureKind, Trend] = {}
    for kind in FigureKind:
        rows = [figure for figure in company.figures if figure.kind is kind]
        if rows:
            older = next((row for row in rows if row.year < rows[0].year), None)
            newest[kind] = Trend(rows[0], rows[0].value - older.value if older else None)
    return newest


@dataclass(frozen=True)
class Filters:
    """What a list of companies is narrowed to; ids come from the search box's text."""

    ids: tuple[int, ...] | None = None
    town: str | None = None
    tier: Tier | None = None
    owner_id: int | None = None
    industry: str | None = None
    quiet_since: date | None = None
    with_ended: bool = False
    by_contact: bool = False


@dataclass(frozen=True)
class Listed:
    """One row of the list; engagement is the chosen town's, or one of the reader's own; None when
    it is another town's affair."""

    company: Company
    engagement: Engagement | None


def listed(
    actor: User, filters: Filters, *, page: int = 1, page_size: int = PAGE
) -> tuple[list[Listed], int]:
    """One page of companies, and how many there are in all; counting stops at COUNTED + 1.

    page counts from 1.
    """
    base = _filtered(actor, filters)
    counted = select(func.count()).select_from(base.limit(COUNTED + 1).subquery())
    total = db.session.scalar(counted) or 0
    rows = db.session.execute(
        base.order_by(*_order(filters)).limit(page_size).offset((page - 1) * page_size)
    )
    ids = [row.id for row in rows]
    return _load(actor, ids, filters.town), total


def _order(filters: Filters) -> list[Any]:
    if filters.by_contact:
        return [Engagement.last_contact_on.is_not(None), Engagement.last_contact_on, Company.id]
    return [Company.name, Company.id]


def _filtered(actor: User, filters: Filters) -> Select[int, str]:
    query = select(Company.id, Company.name).where(Company.merged_into_id.is_(None))
    by_engagement = [
        Engagement.tier == filters.tier if filters.tier else None,
        Engagement.owner_id == filters.owner_id if filters.owner_id else None,
        _quiet(filters.quiet_since) if filters.quiet_since else None,
    ]
    narrowed = [condition for condition in by_engagement if condition is not None]
    if narrowed:
        narrowed.append(scope.relationships(actor))
    if filters.town:
        query = query.join(
            Engagement,
            and_(Engagement.company_id == Company.id, Engagement.town_code == filters.town),
        ).where(*narrowed)
    elif narrowed:
        known = select(Engagement.company_id).where(*narrowed)
        query = query.where(Company.id.in_(known))
    if filters.ids is not None:
        query = query.where(Company.id.in_(filters.ids))
    if filters.industry:
        query = query.where(Company.industry_code.startswith(filters.industry, autoescape=True))
    if not filters.with_ended:
        query = query.where(Company.status != CompanyStatus.CEASED)
    return query


def _quiet(since: date) -> ColumnElement[bool]:
    return or_(Engagement.last_contact_on.is_(None), Engagement.last_contact_on <= since)


def _load(actor: User, ids: list[int], town: str | None) -> list[Listed]:
    found = db.session.scalars(
        select(Company)
        .where(Company.id.in_(ids))
        .options(
            selectinload(Company.sites),
            selectinload(Company.engagements).joinedload(Engagement.owner),
        )
    )
    by_company = {company.id: company for company in found}
    return [
        Listed(by_company[id], _pick(actor, by_company[id], town)) for id in ids if id in by_company
    ]


def _pick(actor: User, company: Company, town: str | None) -> Engagement | None:
    seen = (
        row
        for row in company.engagements
        if town in (None, row.town_code) and actor.may(Right.SEE_RELATIONSHIP, row.town_code)
    )
    return next(seen, None)
