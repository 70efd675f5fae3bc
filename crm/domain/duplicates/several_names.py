"""Names that stand beside a name in one cell: former, auxiliary, parallel ones and acronyms.

"Uusihavu Oy (ent. Vanhahonka Oy)" is two names of one firm, "Havukka / Kahvila Ruusunmarja" too.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from crm.domain.duplicates.towns import TOWN_FORMS
from crm.domain.duplicates.words import LEGAL_FORMS
from crm.domain.names import fold

MOST_NAMES = 8
LONGEST = 400
# What says that another name follows. Source: own reading of firm lists in three languages.
_SAYS = (
    *("ent.", "entinen", "f.d.", "tidigare", "fka", "f.k.a.", "formerly", "aik.", "aiemmin"),
    *("aputoiminimi", "aputmi", "apt.", "apunimi", "bifirma", "rinnakkaistoiminimi", "rinn."),
    *("parallellfirma", "dba", "d/b/a", "t/a", "aka", "a.k.a."),
)
_OTHER = re.compile(
    r"[\s,;/(:-]+(?:" + "|".join(re.escape(word) for word in _SAYS) + r")[\s:]+([^()]{3,100})", re.I
)
_NEEDLES = tuple(f" {word}" for word in _SAYS)
_BRACKETS = re.compile(r"\(([^()]{2,80})\)")
_DOTS = re.compile(r"[.,/]")
_BETWEEN = re.compile(r" +[-–—/|] +| */ +| +/ *")


def more_names(names: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Position and text of every name that stands beside the names."""
    told = _told(names)
    for at, name in enumerate(names):
        if at in told or "(" in name or "/" in name or " - " in name or "–" in name:
            for text in _beside(name[:LONGEST]):
                yield at, text


def _told(names: Sequence[str]) -> set[int]:
    """Positions of the names with a word that says that another follows, by looking through all
    texts as one."""
    # Of all capital letters only İ changes its length when it becomes small.
    whole = "\n".join(names).replace("İ", "I").lower().replace("(", " ")
    ends = list(accumulate(len(name) + 1 for name in names))
    found = set()
    for needle in _NEEDLES:
        at = whole.find(needle)
        while at >= 0:
            found.add(bisect_right(ends, at))
            at = whole.find(needle, at + 1)
    return found


def _beside(name: str) -> Iterator[str]:
    other = _OTHER.search(name)
    if other:
        yield (name[: other.start()] + name[other.end() :]).strip(" ()")
        yield other[1].strip(" ,;")
        return
    brackets = _BRACKETS.search(name)
    inner = brackets[1].strip() if brackets else ""
    if brackets and ((_is_acronym(inner) and not name.isupper()) or _is_firm(inner)):
        # An acronym or a firm is a name of its own; "(Asia)" tells two firms apart and stays.
        yield (name[: brackets.start()] + " " + name[brackets.end() :]).strip()
        yield inner
        return
    parts = [part.strip() for part in _BETWEEN.split(name)]
    if len(parts) == 2 and all(map(_is_name, parts)):
        acronyms = sum(map(_is_acronym, parts))
        if (acronyms == 1 and not name.isupper()) or ("/" in name and any(map(_has_form, parts))):
            yield from parts


def _is_firm(text: str) -> bool:
    """Words and a legal form."""
    return " " in text and _has_form(text)


def _is_acronym(text: str) -> bool:
    """EVK, LatHort, IfZ: one word of at least three letters, two of them capital."""
    capital = sum(map(str.isupper, text))
    return len(text) > 2 and " " not in text and capital >= 2


def _has_form(text: str) -> bool:
    return any(word in LEGAL_FORMS for word in _DOTS.sub("", fold(text)).split())


def _is_name(text: str) -> bool:
    """Not a town, a number or a letter."""
    folded = fold(text).replace(" ", "")
    return len(folded) > 2 and folded not in TOWN_FORMS and not folded.isdigit()
