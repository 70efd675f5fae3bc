"""Pairs of companies that may be one firm: kept, decided by people, asked again or never."""

from datetime import timedelta

import pytest

from crm.actions.companies import edit_field
from crm.actions.duplicates import (
    FoundPair,
    ask_towns,
    judge_different,
    judge_same,
    postpone,
    store_found,
)
from crm.actions.merge_undo import undo_merge
from crm.actions.undo import undo
from crm.db import db
from crm.domain.company_fields import CompanyField
from crm.domain.duplicates.decisions import DifferentBecause, PairState
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.models import Duplicate
from crm.queries import duplicates
from tests.make import KRISTIINA, NOW, RAUMA, TODAY, make_company, make_pair

WHEN = {"today": TODAY, "now": NOW}


@pytest.fixture
def pair(aino):
    """Kuusi of Rauma with a Y-tunnus, and the same without one."""
    kuusi = make_company("Kuusen Konepaja Oy", business_id="9100000-5")
    return make_pair(kuusi, make_company("Konepaja Kuusi"))


def found(pair: Duplicate, probability: float = 0.97) -> FoundPair:
    reasons = [{"clue": "phone", "weight": 2.0}]
    return FoundPair(pair.left_id, pair.right_id, probability, reasons, {"PHONE_SAME": 1.0})


def waiting(actor) -> list[int]:
    rows, _more = duplicates.listed(actor, "open", today=TODAY)
    return [row.id for row in rows]


def different(actor, row, because=DifferentBecause.SAME_OWNER):
    return judge_different(actor, row, because=because, version=row.version, now=NOW)


def test_a_search_keeps_new_pairs_renews_known_ones_and_forgets_the_rest(aino, pair):
    other = make_pair(make_company("Saha Oy"), make_company("Sahat Oy"))
    third = make_company("Uusi Oy").id, make_company("Uusi Ky").id
    fresh = FoundPair(*third, 0.8, [], {})
    counts = store_found([found(pair, 0.6), fresh], now=NOW)
    assert counts == {"new": 1, "again": 0, "kept": 1, "gone": 1}
    assert pair.probability == 0.6
    assert pair.reasons == [{"clue": "phone", "weight": 2.0}]
    assert db.session.get(Duplicate, other.id) is None


def test_a_search_of_some_companies_forgets_only_pairs_of_these(aino, pair):
    other = make_pair(make_company("Saha Oy"), make_company("Sahat Oy"))
    assert store_found([], among=(), now=NOW)["gone"] == 0
    assert store_found([], among=(other.right_id,), now=NOW)["gone"] == 1
    assert waiting(aino) == [pair.id]


def test_two_firms_are_asked_about_again_only_when_an_identifier_changes(aino, pair):
    different(aino, pair)
    assert waiting(aino) == []
    edit_field(aino, pair.left, CompanyField.NAME, "Kuusi Oy", version=pair.left.version, **WHEN)
    assert store_found([found(pair)], now=NOW)["again"] == 0
    phone = {"version": pair.left.version, **WHEN}
    edit_field(aino, pair.left, CompanyField.PHONE, "02 765 4321", **phone)
    assert store_found([found(pair)], now=NOW)["again"] == 1
    assert waiting(aino) == [pair.id]


def test_a_decision_holds_also_after_one_of_the_two_was_merged_into_another(carita, pair):
    different(carita, pair)
    twin = make_pair(pair.right, make_company("Kuusi Konepaja Oy", business_id="9100001-3"))
    judge_same(carita, twin, version=1, now=NOW)
    survivor = twin.left if twin.right.merged_into_id else twin.right
    left, right = sorted((pair.left_id, survivor.id))
    counts = store_found([FoundPair(left, right, 0.9, [], {})], now=NOW)
    assert counts["new"] == 0
    assert waiting(carita) == []


def test_the_same_firm_becomes_one_row_and_the_pair_is_asked_again_when_that_is_undone(aino, pair):
    merge = judge_same(aino, pair, version=1, now=NOW)
    assert (pair.right.merged_into_id, pair.state) == (pair.left_id, PairState.SAME)
    assert waiting(aino) == []
    undo_merge(aino, merge, now=NOW)
    assert waiting(aino) == [pair.id]


def test_what_was_asked_about_the_merged_one_is_asked_about_the_one_that_stays(aino, pair):
    third = make_company("Kuusen Konepajat")
    make_pair(pair.right, third, 0.88)
    judge_same(aino, pair, version=1, now=NOW)
    (row_id,) = waiting(aino)
    row = db.session.get(Duplicate, row_id)
    assert {row.left_id, row.right_id} == {pair.left_id, third.id}
    assert row.probability == 0.88


def test_a_later_pair_waits_two_weeks(aino, pair):
    postpone(aino, pair, version=1, **WHEN)
    assert waiting(aino) == []
    assert duplicates.counts(aino, today=TODAY)["later"] == 1
    rows, _more = duplicates.listed(aino, "open", today=TODAY + timedelta(days=14))
    assert [row.id for row in rows] == [pair.id]


def test_two_towns_agree_one_after_the_other(aino, bertil):
    kuusi = make_company("Kuusen Konepaja Oy", business_id="9100000-5")
    theirs = make_company("Konepaja Kuusi", towns=(KRISTIINA,))
    row = make_pair(kuusi, theirs)
    with pytest.raises(Invalid) as refusal:
        judge_same(aino, row, version=1, now=NOW)
    assert refusal.value.reason is Reason.MERGE_ASK_TOWNS
    ask_towns(aino, row, note="Sama puhelin", version=1, now=NOW)
    assert (waiting(aino), waiting(bertil)) == ([], [row.id])
    assert duplicates.counts(aino, today=TODAY)["asked"] == 1
    merge = judge_same(bertil, row, version=row.version, now=NOW)
    assert sorted(merge.towns) == sorted([RAUMA, KRISTIINA])
    assert theirs.merged_into_id == kuusi.id


def test_every_decision_but_a_merge_is_taken_back_by_its_maker(aino, pair):
    for decide in (
        lambda: different(aino, pair),
        lambda: postpone(aino, pair, version=pair.version, **WHEN),
        lambda: ask_towns(aino, pair, version=pair.version, now=NOW),
    ):
        undo(aino, decide(), now=NOW)
        assert pair.state is PairState.OPEN
        assert waiting(aino) == [pair.id]


def test_another_reason_needs_words(aino, pair):
    with pytest.raises(Invalid):
        different(aino, pair, DifferentBecause.OTHER)
    words = {"because": DifferentBecause.OTHER, "note": " Pojan  yritys ", "version": 1}
    judge_different(aino, pair, now=NOW, **words)
    assert pair.note == "Pojan yritys"


def test_nobody_decides_for_a_town_that_is_not_theirs_or_twice(aino, bertil, vilma, pair):
    for actor in (bertil, vilma):
        with pytest.raises(NotAllowed):
            different(actor, pair)
    different(aino, pair)
    with pytest.raises(Conflict):
        postpone(aino, pair, version=pair.version, **WHEN)


def test_a_decision_about_an_older_version_is_refused(aino, pair):
    pair.note = "x"
    db.session.flush()
    with pytest.raises(Conflict):
        judge_different(aino, pair, because=DifferentBecause.SAME_NAME, version=1, now=NOW)


def test_the_precision_of_each_band_is_that_of_the_decisions(aino, pair):
    different(aino, pair)
    twins = make_pair(make_company("Saha Oy"), make_company("Oy Saha Ab"), 0.99)
    judge_same(aino, twins, version=1, now=NOW)
    told = {band.least: (band.same, band.different) for band in duplicates.precision(aino)}
    assert told[0.98] == (1, 0)
    assert told[0.9] == (0, 1)
    assert duplicates.judged() == [
        ({"NAME_SAME": 1.0, "CITY_DIFFERS": 1.0}, False),
        ({"NAME_SAME": 1.0, "CITY_DIFFERS": 1.0}, True),
    ]
