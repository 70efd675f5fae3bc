"""How common words, names, phones and addresses are in the list: what is rare says much."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, combine, mix
from crm.domain.duplicates.genitives import nominatives
from crm.domain.duplicates.glossary import CONCEPTS
from crm.domain.duplicates.near_words import NearIndex, near_words
from crm.domain.duplicates.preparing import Prepared
from crm.domain.duplicates.vocabulary import Ids, Kind, Vocabulary

# A list is read as part of a land of this many firms: ten records cannot know what is rare.
BACKGROUND = 20_000
INITIAL = 2.0  # nats that a letter alone says at most
# In how many of those firms' names a word of a kind stands.
_PRIOR = {Kind.COMMON: 100.0, Kind.FIRST_NAME: 60.0, Kind.TOWN: 60.0, Kind.NUMBER: 150.0}
COUNTED = ("phone", "site", "domain", "email", "address", "postcode", "city")


@dataclass
class Counts:
    """How many different names have a value; values sorted."""

    values: Hashes
    counts: NDArray[np.int64]
    changes: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Hashes, names: Hashes) -> "Counts":
        known = values != 0
        packed = np.stack((values[known], names[known]), axis=1)
        order = np.lexsort((packed[:, 1], packed[:, 0]))
        packed = packed[order]
        fresh = np.ones(len(packed), dtype=np.bool_)
        fresh[1:] = (packed[1:] != packed[:-1]).any(axis=1)
        unique, counts = np.unique(packed[fresh, 0], return_counts=True)
        return cls(unique, counts)

    def __call__(self, values: Hashes) -> NDArray[np.int64]:
        """The count of each value, at least 1."""
        if not len(self.values):
            return np.ones(len(values), dtype=np.int64)
        at = np.minimum(np.searchsorted(self.values, values), len(self.values) - 1)
        return np.where(self.values[at] == values, self.counts[at], 1)


@dataclass
class Statistics:
    """size: records; words: in how many different names each meaning stands; near: slips."""

    size: int
    words: NDArray[np.int64]
    near: Ids
    fields: dict[str, Counts]
    names: Counts


class Lexicon:
    """What the words of a vocabulary say in a list: near: the usual word each may be a slip of;
    weights: nats that sharing it says; letters: its first letter; counts: names that have it.

    Words met later are added by grow(); they are as rare as a word can be, or slips.
    """

    def __init__(self, statistics: Statistics, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.needed = float(np.log(statistics.size + BACKGROUND))
        self.counts = np.zeros(0, dtype=np.int64)
        self.near = np.zeros(0, dtype=np.int32)
        self.weights = np.zeros(0, dtype=np.float32)
        self.letters = np.zeros(0, dtype=np.uint32)
        self._add(statistics.words, statistics.near)
        self._index: NearIndex | None = None
        self.grow()

    def grow(self) -> None:
        """Take in the words that came into the vocabulary since."""
        known, size = len(self.near), len(self.vocabulary)
        if known == size:
            return
        if self._index is None:
            self._index = NearIndex(self.vocabulary.texts[:known], self.counts, self.near)
        near = np.arange(known, size, dtype=np.int32)
        for at in range(known, size):
            near[at - known] = _or(self._index.find(self.vocabulary.texts[at]), at)
        self._add(np.zeros(size - known, dtype=np.int64), near)

    def _add(self, counts: NDArray[np.int64], near: Ids) -> None:
        known, size = len(self.near), len(self.near) + len(near)
        kinds = self.vocabulary.kinds[known:size]
        texts = self.vocabulary.texts[known:size]
        initial = np.fromiter((len(text) == 1 and text.isalpha() for text in texts), np.bool_)
        weights = (self.needed - np.log(counts + _PRIOR_OF[kinds] + 1)).clip(0.1)
        weights[initial] = np.minimum(weights[initial], INITIAL)
        first = [ord(text[0]) if text else 0 for text in texts]
        self.counts = np.concatenate((self.counts, counts))
        self.near = np.concatenate((self.near, near))
        self.weights = np.concatenate((self.weights, weights.astype(np.float32)))
        self.letters = np.concatenate((self.letters, np.array(first, dtype=np.uint32)))
        # A slip of a common word is as common as the word.
        slip = known + np.flatnonzero((self.vocabulary.kinds[near] & Kind.COMMON) > 0)
        self.weights[slip] = self.weights[self.near[slip]]
        self.weights[0] = 0


def _or(found: int | None, other: int) -> int:
    return other if found is None else found


def _priors() -> NDArray[np.float64]:
    prior = np.zeros(256)
    for kind, share in _PRIOR.items():
        prior[[bits for bits in range(256) if bits & kind]] = share
    return prior


_PRIOR_OF = _priors()


def measure(prepared: Prepared, vocabulary: Vocabulary) -> Statistics:
    names = prepared.names
    _bags, first = np.unique(names.bag, return_index=True)
    words = np.bincount(names.words[first].ravel(), minlength=len(vocabulary))
    near = _slips(vocabulary, words)
    words = _count_words(names.words[first], near, vocabulary)
    main = names.bag[prepared.start[:-1]] if prepared.size else names.bag
    city = prepared.values["city"]
    place = np.where(city == 0, np.uint64(1), city)
    return Statistics(
        size=prepared.size,
        words=words,
        near=near,
        fields={each: Counts.of(prepared.values[each], main) for each in COUNTED},
        names=Counts.of(names.bag, combine(names.bag, place[names.record])),
    )


def _slips(vocabulary: Vocabulary, counts: NDArray[np.int64]) -> Ids:
    """The usual word each may be a slip of; words of the glossary may be misspelt too."""
    known = list(CONCEPTS)
    texts = vocabulary.texts + known
    near = near_words(texts, np.concatenate((counts, np.full(len(known), len(counts)))))
    meant = np.arange(len(texts), dtype=np.int32)
    meant[len(vocabulary) :] = [vocabulary.meant[CONCEPTS[word]] for word in known]
    return _nominatives(vocabulary, counts, meant[near[: len(vocabulary)]])


def _nominatives(vocabulary: Vocabulary, counts: NDArray[np.int64], near: Ids) -> Ids:
    """near, with genitives led to the word they are of, where the list has that word."""
    plain = (near == np.arange(len(near))) & (counts > 0)
    plain &= (vocabulary.kinds & (Kind.FIRST_NAME | Kind.TOWN | Kind.COMMON)) == 0
    result = near.copy()
    for at in np.flatnonzero(plain).tolist():
        for word in nominatives(vocabulary.texts[at]):
            found = vocabulary.meant.get(word, at)
            if found != at and counts[found] > 0 and near[found] != at:
                result[at] = near[found]
                break
    return result


def _count_words(words: Ids, near: Ids, vocabulary: Vocabulary) -> NDArray[np.int64]:
    """In how many names each word stands; names that differ in slips and common words are one."""
    mended = near[words]
    hashes = mix(vocabulary.hashes[mended])
    hashes[(vocabulary.kinds[mended] & Kind.COMMON) > 0] = 0
    hashes[mended == 0] = 0
    bag = mix(hashes.sum(axis=1, dtype=np.uint64))
    row, column = np.nonzero(mended)
    word = mended[row, column]
    both = mix(bag[row] * np.uint64(31) + vocabulary.hashes[word])
    _both, first = np.unique(both, return_index=True)
    counts = np.bincount(word[first], minlength=len(vocabulary))
    return np.where(
        near == np.arange(len(near)), counts, np.bincount(words.ravel(), minlength=len(near))
    )
