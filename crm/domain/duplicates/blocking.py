"""Which pairs are worth comparing: records that share a key that few others have.

Every key is cheap and alone loses pairs; together they lose few. A key that too many share is
not opened: each record then meets only its neighbours in it, and the result says how many such
keys there were.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, combine
from crm.domain.duplicates.preparing import Prepared
from crm.domain.duplicates.statistics import Statistics
from crm.domain.duplicates.vocabulary import Ids, Vocabulary

# Records with one key that all meet each other: few in a long list, more where there is time.
LARGEST, LARGEST_IN_SHORT_LISTS, SHORT = 32, 400, 4_000_000
NEIGHBOURS = 4  # of a record in a key that more share
PREFIX = 6
Pairs = NDArray[np.int64]


@dataclass
class Blocked:
    """pairs: left << 32 | right, left < right, each once. capped: keys too many records share;
    left_out: pairs such keys would have made."""

    pairs: Pairs
    capped: int
    left_out: int


def block(
    prepared: Prepared, statistics: Statistics, vocabulary: Vocabulary, shown: NDArray[np.bool_]
) -> Blocked:
    """Pairs of records for which shown is true."""
    largest = int(np.clip(SHORT // max(1, prepared.size), LARGEST, LARGEST_IN_SHORT_LISTS))
    found: list[Pairs] = []
    capped = left_out = 0
    for keys, record, order in all_keys(prepared, statistics, vocabulary):
        keep = (keys != 0) & shown[record]
        pairs, cap, out = _pairs(keys[keep], record[keep], order[keep], largest)
        found.append(pairs)
        capped, left_out = capped + cap, left_out + out
        if len(found) == 6:
            found = [np.unique(np.concatenate(found))]
    return Blocked(np.unique(np.concatenate(found)), capped, left_out)


def all_keys(
    prepared: Prepared, statistics: Statistics, vocabulary: Vocabulary
) -> Iterator[tuple[Hashes, Ids, Hashes]]:
    """Keys, the records that have them, and the order of those that share a key."""
    names, values = prepared.names, prepared.values
    for keys in name_keys(prepared, statistics, vocabulary):
        yield keys, names.record, names.bag
    everyone = np.arange(prepared.size, dtype=np.int32)
    bag = names.bag[prepared.start[:-1]] if prepared.size else names.bag
    for each in ("business_id", "phone", "site", "domain", "email", "address"):
        yield values[each], everyone, bag


def name_keys(
    prepared: Prepared, statistics: Statistics, vocabulary: Vocabulary
) -> Iterator[Hashes]:
    names = prepared.names
    city = prepared.values["city"][names.record]
    postcode = prepared.values["postcode"][names.record]
    yield names.bag
    yield names.joined
    yield combine(names.bag, city, 2)
    rare = _rarest(names.words, statistics, vocabulary)
    for word in rare:
        yield word
    for one, other in ((0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)):
        yield _both(rare[one], rare[other])
    for word in rare[:3]:
        yield combine(word, city, 3)
    for word in rare[:2]:
        yield combine(word, postcode, 4)
    yield from _initials(prepared, rare)


def _rarest(words: Ids, statistics: Statistics, vocabulary: Vocabulary) -> list[Hashes]:
    """Hashes of the four rarest words of each name, slips mended, the rarest first."""
    near = np.arange(len(vocabulary), dtype=np.int32)
    near[: len(statistics.near)] = statistics.near
    mended = near[words]
    counts = statistics.word_counts(vocabulary).astype(np.float64)
    counts[0] = np.inf
    # Ties are broken by the word's hash: the order of the records must not matter.
    ties = (vocabulary.hashes >> np.uint64(40)).astype(np.float64) / 2**25
    rank = (counts + ties)[mended]
    order = np.argsort(rank, axis=1)[:, :4]
    chosen = np.take_along_axis(mended, order, axis=1)
    return [vocabulary.hashes[chosen[:, at]] for at in range(4)]


def _both(one: Hashes, other: Hashes) -> Hashes:
    return combine(np.minimum(one, other), np.maximum(one, other), 5)


def _initials(prepared: Prepared, rare: list[Hashes]) -> Iterator[Hashes]:
    """The first letters of one name meet another name that is, or begins with, such letters."""
    names = prepared.names
    short = np.fromiter((2 < len(core) < 9 and " " not in core for core in names.core), np.bool_)
    yield np.where(short, names.joined, names.initials)
    yield np.where(names.initials != 0, names.initials, rare[0])


def _pairs(keys: Hashes, record: Ids, inner: Hashes, largest: int) -> tuple[Pairs, int, int]:
    if len(keys) < 2:
        return np.zeros(0, dtype=np.int64), 0, 0
    order = np.lexsort((record, inner, keys))
    keys, record = keys[order], record[order].astype(np.int64)
    fresh = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sizes = np.diff(np.concatenate((fresh, [len(keys)])))
    large = sizes > largest
    reach = np.repeat(np.where(large, NEIGHBOURS, largest), sizes)
    at = np.flatnonzero(np.repeat(sizes > 1, sizes))
    made = []
    for step in range(1, largest):
        at = at[(at + step < len(keys)) & (reach[at] >= step)]
        at = at[keys[at] == keys[at + step]]
        if not len(at):
            break
        one, other = record[at], record[at + step]
        pairs = (np.minimum(one, other) << 32) | np.maximum(one, other)
        made.append(pairs[one != other])
    big = sizes[large].astype(np.int64)
    left_out = int((big * (big - 1) // 2 - big * NEIGHBOURS).sum())
    return np.concatenate(made) if made else np.zeros(0, np.int64), int(large.sum()), left_out
