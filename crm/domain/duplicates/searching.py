"""A register searched for the same firm twice, with the evidence of every pair that is found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from crm.domain.duplicates.comparing import Feature, Features, compare
from crm.domain.duplicates.finding import Found, Tell, find_duplicates, no_one
from crm.domain.duplicates.judging import Knowledge, Reason, reasons_of
from crm.domain.duplicates.learning import Decisions, learn
from crm.domain.duplicates.places import NOWHERE, Places
from crm.domain.duplicates.preparing import prepare
from crm.domain.duplicates.records import Columns
from crm.domain.duplicates.vocabulary import Vocabulary
from crm.domain.duplicates.weights import DEFAULT, Weights

Named = Mapping[str, float]


@dataclass(frozen=True)
class Pair:
    """Positions of the two, left < right. features are the numbers behind the reasons, by name,
    without zeros: what later decisions are learnt from."""

    left: int
    right: int
    probability: float
    reasons: tuple[Reason, ...]
    features: dict[str, float]


def search(
    columns: Columns,
    *,
    decided: Iterable[tuple[Named, bool]] = (),
    places: Places = NOWHERE,
    fresh: Sequence[int] | None = None,
    tell: Tell = no_one,
) -> list[Pair]:
    """Every pair that may be one firm; with fresh those that hold one of these positions. decided
    are pairs people judged, as (features, same)."""
    if fresh is not None and not len(fresh):
        return []
    weights = learn(decisions(decided), DEFAULT)
    found = find_duplicates(columns, weights=weights, places=places, fresh=fresh, tell=tell)
    return _explained(columns, found, weights, places)


@dataclass(frozen=True)
class Twin:
    """The known firm, by its position, that another most likely is. Its reasons name no texts."""

    known: int
    probability: float
    reasons: tuple[Reason, ...]


def twins(
    known: Columns,
    others: Columns,
    *,
    decided: Iterable[tuple[Named, bool]] = (),
    places: Places = NOWHERE,
    tell: Tell = no_one,
) -> dict[int, Twin]:
    """{position in others: the known firm it most likely is}; most are none."""
    size = len(known)
    fresh = range(size, size + len(others))
    pairs = search(known + others, decided=decided, places=places, fresh=fresh, tell=tell)
    found: dict[int, Twin] = {}
    for pair in sorted(pairs, key=lambda pair: -pair.probability):
        if pair.left < size:
            twin = Twin(pair.left, pair.probability, pair.reasons)
            found.setdefault(pair.right - size, twin)
    for pair in pairs:  # of rows that say the same, the engine compares the first only
        if pair.left - size in found:
            found.setdefault(pair.right - size, found[pair.left - size])
    return found


def decisions(decided: Iterable[tuple[Named, bool]]) -> Decisions:
    rows = list(decided)
    features = np.zeros((len(rows), len(Feature)), dtype=np.float32)
    for at, (named, _same) in enumerate(rows):
        for name, value in named.items():
            if name in Feature.__members__:  # an older version may have known others
                features[at, Feature[name]] = value
    return Decisions(features, np.array([same for _named, same in rows], dtype=np.bool_))


def _explained(columns: Columns, found: Found, weights: Weights, places: Places) -> list[Pair]:
    pairs = found.pairs
    if not len(pairs):
        return []
    vocabulary = Vocabulary()
    prepared = prepare(columns, vocabulary, places)
    table = Knowledge.measured(prepared, vocabulary, places).table(prepared)
    features = compare(table, pairs.left, pairs.right)
    return [
        Pair(left, right, likely, reasons_of(features[at : at + 1], weights), named(features[at]))
        for at, (left, right, likely) in enumerate(
            zip(
                pairs.left.tolist(),
                pairs.right.tolist(),
                pairs.probability.tolist(),
                strict=True,
            )
        )
    ]


def named(row: Features) -> dict[str, float]:
    return {each.name: round(float(row[each]), 4) for each in Feature if row[each]}
