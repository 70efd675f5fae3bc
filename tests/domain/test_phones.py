"""Phone numbers as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.phones import to_e164


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("040 123 4567", "+358401234567"),
        ("(02) 834 111", "+3582834111"),
        ("+358 40 123 4567", "+358401234567"),
        ("00358401234567", "+358401234567"),
        ("+46 8 123 456 78", "+46812345678"),
        ("puh. 040 123 4567", "+358401234567"),
        ("112 soita", None),
        ("vaihde", None),
        ("12", None),
        ("", None),
        ("9" * 100_000, None),
    ],
)
def test_a_number_is_kept_in_one_form_or_not_at_all(text: str, number: str | None):
    assert to_e164(text) == number


@given(st.text(max_size=30) | st.text("+0123456789 ()-/", max_size=20))
def test_any_text_is_a_short_number_or_none(text: str):
    number = to_e164(text)
    assert number is None or (number.startswith("+") and len(number) <= 20)
