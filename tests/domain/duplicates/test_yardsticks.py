"""How well the engine does, at its own default, on records whose truth is known.

The floors are a little below what was measured; half of each set is kept back elsewhere, so that
nobody tunes to it. The sets do not belong to the repository: without them the test is skipped.
"""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from crm import codes
from crm.domain.duplicates.finding import find_duplicates
from crm.formats.dedupe_files import columns_of

ROOT = Path(__file__).resolve().parents[3]
SETS = [parent / "shared" / "data" / "dedupe" for parent in ROOT.parents]
FLOORS = {"patstat_nl": 0.77, "childhood_us": 0.94, "ror_north": 0.69}


def pairs(labels: np.ndarray) -> int:
    _values, counts = np.unique(labels, return_counts=True)
    return int((counts * (counts - 1) // 2).sum())


def pairwise_f1(said: np.ndarray, truth: np.ndarray) -> float:
    both = said.astype(np.int64) * (truth.max() + 1) + truth
    return 2 * pairs(both) / (pairs(said) + pairs(truth))


@pytest.mark.parametrize("name", FLOORS)
def test_the_clusters_are_as_good_as_they_were(name):
    path = next((each / f"{name}.csv.gz" for each in SETS if each.is_dir()), None)
    if path is None:
        pytest.skip("the labelled sets are not on this machine")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    entity = rows[0].index("entity_id")
    numbers: dict[str, int] = {}
    truth = np.array([numbers.setdefault(row[entity], len(numbers)) for row in rows[1:]])
    found = find_duplicates(columns_of(rows[0], rows[1:]), places=codes.places())
    assert pairwise_f1(found.clusters, truth) >= FLOORS[name]
    pair, sure = found.pairs, found.pairs.probability >= 0.98
    assert (truth[pair.left[sure]] == truth[pair.right[sure]]).mean() >= 0.98
