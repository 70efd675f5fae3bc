"""What somebody's day holds, the most pressing first, each thing with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from crm.domain.cadence import Tier

MOST = 7


class Why(StrEnum):
    LATE = "late"
    DUE_TODAY = "due_today"
    DRAFT = "draft"
    NEVER_MET = "never_met"
    QUIET = "quiet"


@dataclass(frozen=True)
class DayItem:
    """One thing to do. days is how late a promise is, or how long a firm has been quiet;
    allowed is the cadence in days; row_id is the promise's, the draft's or the engagement's."""

    why: Why
    row_id: int
    company_id: int | None
    company: str | None
    text: str = ""
    on: date | None = None
    days: int = 0
    allowed: int = 0
    tier: Tier | None = None
    town_code: str | None = None
    unowned: bool = False
    version: int = 0
    form_key: str = ""


@dataclass(frozen=True)
class Day:
    """items are the most pressing of total things."""

    items: list[DayItem]
    total: int

    @property
    def rest(self) -> int:
        return self.total - len(self.items)


_GROUPS = {Why.LATE: 0, Why.DUE_TODAY: 1, Why.DRAFT: 2, Why.NEVER_MET: 3, Why.QUIET: 3}
_TIERS = {Tier.ANCHOR: 0, Tier.GROWTH: 1, Tier.ENGAGED: 2, Tier.KNOWN: 3, None: 0}


def _pressing(item: DayItem) -> tuple[int, bool, int, float, int]:
    over = item.days / item.allowed if item.allowed else float(item.days)
    return (_GROUPS[item.why], item.unowned, _TIERS[item.tier], -over, item.row_id)


def ranked(items: Iterable[DayItem], *, most: int | None = MOST) -> Day:
    """Late promises before those due today, then drafts, then quiet firms: own ones before those
    without an owner, anchors before growth firms, the longest over their cadence first."""
    ordered = sorted(items, key=_pressing)
    return Day(ordered[:most], len(ordered))
