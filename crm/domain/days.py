"""Days as Finns type them."""

import re
from datetime import date

from crm.domain.errors import Invalid, Reason

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[./](?P<month>\d{1,2})(?:[./](?P<year>\d{4}|\d{2})?)?"),
)


def parse_day(text: str, today: date, field: str = "day") -> date:
    """27.11. or 27.11.2026 or 2026-11-27 as a day; without a year the one nearest to today.

    Raises Invalid with NOT_A_DATE, also for 31.2.2026.
    """
    for form in _FORMS:
        if found := form.fullmatch(text.strip()):
            return _day(found, text, today, field)
    raise Invalid(field, Reason.NOT_A_DATE, text=text)


def parse_full_day(text: str, field: str = "day") -> date:
    """27.11.2026 or 2026-11-27, the year always written with four digits, as lists have it.

    Raises Invalid with NOT_A_DATE, also for 31.2.2026.
    """
    for form in _FORMS:
        found = form.fullmatch(text.strip())
        if found and found["year"] and len(found["year"]) == 4:
            year, month, day = (int(found[part]) for part in ("year", "month", "day"))
            if made := _made(year, month, day):
                return made
    raise Invalid(field, Reason.NOT_A_DATE, text=text)


def _day(found: re.Match[str], text: str, today: date, field: str) -> date:
    year, month, day = found["year"], int(found["month"]), int(found["day"])
    years = [int(year) + (2000 if len(year) == 2 else 0)] if year else _near(today)
    days = [made for each in years if (made := _made(each, month, day))]
    if not days:
        raise Invalid(field, Reason.NOT_A_DATE, text=text)
    return min(days, key=lambda made: abs((made - today).days))


def _near(today: date) -> list[int]:
    return [today.year - 1, today.year, today.year + 1]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
