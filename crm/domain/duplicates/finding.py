"""Duplicates in a list: read, block, compare, weigh, cluster."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.blocking import Blocked, block
from crm.domain.duplicates.clustering import Edges, cluster
from crm.domain.duplicates.comparing import Feature, Table, add_names, compare_fields, oriented
from crm.domain.duplicates.comparing_names import roughly_covered
from crm.domain.duplicates.parallel import each
from crm.domain.duplicates.places import NOWHERE, Places
from crm.domain.duplicates.preparing import Prepared, prepare
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.statistics import Lexicon, measure
from crm.domain.duplicates.vocabulary import Ids, Vocabulary
from crm.domain.duplicates.weights import DEFAULT, Weights, odds_of, probability

AT_ONCE = 50_000
# A rough look knows nothing of letters and rare words: names that share words gain by a close look,
# and pairs that stay LEAST_ROUGH above what is kept even then are looked at closely. Measured: of
# the pairs that count, one in a thousand is lost.
LIKELY_MORE, LEAST_ROUGH = 2.0, 0.5
KEPT = -2.0  # log-odds under which a pair says nothing to the clusters
COPY = 6.0  # log-odds of records that agree in everything

Tell = Callable[[int, int], None]


def no_one(done: int, total: int) -> None:
    """Progress that nobody wants to see."""


@dataclass(frozen=True)
class Pairs:
    """Positions of the two records, left < right, and how likely they are one firm."""

    left: Ids
    right: Ids
    probability: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.left)

    def touching(self, fresh: NDArray[np.bool_]) -> "Pairs":
        """Those that hold a record for which fresh is true."""
        marked = fresh[self.left] | fresh[self.right]
        return Pairs(self.left[marked], self.right[marked], self.probability[marked])


@dataclass(frozen=True)
class LeftOut:
    """What was not looked at: keys too many records share, and the pairs they would have made."""

    keys: int = 0
    pairs: int = 0


@dataclass(frozen=True)
class Found:
    """pairs: those at least as likely as asked for, by position. clusters: for every record the
    position of the first record of its cluster."""

    pairs: Pairs
    clusters: Ids
    candidate_pairs: int
    left_out: LeftOut


def find_duplicates(
    firms: Iterable[Firm] | Columns,
    *,
    min_probability: float | None = None,
    weights: Weights = DEFAULT,
    places: Places = NOWHERE,
    processes: int = 1,
    fresh: Sequence[int] | None = None,
    tell: Tell = no_one,
) -> Found:
    """The duplicates in a list. places: what is known of localities and postcodes; tell(done,
    total) hears how many pairs are compared; processes: more than one only without threads.

    fresh: positions of records; of all pairs only those that hold one of them are compared, with
    the same result for these. Clusters are whole only without it.
    """
    columns = firms if isinstance(firms, Columns) else Columns.of(firms)
    vocabulary = Vocabulary()
    prepared = prepare(columns, vocabulary, places, processes)
    statistics = measure(prepared, vocabulary)
    least = odds_of(weights.least if min_probability is None else min_probability)
    copies = copies_of(prepared)
    shown = copies == np.arange(prepared.size)
    lexicon = Lexicon(statistics, vocabulary)
    marked = None if fresh is None else np.isin(np.arange(prepared.size), np.asarray(fresh))
    blocked = block(prepared, lexicon, shown, processes, marked)
    table = Table.of(prepared, statistics, lexicon)
    left, right, odds = weigh(table, blocked.pairs, weights, min(KEPT, least), tell, processes)
    found = _found(prepared, copies, blocked, (left, right, odds), least)
    return found if marked is None else replace(found, pairs=found.pairs.touching(marked))


def weigh(
    table: Table,
    pairs: NDArray[np.int64],
    weights: Weights,
    least: float,
    tell: Tell = no_one,
    processes: int = 1,
) -> tuple[Ids, Ids, NDArray[np.float32]]:
    """The pairs whose log-odds are at least least, and the log-odds."""

    def one(piece: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        return _weigh_some(table, piece, weights, least)

    pieces = [pairs[at : at + AT_ONCE] for at in range(0, len(pairs), AT_ONCE)]
    kept: dict[int, tuple[NDArray[np.int64], NDArray[np.float32]]] = {}
    for at, part in each(one, pieces, processes):
        kept[at] = part
        tell(min(len(kept) * AT_ONCE, len(pairs)), len(pairs))
    good = np.concatenate([kept[at][0] for at in sorted(kept)] or [pairs])
    odds = np.concatenate([kept[at][1] for at in sorted(kept)] or [np.zeros(0, np.float32)])
    return (good >> 32).astype(np.int32), (good & 0xFFFFFFFF).astype(np.int32), odds


def _weigh_some(
    table: Table, pairs: NDArray[np.int64], weights: Weights, least: float
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Names are read closely only where a rough look leaves hope."""
    left, right = (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
    left, right = oriented(table, left, right)
    features = compare_fields(table, left, right)
    features[:, Feature.ANYHOW] = 1
    covered = roughly_covered(table.names, left, right)
    features[:, Feature.NAME_COVERED] = covered
    rough = weights.odds(features) + LIKELY_MORE * covered
    hope = np.flatnonzero(rough >= least + LEAST_ROUGH)
    left, right = left[hope], right[hope]
    features = features.T.take(hope, axis=1).T  # a column stays in one piece of memory
    add_names(table, left, right, features)
    odds = weights.odds(features)
    good = odds >= least
    return pairs[hope[good]], odds[good]


def copies_of(prepared: Prepared) -> Ids:
    """For every record the first that agrees with it in everything; itself when none does."""
    _values, first, back = np.unique(prepared.signature, return_index=True, return_inverse=True)
    copies: Ids = first[back].astype(np.int32)
    return copies


def _found(
    prepared: Prepared,
    copies: Ids,
    blocked: Blocked,
    edges: tuple[Ids, Ids, NDArray[np.float32]],
    least: float,
) -> Found:
    left, right, odds = edges
    ids = np.where(prepared.id_valid, prepared.values["business_id"], np.uint64(0))
    rank = np.argsort(np.argsort(prepared.signature, kind="stable"), kind="stable")
    clusters = cluster(prepared.size, Edges(left, right, odds, ids, rank), least)
    copied = np.flatnonzero(copies != np.arange(prepared.size)).astype(np.int32)
    left = np.concatenate((left, copies[copied]))
    right = np.concatenate((right, copied))
    odds = np.concatenate((odds, np.full(len(copied), COPY, dtype=np.float32)))
    good = np.flatnonzero(odds >= least)
    order = good[np.lexsort((right[good], left[good]))]
    return Found(
        pairs=Pairs(left[order], right[order], probability(odds[order])),
        clusters=clusters[copies],
        candidate_pairs=len(blocked.pairs) + len(copied),
        left_out=LeftOut(blocked.capped, blocked.left_out),
    )
