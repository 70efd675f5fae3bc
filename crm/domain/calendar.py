"""Finnish working days, and the moment at which a clock on the wall shows a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Slot:
    """One working morning of one person: the day, and the moment its digest is due."""

    local_on: date
    due_at: datetime


@cache
def _days_off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("FI", years=year))


def is_working_day(day: date) -> bool:
    """True from Monday to Friday unless it is a Finnish public holiday; Midsummer Eve and
    Christmas Eve count as holidays, as in the towns' offices."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year)


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first UTC moment of this day at which a wall clock in zone shows `at`.

    In the doubled hour of autumn that is the first of the two. A time that spring skips comes at
    the first minute after the gap.
    """
    wanted = datetime.combine(day, at)
    first = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall(first, zone) == wanted:
        return first
    start = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC).replace(second=0, microsecond=0)
    return next(minute for minute in _minutes(start) if _wall(minute, zone) >= wanted)


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _minutes(start: datetime) -> Iterator[datetime]:
    while True:
        yield start
        start += _MINUTE


def next_occurrence(after: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The first moment later than `after` at which it is `at` in zone: once every local day."""
    day = after.astimezone(zone).date()
    while (found := moment(day, at, zone)) <= after:
        day += _DAY
    return found


def last_occurrence(until: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The latest moment not after `until` at which it was `at` in zone."""
    day = until.astimezone(zone).date()
    while (found := moment(day, at, zone)) > until:
        day -= _DAY
    return found


def newest_slot(now: datetime, at: time, zone: ZoneInfo) -> Slot:
    """The newest working morning that has come by now. It holds until the next one, so that a
    worker that was away makes up for the last missed morning and for no older one."""
    day = now.astimezone(zone).date()
    while not is_working_day(day) or moment(day, at, zone) > now:
        day -= _DAY
    return Slot(day, moment(day, at, zone))
