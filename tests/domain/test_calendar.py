"""Working days, and wall-clock times on the days when clocks are turned, 2025-2035."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.calendar import (
    is_working_day,
    last_occurrence,
    moment,
    newest_slot,
    next_occurrence,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
YEARS = range(2025, 2036)
MINUTES_OF_A_DAY = [time(minute // 60, minute % 60) for minute in range(24 * 60)]
EIGHT = time(8, 0)


def last_sunday(year: int, month: int) -> date:
    day = date(year, month, 31)
    return day - timedelta(days=(day.weekday() + 1) % 7)


CHANGE_DAYS = [last_sunday(year, month) for year in YEARS for month in (3, 10)]


def walked(day: date) -> dict[datetime, datetime]:
    """The oracle: walk through real minutes around day and note when each wall time first shows."""
    minute = datetime.combine(day, time(), UTC) - timedelta(hours=6)
    seen: dict[datetime, datetime] = {}
    for _ in range(36 * 60):
        seen.setdefault(minute.astimezone(HELSINKI).replace(tzinfo=None), minute)
        minute += timedelta(minutes=1)
    return seen


def expected(day: date, at: time, seen: dict[datetime, datetime]) -> datetime:
    wanted = datetime.combine(day, at)
    while wanted not in seen:
        wanted += timedelta(minutes=1)
    return seen[wanted]


@pytest.mark.parametrize("change", CHANGE_DAYS, ids=str)
def test_every_minute_of_a_change_day_comes_once_and_where_the_walk_finds_it(change: date):
    seen = walked(change)
    midnight = moment(change, time(), HELSINKI)
    for at in MINUTES_OF_A_DAY:
        found = next_occurrence(midnight - timedelta(seconds=1), at, HELSINKI)
        assert found == expected(change, at, seen), at
        after = next_occurrence(found, at, HELSINKI).astimezone(HELSINKI)
        assert after.date() == change + timedelta(days=1), at
        assert after.time() == at


@pytest.mark.parametrize("change", CHANGE_DAYS, ids=str)
def test_the_day_before_a_change_leads_to_the_change_day_once(change: date):
    for at in MINUTES_OF_A_DAY:
        before = moment(change - timedelta(days=1), at, HELSINKI)
        assert next_occurrence(before, at, HELSINKI) == moment(change, at, HELSINKI)
        assert last_occurrence(moment(change, at, HELSINKI), at, HELSINKI) == moment(
            change, at, HELSINKI
        )


def test_a_time_that_spring_skips_comes_at_the_first_minute_after_the_gap():
    found = moment(date(2027, 3, 28), time(3, 30), HELSINKI)

    assert found == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    assert found.astimezone(HELSINKI).time() == time(4, 0)


def test_a_time_that_autumn_doubles_comes_at_the_first_of_the_two():
    assert moment(date(2026, 10, 25), time(3, 30), HELSINKI) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


@given(
    st.integers(min_value=0, max_value=11 * 365 * 24 * 3600),
    st.times(),
)
def test_the_last_occurrence_and_the_next_one_stand_a_day_apart(seconds: int, at: time):
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    last = last_occurrence(now, at, HELSINKI)
    following = next_occurrence(last, at, HELSINKI)

    assert last <= now < following
    assert timedelta(hours=22) < following - last < timedelta(hours=26)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 1, 6),
        date(2026, 4, 3),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 6, 19),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2027, 12, 6),
    ],
    ids=str,
)
def test_a_finnish_holiday_on_a_weekday_is_no_working_day(day: date):
    assert day.weekday() < 5
    assert not is_working_day(day)


def test_weekends_rest_and_weekdays_work():
    week = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]

    assert [is_working_day(day) for day in week] == [True] * 5 + [False] * 2


def test_a_leap_day_is_a_day_like_others():
    assert is_working_day(date(2028, 2, 29))
    assert next_occurrence(datetime(2028, 2, 28, 12, tzinfo=UTC), EIGHT, HELSINKI) == datetime(
        2028, 2, 29, 6, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("local_now", "slot_day"),
    [
        ("2026-11-24T07:59:59", date(2026, 11, 23)),
        ("2026-11-24T08:00:00", date(2026, 11, 24)),
        ("2026-11-24T23:59:00", date(2026, 11, 24)),
        ("2026-11-28T12:00:00", date(2026, 11, 27)),
        ("2026-11-30T07:00:00", date(2026, 11, 27)),
        ("2026-12-27T09:00:00", date(2026, 12, 23)),
    ],
)
def test_the_newest_morning_holds_until_the_next_working_one(local_now: str, slot_day: date):
    slot = newest_slot(datetime.fromisoformat(local_now).replace(tzinfo=HELSINKI), EIGHT, HELSINKI)

    assert slot.local_on == slot_day
    assert slot.due_at == moment(slot_day, EIGHT, HELSINKI)


def test_a_walk_through_eleven_years_meets_every_working_morning_once_and_in_order():
    now = datetime(2025, 1, 1, 12, tzinfo=UTC)
    met = []
    while now.year < 2036:
        slot = newest_slot(now, EIGHT, HELSINKI).local_on
        if not met or met[-1] != slot:
            met.append(slot)
        now += timedelta(hours=11)

    days = [met[0] + timedelta(days=number) for number in range((met[-1] - met[0]).days + 1)]
    assert met == [day for day in days if is_working_day(day)]
