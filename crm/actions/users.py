"""Accounts: made, changed, closed; and a person's own settings."""

from datetime import datetime, time

from crm import audit
from crm.actions.changes import change
from crm.actions.sessions import HASHER, end_sessions, fits
from crm.db import db
from crm.domain.access import NETWORK_ROLES, Language, Right, Role, Theme, require
from crm.domain.company_fields import parse_email
from crm.domain.errors import Invalid, Reason
from crm.domain.passwords import check_password
from crm.models.town import Town
from crm.models.user import Membership, User
from crm.queries import users


def create_user(
    actor: User | None,
    *,
    email: str,
    name: str,
    role: Role,
    town_code: str | None,
    password: str | None,
    language: Language = Language.FI,
    now: datetime,
) -> User:
    """Make an account. actor is None on the command line, which only operators reach.

    A network role takes no town, a town's role needs one. Raises NotAllowed when actor may not
    manage the town's people or gives a network role without being an administrator.
    """
    if actor is not None:
        require(actor, Right.MANAGE_USERS, town_code)
        if role in NETWORK_ROLES:
            require(actor, Right.OPERATE)
    _check_town(role, town_code)
    address = parse_email(email).lower()
    if users.by_email(address):
        raise Invalid("email", Reason.EMAIL_TAKEN)
    user = User(email=address, name=_checked_name(name), language=language)
    if password is not None:
        _set_password(user, password)
    if role in NETWORK_ROLES:
        user.network_role = role
    else:
        user.memberships.append(Membership(town_code=town_code, role=role))
    db.session.add(user)
    db.session.flush()
    audit.record(actor, "user.created", user, now=now, town_code=town_code)
    return user


def set_active(actor: User, user: User, *, active: bool, now: datetime) -> None:
    """Close an account, ending all its sign-ins, or open it again."""
    for code in user.town_codes:
        require(actor, Right.MANAGE_USERS, code)
    require(actor, Right.MANAGE_USERS)
    if user.network_role:
        require(actor, Right.OPERATE)
    if user.id == actor.id:
        raise Invalid("active", Reason.OWN_ACCOUNT)
    changes = change(user, active=active)
    if not active:
        end_sessions(user, now=now)
    audit.record(actor, "user.active", user, now=now, changes=changes)


def change_password(actor: User, *, current: str, new: str, keep_token: str, now: datetime) -> None:
    """Give oneself a new password; every other browser is signed out."""
    require(actor, Right.READ)
    if actor.password_hash is not None and not fits(actor.password_hash, current):
        raise Invalid("current", Reason.WRONG_PASSWORD)
    _set_password(actor, new)
    end_sessions(actor, keep_token=keep_token, now=now)
    audit.record(actor, "user.password", actor, now=now)


def change_settings(
    actor: User,
    *,
    language: Language,
    theme: Theme,
    single_keys: bool,
    digest_wanted: bool,
    digest_at: time,
) -> None:
    """Change one's own language, looks and mornings."""
    require(actor, Right.READ)
    change(
        actor,
        language=language,
        theme=theme,
        single_keys=single_keys,
        digest_wanted=digest_wanted,
        digest_at=digest_at,
    )


def set_language(actor: User, language: Language) -> None:
    """Change one's own language."""
    require(actor, Right.READ)
    change(actor, language=language)


def set_theme(actor: User, theme: Theme) -> None:
    """Change one's own looks."""
    require(actor, Right.READ)
    change(actor, theme=theme)


def _set_password(user: User, password: str) -> None:
    check_password(password, own_words=(user.name, user.email.split("@")[0]))
    user.password_hash = HASHER.hash(password)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Invalid("name", Reason.REQUIRED)
    if len(name) > 120:
        raise Invalid("name", Reason.TOO_LONG, most=120)
    return name


def _check_town(role: Role, town_code: str | None) -> None:
    if role in NETWORK_ROLES and town_code:
        raise Invalid("town_code", Reason.ROLE_WITHOUT_TOWN)
    if role not in NETWORK_ROLES and (not town_code or db.session.get(Town, town_code) is None):
        raise Invalid("town_code", Reason.UNKNOWN_TOWN, town=town_code or "")
