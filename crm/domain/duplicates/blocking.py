"""Which pairs are worth comparing: records that share a key that few others have.

Every key is cheap and alone loses pairs; together they lose few. A key that too many share is
not opened: each record then meets only its neighbours in it, and the result says how many such
keys there were.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, combine, sorted_once
from crm.domain.duplicates.parallel import each
from crm.domain.duplicates.preparing import Prepared
from crm.domain.duplicates.statistics import Lexicon
from crm.domain.duplicates.vocabulary import Ids

# Records with one key that all meet each other: few in a long list, more where there is time.
# A key that says little, as one word alone does, is opened for fewer.
LARGEST, LARGEST_IN_SHORT_LISTS, SHORT = 32, 400, 4_000_000
WEAK = 0.2
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
    prepared: Prepared,
    lexicon: Lexicon,
    shown: NDArray[np.bool_],
    processes: int = 1,
    fresh: NDArray[np.bool_] | None = None,
) -> Blocked:
    """Pairs of records for which shown is true; with fresh only those that hold one of these."""
    halves = processes if prepared.size > SHORT // LARGEST else 1

    def some(half: int) -> Blocked:
        return _some_keys(prepared, lexicon, shown, fresh, half, halves)

    parts = [part for _at, part in sorted(each(some, range(halves), processes), key=_first)]
    return Blocked(
        sorted_once(np.concatenate([part.pairs for part in parts])),
        sum(part.capped for part in parts),
        sum(part.left_out for part in parts),
    )


def _some_keys(
    prepared: Prepared,
    lexicon: Lexicon,
    shown: NDArray[np.bool_],
    fresh: NDArray[np.bool_] | None,
    half: int,
    halves: int,
) -> Blocked:
    """The pairs of every second kind of key."""
    largest = int(np.clip(SHORT // max(1, prepared.size), LARGEST, LARGEST_IN_SHORT_LISTS))
    found: list[Pairs] = []
    capped = left_out = 0
    for number, key in enumerate(all_keys(prepared, lexicon)):
        if number % halves != half:
            continue
        keep = (key.values != 0) & shown[key.record]
        if fresh is not None:
            keep &= np.isin(key.values, key.values[keep & fresh[key.record]])
        key = Key(key.values[keep], key.record[keep], key.order[keep], key.share, key.here)
        most = max(2, int(LARGEST * key.share), largest - LARGEST)
        pairs, cap, out = _pairs(key, most)
        pairs = _in_one_town(pairs, prepared.values["city"]) if key.here else pairs
        found.append(pairs if fresh is None else pairs[touching(pairs, fresh)])
        capped, left_out = capped + cap, left_out + out
        if len(found) == 6:
            found = [sorted_once(np.concatenate(found))]
    return Blocked(sorted_once(np.concatenate(found)), capped, left_out)


def _first(numbered: tuple[int, Blocked]) -> int:
    return numbered[0]


@dataclass
class Key:
    """values of a key and the records that have them; order: neighbours are alike in it; share:
    how many of the usual number of records may have a value; here: it says too little to bring
    records of two towns together."""

    values: Hashes
    record: Ids
    order: Hashes
    share: float = 1.0
    here: bool = False


def all_keys(prepared: Prepared, lexicon: Lexicon) -> Iterator[Key]:
    names, values = prepared.names, prepared.values
    for several, share, here in name_keys(prepared, lexicon):
        times = len(several)
        record, order = np.tile(names.record, times), np.tile(names.bag, times)
        yield Key(np.concatenate(several), record, order, share, here)
    everyone = np.arange(prepared.size, dtype=np.int32)
    bag = names.bag[prepared.start[:-1]] if prepared.size else names.bag
    for name in ("business_id", "phone", "site", "email"):
        yield Key(values[name], everyone, bag)
    nowhere = (values["city"] == 0) & (values["postcode"] == 0)
    yield Key(np.where(nowhere, values["address"], 0), everyone, bag, WEAK)
    for place in ("city", "postcode"):
        yield Key(combine(values["address"], values[place], 6), everyone, bag, WEAK)


def name_keys(prepared: Prepared, lexicon: Lexicon) -> Iterator[tuple[list[Hashes], float, bool]]:
    """Keys of names with their share and whether they hold in one town only. Those of one space
    are together: the rarest word of one name may be the third rarest of another."""
    names = prepared.names
    city = prepared.values["city"][names.record]
    postcode = prepared.values["postcode"][names.record]
    rare = _rarest(names.words, lexicon)
    site = prepared.values["domain"][names.record]
    yield [names.bag], 1, True
    yield [names.joined, np.where(site == names.joined, 0, site)], 1, True
    yield [combine(names.bag, city, 2)], 1, False
    yield rare, 0.1, True
    couples = ((0, 1), (0, 2), (1, 2), (0, 3))
    yield [_both(rare[one], rare[other]) for one, other in couples], 0.5, True
    yield [combine(word, city, 3) for word in rare[:2]], 0.3, False
    yield [combine(word, postcode, 4) for word in rare[:2]], 0.25, False
    short = np.fromiter((2 < len(core) < 9 and " " not in core for core in names.core), np.bool_)
    acronym = np.isin(rare[0], sorted_once(names.initials))
    words = np.where(short, names.joined, np.where(acronym, rare[0], 0))
    yield [names.initials, words], WEAK, True


def touching(pairs: Pairs, fresh: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which pairs hold a record for which fresh is true."""
    marked: NDArray[np.bool_] = fresh[pairs >> 32] | fresh[pairs & 0xFFFFFFFF]
    return marked


def _in_one_town(pairs: Pairs, city: Hashes) -> Pairs:
    ours, theirs = city[pairs >> 32], city[pairs & 0xFFFFFFFF]
    near: Pairs = pairs[(ours == theirs) | (ours == 0) | (theirs == 0)]
    return near


def _rarest(words: Ids, lexicon: Lexicon) -> list[Hashes]:
    """Hashes of the four rarest words of each name, slips mended, the rarest first."""
    mended = lexicon.near[words]
    counts = lexicon.counts.astype(np.float64)
    counts[0] = np.inf
    # Ties are broken by the word's hash: the order of the records must not matter.
    hashes = lexicon.vocabulary.hashes
    ties = (hashes >> np.uint64(40)).astype(np.float64) / 2**25
    rank = (counts + ties)[mended]
    order = np.argsort(rank, axis=1)[:, :4]
    chosen = np.take_along_axis(mended, order, axis=1)
    return [hashes[chosen[:, at]] for at in range(4)]


def _both(one: Hashes, other: Hashes) -> Hashes:
    return combine(np.minimum(one, other), np.maximum(one, other), 5)


def _pairs(key: Key, largest: int) -> tuple[Pairs, int, int]:
    """Pairs, how many values too many records have, and how many pairs were not made."""
    if len(key.values) < 2:
        return np.zeros(0, dtype=np.int64), 0, 0
    order = np.lexsort((key.record, key.order, key.values))
    keys, record = key.values[order], key.record[order].astype(np.int64)
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
