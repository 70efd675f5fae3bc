"""The Y-tunnus in every spelling people use."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.business_ids import parse_business_id
from crm.domain.errors import Invalid, Reason


@pytest.mark.parametrize(
    "text",
    ["0112038-9", "01120389", " 0112038-9 ", "FI01120389", "fi 0112038-9", "0112038–9"],
)
def test_every_usual_spelling_is_one_number(text: str):
    assert parse_business_id(text) == "0112038-9"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("0112038-8", Reason.BUSINESS_ID_CHECK_DIGIT),
        ("112038", Reason.BUSINESS_ID_FORM),
        ("011203899", Reason.BUSINESS_ID_FORM),
        ("kuusi", Reason.BUSINESS_ID_FORM),
        ("", Reason.BUSINESS_ID_FORM),
        ("SE556012579001", Reason.BUSINESS_ID_FORM),
        ("0" * 100_000, Reason.BUSINESS_ID_FORM),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, reason: Reason):
    with pytest.raises(Invalid) as caught:
        parse_business_id(text)
    assert caught.value.reason is reason


def test_an_old_number_of_six_digits_gets_its_zero_back():
    assert parse_business_id("112038-9") == "0112038-9"


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{6,8}-?[0-9]?", fullmatch=True))
def test_any_text_is_a_number_of_nine_letters_or_refused(text: str):
    try:
        number = parse_business_id(text)
    except Invalid:
        return
    assert len(number) == 9
    assert parse_business_id(number) == number
    assert number.isascii()
