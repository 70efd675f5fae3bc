"""Every word met, once: what it means, what kind it is, which longer word it may be a slip of."""

from collections.abc import Iterable, Sequence
from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, hash_all
from crm.domain.duplicates.glossary import CONCEPTS, ENDINGS
from crm.domain.duplicates.people import FIRST_NAMES
from crm.domain.duplicates.towns import TOWN_FORMS, TOWNS
from crm.domain.duplicates.trades import HEADS, TRADES
from crm.domain.duplicates.words import (
    ABBREVIATIONS,
    COMMON_WORDS,
    LANDS,
    LEGAL_FORMS,
    MARKERS,
    NUMBERS,
    STOP_WORDS,
)

Ids = NDArray[np.int32]
LONGEST_WORD = 40
SHORTEST_STEM = 4


class Kind(IntFlag):
    LEGAL = 1
    STOP = 2
    COMMON = 4
    MARKER = 8
    FIRST_NAME = 16
    NUMBER = 32
    TOWN = 64


_COMMON = {ABBREVIATIONS.get(word, word) for word in COMMON_WORDS}
_COMMON = {CONCEPTS.get(word, word) for word in _COMMON | set(TRADES.values()) | set(HEADS)}
_COMMON |= set(CONCEPTS.values())
_MARKERS = {CONCEPTS.get(word, word) for word in MARKERS}


def meanings(word: str) -> tuple[str, ...]:
    """The one or two words a folded word stands for, in the language of the glossary."""
    word = word[:LONGEST_WORD]
    if word in LEGAL_FORMS or word in STOP_WORDS:
        return (word,)
    word = ABBREVIATIONS.get(word, word)
    known = _known(word)
    if known:
        return (known,)
    if len(word) > SHORTEST_STEM + 4:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) >= len(ending) + SHORTEST_STEM:
                stem = word.removesuffix(ending).removesuffix("s")
                stem = ABBREVIATIONS.get(stem, stem)
                return (_known(stem) or _plain(stem), _known(ending) or ending)
    return (_plain(word),)


_ENDINGS = sorted({*ENDINGS, *HEADS}, key=lambda ending: (-len(ending), ending))


def _known(word: str) -> str | None:
    """What a word of the lists stands for."""
    if word in NUMBERS:
        return NUMBERS[word]
    if word in TRADES:
        return CONCEPTS.get(TRADES[word], TRADES[word])
    return CONCEPTS.get(word) or TOWN_FORMS.get(word)


def _plain(word: str) -> str:
    """ä, ö and ü as their base letter, also where they were written ae, oe, ue; no leading 0."""
    if word.isdigit():
        return word.lstrip("0") or "0"
    return word.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def kind_of(meaning: str) -> Kind:
    kind = Kind(0)
    if meaning in LEGAL_FORMS:
        return Kind.LEGAL
    if meaning in STOP_WORDS:
        return Kind.STOP
    if meaning in _COMMON:
        kind |= Kind.COMMON
    if meaning in _MARKERS:
        kind |= Kind.MARKER
    if meaning in FIRST_NAMES or (len(meaning) == 1 and meaning.isalpha()):
        kind |= Kind.FIRST_NAME
    if meaning in TOWNS or meaning in LANDS:
        kind |= Kind.TOWN
    if meaning.isdigit():
        kind |= Kind.NUMBER
    return kind


class Growing:
    """An array that grows at its end."""

    def __init__(self, dtype: type) -> None:
        self._room: NDArray[np.generic] = np.zeros(1024, dtype=dtype)
        self.size = 0

    def extend(self, values: NDArray[np.generic]) -> None:
        while self.size + len(values) > len(self._room):
            self._room = np.concatenate((self._room, np.zeros_like(self._room)))
        self._room[self.size : self.size + len(values)] = values
        self.size += len(values)

    @property
    def values(self) -> NDArray[np.generic]:
        return self._room[: self.size]


class Vocabulary:
    """Numbers for words as written and for what they mean. Number 0 is no word.

    meaning(ids) of a written word gives one or two numbers of meanings.
    """

    def __init__(self) -> None:
        self.written: dict[str, int] = {"": 0}
        self.meant: dict[str, int] = {"": 0}
        self.texts: list[str] = [""]
        self._first, self._second = Growing(np.int32), Growing(np.int32)
        self._kinds, self._hashes = Growing(np.uint8), Growing(np.uint64)
        for growing in (self._first, self._second, self._kinds, self._hashes):
            growing.extend(np.zeros(1))
        self.read(list(CONCEPTS))

    def __len__(self) -> int:
        return len(self.texts)

    def read(self, words: Sequence[str]) -> Ids:
        """The numbers of written words; new words are added."""
        new = set(words).difference(self.written)
        if new:
            self._add(sorted(new))
        return np.fromiter(map(self.written.__getitem__, words), dtype=np.int32, count=len(words))

    def _add(self, words: Iterable[str]) -> None:
        start = len(self.texts)
        pairs = []
        for word in words:
            self.written[word] = len(self.written)
            ids = [self._meant(text) for text in meanings(word)]
            pairs.append((ids[0], ids[1] if len(ids) > 1 else 0))
        both = np.array(pairs, dtype=np.int32)
        self._first.extend(both[:, 0])
        self._second.extend(both[:, 1])
        fresh = self.texts[start:]
        self._kinds.extend(np.array([kind_of(text) for text in fresh], dtype=np.uint8))
        self._hashes.extend(hash_all(fresh))

    def _meant(self, text: str) -> int:
        number = self.meant.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number

    @property
    def first(self) -> Ids:
        return self._first.values  # type: ignore[return-value]

    @property
    def second(self) -> Ids:
        return self._second.values  # type: ignore[return-value]

    @property
    def kinds(self) -> NDArray[np.uint8]:
        return self._kinds.values  # type: ignore[return-value]

    @property
    def hashes(self) -> Hashes:
        return self._hashes.values  # type: ignore[return-value]
