"""Numbers as they stand in firm lists."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.imports.numbers import read_euros, read_number, read_whole


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u202f567", "1234567"),
        ("1.234.567,00", "1234567"),
        ("1,234,567.89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("1.234", "1234"),
        ("14,235", "14.235"),
        ("12.5", "12.5"),
        ("-5", "-5"),
        ("−5", "-5"),
    ],
)
def test_finnish_and_english_marks_are_both_understood(text: str, number: str):
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize(
    "text", ["", "-", "kymmenen", "5-9", "1,2,3.4.5", "1,2,3", "1e9", "NaN", "∞", "9" * 16, "٣"]
)
def test_what_is_no_number_is_none(text: str):
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "heading", "euros"),
    [
        ("14 200 000", "Liikevaihto", 14_200_000),
        ("14,2 milj. €", "Liikevaihto", 14_200_000),
        ("14,2 M€", "Liikevaihto", 14_200_000),
        ("14.2 MEUR", "Turnover", 14_200_000),
        ("2,5 miljoonaa euroa", "Liikevaihto", 2_500_000),
        ("320 t€", "Liikevaihto", 320_000),
        ("320 tuhatta euroa", "Liikevaihto", 320_000),
        ("1 234,50 €", "Liikevaihto", 1_234),
        ("1 234 euroa", "Liikevaihto (eur)", 1_234),
        ("320", "Liikevaihto (t€)", 320_000),
        ("320", "Liikevaihto 1000 €", 320_000),
        ("320", "Liikevaihto, 1 000 eur, 2025", 320_000),
        ("320", "Liikevaihto TEUR 2025", 320_000),
        ("320", "Omsättning (tusen euro)", 320_000),
        ("14,2", "Liikevaihto (M€) 2025", 14_200_000),
        ("14,2", "Liikevaihto milj. euroa", 14_200_000),
        ("14,2 M€", "Liikevaihto (t€)", 14_200_000),
        ("320", "Liikevaihto 2025", 320),
        ("320", "Omsättning", 320),
        ("320", "Turnover EUR", 320),
    ],
)
def test_the_unit_comes_from_the_cell_else_from_the_heading(text: str, heading: str, euros: int):
    assert read_euros(text, heading) == euros


@pytest.mark.parametrize(
    ("text", "persons"),
    [("12", 12), ("12 hlö", 12), ("noin 50", 50), ("n. 50", 50), ("1 200", 1200), ("10–20", None)],
)
def test_persons_are_whole(text: str, persons: int | None):
    assert read_whole(text) == persons


@given(st.integers(-(10**12), 10**12))
def test_a_number_with_blanks_between_thousands_reads_back(number: int):
    assert read_number(f"{number:,}".replace(",", " ")) == number
    assert read_number(f"{number:,}".replace(",", "\u00a0") + ",00") == number


@given(st.text(max_size=30) | st.text("0123456789 .,-€mt", max_size=15), st.text(max_size=20))
def test_any_text_is_a_number_or_none(text: str, heading: str):
    assert isinstance(read_euros(text, heading), int | None)
    assert isinstance(read_whole(text), int | None)
