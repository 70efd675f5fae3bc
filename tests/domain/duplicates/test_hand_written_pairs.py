"""Pairs written by hand, judged one by one, as records nothing else is known of."""

import pytest

from crm import codes
from crm.domain.duplicates import fields
from crm.domain.duplicates.judging import Knowledge, explain
from crm.domain.duplicates.records import Columns
from crm.domain.duplicates.weights import DEFAULT
from tests.domain.duplicates.hand_written_pairs import (
    DIFFERENT,
    NOT_YET_DIFFERENT,
    NOT_YET_SAME,
    SAME,
    record,
)


def is_one_firm(one: str, other: str) -> bool:
    left, right = record(one), record(other)
    knowledge = Knowledge.of(Columns.of([left, right]), codes.places())
    return explain(left, right, knowledge).probability >= DEFAULT.least


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_records_of_one_firm_are_one(one, other):
    assert is_one_firm(one, other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_records_of_two_firms_are_two(one, other):
    assert not is_one_firm(one, other)


@pytest.mark.xfail(strict=True, reason="what the engine does not know yet")
@pytest.mark.parametrize(("one", "other"), NOT_YET_SAME)
def test_one_firm_that_is_not_known_again_yet(one, other):
    assert is_one_firm(one, other)


@pytest.mark.xfail(strict=True, reason="what the engine does not know yet")
@pytest.mark.parametrize(("one", "other"), NOT_YET_DIFFERENT)
def test_two_firms_that_are_not_told_apart_yet(one, other):
    assert not is_one_firm(one, other)


@pytest.mark.parametrize("text", ["0000000-0", "1234567-1", "12345671", "9999999-9", "FI12345671"])
def test_a_number_that_people_make_up_is_no_number(text):
    assert fields.id_key(text) == ""


@pytest.mark.parametrize(
    "text", ["0234567-8", "234567-8", "02345678", "FI02345678", "2345678.0", "Y-tunnus 0234567-8"]
)
def test_a_business_id_is_read_however_a_sheet_has_it(text):
    assert fields.id_key(text) == "02345678"
