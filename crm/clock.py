"""The only clock: now in UTC, today in Finland. Read by doors, never by rules or actions."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    return datetime.now(HELSINKI).date()
