"""What an invented firm is called officially, and what that name is made of."""

from bisect import bisect
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from scripts.benches.firm_places import Place, genitive, of_swedish
from scripts.benches.firm_words import (
    BRAND_HEADS,
    BRAND_MIDDLES,
    BRAND_TAILS,
    BRAND_WORDS,
    CLUBS,
    FIRST_FI,
    FIRST_SV,
    LAST_FI,
    LAST_SV,
    NATURE_FI,
    NATURE_SV,
    NUMBERS,
    STREETS,
    TRADES,
)

Chance = Callable[[], float]
_LAST_WEIGHTS = list(accumulate((rank + 12) ** -0.75 for rank in range(len(LAST_FI))))


class Name(NamedTuple):
    """core is the name without its legal form; pairs are its parts in the other language, split
    the compound in it and that compound in two words, root what only the family or brand is."""

    core: str
    form: str
    root: str
    trade: int = -1
    word: str = ""
    first: str = ""
    last: str = ""
    town: str = ""
    pairs: tuple[tuple[str, str], ...] = ()
    number: tuple[str, str] | None = None


class Parts(NamedTuple):
    """What a pattern may use; one set is drawn for every name."""

    place: Place
    swedish: bool
    trade: int
    word: str
    other_word: str
    first: str
    last: str


def pick(r: Chance, items: Sequence[Any]) -> Any:
    return items[int(r() * len(items))]


def surname(r: Chance, swedish: bool) -> str:
    """Some names are common: one Finn in twenty has one of the first four."""
    if swedish:
        return str(pick(r, LAST_SV))
    return LAST_FI[bisect(_LAST_WEIGHTS, r() * _LAST_WEIGHTS[-1])]


def person(r: Chance, swedish: bool) -> tuple[str, str]:
    return pick(r, FIRST_SV if swedish else FIRST_FI), surname(r, swedish)


def invent(r: Chance, place: Place, swedish: bool, owner: tuple[str, str], trade: int = -1) -> Name:
    """An official name in the language; the owner's name may be in it."""
    trade = int(r() * len(TRADES)) if trade < 0 else trade
    fi, sv, _short = TRADES[trade]
    word, other = (sv, fi) if swedish else (fi, sv)
    parts = Parts(
        place, swedish, trade, word.replace("|", ""), other.replace("|", ""), owner[0], owner[1]
    )
    return _PATTERNS[bisect(_PATTERN_WEIGHTS, r() * _PATTERN_WEIGHTS[-1])](r, parts)


def brand(r: Chance) -> str:
    return f"{pick(r, BRAND_HEADS)}{pick(r, BRAND_MIDDLES)}{pick(r, BRAND_TAILS)}"


def company_form(r: Chance, swedish: bool) -> str:
    """Four limited companies in five; a Swedish one may have its form in both languages."""
    chance = r()
    if swedish:
        return "ab" if chance < 0.6 else "oyab" if chance < 0.85 else "kb"
    return "oy" if chance < 0.84 else "ky" if chance < 0.93 else "ay" if chance < 0.95 else "oyab"


def sole_form(r: Chance, swedish: bool) -> str:
    return ("fn" if swedish else "tmi") if r() < 0.7 else company_form(r, swedish)


def _made(p: Parts, core: str, form: str, root: str, **more: Any) -> Name:
    """A name that holds the trade's word, with its parts in both languages."""
    pairs = [*more.pop("pairs", ())]
    if p.word in core:
        more.update(trade=p.trade, word=p.word)
        pairs.append((p.word, p.other_word))
    return Name(core, form, root, pairs=tuple(pairs), **more)


def _town(p: Parts) -> tuple[str, str]:
    """The town in the genitive, in the language of the firm and in the other one."""
    both = genitive(p.place.fi), of_swedish(p.place.sv)
    return (both[1], both[0]) if p.swedish else both


def _family(r: Chance, p: Parts) -> Name:
    own = of_swedish(p.last) if p.swedish else genitive(p.last)
    form = company_form(r, p.swedish)
    if r() < 0.45:
        return _made(p, f"{own} {p.word}", form, p.last, last=p.last, pairs=((own, p.last),))
    core = f"{p.last} {p.word}" if p.swedish else f"{p.word} {p.last}"
    return _made(p, core, form if r() < 0.85 else sole_form(r, p.swedish), p.last, last=p.last)


def _full(r: Chance, p: Parts) -> Name:
    full = f"{p.first} {p.last}"
    return _made(p, f"{p.word} {full}", sole_form(r, p.swedish), full, first=p.first, last=p.last)


def _sole(r: Chance, p: Parts) -> Name:
    full = f"{p.first} {p.last}"
    return Name(full, "fn" if p.swedish else "tmi", full, first=p.first, last=p.last)


def _initial(r: Chance, p: Parts) -> Name:
    core = f"{p.word} {p.first[0]}. {p.last}"
    return _made(p, core, sole_form(r, p.swedish), f"{p.first[0]} {p.last}", last=p.last)


def _partners(r: Chance, p: Parts) -> Name:
    other = surname(r, p.swedish)
    sons = "& Söner" if p.swedish else "& Pojat"
    core = pick(r, (f"{p.last} & {other}", f"{p.word} {p.last} {sons}", f"{p.last} & {other}"))
    return _made(p, core, company_form(r, p.swedish), core)


def _brothers(r: Chance, p: Parts) -> Name:
    brothers = ("Bröderna", "Veljekset") if p.swedish else ("Veljekset", "Bröderna")
    core = f"{p.word} {brothers[0]} {p.last}"
    return _made(p, core, company_form(r, p.swedish), f"{brothers[0]} {p.last}", pairs=(brothers,))


def _of_town(r: Chance, p: Parts) -> Name:
    town, other = _town(p)
    form = company_form(r, p.swedish)
    return _made(p, f"{town} {p.word}", form, town, town=town, pairs=((town, other),))


def _brand(r: Chance, p: Parts) -> Name:
    name = brand(r)
    form = company_form(r, p.swedish)
    if r() < 0.02:
        form = "abp" if p.swedish else "oyj"
    chance = r()
    if chance < 0.45:
        return Name(name, form, name)
    if chance < 0.8:
        return _made(p, f"{name} {p.word}", form, name)
    return Name(f"{name} {pick(r, BRAND_WORDS)}", form, name)


def _nature(r: Chance, p: Parts) -> Name:
    place = pick(r, NATURE_SV if p.swedish else NATURE_FI)
    own = of_swedish(place) if p.swedish else genitive(place)
    return _made(p, f"{own} {p.word}", company_form(r, p.swedish), place, pairs=((own, place),))


def _letters(r: Chance, p: Parts) -> Name:
    one, two = pick(r, "JTMKPAHRSVELN"), pick(r, "JTMKPAHRSVELN")
    letters = pick(r, (f"{one}{two}-", f"{one}&{two} ", f"{one}{two} ", f"{one}.{two}. "))
    core = f"{letters}{p.word} {p.last if r() < 0.3 else ''}".strip()
    return _made(p, core, company_form(r, p.swedish), letters)


def _club(r: Chance, p: Parts) -> Name:
    town, other = _town(p)
    club = pick(r, CLUBS)
    names = club[::-1] if p.swedish else club
    core, form = f"{town} {names[0]}", "rf" if p.swedish else "ry"
    return Name(core, form, core, town=town, pairs=((town, other), names))


def _housing(r: Chance, p: Parts) -> Name:
    town, other = _town(p)
    house = pick(r, NATURE_SV if p.swedish else NATURE_FI)
    return Name(f"{town} {house}", "asoy", house, town=town, pairs=((town, other),))


def _property(r: Chance, p: Parts) -> Name:
    town, other = _town(p)
    streets = pick(r, STREETS)
    street = streets[1] if p.swedish else streets[0]
    core = f"{town} {street} {1 + int(r() * 60)}"
    return Name(core, "koy", core, town=town, pairs=((town, other),))


def _numbered(r: Chance, p: Parts) -> Name:
    number = pick(r, NUMBERS)
    core = f"{p.word} {number[0]}"
    return _made(p, core, company_form(r, p.swedish), core, number=number)


def _cooperative(r: Chance, p: Parts) -> Name:
    town, other = _town(p)
    words = ("Andelshandel", "Osuuskauppa") if p.swedish else ("Osuuskauppa", "Andelshandel")
    if r() < 0.3:
        core, form = f"{town} {words[0]}", ""
        return Name(core, form, core, town=town, pairs=((town, other), words))
    place = pick(r, NATURE_SV if p.swedish else NATURE_FI)
    return _made(p, f"{place} {p.word}", "alag" if p.swedish else "osk", place)


def _foundation(r: Chance, p: Parts) -> Name:
    own = of_swedish(p.last) if p.swedish else genitive(p.last)
    core = f"{p.first} {own}"
    return Name(core, "sr", core, pairs=((own, p.last),))


# The share of each kind of name, of a hundred.
_SHARES = (
    *((_family, 25.0), (_full, 9.0), (_sole, 8.0), (_initial, 5.0), (_partners, 4.0)),
    *((_brothers, 1.5), (_of_town, 6.0), (_brand, 19.0), (_nature, 7.0), (_letters, 5.0)),
    *((_club, 2.5), (_housing, 2.5), (_property, 1.5), (_numbered, 2.0), (_cooperative, 1.5)),
    (_foundation, 0.5),
)
_PATTERNS = [pattern for pattern, _ in _SHARES]
_PATTERN_WEIGHTS = list(accumulate(share for _, share in _SHARES))
