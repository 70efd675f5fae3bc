"""From pairs to clusters: who is one firm, without chains of firms that are each like the next.

Sets of records are joined the likeliest pair first, and only when the pairs between them speak
for it taken together; a pair that was never compared speaks a little against. Two different
valid business ids never come into one set. The result is the same in whatever order pairs come.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.vocabulary import Ids

NOT_COMPARED = -2.0  # log-odds of a pair in a cluster that was not compared or not kept
STRONGEST, WEAKEST = 4.0, -6.0  # one pair alone does not outvote all others


@dataclass
class Edges:
    """Pairs and their log-odds; ids: the valid business id of each record, 0 where none;
    rank: an order of the records by what they say, which settles ties."""

    left: Ids
    right: Ids
    odds: NDArray[np.float32]
    ids: NDArray[np.uint64]
    rank: NDArray[np.int64]


def cluster(size: int, edges: Edges, least: float) -> Ids:
    """The smallest record of each record's cluster. Pairs of log-odds below least join nothing."""
    good = edges.odds >= least
    part = components(size, edges.left[good], edges.right[good])
    simple = _settled(part, edges, good)
    open_pairs = ~simple[part[edges.left]] & (part[edges.left] == part[edges.right])
    if open_pairs.any():
        _untangle(part, edges, open_pairs, least)
    return part


def components(size: int, left: Ids, right: Ids) -> Ids:
    """The smallest record that each record is connected with."""
    label = np.arange(size, dtype=np.int32)
    while len(left):
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        while not np.array_equal(label, shorter := label[label]):
            label = shorter
        differ = label[left] != label[right]
        left, right = left[differ], right[differ]
        if np.array_equal(before, label):
            break
    return label


def _settled(part: Ids, edges: Edges, good: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Components whose every pair is good and which have one business id at most."""
    size = len(part)
    members = np.bincount(part, minlength=size)
    pairs = np.bincount(part[edges.left[good]], minlength=size)
    known = edges.ids != 0
    owners, numbers = part[known], edges.ids[known]
    most = np.zeros(size, dtype=np.uint64)
    least = np.full(size, np.iinfo(np.uint64).max, dtype=np.uint64)
    np.maximum.at(most, owners, numbers)
    np.minimum.at(least, owners, numbers)
    settled = (pairs == members * (members - 1) // 2) & (most <= least)
    alone_or_settled: NDArray[np.bool_] = settled | (members == 1)
    return alone_or_settled


def _untangle(part: Ids, edges: Edges, chosen: NDArray[np.bool_], least: float) -> None:
    at = np.flatnonzero(chosen)
    left, right = edges.left[at], edges.right[at]
    odds = np.clip(edges.odds[at] - least, WEAKEST, STRONGEST)
    order = np.lexsort((right, left, part[left]))
    left, right, odds = left[order], right[order], odds[order]
    starts = np.flatnonzero(np.concatenate(([True], part[left[1:]] != part[left[:-1]])))
    for start, end in zip(starts, [*starts[1:], len(left)], strict=True):
        piece = slice(start, end)
        sets = _join(left[piece].tolist(), right[piece].tolist(), odds[piece].tolist(), edges)
        for members in sets:
            part[members] = min(members)


def _join(left: list[int], right: list[int], odds: list[float], edges: Edges) -> list[list[int]]:
    """Greedy joining inside one component. Sums between sets are kept up to date."""
    members = {record: [record] for record in {*left, *right}}
    number = {record: int(edges.ids[record]) for record in members}
    rank = {record: int(edges.rank[record]) for record in members}
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for one, other, odd in zip(left, right, odds, strict=True):
        sums[one][other] = sums[other][one] = (odd, 1)
    owner = {record: record for record in members}
    ranked = [
        (-odd, min(rank[one], rank[other]), max(rank[one], rank[other]), one, other)
        for one, other, odd in zip(left, right, odds, strict=True)
        if odd >= 0
    ]
    for _against, _low, _high, one, other in sorted(ranked):
        a, b = owner[one], owner[other]
        if a == b or (number[a] and number[b] and number[a] != number[b]):
            continue
        total, pairs = sums[a][b]
        if total + NOT_COMPARED * (len(members[a]) * len(members[b]) - pairs) <= 0:
            continue
        if len(members[a]) < len(members[b]):
            a, b = b, a
        _absorb(a, b, members, sums, owner)
        number[a] = number[a] or number[b]
    return [sorted(each) for each in members.values()]


def _absorb(
    a: int,
    b: int,
    members: dict[int, list[int]],
    sums: dict[int, dict[int, tuple[float, int]]],
    owner: dict[int, int],
) -> None:
    for record in members[b]:
        owner[record] = a
    members[a] += members.pop(b)
    for other, (total, pairs) in sums.pop(b).items():
        del sums[other][b]
        if other != a:
            ours, count = sums[a].get(other, (0.0, 0))
            sums[a][other] = sums[other][a] = (ours + total, count + pairs)
