"""How long a firm may go without a contact before somebody is told."""

from datetime import date
from enum import StrEnum


class Tier(StrEnum):
    """How close a town's relationship to a company is. A known firm has no cadence."""

    ANCHOR = "anchor"
    GROWTH = "growth"
    ENGAGED = "engaged"
    KNOWN = "known"


CADENCE_DAYS: dict[Tier, int | None] = {
    Tier.ANCHOR: 60,
    Tier.GROWTH: 90,
    Tier.ENGAGED: 365,
    Tier.KNOWN: None,
}


def cadence_days(tier: Tier, own_days: int | None = None) -> int | None:
    """Days allowed between contacts; own_days is the relationship's own setting."""
    return own_days if own_days is not None else CADENCE_DAYS[tier]


def is_quiet(
    last_contact_on: date | None, tier: Tier, *, today: date, own_days: int | None = None
) -> bool:
    """True when at least the cadence's days have passed since the last contact, counted from
    the meeting day. A firm that was never met is quiet at once, if its tier has a cadence."""
    days = cadence_days(tier, own_days)
    if days is None:
        return False
    return last_contact_on is None or (today - last_contact_on).days >= days
