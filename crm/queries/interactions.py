"""Interactions the actor may read, as lists and as a company's timeline."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from crm.db import db
from crm.domain.followups import FollowUpState
from crm.domain.interactions import Channel, Topic
from crm.models.company import Company
from crm.models.follow_up import FollowUp
from crm.models.interaction import Draft, Interaction, InteractionTopic
from crm.models.user import User
from crm.queries import scope

PAGE = 30


@dataclass(frozen=True)
class Filters:
    town: str | None = None
    channel: Channel | None = None
    topic: Topic | None = None
    author_id: int | None = None


@dataclass(frozen=True)
class Moment:
    """One thing on a timeline: an interaction, or a promise that was kept or dropped."""

    on: date
    interaction: Interaction | None = None
    follow_up: FollowUp | None = None


def by_id(actor: User, interaction_id: int) -> Interaction | None:
    return db.session.scalar(
        _whole(scope.interactions(actor)).where(Interaction.id == interaction_id)
    )


def draft(actor: User, form_key: str) -> Draft | None:
    return db.session.scalar(scope.drafts(actor).where(Draft.form_key == form_key))


def logged(actor: User, filters: Filters, *, page: int = 1) -> tuple[list[Interaction], bool]:
    """One page of interactions, newest first, and whether there are older ones."""
    query = _whole(_filtered(scope.interactions(actor), filters))
    rows = db.session.scalars(
        query.options(joinedload(Interaction.company))
        .order_by(Interaction.held_on.desc(), Interaction.id.desc())
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def timeline(
    actor: User, company: Company, filters: Filters, *, most: int
) -> tuple[list[Moment], int]:
    """The newest `most` moments of a company that the actor may see, and how many older ones
    there are."""
    meetings = _filtered(scope.interactions(actor), filters).where(
        Interaction.company_id == company.id
    )
    tasks = scope.follow_ups(actor).where(
        FollowUp.company_id == company.id, FollowUp.state != FollowUpState.OPEN
    )
    moments = [Moment(row.held_on, interaction=row) for row in _newest(_whole(meetings), most)]
    counted: list[Select[Any]] = [meetings]
    if filters == Filters():
        moments += [Moment(_closed_on(row), follow_up=row) for row in _closed(tasks, most)]
        counted.append(tasks)
    total = _count(counted)
    moments.sort(key=lambda moment: moment.on, reverse=True)
    return moments[:most], max(total - most, 0)


def _closed_on(row: FollowUp) -> date:
    return row.closed_at.date() if row.closed_at else row.due_on


def _newest(query: Select[Interaction], most: int) -> list[Interaction]:
    ordered = query.order_by(Interaction.held_on.desc(), Interaction.id.desc()).limit(most)
    return list(db.session.scalars(ordered))


def _closed(query: Select[FollowUp], most: int) -> list[FollowUp]:
    ordered = query.options(joinedload(FollowUp.closed_by)).order_by(
        FollowUp.closed_at.desc(), FollowUp.id.desc()
    )
    return list(db.session.scalars(ordered.limit(most)))


def _count(queries: list[Select[Any]]) -> int:
    """How many rows the queries have in all, asked at once."""
    numbers = [
        query.with_only_columns(func.count(), maintain_column_froms=True)
        .order_by(None)
        .scalar_subquery()
        for query in queries
    ]
    return sum(db.session.execute(select(*numbers)).one())


def _filtered(query: Select[Interaction], filters: Filters) -> Select[Interaction]:
    if filters.town:
        query = query.where(Interaction.town_code == filters.town)
    if filters.channel:
        query = query.where(Interaction.channel == filters.channel)
    if filters.topic:
        query = query.where(Interaction.topic_rows.any(InteractionTopic.topic == filters.topic))
    if filters.author_id:
        query = query.where(Interaction.author_id == filters.author_id)
    return query


def _whole(query: Select[Interaction]) -> Select[Interaction]:
    return query.options(
        joinedload(Interaction.author),
        selectinload(Interaction.advisors),
        selectinload(Interaction.attendees),
        selectinload(Interaction.topic_rows),
    )
