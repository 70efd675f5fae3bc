"""What the search asks the database for, and what it finds."""

import pytest
from sqlalchemy import event

from crm.db import db
from crm.domain import search as rules
from crm.queries import search
from tests.make import make_company


def found(actor, text: str) -> list[str]:
    return [hit.text for hit in search.find(actor, text)]


def questions(actor, text: str) -> int:
    """How often the database is asked for candidates."""
    asked = []
    note = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        search.find(actor, text)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return sum("UNION ALL" in each for each in asked)


@pytest.mark.parametrize(
    "typed", ["Kusen Konepaja", "Kuusen Koenpaja", "Kuusen Konepaja Rauma", "Konepaja Xyzzy"]
)
def test_a_firm_is_found_by_two_words_with_a_slip_or_with_a_word_too_many(aino, kuusi, typed):
    make_company("Mäntysen Saha Oy")
    assert found(aino, typed) == ["Kuusen Konepaja Oy"]


def test_one_word_alone_is_asked_for_only_when_nothing_has_both(aino, kuusi):
    assert questions(aino, "Kuusen Konepaja") == 1
    assert questions(aino, "Kusen Konepaja") == 2
    assert questions(aino, "Xyzzy Konepaja") == 3


def test_of_six_words_one_may_be_mistyped(aino):
    name = "Pohjanmaan Metalli Koneistus Hitsaus Huolto Asennus Oy"
    make_company(name)
    assert found(aino, name.replace("Hitsaus", "Hitsasu")) == [name]


def test_a_name_is_found_by_a_word_longer_than_any_index_is_asked_for(aino):
    long = "lentokonesuihkuturbiinimoottoriapumekaanikko"
    make_company(f"{long.title()} Oy")
    assert len(rules.words_of(long)[0]) == rules.LONGEST_WORD
    assert found(aino, long) == [f"{long.title()} Oy"]
