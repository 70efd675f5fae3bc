"""Who is signed in with which secret, and how often signing in has failed."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from crm.db import db
from crm.models.user import SignIn, SignInFailure, User


def by_token(token_hash: str, *, now: datetime) -> SignIn | None:
    """The sign-in that is still good at now, of a person who is still active."""
    found = db.session.scalars(
        select(SignIn)
        .join(SignIn.user)
        .options(contains_eager(SignIn.user).joinedload(User.memberships))
        .where(
            SignIn.token_hash == token_hash,
            SignIn.ended_at.is_(None),
            SignIn.expires_at > now,
            User.active,
        )
    )
    return found.unique().one_or_none()


def of_user(user: User, *, now: datetime) -> list[SignIn]:
    return list(
        db.session.scalars(
            select(SignIn)
            .where(SignIn.user_id == user.id, SignIn.ended_at.is_(None), SignIn.expires_at > now)
            .order_by(SignIn.created_at.desc())
        )
    )


def failures(account_hash: str, address_hash: str, *, since: datetime) -> tuple[int, int]:
    """Failed sign-ins since then: (of this account, from this address)."""
    recent = select(func.count()).where(SignInFailure.at > since)
    account = db.session.scalar(recent.where(SignInFailure.account_hash == account_hash))
    address = db.session.scalar(recent.where(SignInFailure.address_hash == address_hash))
    return account or 0, address or 0
