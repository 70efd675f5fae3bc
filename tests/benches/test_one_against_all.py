"""One firm against all: what is asked, and how the answers are counted."""

import os
from pathlib import Path
from typing import Any

import pytest

from scripts.benches import firms, one_against_all, process_memory


def test_a_question_is_a_record_held_back_and_its_firm_is_still_there():
    rows = firms.labelled(3000, seed=4)
    held, questions, owners = one_against_all.questions_of(rows, seed=4)
    keys = {row["record_id"] for row in held}

    back = [asked for asked in owners if not asked.startswith(one_against_all.NEW)]
    assert len(back) > 500
    assert len(held) == len(rows) - len(back)
    assert all(
        right and right <= keys
        for asked, right in owners.items()
        if not asked.startswith(one_against_all.NEW)
    )
    assert {row["record_id"] for row in questions} == set(owners)


def test_a_typed_question_has_a_name_and_a_town_only():
    _held, questions, _owners = one_against_all.questions_of(firms.labelled(500, seed=4), seed=4)
    typed = [row for row in questions if row["record_id"].startswith(one_against_all.TYPED)]

    assert typed
    assert not [row for row in typed if row["phone"] or row["business_id"] or row["street"]]


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.951, 96.0), (1.0, 100.0), (0.0, 1.0)]
)
def test_a_percentile_is_the_least_value_that_so_many_do_not_exceed(share: float, expected: float):
    assert one_against_all.percentile([float(n) for n in range(100, 0, -1)], share) == expected


def test_the_table_counts_a_firm_that_is_not_the_first_among_the_five_only():
    answers: dict[str, Any] = {
        **{"typed1": (4.0, ["b", "a"]), "typed3": (8.0, ["c"])},
        **{"whole0": (6.0, ["a"]), "new0": (2.0, [])},
    }
    facts = {"build": 1.0, "memory": 1500.0, "edits": 0.5, "before": answers, "after": answers}
    owners = {"typed1": {"a"}, "typed3": {"a"}, "whole0": {"a"}, "new0": {"new0"}}

    text = one_against_all.text_of(facts, owners, 3)

    assert "| before the edits | 4.0 | 8.0 | 8.0 | 0.500 | 0.000 |" in text
    assert "| before the edits | 2.0 | 2.0 | 2.0 | – | – |" in text
    assert "| after the edits | 2.0 | 2.0 | 2.0 | 0.000 | 0.000 |" in text


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system tells not")
def test_memory_is_that_of_a_process_and_of_those_it_started():
    assert os.getpid() in set(process_memory.family(os.getpid()))
    assert process_memory.shared_out(os.getpid()) > 5
