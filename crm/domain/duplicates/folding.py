"""Folding a million texts at once: base letters, lower case, blanks between words.

The texts are joined into one and looked up letter by letter in a table of numpy, which costs
about a tenth of what the same costs text by text.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

LONGEST = 240  # letters of a text that are read; what comes after says nothing new
MANY = 5_000  # texts from which it pays to look for equal ones
BREAK = 10  # the newline between two texts
BLANK = 32
HASH_STEP = np.uint64(0x9E3779B97F4A7C15)
Codes = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

# One letter that becomes two. "å" is one letter here: it is written "a" or "o" as often as "aa".
_TWO = {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "þ": "th", "Þ": "th", "&": " & ", "＆": " & "}
_ONE = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "ħ": "h"}


@cache
def _table() -> Codes:
    """The folded letter of every letter of the first planes; blank for what is no letter."""
    table = np.full(0x20000, BLANK, dtype=np.uint32)
    for code in range(0x20000):
        letter = _ONE.get(chr(code).lower(), chr(code))
        base = unicodedata.normalize("NFKD", letter)[:1].casefold()[:1]
        base = _ONE.get(base, base)
        if base.isalnum():
            table[code] = ord(base)
    for code in (BREAK, ord("&")):
        table[code] = code
    return table


def fold_all(texts: Sequence[str]) -> list[str]:
    """Every text folded: lower case, base letters, one blank between words, & as a word."""
    if not texts:
        return []
    return codes_to_texts(fold_codes(texts))


def fold_codes(texts: Sequence[str]) -> Codes:
    """The folded texts as one array of letters, a BREAK after each but the last."""
    joined = "\n".join([text[:LONGEST] if len(text) > LONGEST else text for text in texts])
    if joined.count("\n") != len(texts) - 1:
        joined = "\n".join([" ".join(text[:LONGEST].splitlines()) for text in texts])
    joined = unicodedata.normalize("NFC", joined)
    for letter, two in _TWO.items():
        joined = joined.replace(letter, two)
    joined = joined.replace("'", "").replace("’", "").replace("´", "")
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    return np.take(_table(), codes, mode="clip")


def codes_to_texts(codes: Codes) -> list[str]:
    """Texts again, with single blanks and none at the ends."""
    keep = ~((codes == BLANK) & _before_gap(codes))
    text = codes[keep].astype("<u4").tobytes().decode("utf-32-le")
    return [line.strip(" ") for line in text.split("\n")]


def _before_gap(codes: Codes) -> NDArray[np.bool_]:
    after = np.empty(len(codes), dtype=np.bool_)
    after[:-1] = (codes[1:] == BLANK) | (codes[1:] == BREAK)
    after[-1:] = True
    return after


def hash_all(texts: Sequence[str]) -> Hashes:
    """A number for every text, equal for equal texts on every machine; 0 for the empty text.

    A polynomial over the letters modulo 2**64, then mixed.
    """
    if not texts:
        return np.zeros(0, dtype=np.uint64)
    if len(texts) > MANY and len(known := dict.fromkeys(texts)) < len(texts) // 2:
        place = dict(zip(known, range(len(known)), strict=True))
        at = np.fromiter(map(place.__getitem__, texts), dtype=np.int64, count=len(texts))
        return hash_all(list(known))[at]
    joined = "\n".join(texts) + "\n"
    codes = np.frombuffer(joined.encode("utf-32-le", "replace"), dtype=np.uint32)
    ends = np.flatnonzero(codes == BREAK)
    starts = np.concatenate(([0], ends[:-1] + 1))
    sizes = ends - starts
    place = np.arange(len(codes)) - np.repeat(starts, sizes + 1)
    powers = np.cumprod(np.full(int(sizes.max(initial=0)) + 1, HASH_STEP, dtype=np.uint64))
    terms = (codes.astype(np.uint64) + np.uint64(7)) * powers[place]
    terms[ends] = 0
    return np.where(sizes == 0, np.uint64(0), mix(np.add.reduceat(terms, starts)))


def mix(values: Hashes) -> Hashes:
    """Spread the bits (splitmix64), never to 0, which stands for "unknown"."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return (mixed ^ (mixed >> np.uint64(31))) | np.uint64(1)


def combine(first: Hashes, second: Hashes, salt: int = 0) -> Hashes:
    """One number for two; 0 when either is 0."""
    both = mix(first * np.uint64(3) + np.uint64(salt)) * HASH_STEP ^ mix(second + HASH_STEP)
    return np.where((first == 0) | (second == 0), np.uint64(0), mix(both))


def sorted_once(values: NDArray[Any]) -> NDArray[Any]:
    """The values sorted, each once; numpy's own way by hashing is slow for millions."""
    values = np.sort(values)
    if len(values) < 2:
        return values
    fresh = np.empty(len(values), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return values[fresh]
