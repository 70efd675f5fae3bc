"""Words that differ by a slip of the pen, found without comparing every word with every other.

Two words that are one slip apart are equal when one letter is left out of one or both. The hashes
of all words with one letter left out are made at once: a polynomial lets a letter be taken out by
arithmetic.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from crm.domain.duplicates.folding import HASH_STEP, Hashes, mix, sorted_once
from crm.domain.duplicates.vocabulary import Ids

SHORTEST = 5
LONG = 9  # letters from which two slips are allowed
MOST_ALIKE = 24
Counts = NDArray[np.int64]
_BACK = np.uint64(pow(int(HASH_STEP), -1, 2**64))


def near_words(texts: Sequence[str], counts: Counts) -> Ids:
    """For every word the number of the more usual word it may be a slip of, else its own.

    texts[i] is a word that counts[i] names have. Words with digits are never slips.
    """
    root = np.arange(len(texts), dtype=np.int32)
    ids = _fit(texts, counts)
    if len(ids) < 2:
        return root
    words = [texts[at] for at in ids]
    left, right = _alike(*_one_letter_less(words))
    if not len(left):
        return root
    close = _close(words, left, right)
    return _to_the_usual(root, ids, left[close], right[close], counts)


def _fit(texts: Sequence[str], counts: Counts) -> Ids:
    fit = np.fromiter((len(t) >= SHORTEST and t.isalpha() for t in texts), dtype=np.bool_)
    return np.flatnonzero(fit & (counts > 0)).astype(np.int32)


class NearIndex:
    """The words of a register, to look up what a word typed today may be a slip of."""

    def __init__(self, texts: Sequence[str], counts: Counts, root: Ids) -> None:
        self._ids = _fit(texts, counts)
        self._words = [texts[at] for at in self._ids]
        self._counts, self._root = counts, root
        self._hashes: Hashes = np.zeros(0, dtype=np.uint64)
        self._owners = self._ids[:0]
        if self._words:
            hashes, owners = _one_letter_less(self._words)
            order = np.argsort(hashes, kind="stable")
            self._hashes, self._owners = hashes[order], owners[order]

    def find(self, word: str) -> int | None:
        """The number of the most usual word near to this one; None when there is none."""
        if len(word) < SHORTEST or not word.isalpha() or not self._words:
            return None
        hashes, _owner = _one_letter_less([word])
        low = np.searchsorted(self._hashes, hashes, side="left")
        high = np.searchsorted(self._hashes, hashes, side="right")
        found = {int(at) for a, b in zip(low, high, strict=True) for at in self._owners[a:b][:200]}
        slips = 2 if len(word) >= LONG else 1
        near = [at for at in found if OSA.distance(self._words[at], word) <= slips]
        if not near:
            return None
        best = max(near, key=lambda at: (self._counts[self._ids[at]], -at))
        return int(self._root[self._ids[best]])


def _one_letter_less(words: Sequence[str]) -> tuple[Hashes, Ids]:
    """Hashes of every word and of every word without one letter, and whose they are."""
    codes = np.frombuffer("".join(words).encode("utf-32-le"), dtype=np.uint32)
    sizes = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    starts = np.cumsum(sizes) - sizes
    owner = np.repeat(np.arange(len(words), dtype=np.int32), sizes)
    powers = np.cumprod(np.full(int(sizes.max()) + 1, HASH_STEP, dtype=np.uint64))
    terms = (codes.astype(np.uint64) + np.uint64(7)) * powers[np.arange(len(codes)) - starts[owner]]
    running = np.cumsum(terms)
    before = (running - terms) - (running - terms)[starts][owner]
    whole = np.add.reduceat(terms, starts)
    less = before + (whole[owner] - before - terms) * _BACK
    repeated = np.zeros(len(codes), dtype=np.bool_)
    repeated[1:] = (codes[1:] == codes[:-1]) & (owner[1:] == owner[:-1])
    hashes = mix(np.concatenate((whole, less[~repeated])))
    return hashes, np.concatenate((np.arange(len(words), dtype=np.int32), owner[~repeated]))


def _alike(hashes: Hashes, owner: Ids) -> tuple[Ids, Ids]:
    order = np.argsort(hashes, kind="stable")
    hashes, owner = hashes[order], owner[order]
    at = np.arange(len(hashes))
    lefts, rights = [], []
    for step in range(1, MOST_ALIKE):
        at = at[at + step < len(hashes)]
        at = at[hashes[at] == hashes[at + step]]
        if not len(at):
            break
        lefts.append(owner[at])
        rights.append(owner[at + step])
    if not lefts:
        return np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.int32)
    one, other = np.concatenate(lefts), np.concatenate(rights)
    pairs = sorted_once((np.minimum(one, other).astype(np.int64) << 32) | np.maximum(one, other))
    left, right = (pairs >> 32).astype(np.int32), (pairs & 0xFFFFFFFF).astype(np.int32)
    return left[left != right], right[left != right]


def _close(words: Sequence[str], left: Ids, right: Ids) -> NDArray[np.bool_]:
    ours, theirs = [words[at] for at in left], [words[at] for at in right]
    slips = cpdist(ours, theirs, scorer=OSA.distance, dtype=np.uint8)
    shorter = np.fromiter(map(min, map(len, ours), map(len, theirs)), dtype=np.int32)
    close: NDArray[np.bool_] = slips <= np.where(shorter >= LONG, 2, 1)
    return close


def _to_the_usual(root: Ids, ids: Ids, left: Ids, right: Ids, counts: Counts) -> Ids:
    """Each word to the most usual of those near it, when that is more usual than itself."""
    one = ids[np.concatenate((left, right))]
    other = ids[np.concatenate((right, left))]
    better = (counts[other] > counts[one]) | ((counts[other] == counts[one]) & (other < one))
    one, other = one[better], other[better]
    order = np.lexsort((-other, counts[other], one))
    root[one[order]] = other[order]
    return root[root]
