"""Oma päivä: what waits for one person today, and the counts in the menu."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload

from crm.db import db
from crm.domain.access import Right
from crm.domain.cadence import CADENCE_DAYS, Tier, cadence_days, is_quiet
from crm.domain.companies import CompanyStatus
from crm.domain.day import MOST, Day, DayItem, Why, ranked
from crm.domain.followups import FollowUpState
from crm.models.company import Company, Engagement
from crm.models.follow_up import FollowUp
from crm.models.interaction import Draft
from crm.models.user import User
from crm.queries import scope

READ_AT_MOST = 500


@dataclass(frozen=True)
class Counts:
    """due: own promises due today or late; open: all own open promises; companies: own towns'."""

    due: int
    open: int
    companies: int | None


def counts(actor: User, *, today: date) -> Counts:
    mine = scope.follow_ups(actor).where(
        FollowUp.assignee_id == actor.id, FollowUp.state == FollowUpState.OPEN
    )
    sums = mine.with_only_columns(
        func.count(),
        func.count().filter(FollowUp.due_on <= today),
        _n_companies(actor).scalar_subquery(),
        maintain_column_froms=True,
    )
    n_open, due, n_companies = db.session.execute(sums).one()
    return Counts(due=due, open=n_open, companies=n_companies if actor.town_codes else None)


def _n_companies(actor: User) -> Select[int]:
    merged = select(Company.id).where(Company.merged_into_id.is_not(None))
    return select(func.count(Engagement.id)).where(
        Engagement.town_code.in_(actor.town_codes), Engagement.company_id.not_in(merged)
    )


def day(actor: User, *, today: date, most: int | None = MOST) -> Day:
    """What waits for the actor, at most `most` things, and how many there are in all."""
    return ranked(
        [*_promises(actor, today), *_drafts(actor), *_quiet(actor, today)],
        most=most,
    )


def _promises(actor: User, today: date) -> Iterator[DayItem]:
    due = (
        scope.follow_ups(actor)
        .where(
            FollowUp.assignee_id == actor.id,
            FollowUp.state == FollowUpState.OPEN,
            FollowUp.due_on <= today,
        )
        .options(joinedload(FollowUp.company).load_only(Company.name))
        .order_by(FollowUp.due_on, FollowUp.id)
        .limit(READ_AT_MOST)
    )
    for row in db.session.scalars(due):
        late = (today - row.due_on).days
        yield DayItem(
            why=Why.LATE if late else Why.DUE_TODAY,
            row_id=row.id,
            company_id=row.company_id,
            company=row.company.name,
            text=row.text,
            on=row.due_on,
            days=late,
            town_code=row.town_code,
            version=row.version,
        )


def _drafts(actor: User) -> Iterator[DayItem]:
    rows = scope.drafts(actor).options(joinedload(Draft.company)).limit(READ_AT_MOST)
    for row in db.session.scalars(rows):
        yield DayItem(
            why=Why.DRAFT,
            row_id=row.id,
            company_id=row.company_id,
            company=row.company.name if row.company else None,
            text=str(row.values.get("note") or "")[:120],
            on=row.saved_at.date(),
            form_key=row.form_key,
        )


def _quiet(actor: User, today: date) -> Iterator[DayItem]:
    for row in db.session.execute(_perhaps_quiet(actor, today).limit(READ_AT_MOST)):
        if not is_quiet(row.last_contact_on, row.tier, today=today, own_days=row.own_cadence_days):
            continue
        since = row.last_contact_on
        yield DayItem(
            why=Why.QUIET if since else Why.NEVER_MET,
            row_id=row.id,
            company_id=row.company_id,
            company=row.name,
            on=since,
            days=(today - since).days if since else 0,
            allowed=cadence_days(row.tier, row.own_cadence_days) or 0,
            tier=row.tier,
            town_code=row.town_code,
            unowned=row.owner_id is None,
        )


def _perhaps_quiet(actor: User, today: date) -> Select[Any]:
    """Own engagements, and ownerless ones of towns the actor works in, past some cadence: the
    most pressing first, as crm.domain.day has them. Columns only, of thousands of rows."""
    unowned = Engagement.owner_id.is_(None)
    last = Engagement.last_contact_on
    shown: list[Any] = [
        *(Engagement.id, Engagement.company_id, Engagement.town_code, Engagement.owner_id),
        *(Engagement.tier, Engagement.own_cadence_days, last, Company.name),
    ]
    return (
        select(*shown)
        .join(Engagement.company)
        .where(
            _answered_for(actor),
            Company.merged_into_id.is_(None),
            Company.status != CompanyStatus.CEASED,
            or_(Engagement.own_cadence_days.is_not(None), *_past_cadence(today)),
        )
        .order_by(unowned, _by_tier(), last.is_(None), last, Engagement.id)
    )


def _answered_for(actor: User) -> ColumnElement[bool]:
    own = Engagement.owner_id == actor.id
    towns = actor.towns_with(Right.LOG_INTERACTION)
    if not towns:  # an empty list of towns makes SQLite read the whole table
        return own
    return or_(own, and_(Engagement.owner_id.is_(None), Engagement.town_code.in_(towns)))


def _by_tier() -> ColumnElement[int]:
    return case({tier: place for place, tier in enumerate(Tier)}, value=Engagement.tier)


def _past_cadence(today: date) -> Iterator[ColumnElement[bool]]:
    for tier, days in CADENCE_DAYS.items():
        if days is None:
            continue
        met_before = Engagement.last_contact_on <= today - timedelta(days=days)
        never = Engagement.last_contact_on.is_(None)
        yield and_(Engagement.tier == Tier(tier), or_(met_before, never))
