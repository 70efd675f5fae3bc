"""Days as Finns type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.days import parse_day, parse_full_day
from crm.domain.errors import Invalid, Reason

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    "text", ["27.11.", "27.11", "27.11.2026", "27.11.26", "2026-11-27", "27/11/2026", " 27.11. "]
)
def test_every_way_to_write_a_day_is_that_day(text: str):
    assert parse_day(text, TODAY) == date(2026, 11, 27)


def test_a_day_without_a_year_is_the_nearest_one():
    assert parse_day("3.1.", TODAY) == date(2027, 1, 3)
    assert parse_day("30.12.", date(2026, 1, 5)) == date(2025, 12, 30)
    assert parse_day("29.2.", date(2027, 6, 1)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    "text", ["31.2.2026", "29.2.2027", "0.1.2026", "1.13.2026", "huomenna", "", "2026-11-27x", "1"]
)
def test_what_is_no_day_is_refused(text: str):
    with pytest.raises(Invalid) as caught:
        parse_day(text, TODAY)
    assert caught.value.reason is Reason.NOT_A_DATE


@given(st.dates(date(1000, 1, 1)))
def test_every_day_reads_back_in_both_spellings(day: date):
    assert parse_day(f"{day.day}.{day.month}.{day.year}", TODAY) == day
    assert parse_day(day.isoformat(), TODAY) == day


@given(st.text(max_size=20) | st.text("0123456789./-", max_size=12))
def test_any_text_is_a_day_or_refused(text: str):
    try:
        assert isinstance(parse_day(text, TODAY), date)
    except Invalid as refused:
        assert refused.reason is Reason.NOT_A_DATE  # noqa: PT017


@pytest.mark.parametrize("text", ["1.2.1998", " 01.02.1998 ", "1998-02-01", "1/2/1998"])
def test_a_day_of_a_list_is_read_with_its_year(text: str):
    assert parse_full_day(text) == date(1998, 2, 1)


@pytest.mark.parametrize("text", ["1.2.", "1.2.98", "1998", "31.2.2026", "keväällä", ""])
def test_a_day_of_a_list_without_its_whole_year_is_refused_and_never_guessed(text: str):
    with pytest.raises(Invalid) as refusal:
        parse_full_day(text, "registered_on")
    assert (refusal.value.field, refusal.value.reason) == ("registered_on", Reason.NOT_A_DATE)
