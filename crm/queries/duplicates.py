"""Pairs of companies that may be one firm, for those who decide, and the register as the search
for such pairs reads it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true, tuple_
from sqlalchemy.orm import aliased, joinedload, selectinload

from crm.db import db
from crm.domain.access import Right
from crm.domain.companies import NameKind, SiteKind
from crm.domain.duplicates.decisions import WAITING, Band, PairState, bands
from crm.domain.duplicates.records import Columns, Firm
from crm.models.company import Company, CompanyName, Engagement, Site
from crm.models.duplicate import Duplicate
from crm.models.import_batch import ImportBatch
from crm.models.user import Membership, User

PAGE = 50


def towns_of(row: Duplicate) -> list[str]:
    """Codes of the towns that know either of the two."""
    rows = [*row.left.engagements, *row.right.engagements]
    return sorted({engagement.town_code for engagement in rows})


def by_keys(keys: Collection[tuple[int, int]]) -> dict[tuple[int, int], Duplicate]:
    if not keys:
        return {}
    pair = tuple_(Duplicate.left_id, Duplicate.right_id)
    rows = (
        select(Duplicate)
        .where(pair.in_(keys))
        .options(joinedload(Duplicate.left), joinedload(Duplicate.right))
    )
    return {(row.left_id, row.right_id): row for row in db.session.scalars(rows)}


def waiting_of(company_id: int) -> list[Duplicate]:
    rows = select(Duplicate).where(
        or_(Duplicate.left_id == company_id, Duplicate.right_id == company_id),
        Duplicate.state.in_(WAITING),
    )
    return list(db.session.scalars(rows))


def by_id(actor: User, row_id: int) -> Duplicate | None:
    return db.session.scalar(_whole(_of(actor)).where(Duplicate.id == row_id))


def _of(actor: User) -> Select[Duplicate]:
    """Pairs of which a town of the actor's knows one; all for a coordinator."""
    return select(Duplicate).where(_concerns(actor))


def _concerns(actor: User) -> ColumnElement[bool]:
    if actor.network_role and actor.may(Right.MERGE_COMPANIES):
        return true()
    own = exists().where(
        Engagement.company_id.in_((Duplicate.left_id, Duplicate.right_id)),
        Engagement.town_code.in_(actor.town_codes),
    )
    return own


def _unmerged() -> ColumnElement[bool]:
    merged = exists().where(
        Company.id.in_((Duplicate.left_id, Duplicate.right_id)),
        Company.merged_into_id.is_not(None),
    )
    return ~merged


def _judged() -> ColumnElement[bool]:
    """What people said and has not been taken back."""
    same = and_(Duplicate.state == PairState.SAME, ~_unmerged())
    return or_(Duplicate.state == PairState.DIFFERENT, same)


def _asked_by_own(actor: User) -> ColumnElement[bool]:
    """Asked by somebody of an own town: the others have to answer now."""
    colleagues = select(Membership.user_id).where(Membership.town_code.in_(actor.town_codes))
    asked = Duplicate.asked_by_id.in_(colleagues)
    return and_(Duplicate.state == PairState.ASKED, asked)


def _to_decide(actor: User, today: date) -> ColumnElement[bool]:
    return and_(
        or_(
            # merged once, and the merge was taken back: it is to be decided again
            Duplicate.state.in_((PairState.OPEN, PairState.ASKED, PairState.SAME)),
            and_(Duplicate.state == PairState.LATER, Duplicate.later_until <= today),
        ),
        ~_asked_by_own(actor),
        _unmerged(),
    )


def _condition(actor: User, shown: str, today: date) -> ColumnElement[bool]:
    match shown:
        case "asked":
            return and_(_asked_by_own(actor), _unmerged())
        case "later":
            waits = and_(Duplicate.state == PairState.LATER, Duplicate.later_until > today)
            return and_(waits, _unmerged())
        case "different":
            return Duplicate.state == PairState.DIFFERENT
        case _:
            return _to_decide(actor, today)


SHOWN = ("open", "asked", "later", "different")


def _ordered(query: Select[Duplicate]) -> Select[Duplicate]:
    asked_first = case((Duplicate.state == PairState.ASKED, 0), else_=1)
    return query.order_by(asked_first, Duplicate.probability.desc(), Duplicate.id)


def _whole(query: Select[Duplicate]) -> Select[Duplicate]:
    firms = (Duplicate.left, Duplicate.right)
    return query.options(
        *(
            joinedload(firm).options(
                selectinload(Company.names),
                selectinload(Company.sites),
                selectinload(Company.figures),
                selectinload(Company.engagements).joinedload(Engagement.owner),
            )
            for firm in firms
        ),
        joinedload(Duplicate.asked_by),
        joinedload(Duplicate.decided_by),
    )


def listed(actor: User, shown: str, *, today: date, page: int = 1) -> tuple[list[Duplicate], bool]:
    """One page of pairs, and whether there are more. shown is one of SHOWN."""
    query = _ordered(_of(actor).where(_condition(actor, shown, today)))
    query = query.options(
        *(
            joinedload(firm).selectinload(Company.engagements)
            for firm in (Duplicate.left, Duplicate.right)
        )
    )
    rows = db.session.scalars(query.limit(PAGE + 1).offset((page - 1) * PAGE)).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def counts(actor: User, *, today: date) -> dict[str, int]:
    """How many pairs each of SHOWN has for the actor."""
    return {
        shown: db.session.scalar(
            select(func.count())
            .select_from(Duplicate)
            .where(_concerns(actor), _condition(actor, shown, today))
        )
        or 0
        for shown in SHOWN
    }


def next_id(actor: User, *, today: date, after: Duplicate | None = None) -> int | None:
    """The pair to decide next: the likest that waits, after the one in hand if that stays."""
    query = _ordered(_of(actor).where(_to_decide(actor, today)))
    if after is not None:
        query = query.where(Duplicate.id != after.id)
    return db.session.scalar(query.with_only_columns(Duplicate.id).limit(1))


def also_waiting(actor: User, row: Duplicate, *, today: date) -> list[Duplicate]:
    """Other pairs that wait of either firm: together they are perhaps one firm of three."""
    both = (row.left_id, row.right_id)
    query = _of(actor).where(
        or_(Duplicate.left_id.in_(both), Duplicate.right_id.in_(both)),
        Duplicate.id != row.id,
        _to_decide(actor, today),
    )
    query = query.options(joinedload(Duplicate.left), joinedload(Duplicate.right))
    return list(db.session.scalars(_ordered(query).limit(10)))


@dataclass(frozen=True)
class Decided:
    """A pair that people judged: what a better search can learn from."""

    left: Company
    right: Company
    probability: float
    same: bool


def decided(actor: User) -> list[Decided]:
    """Pairs the actor's towns judged, the newest first."""
    rows = db.session.scalars(
        _of(actor)
        .where(_judged())
        .options(joinedload(Duplicate.left), joinedload(Duplicate.right))
        .order_by(Duplicate.decided_at.desc(), Duplicate.id.desc())
        .limit(20_000)
    )
    return [
        Decided(row.left, row.right, row.probability, row.state is PairState.SAME) for row in rows
    ]


def judged() -> list[tuple[dict[str, float], bool]]:
    """Every pair that people judged, as (features when it was found, same firm)."""
    rows = db.session.execute(
        select(Duplicate.features, Duplicate.state).where(_judged()).order_by(Duplicate.id)
    )
    return [(features, state is PairState.SAME) for features, state in rows]


def precision(actor: User) -> list[Band]:
    """How often people found the same firm, by how likely the search said it was."""
    return bands((each.probability, each.same) for each in decided(actor))


def register_changed_at() -> datetime | None:
    """When an import was last taken in or back: the register has many new companies since."""
    moments = db.session.execute(
        select(func.max(ImportBatch.applied_at), func.max(ImportBatch.undone_at))
    ).one()
    return max((moment for moment in moments if moment), default=None)


def register() -> tuple[list[int], Columns]:
    """Every company that is not merged: ids, and the same in columns for the search."""
    rows = db.session.execute(_facts()).all()
    ids = [row.id for row in rows]
    columns = Columns(
        key=[str(row_id) for row_id in ids],
        other_names=_other_names(ids),
        **{name: [getattr(row, name) or "" for row in rows] for name in TEXTS},
    )
    return ids, columns


def firms_of(ids: Collection[int]) -> dict[int, Firm]:
    """{id: the company as the search reads it} of those that are there and not merged."""
    rows = db.session.execute(_facts().where(Company.id.in_(ids))).all()
    names = _other_names([row.id for row in rows], only=ids)
    return {
        row.id: Firm(
            key=str(row.id),
            other_names=names.get(at, ()),
            **{name: getattr(row, name) or "" for name in TEXTS},
        )
        for at, row in enumerate(rows)
    }


TEXTS = (
    *("name", "business_id", "phone", "email", "website"),
    *("street", "postcode", "city", "country"),
)


def _facts() -> Any:
    """What tells companies apart, with the first address of each."""
    site = aliased(Site)
    first_site = (
        select(site.id)
        .where(site.company_id == Company.id)
        .order_by((site.kind == SiteKind.VISITING).desc(), site.id)
        .limit(1)
        .correlate(Company)
        .scalar_subquery()
    )
    return (
        select(
            *(Company.id, Company.name, Company.business_id, Company.phone, Company.email),
            *(Company.website, Site.street, Site.postcode, Site.city, Site.country),
        )
        .outerjoin(Site, Site.id == first_site)
        .where(Company.merged_into_id.is_(None))
        .order_by(Company.id)
    )


def _other_names(
    ids: Sequence[int], *, only: Collection[int] | None = None
) -> dict[int, tuple[str, ...]]:
    """{position: names} of the companies that have or had more names than one."""
    place = {company_id: at for at, company_id in enumerate(ids)}
    query = (
        select(CompanyName.company_id, CompanyName.name)
        .where(CompanyName.kind != NameKind.MAIN)
        .order_by(CompanyName.id)
    )
    if only is not None:
        query = query.where(CompanyName.company_id.in_(only))
    names: dict[int, list[str]] = {}
    for company_id, name in db.session.execute(query):
        if company_id in place:
            names.setdefault(place[company_id], []).append(name)
    return {at: tuple(found) for at, found in names.items()}
