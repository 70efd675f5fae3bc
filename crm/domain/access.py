"""Who may do what. One table; everything not in it is refused."""

from collections.abc import Collection
from enum import StrEnum
from typing import Protocol

from crm.domain.errors import NotAllowed


class Role(StrEnum):
    VIEWER = "viewer"
    ADVISOR = "advisor"
    TOWN_ADMIN = "town_admin"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


TOWN_ROLES = (Role.VIEWER, Role.ADVISOR, Role.TOWN_ADMIN)
NETWORK_ROLES = (Role.COORDINATOR, Role.ADMIN)


class Visibility(StrEnum):
    """Who reads a note: its town (the default), the whole network, or the people named in it."""

    TOWN = "town"
    NETWORK = "network"
    NAMED = "named"


class Language(StrEnum):
    FI = "fi"
    SV = "sv"
    EN = "en"


class Theme(StrEnum):
    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Right(StrEnum):
    READ = "read"
    SEE_RELATIONSHIP = "see_relationship"
    LOG_INTERACTION = "log_interaction"
    KEEP_FOLLOW_UPS = "keep_follow_ups"
    EDIT_COMPANY = "edit_company"
    IMPORT_COMPANIES = "import_companies"
    MERGE_COMPANIES = "merge_companies"
    MANAGE_USERS = "manage_users"
    OPERATE = "operate"


_EVERYONE = frozenset(Role)
_WORKERS = frozenset({Role.ADVISOR, Role.TOWN_ADMIN, Role.COORDINATOR})
_PARTICIPANTS = _WORKERS | {Role.VIEWER}

POLICY: dict[Right, frozenset[Role]] = {
    Right.READ: _EVERYONE,
    Right.SEE_RELATIONSHIP: _PARTICIPANTS,
    Right.LOG_INTERACTION: _WORKERS,
    Right.KEEP_FOLLOW_UPS: _WORKERS,
    Right.EDIT_COMPANY: _WORKERS,
    Right.IMPORT_COMPANIES: frozenset({Role.TOWN_ADMIN, Role.COORDINATOR, Role.ADVISOR}),
    Right.MERGE_COMPANIES: _WORKERS,
    Right.MANAGE_USERS: frozenset({Role.TOWN_ADMIN, Role.ADMIN}),
    Right.OPERATE: frozenset({Role.ADMIN}),
}


def allowed(roles: Collection[Role], right: Right) -> bool:
    """True when one of roles carries right. roles are those held in the town asked about
    together with those held in the whole network."""
    return not POLICY[right].isdisjoint(roles)


class Actor(Protocol):
    def may(self, right: Right, town_code: str | None = None) -> bool: ...


def require(actor: Actor, right: Right, town_code: str | None = None) -> None:
    """Raise NotAllowed unless actor holds right in this town (in any, when none is named)."""
    if not actor.may(right, town_code):
        raise NotAllowed(right, town_code)


def require_in_any(actor: Actor, right: Right, town_codes: Collection[str]) -> None:
    """Raise NotAllowed unless actor holds right in one of these towns."""
    if not any(actor.may(right, code) for code in town_codes):
        raise NotAllowed(right)
