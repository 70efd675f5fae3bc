"""Signing in and out. The cookie carries a random secret; the database only its hash."""

import hashlib
import secrets
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, update

from crm import audit
from crm.db import db
from crm.domain.errors import Invalid, NotAllowed, Reason
from crm.models.user import SignIn, SignInFailure, User
from crm.queries import sign_ins, users

HASHER = PasswordHasher()
NOBODY = HASHER.hash(secrets.token_urlsafe(16))
WINDOW = timedelta(minutes=15)
MOST_BY_ACCOUNT = 10
MOST_BY_ADDRESS = 50


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def sign_in(
    email: str, password: str, *, address: str, browser: str, lasts: timedelta, now: datetime
) -> User:
    """Sign in with a password; returns the user carrying the new secret in session_token.

    Raises Invalid in the same words and time for an unknown e-mail and a wrong password, and
    TOO_MANY_SIGN_INS before the password is looked at. A failure is a row: commit it.
    """
    account_hash, address_hash = hash_of(email.strip().lower()), hash_of(address)
    by_account, by_address = sign_ins.failures(account_hash, address_hash, since=now - WINDOW)
    if by_account >= MOST_BY_ACCOUNT or by_address >= MOST_BY_ADDRESS:
        raise Invalid("password", Reason.TOO_MANY_SIGN_INS, minutes=15)
    user = users.by_email(email)
    if not fits(user.password_hash if user else None, password) or not (user and user.active):
        db.session.add(SignInFailure(account_hash=account_hash, address_hash=address_hash, at=now))
        raise Invalid("password", Reason.WRONG_SIGN_IN)
    return open_session(user, browser=browser, lasts=lasts, now=now)


def sign_in_demo(user: User, *, demo: bool, browser: str, lasts: timedelta, now: datetime) -> User:
    """Sign in as a person of the demo, without a password. Refused outside a demo."""
    if not demo or not user.is_demo or not user.active:
        raise NotAllowed("demo")
    return open_session(user, browser=browser, lasts=lasts, now=now)


def open_session(user: User, *, browser: str, lasts: timedelta, now: datetime) -> User:
    """Begin a new sign-in with a secret of its own, and forget those that have run out."""
    token = secrets.token_urlsafe(32)
    db.session.execute(delete(SignIn).where(SignIn.user_id == user.id, SignIn.expires_at < now))
    db.session.add(
        SignIn(
            user_id=user.id,
            token_hash=hash_of(token),
            browser=browser[:200],
            expires_at=now + lasts,
        )
    )
    db.session.flush()
    audit.record(user, "user.signed_in", user, now=now)
    user.session_token = token
    return user


def sign_out(token: str, *, now: datetime) -> None:
    db.session.execute(
        update(SignIn).where(SignIn.token_hash == hash_of(token)).values(ended_at=now)
    )


def end_sessions(user: User, *, keep_token: str | None = None, now: datetime) -> None:
    """End every sign-in of a person, but for the one with keep_token."""
    rows = update(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))
    if keep_token:
        rows = rows.where(SignIn.token_hash != hash_of(keep_token))
    db.session.execute(rows.values(ended_at=now))


def fits(password_hash: str | None, password: str) -> bool:
    """Compare, taking as long for somebody who does not exist or has no password."""
    try:
        return HASHER.verify(password_hash or NOBODY, password[:1000]) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
