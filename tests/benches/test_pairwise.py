"""Precision, recall and F1 over pairs, against examples counted by hand."""

from array import array
from pathlib import Path

import pytest

from scripts.benches import pairwise, run_report
from scripts.benches.pairwise import Kind, Pairs, Score

TRUTH = ["a", "a", "a", "b", "b", "c"]  # pairs: 3 of a, 1 of b


def pairs(*rows: tuple[int, int, float]) -> Pairs:
    left, right, score = zip(*rows, strict=True)
    return Pairs(array("i", left), array("i", right), array("f", score))


@pytest.mark.parametrize(
    ("clusters", "expected"),
    [
        ([1, 1, 1, 2, 2, 3], Score(1, 1, 1)),
        ([1, 1, 2, 3, 3, 4], Score(1, 2 / 4, 2 / 3)),  # said 2, both right
        ([1, 1, 1, 1, 2, 3], Score(3 / 6, 3 / 4, 6 / 10)),  # one of b in a's cluster
        ([1, 1, 1, 1, 1, 1], Score(4 / 15, 1, 8 / 19)),
        ([1, 2, 3, 4, 5, 6], Score(1, 0, 0)),  # nothing said
    ],
)
def test_a_score_counts_pairs_not_records(clusters: list[int], expected: Score):
    assert pairwise.score(TRUTH, clusters) == pytest.approx(expected)


def test_a_truth_without_duplicates_is_wholly_found_by_saying_nothing():
    assert pairwise.score(["a", "b"], [1, 2]) == Score(1, 1, 1)


def test_connected_components_join_over_a_third_record():
    assert pairwise.clusters_of(6, [(4, 2), (0, 4), (1, 5)]) == [0, 1, 0, 3, 0, 1]


def test_the_best_threshold_is_the_one_whose_components_score_best():
    found = pairs((0, 1, 0.9), (1, 2, 0.8), (3, 4, 0.7), (2, 3, 0.6), (4, 5, 0.5))

    level, score = pairwise.best_threshold(TRUTH, found)

    assert level == pytest.approx(0.7)
    assert score == Score(1, 1, 1)
    assert score == pairwise.score(TRUTH, pairwise.clusters_of(6, [(0, 1), (1, 2), (3, 4)]))


def test_pairs_of_one_score_are_taken_together():
    found = pairs((0, 1, 0.9), (1, 2, 0.9), (3, 4, 0.5), (2, 3, 0.5))

    level, score = pairwise.best_threshold(TRUTH, found)

    assert level == pytest.approx(0.9)
    assert score == pytest.approx(Score(1, 3 / 4, 6 / 7))  # with (3, 4) alone it would be 1


def test_calibration_counts_the_right_ones_among_the_sure_pairs():
    found = pairs((0, 1, 0.99), (3, 4, 0.985), (2, 3, 0.99), (4, 5, 0.9))

    assert pairwise.right_share(TRUTH, found, 0.98) == (3, pytest.approx(2 / 3))
    assert pairwise.right_share(TRUTH, found, 0.999) == (0, 1.0)


def test_recall_by_kind_counts_pairs_where_one_record_has_the_difference():
    kinds = ["", "typo", "", "upper", "upper", "typo"]

    found = pairwise.recall_by_kind(TRUTH, [1, 2, 1, 3, 4, 5], kinds)

    assert found["typo"] == Kind(0, 2, ((0, 1), (1, 2)))
    assert found["(none)"] == Kind(1, 2, ((3, 4),))  # both of b are in capitals: no difference
    assert "upper" not in found


def test_merges_are_counted_by_near_collision_and_strangers_apart():
    families = ["holding:1", "holding:1", "holding:1", "holding:1", "", ""]

    found = pairwise.merges_by_family(TRUTH, [1, 1, 1, 1, 2, 2], families)

    assert found["holding"] == Kind(3, 3, ((0, 3), (1, 3), (2, 3)))
    assert found["(strangers)"] == Kind(1, 0, ((4, 5),))


def test_a_run_is_read_back_as_it_was_written(tmp_path: Path):
    written = pairs((0, 1, 0.25), (2, 5, 0.5))
    run_report.report(tmp_path, written, [0, 0, 2])

    read, clusters, facts = run_report.read(tmp_path)

    assert read == written
    assert list(clusters) == [0, 0, 2]
    assert facts["seconds"] > 0
    assert facts["memory"] > 1
