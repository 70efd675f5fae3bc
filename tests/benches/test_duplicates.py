"""The bench of the duplicate finder: its peers run, its table says what was measured."""

import csv
import gzip
import sys
from array import array
from pathlib import Path

import pytest

from scripts.benches import duplicates, firms, pairwise, peer_environment, peer_loop
from scripts.benches.duplicate_kinds import kinds_text
from scripts.benches.pairwise import Pairs, Score

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def rows() -> Rows:
    return firms.labelled(2000, seed=9)


@pytest.fixture(scope="module")
def loop(rows: Rows, tmp_path_factory: pytest.TempPathFactory) -> duplicates.Run:
    folder = tmp_path_factory.mktemp("loop")
    firms.save(rows, folder / "records.csv")
    run = duplicates.measure(
        Path(sys.executable), "peer_loop.py", folder / "records.csv", folder / "run"
    )
    assert run is not None
    return run


def test_the_loop_is_a_strong_peer_on_invented_firms(rows: Rows, loop: duplicates.Run):
    truth = [row["entity_id"] for row in rows]
    _level, score = pairwise.best_threshold(truth, loop.pairs)

    assert len(loop.clusters) == len(rows)
    assert score.f1 > 0.85
    assert 0 < loop.facts["seconds"] < 60


def test_the_best_line_is_scored_by_clusters_that_have_that_score(rows: Rows, loop: duplicates.Run):
    truth = [row["entity_id"] for row in rows]

    (line,) = duplicates.lines_of("loop", loop, truth)

    assert pairwise.score(truth, line.clusters) == pytest.approx(line.score)


def test_a_method_that_fails_stops_the_bench_with_its_own_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(Exception, match="peer_loop"):
        duplicates.measure(
            Path(sys.executable), "peer_loop.py", tmp_path / "none.csv", tmp_path / "run"
        )
    assert "none.csv" in capsys.readouterr().err


def test_a_peer_has_a_line_at_its_default_and_one_at_its_best():
    found = Pairs(array("i", [0, 2]), array("i", [1, 3]), array("f", [0.9, 0.8]))
    run = duplicates.Run(found, [0, 0, 2, 3], {"seconds": 2.0, "memory": 64.0})

    own, best = duplicates.lines_of("Splink", run, ["a", "a", "b", "b"])

    assert (own.method, own.score) == ("Splink", Score(1, 0.5, 2 / 3))
    assert (best.method, best.threshold, best.score) == ("Splink at best", "0.8", Score(1, 1, 1))


def test_the_table_has_ratios_to_the_baseline_of_the_same_run():
    score = Score(1, 0.5, 2 / 3)
    lines = [
        duplicates.Line("Seutu", 3.0, 100, score, "its default", []),
        duplicates.Line("Splink", 12.0, 1400, score, "its default", []),
    ]

    assert duplicates.table(lines, "Splink").splitlines()[2:] == [
        "| Seutu | 3.0 | 0.25 | 100 | 1.0000 | 0.5000 | 0.6667 | its default |",
        "| Splink | 12.0 | 1.00 | 1,400 | 1.0000 | 0.5000 | 0.6667 | its default |",
    ]


def test_the_breakdown_names_what_was_missed_and_shows_it(rows: Rows):
    text = kinds_text(rows, list(range(len(rows))), "nobody", 1)

    assert "| form_dropped | 0 |" in text
    assert "| holding | 0 |" in text
    assert "\ntypo:\n" in text


def test_labelled_files_are_read_packed_or_not(rows: Rows, tmp_path: Path):
    firms.save(rows, tmp_path / "plain.csv")
    with gzip.open(tmp_path / "packed.csv.gz", "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, firms.COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)

    plain = duplicates.read_labelled(tmp_path / "plain.csv")

    assert plain == duplicates.read_labelled(tmp_path / "packed.csv.gz")
    assert plain == firms.records(2000, seed=9)


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("Rakennus Virtanen Oy", "rakennus virtanen"),
        ("VIRTANEN Rakennus O.Y.", "rakennus virtanen"),
        ("Mäkelä & Pojat Ky", "ja makela pojat"),
        ("Oy Ab", "ab oy"),
    ],
)
def test_the_loop_cleans_names_before_it_compares(name: str, core: str):
    assert peer_loop.clean({"name": name}).name == core


@pytest.mark.slow
@pytest.mark.skipif(
    not peer_environment.STAMP.exists(), reason="scripts/bench.py duplicates makes .venv-bench"
)
def test_splink_finds_most_duplicates_and_says_when_it_cannot(rows: Rows, tmp_path: Path):
    firms.save(rows, tmp_path / "records.csv")
    firms.save(rows, tmp_path / "names.csv", ("record_id", "name"))
    truth = [row["entity_id"] for row in rows]
    given = peer_environment.PYTHON, "peer_splink.py"

    run = duplicates.measure(*given, tmp_path / "records.csv", tmp_path / "run")

    assert run is not None
    assert pairwise.best_threshold(truth, run.pairs)[1].f1 > 0.8
    assert duplicates.measure(*given, tmp_path / "names.csv", tmp_path / "run") is None
