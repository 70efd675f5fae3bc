"""How much two names share, word by word, each word weighed by how rare it is."""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import cpdist

from crm.domain.duplicates.preparing import MOST_WORDS, Prepared
from crm.domain.duplicates.statistics import Lexicon, Statistics
from crm.domain.duplicates.vocabulary import Ids, Kind
from crm.domain.duplicates.words import NO_MARKERS, Form

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
CHUNK = 40_000
LIKE_ENOUGH = 0.75
BEGINNING, INITIAL = 0.8, 0.5  # how much of a word its beginning or its first letter tells
ENDING = 5  # letters a word shares with the end of a longer one
LOWEST, HIGHEST = -9.0, 3.0
MOST = 12.0
SHORTEST_ACRONYM = 3


class NameFeature(IntEnum):
    """SHARED: nats that the shared words say, less the nats it takes to single out one firm.
    CONFLICT, EXTRA: nats of the words that both have without partner; that one has more.
    COVERED: the share of the names that is common. LETTERS: likeness of all letters, from 0.6."""

    ANYHOW = 0
    SHARED = 1
    CONFLICT = 2
    EXTRA = 3
    COVERED = 4
    SAME = 5
    LETTERS = 6
    NUMBER = 7
    MARKER = 8
    FORM = 9
    FIRST_NAME = 10
    TOWN = 11
    ACRONYM = 12
    COMMON = 13
    NUMBER_ADDED = 14
    FIRST_NAME_ADDED = 15
    TOWN_ADDED = 16


# Which of several names of a record is compared: the one that tells most for the pair.
_PICK = np.zeros(len(NameFeature), dtype=np.float32)
_PICK[[NameFeature.SHARED, NameFeature.CONFLICT, NameFeature.EXTRA]] = (0.4, -0.4, -0.15)
_PICK[[NameFeature.COVERED, NameFeature.ACRONYM, NameFeature.SAME]] = (4.0, 3.0, 1.0)


@dataclass
class NameTable:
    """What comparing names looks up: a row a name, and of words what the lexicon has."""

    prepared: Prepared
    lexicon: Lexicon
    rarity: Floats
    lengths: NDArray[np.int64]
    mended: Ids
    told: Floats

    @classmethod
    def of(cls, prepared: Prepared, statistics: Statistics, lexicon: Lexicon) -> "NameTable":
        words = prepared.names.words
        mended = lexicon.near[words]
        return cls(
            prepared=prepared,
            lexicon=lexicon,
            rarity=np.log(statistics.names(prepared.names.bag)).astype(np.float32),
            lengths=(words > 0).sum(axis=1),
            mended=mended,
            told=lexicon.weights[mended].sum(axis=1),
        )


def compare_names(table: NameTable, left: Ids, right: Ids) -> Floats:
    """Features of the two names, of several those that are most alike."""
    start = table.prepared.start
    several = (start[left + 1] - start[left]) * (start[right + 1] - start[right])
    features = np.zeros((len(left), len(NameFeature)), dtype=np.float32, order="F")
    rows = np.flatnonzero(several == 1)
    features[rows] = _compare_rows(table, start[left[rows]], start[right[rows]])
    rows = np.flatnonzero(several > 1)
    if len(rows):
        features[rows] = _best_of_several(table, left[rows], right[rows], several[rows])
    return features


def _best_of_several(table: NameTable, left: Ids, right: Ids, several: Ids) -> Floats:
    """Every name of one record with every name of the other, and the best pair of each."""
    start = table.prepared.start
    pair = np.repeat(np.arange(len(left)), several)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(several) - several, several)
    wide = (start[right + 1] - start[right])[pair]
    one = (start[left][pair] + nth // wide).astype(np.int32)
    other = (start[right][pair] + nth % wide).astype(np.int32)
    features = _compare_rows(table, one, other)
    best = np.lexsort((-nth, features @ _PICK, pair))
    last = np.cumsum(several) - 1
    chosen: Floats = features[best[last]]
    return chosen


def roughly_covered(table: NameTable, left: Ids, right: Ids) -> Floats:
    """About NameFeature.COVERED of the first names, from words that are equal when slips are
    mended; 1 where a record has several names."""
    start, lengths = table.prepared.start, table.lengths
    one, other = start[left], start[right]
    covered = np.ones(len(left), dtype=np.float32)
    single = (start[left + 1] - one == 1) & (start[right + 1] - other == 1)
    longest = np.maximum(lengths[one], lengths[other])
    for least, most in pairwise((-1, 3, 5, MOST_WORDS)):
        rows = np.flatnonzero(single & (longest > least) & (longest <= most))
        ours, theirs = table.mended[one[rows], :most], table.mended[other[rows], :most]
        same = (ours[:, :, None] == theirs[:, None, :]).any(axis=2) & (ours != 0)
        shared = (table.lexicon.weights[ours] * same).sum(axis=1)
        both = table.told[one[rows]] + table.told[other[rows]]
        covered[rows] = 2 * shared / np.maximum(both, 0.1)
    return covered


def _compare_rows(table: NameTable, left: Ids, right: Ids) -> Floats:
    """Short names apart from long ones: the work grows with the longest name of a chunk."""
    features = np.zeros((len(left), len(NameFeature)), dtype=np.float32, order="F")
    longest = np.maximum(table.lengths[left], table.lengths[right])
    for least, most in pairwise((-1, 3, 5, MOST_WORDS)):
        rows = np.flatnonzero((longest > least) & (longest <= most))
        for at in range(0, len(rows), CHUNK):
            part = rows[at : at + CHUNK]
            features[part] = _compare_chunk(table, left[part], right[part], most)
    return features


def _compare_chunk(table: NameTable, left: Ids, right: Ids, width: int) -> Floats:
    names = table.prepared.names
    ours, theirs = names.words[left, :width], names.words[right, :width]
    alike = Likeness.of(table, ours, theirs)
    features = np.zeros((len(left), len(NameFeature)), dtype=np.float32, order="F")
    _weigh(table, alike, left, right, features)
    _contradictions(table, alike, left, right, features)
    return features


@dataclass
class Likeness:
    """ours, theirs: words; our, their: how much of each word has a partner, 0 to 1; shared: nats
    that the partnered words say together."""

    ours: Ids
    theirs: Ids
    our: Floats
    their: Floats
    shared: Floats

    @classmethod
    def of(cls, table: NameTable, ours: Ids, theirs: Ids) -> "Likeness":
        same = (ours[:, :, None] == theirs[:, None, :]) & (ours != 0)[:, :, None]
        our, their = same.any(axis=2), same.any(axis=1)
        shared = (table.lexicon.weights[ours] * our).sum(axis=1)
        alike = cls(ours, theirs, our.astype(np.float32), their.astype(np.float32), shared)
        alike._add_slips(table, ~our & (ours != 0), ~their & (theirs != 0))
        return alike

    def _add_slips(self, table: NameTable, our: Flags, their: Flags) -> None:
        """Partners that are not equal: slips, abbreviations, initials."""
        some = np.flatnonzero(our.any(axis=1) & their.any(axis=1))
        if not len(some):
            return
        ours, theirs = self.ours[some], self.theirs[some]
        maybe = table.lexicon.letters[ours][:, :, None] == table.lexicon.letters[theirs][:, None, :]
        maybe |= table.lexicon.near[ours][:, :, None] == table.lexicon.near[theirs][:, None, :]
        maybe &= our[some][:, :, None] & their[some][:, None, :]
        at, one, other = np.nonzero(maybe)
        a, b = ours[at, one], theirs[at, other]
        likeness = word_likeness(table, a, b)
        good = likeness > 0
        at, one, other, a, b = some[at[good]], one[good], other[good], a[good], b[good]
        likeness = likeness[good]
        said = likeness * np.minimum(table.lexicon.weights[a], table.lexicon.weights[b])
        our_said, their_said = np.zeros_like(self.our), np.zeros_like(self.their)
        np.maximum.at(self.our, (at, one), likeness)
        np.maximum.at(self.their, (at, other), likeness)
        np.maximum.at(our_said, (at, one), said)
        np.maximum.at(their_said, (at, other), said)
        self.shared += np.minimum(our_said.sum(axis=1), their_said.sum(axis=1))


def word_likeness(table: NameTable, ours: Ids, theirs: Ids) -> Floats:
    """1 for equal words, 0 for different ones; each pair of words is compared once."""
    packed, back = np.unique((ours.astype(np.int64) << 32) | theirs, return_inverse=True)
    one, other = (packed >> 32).astype(np.int32), (packed & 0xFFFFFFFF).astype(np.int32)
    texts = table.lexicon.vocabulary.texts
    a, b = [texts[at] for at in one], [texts[at] for at in other]
    likeness = cpdist(a, b, scorer=OSA.normalized_similarity, dtype=np.float32)
    likeness[likeness < LIKE_ENOUGH] = 0
    begins = [_begins(x, y) for x, y in zip(a, b, strict=True)]
    likeness = np.maximum(likeness, np.array(begins, dtype=np.float32))
    likeness[(table.lexicon.near[one] == table.lexicon.near[other]) & (likeness == 0)] = LIKE_ENOUGH
    kinds = table.lexicon.vocabulary.kinds
    initial = np.fromiter((len(x) == 1 or len(y) == 1 for x, y in zip(a, b, strict=True)), np.bool_)
    either, both = kinds[one] | kinds[other], kinds[one] & kinds[other]
    person = (both & Kind.FIRST_NAME) > 0
    likeness[((either & Kind.NUMBER) | (both & Kind.TOWN)) > 0] = 0
    likeness[person] = np.where(initial & (likeness > 0), LIKE_ENOUGH, 0)[person]
    result: Floats = likeness[back]
    return result


def _begins(one: str, other: str) -> float:
    """Whether the shorter word abbreviates the longer."""
    if len(one) > len(other):
        one, other = other, one
    if len(one) >= ENDING and other.endswith(one):
        return LIKE_ENOUGH
    if not other.startswith(one):
        return 0.0
    return BEGINNING if len(one) >= 3 else INITIAL if len(one) == 1 else 0.0


def _weigh(table: NameTable, alike: Likeness, left: Ids, right: Ids, features: Floats) -> None:
    names = table.prepared.names
    our, their = table.lexicon.weights[alike.ours], table.lexicon.weights[alike.theirs]
    our_all, their_all = our.sum(axis=1), their.sum(axis=1)
    our_rest = (our * (1 - alike.our)).sum(axis=1)
    their_rest = (their * (1 - alike.their)).sum(axis=1)
    letters = _letters(names.core, left, right)
    joined = (names.joined[left] == names.joined[right]) & (names.joined[left] != 0)
    same = (names.bag[left] == names.bag[right]) & (names.bag[left] != 0)
    shared = np.where(joined, np.minimum(our_all, their_all), alike.shared)
    our_rest, their_rest = np.where(joined, 0, our_rest), np.where(joined, 0, their_rest)
    rest = our_rest + their_rest
    known = (our_all > 0) & (their_all > 0)
    conflict = np.minimum(our_rest, their_rest)
    covered = np.where(joined, 1, 1 - rest / np.maximum(our_all + their_all, 0.1))
    features[:, NameFeature.ANYHOW] = 1
    features[:, NameFeature.SHARED] = (
        np.clip(shared - table.lexicon.needed, LOWEST, HIGHEST) * known
    )
    features[:, NameFeature.CONFLICT] = np.clip(conflict, 0, MOST) * known
    features[:, NameFeature.EXTRA] = np.clip(rest - 2 * conflict, 0, MOST) * known
    features[:, NameFeature.COVERED] = covered * known
    features[:, NameFeature.SAME] = same | joined
    features[:, NameFeature.COMMON] = (table.rarity[left]) * same
    features[:, NameFeature.LETTERS] = np.clip((letters - 0.6) / 0.4, 0, 1) * known


def _letters(core: list[str], left: Ids, right: Ids) -> Floats:
    ours, theirs = [core[at] for at in left], [core[at] for at in right]
    likeness = cpdist(ours, theirs, scorer=ratio, dtype=np.float32)
    return np.asarray(likeness / 100, dtype=np.float32)


def _contradictions(
    table: NameTable, alike: Likeness, left: Ids, right: Ids, features: Floats
) -> None:
    names, kinds = table.prepared.names, table.lexicon.vocabulary.kinds
    same = features[:, NameFeature.SAME] > 0
    our = kinds[alike.ours] * (alike.our < LIKE_ENOUGH)
    their = kinds[alike.theirs] * (alike.their < LIKE_ENOUGH)
    for kind, both, added in (
        (Kind.NUMBER, NameFeature.NUMBER, NameFeature.NUMBER_ADDED),
        (Kind.FIRST_NAME, NameFeature.FIRST_NAME, NameFeature.FIRST_NAME_ADDED),
        (Kind.TOWN, NameFeature.TOWN, NameFeature.TOWN_ADDED),
    ):
        features[:, both] = _on_both(our, their, kind)
        features[:, added] = _on_one(our, their, kind)
    marked = np.flatnonzero(_only_markers(alike, our, their) & ~same)
    alone = [_marker_alone(table, names.core[left[at]], names.core[right[at]]) for at in marked]
    features[marked, NameFeature.MARKER] = alone
    one, other = names.form[left], names.form[right]
    differ = (one != other) & (one != Form.NONE) & (other != Form.NONE)
    property_company = (one == Form.PROPERTY) | (other == Form.PROPERTY)
    unsaid = property_company & (one != other) & ~differ
    features[:, NameFeature.MARKER] = np.maximum(features[:, NameFeature.MARKER], 0.7 * unsaid)
    features[:, NameFeature.FORM] = differ * (1 + 0.5 * property_company)
    features[:, NameFeature.ACRONYM] = _acronyms(table, alike, left, right)
    # Where the acronym is all of a name, no word of the other lacks a partner.
    short = np.minimum((alike.ours > 0).sum(axis=1), (alike.theirs > 0).sum(axis=1)) == 1
    whole = np.flatnonzero(short & (features[:, NameFeature.ACRONYM] > 0))
    for each in (NameFeature.SHARED, NameFeature.CONFLICT, NameFeature.EXTRA):
        features[whole, each] = 0


def _has(kinds: NDArray[np.uint8], kind: Kind) -> Flags:
    return np.asarray(((kinds & kind) > 0).any(axis=1), dtype=np.bool_)


def _only_markers(alike: Likeness, our: NDArray[np.uint8], their: NDArray[np.uint8]) -> Flags:
    """All words of one name are in the other, and what that has more are markers. A town that
    one has more does not count."""
    ours = (alike.ours > 0) & (alike.our < LIKE_ENOUGH) & ((our & Kind.TOWN) == 0)
    theirs = (alike.theirs > 0) & (alike.their < LIKE_ENOUGH) & ((their & Kind.TOWN) == 0)
    our_other = (ours & ((our & Kind.MARKER) == 0)).any(axis=1)
    their_other = (theirs & ((their & Kind.MARKER) == 0)).any(axis=1)
    found = (ours.any(axis=1) ^ theirs.any(axis=1)) & ~our_other & ~their_other
    return np.asarray(found & (alike.our.sum(axis=1) > 0), dtype=np.bool_)


def _marker_alone(table: NameTable, one: str, other: str) -> bool:
    """A marker that is a word of its own: "Taksi Palvelut" is a sister, "Taksipalvelu" is not."""
    vocabulary = table.lexicon.vocabulary
    more = [vocabulary.written[word] for word in ({*one.split()} ^ {*other.split()}) - NO_MARKERS]
    return any(
        vocabulary.kinds[vocabulary.first[at]] & Kind.MARKER and not vocabulary.second[at]
        for at in more
    )


def _on_both(our: NDArray[np.uint8], their: NDArray[np.uint8], kind: Kind) -> Flags:
    return _has(our, kind) & _has(their, kind)


def _on_one(our: NDArray[np.uint8], their: NDArray[np.uint8], kind: Kind) -> Flags:
    return _has(our, kind) ^ _has(their, kind)


def _acronyms(table: NameTable, alike: Likeness, left: Ids, right: Ids) -> Flags:
    """A word of one name is the first letters of the other."""
    names, hashes = table.prepared.names, table.lexicon.vocabulary.hashes
    found = np.zeros(len(left), dtype=np.bool_)
    for words, rows in ((alike.ours, right), (alike.theirs, left)):
        initials = names.initials[rows]
        found |= ((hashes[words] == initials[:, None]) & (initials != 0)[:, None]).any(axis=1)
    return found
