"""Folding of names for search and comparison."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.domain.names import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kuusen Sähkö Öljy Åland", "kuusen sahko oljy aland"),
        ("KUUSEN SÄHKÖ", "kuusen sahko"),
        ("Café Élan & Ünlü", "cafe elan unlu"),
        ("Straße Æsop Øresund Łódź", "strasse aesop oresund lodz"),
        ("  Velj. Tuomola,  kuljetus-liike ", "velj tuomola kuljetus liike"),
        ("Sa\u0308hko\u0308", "sahko"),
        ("Oy\u00a0Ab", "oy ab"),
        ("№ ½", "no 1 2"),
        ("–", ""),
    ],
)
def test_spellings_of_one_name_meet(text: str, folded: str):
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_and_leaves_single_blanks(text: str):
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())
    assert once.isascii()
