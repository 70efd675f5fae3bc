"""Duplicates in whole lists: found, clustered, and nothing brings the engine down."""

import random
import time
import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.domain.duplicates.clustering import Edges, cluster
from crm.domain.duplicates.finding import find_duplicates
from crm.domain.duplicates.records import Columns, Firm

KUUSI = Firm("a", "Kuusen Konepaja Oy", street="Torikatu 1", city="Rauma", phone="02 8377001")


def same(found, one: int, other: int) -> bool:
    return bool(found.clusters[one] == found.clusters[other])


def groups(firms, found) -> set[frozenset[str]]:
    members: dict[int, set[str]] = {}
    for firm, first in zip(firms, found.clusters.tolist(), strict=True):
        members.setdefault(first, set()).add(firm.key)
    return {frozenset(keys) for keys in members.values()}


def test_nothing_is_found_in_nothing():
    found = find_duplicates([])
    assert (len(found.pairs), len(found.clusters), found.candidate_pairs) == (0, 0, 0)


def test_a_single_record_is_a_cluster():
    assert find_duplicates([KUUSI]).clusters.tolist() == [0]


def test_records_that_agree_in_everything_are_always_found():
    firms = [replace(KUUSI, key=str(at)) for at in range(3)]
    found = find_duplicates([*firms, Firm("x", "Aivan Muu Oy")])
    assert found.clusters.tolist() == [0, 0, 0, 3]
    assert len(found.pairs) == 2


def test_an_auxiliary_name_is_a_name_too():
    firms = [
        Firm("a", "Hietaperä Yhtiöt Oy", other_names=("Kahvila Karpalo",), city="Rauma"),
        Firm("b", "Kahvila Karpalo", city="Rauma"),
    ]
    assert same(find_duplicates(firms), 0, 1)


def test_a_cluster_never_has_two_valid_business_ids():
    chain = [
        replace(KUUSI, key="a", business_id="0124670-7"),
        replace(KUUSI, key="b"),
        replace(KUUSI, key="c", business_id="0112038-9"),
    ]
    assert not same(find_duplicates(chain), 0, 2)


def test_a_chain_of_likenesses_does_not_join_its_ends():
    left, right = np.array([0, 1, 0, 0]), np.array([1, 2, 2, 3])
    odds = np.array([3.0, 1.0, -5.0, -1.0], dtype=np.float32)
    edges = Edges(left, right, odds, np.zeros(4, dtype=np.uint64), np.arange(4))
    assert cluster(4, edges, 0.0).tolist() == [0, 0, 2, 3]


def test_a_lower_probability_asked_for_finds_more():
    firms = [KUUSI, Firm("b", "Kuusi Konepaja"), Firm("c", "Konepaja Kuusinen Oy", city="Rauma")]
    some, more = (find_duplicates(firms, min_probability=least) for least in (0.9, 0.01))
    assert len(some.pairs) < len(more.pairs)
    assert (more.pairs.left < more.pairs.right).all()


def test_some_records_are_found_the_same_pairs_as_in_a_search_for_all():
    firms = Columns.of(
        Firm(f"{number}{letter}", f"{name} {'Oy' if letter else ''}", city=town)
        for number, name in enumerate(("Kuusen Konepaja", "Saha Mänty", "Leipomo Aho", "Ranta"))
        for town in ("Rauma", "Salo")
        for letter in ("", "x", "y")
    )
    whole = find_duplicates(firms).pairs
    some = find_duplicates(firms, fresh=[1, 8]).pairs
    wanted = [
        (left, right, likely)
        for left, right, likely in zip(whole.left, whole.right, whole.probability, strict=True)
        if {left, right} & {1, 8}
    ]
    assert len(wanted) >= 3
    assert list(zip(some.left, some.right, some.probability, strict=True)) == wanted


def test_progress_is_told_to_the_end():
    told = []
    find_duplicates([KUUSI, Firm("b", "Kuusen Konepaja")], tell=lambda *step: told.append(step))
    assert told[-1][0] == told[-1][1] > 0


NAMES = st.lists(
    st.sampled_from("Kuusi Kuusen Konepaja Rauma Oy Ab Matti Virtanen Virtaen 12 Sähkö".split()),
    min_size=0,
    max_size=4,
).map(" ".join)
LISTS = st.lists(
    st.builds(
        Firm,
        key=st.uuids().map(str),
        name=NAMES,
        city=st.sampled_from(["", "Rauma", "Kuopio"]),
        phone=st.sampled_from(["", "040 1234567"]),
        business_id=st.sampled_from(["", "0124670-7", "0112038-9"]),
    ),
    max_size=12,
    unique_by=lambda firm: firm.key,
)


@given(LISTS, st.randoms())
@settings(max_examples=60)
def test_the_order_of_the_records_changes_nothing(firms, shuffler):
    shuffled = firms.copy()
    shuffler.shuffle(shuffled)
    assert groups(firms, find_duplicates(firms)) == groups(shuffled, find_duplicates(shuffled))


@given(LISTS)
@settings(max_examples=40)
def test_equal_input_gives_equal_output(firms):
    once, again = find_duplicates(firms), find_duplicates(Columns.of(firms))
    assert once.clusters.tolist() == again.clusters.tolist()
    assert once.pairs.probability.tolist() == again.pairs.probability.tolist()


HOSTILE = {
    "nothing": "",
    "blanks": "   ",
    "one letter": "A",
    "digits": "1234567 89",
    "long": "Pitkä nimi " * 1000,
    "a long word": "x" * 10_000,
    "Cyrillic": "ООО Газпром",
    "Greek": "Ελληνικά Πετρέλαια Α.Ε.",
    "Chinese": "华为技术有限公司",
    "NUL": "Kuusi\x00 Oy",
    "lines": "Kuusi\nOy\r\n\u2028Ab",
    "half a letter": "Kuusi \ud800 Oy",
    "only forms": "Oy Ab",
    "marks": "§§§ --- |||",
    "a joke": "🦆🦆🦆",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_name_is_found_again_and_harms_nobody(kind):
    hostile = Firm("h", HOSTILE[kind], city="Rauma")
    firms = [KUUSI, hostile, replace(KUUSI, key="b"), replace(hostile, key="i")]
    found = find_duplicates(firms)
    assert same(found, 0, 2)
    assert same(found, 1, 3)
    assert not same(found, 0, 1) or "kuusi" in HOSTILE[kind].casefold()


def test_names_without_a_letter_in_common_alphabets_are_kept_apart():
    firms = [Firm("a", "ООО Газпром"), Firm("b", "ООО Лукойл"), Firm("c", "ОАО Газпром")]
    found = find_duplicates(firms)
    assert not same(found, 0, 1)


def test_five_thousand_firms_of_one_name_end_soon_and_it_is_said_what_was_left_out():
    towns = [f"Kunta{at}" for at in range(5000)]
    firms = [Firm(str(at), "Kiinteistö Oy", city=town) for at, town in enumerate(towns)]
    begun = time.monotonic()
    found = find_duplicates(firms)
    assert time.monotonic() - begun < 60
    assert found.left_out.keys > 0
    assert found.left_out.pairs > 1_000_000
    assert found.candidate_pairs < 500_000


@pytest.mark.slow
def test_a_key_that_fifty_thousand_records_share_stays_in_memory():
    shuffler = random.Random(3)
    letters = "abcdefghijklmnopqrstuvwxyz"
    firms = Columns(
        key=[str(at) for at in range(50_000)],
        name=["".join(shuffler.choices(letters, k=9)) + " Oy" for _ in range(50_000)],
        phone=["040 1234567"] * 50_000,
        street=["Torikatu 1"] * 50_000,
        city=["Rauma"] * 50_000,
    )
    tracemalloc.start()
    found = find_duplicates(firms)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 600 * 1024 * 1024
    assert found.left_out.keys > 0
    assert len(set(found.clusters.tolist())) > 45_000
