"""People who sign in."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from crm.db import db
from crm.domain.access import NETWORK_ROLES, Right, Role
from crm.models.town import Town
from crm.models.user import Membership, User


def by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def demo_people() -> list[User]:
    return list(db.session.scalars(select(User).where(User.is_demo, User.active).order_by(User.id)))


def working_in(town_codes: Collection[str]) -> list[User]:
    """Active people who can be given a task in one of these towns, by name."""
    members = select(Membership.user_id).where(
        Membership.town_code.in_(town_codes), Membership.role != Role.VIEWER
    )
    return list(
        db.session.scalars(
            select(User).where(User.active, User.id.in_(members)).order_by(User.name, User.id)
        )
    )


def colleagues(actor: User) -> list[User]:
    """People who could be named as readers of a note: those of own towns and the coordinators."""
    members = select(Membership.user_id).where(Membership.town_code.in_(actor.town_codes))
    return list(
        db.session.scalars(
            select(User)
            .where(User.active, User.id.in_(members) | (User.network_role == Role.COORDINATOR))
            .order_by(User.name, User.id)
        )
    )


def administered_by(actor: User) -> list[User]:
    """Everybody for an administrator; for a town's administrator those of the town."""
    people = select(User).options(selectinload(User.memberships)).order_by(User.name, User.id)
    if actor.network_role not in NETWORK_ROLES or not actor.may(Right.OPERATE):
        towns = actor.towns_with(Right.MANAGE_USERS)
        people = people.where(
            User.id.in_(select(Membership.user_id).where(Membership.town_code.in_(towns)))
        )
    return list(db.session.scalars(people))


def towns(codes: Collection[str] | None = None) -> list[Town]:
    """These towns, or all, by their Finnish name."""
    rows = select(Town).order_by(Town.name_fi)
    return list(db.session.scalars(rows if codes is None else rows.where(Town.code.in_(codes))))


def n_users() -> int:
    return db.session.scalar(select(func.count(User.id))) or 0
