"""What a line in the search box asks for, and how like a known name is to it.

Pure: the databases only say which texts contain which pieces, so both give the same order.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations, pairwise

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import partial_ratio, ratio

from crm.domain.names import fold

LONGEST_QUERY = 100
LONGEST_WORD = 30  # what comes after tells no two firms apart, and an index looks all of it up
SHORTEST_NAME = 3
BUSINESS_ID_DIGITS = 8
MOST_WORDS = 6
MOST_MARKS = 8
LEGAL_FORMS = frozenset(
    "oy ab oyj abp ky kb ay tmi toiminimi osk osuuskunta ry rf rs sr ltd inc gmbh as".split()
)
ENOUGH = 5
LIKE_ENOUGH = 62
ALIKE_NAMES = 84
ALIKE_WORDS = 75
_NUMBER = re.compile(r"[\d\s()+./-]+")

# All pieces of a way, one of the ways to write a word, all words of a reading, one of the readings.
Pieces = tuple[str, ...]
Ways = tuple[Pieces, ...]
Reading = tuple[Ways, ...]
Readings = tuple[Reading, ...]


class MatchedBy(StrEnum):
    """What of a company or a person the searched text was found in."""

    NAME = "name"
    OTHER_NAME = "other_name"
    BUSINESS_ID = "business_id"
    PHONE = "phone"
    EMAIL = "email"
    PERSON = "person"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Query:
    """words are folded; digits, when there are any, are the spellings of one number."""

    words: tuple[str, ...] = ()
    digits: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words or self.digits)


@dataclass(frozen=True)
class Candidate:
    """A row whose search text may be what is searched. own: known in the actor's towns."""

    kind: str
    id: int
    search_text: str
    ceased: bool
    own: bool


@dataclass(frozen=True)
class Ranked:
    """likeness 0-100; part is the piece of the search text that is most like the query."""

    candidate: Candidate
    likeness: int
    matched_by: MatchedBy
    part: str
    closeness: float


def read(text: str) -> Query:
    """Understand one line: a number in any spelling, else words. Legal forms alone ask nothing."""
    text = text[:LONGEST_QUERY].strip()
    digits = re.sub(r"\D", "", text)
    if len(digits) >= 3 and _NUMBER.fullmatch(text):
        return Query(digits=tuple(dict.fromkeys(_spellings(text, digits))))
    return Query(words=words_of(text))


def words_of(text: str) -> tuple[str, ...]:
    """The folded words that tell firms apart, each once."""
    words = fold(text[:LONGEST_QUERY]).split()
    telling = (word[:LONGEST_WORD] for word in words if word not in LEGAL_FORMS)
    return tuple(dict.fromkeys(telling))[:MOST_WORDS]


def _spellings(text: str, digits: str) -> Iterator[str]:
    """1234567-8 also without its hyphen; 00358 40, +358 (0)40 and 040 are one phone."""
    if re.fullmatch(r"\d+-\d?", text):
        yield text.rstrip("-")
    local = re.sub(r"^(00)?3580?", "", digits) if re.match(r"(\+|00)\s*358", text) else ""
    yield "0" + local if local else digits
    yield digits


def as_written(query: Query) -> Readings:
    """Every word is there: of one letter as a word, of two or three as the beginning of one."""
    if query.digits:
        return ((tuple((form,) for form in query.digits),),)
    return (tuple((_beginning(word),) for word in query.words),)


def _beginning(word: str) -> Pieces:
    return (f" {word} " if len(word) == 1 else f" {word}" if len(word) < 4 else word,)


def as_misspelt(query: Query) -> list[Readings]:
    """What to ask next, and next: every word is there though mistyped, or all but one as written.

    Of two words one alone is in very many names: it is asked for by itself and last. Of five or
    more, four are enough to find what is meant. Words of one or two letters do not count beside
    longer ones.
    """
    words = [word for word in query.words if len(word) > 2] or list(query.words)
    mistyped: Readings = (tuple(misspellings(word) for word in words),)
    but_one: Readings = tuple(
        tuple((_beginning(word),) for word in words if word != left_out) for left_out in words
    )
    if len(words) < 3:
        return [mistyped, but_one][: len(words)]
    return [but_one if len(words) > 4 else but_one + mistyped]


def misspellings(word: str) -> Ways:
    """Ways in which word may stand in a text though mistyped: all pieces of one way are there.

    A piece that begins with a blank begins a word. One slip in a word, two in one of twelve
    letters; each way has a piece of three characters at least, which an index can look up.
    """
    if len(word) < 4:
        return ((word,) if len(word) == 3 else _beginning(word),)
    if len(word) < 8:
        return tuple(dict.fromkeys([(word,), *_swapped(word), *_around_a_slip(word)]))
    return tuple(dict.fromkeys([*_parts_but_broken(word), *_swapped_at_cuts(word)]))


def _swap(word: str, at: int) -> Pieces:
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :],)


def _swapped(word: str) -> Iterator[Pieces]:
    return (_swap(word, at) for at in range(len(word) - 1))


def _around_a_slip(word: str) -> Iterator[Pieces]:
    """What is left and right of a wrong, missing or extra letter in a word of four to seven."""
    if len(word) == 4:
        yield (" " + word[:2], word[2:])
        yield (" " + word[:3],)
        return
    yield (word[2:] if len(word) > 5 else word[1:],)
    yield (" " + word[:2], word[3:])
    yield (" " + word[:3], *([word[4:]] if len(word) > 5 else []))
    yield (word[:4],)


def _cuts(word: str) -> list[int]:
    parts = 4 if len(word) >= 12 else 3
    return [len(word) * at // parts for at in range(parts + 1)]


def _parts_but_broken(word: str) -> Iterator[Pieces]:
    """Two whole parts of three (one slip), or of four (two slips) but for the last two, which are
    the ending of too many names."""
    pieces = [word[start:end] for start, end in pairwise(_cuts(word))]
    if len(pieces[0]) < 3:
        pieces[0] = " " + pieces[0]
    return (pair for pair in combinations(pieces, 2) if len(pieces) == 3 or pair[0] != pieces[2])


def _swapped_at_cuts(word: str) -> Iterator[Pieces]:
    return (_swap(word, at - 1) for at in _cuts(word)[1:-1])


def marks(words: Sequence[str]) -> tuple[str, ...]:
    """Trigrams to count when more texts have the pieces than can be compared one by one."""
    found = [
        word[at : at + 3]
        for word in words
        if len(word) >= 3
        for at in [*range(0, len(word) - 3, 2 if len(word) < 9 else 3), len(word) - 3]
    ]
    return tuple(dict.fromkeys(found))[:MOST_MARKS]


def rank(query: Query, candidates: Sequence[Candidate]) -> list[Ranked]:
    """Those like enough, the likest first; the same whatever order they came in.

    On equal likeness active firms come before ceased ones, then firms of own towns, then the
    name closest as a whole.
    """
    ranked = (_best_part(query, candidate) for candidate in candidates)
    return in_order(row for row in ranked if row.likeness >= LIKE_ENOUGH)


def in_order(ranked: Iterable[Ranked]) -> list[Ranked]:
    return sorted(ranked, key=_order)


def settled(query: Query, ranked: Sequence[Ranked]) -> bool:
    """Nobody needs to look for slips of the pen: the whole name or all of several words are
    there as written, or one word many times."""
    if not ranked:
        return False
    return len(query.words) > 1 or ranked[0].likeness == 100 or len(ranked) >= ENOUGH


def _order(row: Ranked) -> tuple[int, bool, bool, float, str, str, int]:
    of = row.candidate
    return (-row.likeness, of.ceased, not of.own, -row.closeness, row.part, of.kind, of.id)


def _best_part(query: Query, candidate: Candidate) -> Ranked:
    parts = candidate.search_text.strip().split(" | ")
    scored = [_likeness(query, part, at) for at, part in enumerate(parts)]
    likeness, closeness = best = max(scored)
    at = scored.index(best)
    return Ranked(candidate, likeness, _field(candidate.kind, at, parts[at]), parts[at], closeness)


def _field(kind: str, at: int, part: str) -> MatchedBy:
    if "@" in part:
        return MatchedBy.EMAIL
    if at and part.startswith(("+", "0")) and part.strip("+").isdigit() and len(part) > 8:
        return MatchedBy.PHONE
    if at and re.fullmatch(r"\d{7}-?\d", part):
        return MatchedBy.BUSINESS_ID
    if at and part.strip("+").isdigit():
        return MatchedBy.PHONE
    return MatchedBy.OTHER_NAME if at else MatchedBy.NAME


def _likeness(query: Query, part: str, at: int) -> tuple[int, float]:
    if query.digits:
        return _number_likeness(query.digits, part)
    if at and part.lstrip("+").replace("-", "").isdigit():
        return 0, 0.0
    name = fold(part) if "@" in part else part
    likeness, closeness = _name_likeness(query.words, name)
    return max(0, likeness - (8 if "@" in part else 2 if at else 0)), closeness


def _number_likeness(digits: Sequence[str], part: str) -> tuple[int, float]:
    plain = part.lstrip("+")
    if not any(form in plain for form in digits):
        return 0, 0.0
    closeness = max(ratio(form, plain) for form in digits)
    if plain in digits:
        return 100, closeness
    return (95 if plain.startswith(tuple(digits)) else 85), closeness


def core(name: str) -> str:
    """A folded name without its legal forms, unless it is nothing else."""
    return " ".join(word for word in name.split() if word not in LEGAL_FORMS) or name


def _name_likeness(words: Sequence[str], name: str) -> tuple[int, float]:
    """100: the whole name; 95: it begins with the words as typed; less for each slip."""
    asked, known = " ".join(words), core(name)
    closeness = ratio(asked, known)
    if asked == known:
        return 100, closeness
    theirs = name.split()
    weight = sum(map(len, words))
    points = sum(_word_likeness(word, theirs) * len(word) for word in words) / weight
    if len(asked) >= 6:
        points = max(points, _run_together(asked, known))
    bonus = 3 if known.startswith(asked) else 0
    return min(99, round(points * 0.96) + bonus), closeness


def _word_likeness(word: str, theirs: Sequence[str]) -> float:
    return max(_pair_likeness(word, their) for their in theirs)


@lru_cache(maxsize=100_000)
def _pair_likeness(word: str, their: str) -> float:
    """100 the same word, 97 its beginning, 92 within it; mistyped, by the share of right letters,
    less when only a part of their word is meant."""
    if word == their:
        return 100.0
    if their.startswith(word):
        return 97.0
    if len(word) < 3:
        return 0.0
    if word in their:
        return 92.0
    whole = OSA.normalized_similarity(word, their) * 100
    start = OSA.normalized_similarity(word, their[: len(word)]) * 96
    longer = len(their) > len(word) > 4
    return max(whole, start, partial_ratio(word, their) * 0.92 if longer else 0)


def _run_together(asked: str, known: str) -> float:
    """Kone Paja and Konepaja: blanks are where people disagree."""
    ours, theirs = asked.replace(" ", ""), known.replace(" ", "")
    if ours == theirs:
        return 97.0
    return 90.0 if ours in theirs else ratio(ours, theirs) * 0.9


def likest_name(name: str, row: Ranked) -> Ranked | None:
    """row by the one of its names that may be this firm's; None when none may."""
    names = row.candidate.search_text.strip().split(" | ")
    likeness, at = max((same_firm(name, known), -at) for at, known in enumerate(names))
    if not likeness:
        return None
    field = MatchedBy.OTHER_NAME if at else MatchedBy.NAME
    return replace(row, likeness=likeness, part=names[-at], matched_by=field)


def same_firm(name: str, other: str) -> int:
    """How likely two folded names are of one firm, 0-100; 0 when a telling word has no partner.

    Legal forms do not count, nor blanks, nor the order of words.
    """
    ours, theirs = core(name), core(other)
    if ours == theirs:
        return 100
    if ours.replace(" ", "") == theirs.replace(" ", ""):
        return 98
    sorted_ours, sorted_theirs = sorted(ours.split()), sorted(theirs.split())
    if not _partnered(sorted_ours, sorted_theirs):
        return 0
    points = max(ratio(ours, theirs), ratio(" ".join(sorted_ours), " ".join(sorted_theirs)))
    return round(points) if points >= ALIKE_NAMES else 0


def _partnered(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(ours) != len(theirs):
        return False
    return all(
        max(OSA.normalized_similarity(word, other) for other in others) * 100 >= ALIKE_WORDS
        for words, others in ((ours, theirs), (theirs, ours))
        for word in words
    )
