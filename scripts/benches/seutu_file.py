"""Seutu as anyone runs it: the command `seutu dedupe file`, with its pairs.

Usage: python scripts/benches/seutu_file.py IN.csv OUTPUT_FOLDER

Its seconds hold reading the file and writing both results, its memory the whole program. Writes
what run_report says. Another checkout of Seutu is measured when PYTHONPATH names it.
"""

import csv
import sys
from array import array
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[2]))

from scripts.benches.pairwise import Pairs
from scripts.benches.run_report import report, spent


def main() -> None:
    from crm.cli import main as seutu  # what it imports is part of its time

    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    out, pairs = folder / "out.csv", folder / "pairs.csv"
    seutu(["dedupe", "file", str(source), str(out), "--pairs", str(pairs)], standalone_mode=False)
    facts = spent()
    clusters, places = read_clusters(out)
    report(folder, read_pairs(pairs, places), clusters, facts)


def read_clusters(out: Path) -> tuple[list[int], dict[str, int]]:
    """The cluster of every record in order, by number, and the positions of record ids."""
    numbers: dict[str, int] = {}
    places: dict[str, int] = {}
    clusters = []
    with out.open(encoding="utf-8", newline="") as file:
        for at, row in enumerate(csv.DictReader(file)):
            places[row["record_id"]] = at
            clusters.append(numbers.setdefault(row["cluster_id"], len(numbers)))
    return clusters, places


def read_pairs(path: Path, places: dict[str, int]) -> Pairs:
    pairs = Pairs(array("i"), array("i"), array("f"))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            pairs.left.append(places[row["left_id"]])
            pairs.right.append(places[row["right_id"]])
            pairs.score.append(float(row["probability"]))
    return pairs


if __name__ == "__main__":
    main()
