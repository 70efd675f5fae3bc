"""Promises the actor may read."""

from datetime import date

from sqlalchemy.orm import joinedload

from crm.db import db
from crm.domain.followups import DueGroup, FollowUpState, due_group
from crm.models.company import Company
from crm.models.follow_up import FollowUp
from crm.models.user import User
from crm.queries import scope

PAGE = 50


def by_id(actor: User, follow_up_id: int) -> FollowUp | None:
    return db.session.scalar(
        scope.follow_ups(actor)
        .where(FollowUp.id == follow_up_id)
        .options(joinedload(FollowUp.company), joinedload(FollowUp.assignee))
    )


def open_of_company(actor: User, company: Company, *, limit: int = 20) -> list[FollowUp]:
    return list(
        db.session.scalars(
            scope.follow_ups(actor)
            .where(FollowUp.company_id == company.id, FollowUp.state == FollowUpState.OPEN)
            .options(joinedload(FollowUp.assignee))
            .order_by(FollowUp.due_on, FollowUp.id)
            .limit(limit)
        )
    )


def listed(
    actor: User,
    *,
    state: FollowUpState = FollowUpState.OPEN,
    mine: bool = True,
    page: int = 1,
) -> tuple[list[FollowUp], bool]:
    """One page of promises, open ones by day, closed ones the newest first; and whether there
    are more."""
    query = scope.follow_ups(actor).where(FollowUp.state == state)
    if mine:
        query = query.where(FollowUp.assignee_id == actor.id)
    if state is FollowUpState.OPEN:
        query = query.order_by(FollowUp.due_on, FollowUp.id)
    else:
        query = query.order_by(FollowUp.closed_at.desc(), FollowUp.id.desc())
    rows = db.session.scalars(
        query.options(joinedload(FollowUp.company), joinedload(FollowUp.assignee))
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    return list(rows[:PAGE]), len(rows) > PAGE


def grouped(rows: list[FollowUp], *, today: date) -> dict[DueGroup, list[FollowUp]]:
    """Rows by when they are due, in the order of DueGroup, without empty groups."""
    groups: dict[DueGroup, list[FollowUp]] = {group: [] for group in DueGroup}
    for row in rows:
        groups[due_group(row.due_on, today)].append(row)
    return {group: found for group, found in groups.items() if found}


def coming(actor: User, *, today: date, limit: int = 5) -> list[FollowUp]:
    """The actor's next open promises after today."""
    return list(
        db.session.scalars(
            scope.follow_ups(actor)
            .where(
                FollowUp.assignee_id == actor.id,
                FollowUp.state == FollowUpState.OPEN,
                FollowUp.due_on > today,
            )
            .options(joinedload(FollowUp.company))
            .order_by(FollowUp.due_on, FollowUp.id)
            .limit(limit)
        )
    )
