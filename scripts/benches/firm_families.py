"""Groups of near-collisions: firms that look alike and are not one."""

from bisect import bisect
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate

from crm.domain.names import fold
from scripts.benches.firm_making import Firm, Maker
from scripts.benches.firm_names import Name, brand, company_form, person, pick
from scripts.benches.firm_places import choose, genitive
from scripts.benches.firm_words import NATURE_FI, TRADES


def _sister(maker: Maker, firm: Firm, name: Name, **more: object) -> Firm:
    """A firm of the same house: address, often phone and site, and no other names."""
    r = maker.r
    return replace(
        firm,
        **{
            **{"name": name, "business_id": maker.number(), "others": (), "shared": True},
            "phone": firm.phone if r() < 0.7 else maker.phone(firm.place),
            "domain": firm.domain if r() < 0.7 else "",
            **more,
        },
    )


def _house(word_lists: tuple[tuple[str, ...], ...]) -> Callable[[Maker], list[Firm]]:
    """A parent and a sister whose name says in one more word what she is."""

    def make(maker: Maker) -> list[Firm]:
        r = maker.r
        parent = maker.firm()
        while parent.name.form not in ("oy", "ab", "oyab", "ky") or not parent.business_id:
            parent = maker.firm()
        words = [word for word in word_lists[parent.swedish] if word not in parent.name.core]
        word = pick(r, words or word_lists[parent.swedish])
        core, form = f"{parent.name.core} {word}", "ab" if parent.swedish else "oy"
        if word in ("koy", "fab"):
            core, form = parent.name.core, word
        parent.shared = True
        name = parent.name._replace(core=core, form=form)
        return [parent, _sister(maker, parent, name, kept=word)]

    return make


def _site(maker: Maker) -> list[Firm]:
    """A parent and its company in another town, with another business id."""
    r = maker.r
    parent = _house((("x",), ("x",)))(maker)[0]
    there = choose(r)
    while there.code == parent.place.code:
        there = choose(r)
    town = there.sv if parent.swedish else there.fi
    name = parent.name._replace(
        core=f"{parent.name.core} {town}", form="ab" if parent.swedish else "oy"
    )
    site = maker.firm(place=there, owner=parent.owner, name=name)
    parent.placed = True
    return [
        parent,
        replace(
            site,
            swedish=parent.swedish,
            kept=town,
            placed=True,
            others=(),
            domain=parent.domain,
            business_id=site.business_id or maker.number(),
        ),
    ]


def _two_firms(maker: Maker) -> list[Firm]:
    """The same person's two firms: one address and phone; sometimes even one name, two forms."""
    r = maker.r
    one = maker.firm()
    one.shared = True
    one.business_id = one.business_id or maker.number()
    if r() < 0.2:
        full = " ".join(one.owner)
        base = Name(full, "tmi", full, first=one.owner[0], last=one.owner[1])
        one = replace(one, name=base, others=(), form_tells=True, strict=True)
        form = "ab" if one.swedish else "oy"
        return [one, _sister(maker, one, base._replace(form=form), phone=one.phone)]
    other, taken = maker.new_name(one.place, one.swedish, one.owner, -1)
    while taken or other.trade == one.trade or other.form in ("ry", "rf"):
        other, taken = maker.new_name(one.place, one.swedish, one.owner, -1)
    trade = other.trade if other.trade >= 0 else one.trade
    return [one, _sister(maker, one, other, phone=one.phone, trade=trade, domain="")]


def _same_building(maker: Maker) -> list[Firm]:
    place = choose(maker.r)
    firms = [maker.firm(place=place) for _ in range(3 + int(maker.r() * 4))]
    first = firms[0]
    for firm in firms:
        firm.street, firm.house, firm.home = first.street, first.house, first.home
    return firms


def _same_name(maker: Maker) -> list[Firm]:
    """Two firms of other people in two towns with one name."""
    one = maker.firm()
    while one.name.town or one.name.form in ("asoy", "koy", "oyj", "abp"):
        one = maker.firm()
    there = choose(maker.r)
    while there.code == one.place.code:
        there = choose(maker.r)
    two = maker.firm(place=there, name=one.name, owner=one.owner)
    two.swedish = one.swedish
    return [replace(firm, placed=True, others=()) for firm in (one, two)]


def _chain(maker: Maker) -> list[Firm]:
    """Branches of a chain, each an entrepreneur's own firm; they share the chain's site."""
    r = maker.r
    name, site, trade = brand(r), f"{brand(r).casefold()}.fi", int(r() * len(TRADES))
    word = TRADES[trade][0].replace("|", "")
    told = r() < 0.5
    branches: list[Firm] = []
    taken: set[str] = set()
    for _ in range(3 + int(r() * 7)):
        place = choose(r)
        if place.code in taken:
            continue
        taken.add(place.code)
        core = f"{name} {word} {place.fi}" if told else f"{name} {word}"
        made = Name(core, company_form(r, False), name, trade, word)
        firm = maker.firm(place=place, name=made)
        path = f"/{fold(place.fi)}"
        branches.append(
            replace(
                firm,
                swedish=False,
                domain=site,
                path=path,
                placed=True,
                strict=not told,
                kept=place.fi if told else word,
                others=(),
            )
        )
    return branches


def _family_trade(maker: Maker) -> list[Firm]:
    """Two or three firms of one trade and one family name in one town."""
    r = maker.r
    place, trade = choose(r), int(r() * len(TRADES))
    swedish = r() < place.swedish
    word = TRADES[trade][1 if swedish else 0].replace("|", "")
    last = person(r, swedish)[1]
    shapes = (
        "{word} {last}",
        "{word} {first} {last}",
        "{own} {word}",
        "{word} {i}. {last}",
        "{word} {i} & {j} {last}",
        "{last} {word}",
    )
    begin = int(r() * len(shapes))
    firms = []
    for turn in range(2 + (r() < 0.4)):
        first = person(r, swedish)[0]
        shape = shapes[(begin + turn * 2 + 1) % len(shapes)]
        own = f"{last}s" if swedish else genitive(last)
        letters = {"i": first[0], "j": pick(r, "JTMKPAHRS")}
        core = shape.format(word=word, last=last, first=first, own=own, **letters)
        form = company_form(r, swedish) if r() < 0.6 else "fn" if swedish else "tmi"
        name = Name(core, form, last, trade, word, first if first in core else "", last)
        firm = maker.firm(place=place, owner=(first, last), name=name)
        firm.business_id = firm.business_id or maker.number()
        firms.append(replace(firm, swedish=swedish, strict=True, others=()))
    return firms


def _near_number(maker: Maker) -> list[Firm]:
    """Two firms of one town whose numbers differ by one; the first one's is often mistyped so."""
    place = choose(maker.r)
    one, two = maker.firm(place=place), maker.firm(place=place)
    one.business_id, two.business_id = maker.neighbours()
    one.near = two.business_id
    return [one, two]


_HOUSES = ("", "", "npiha", "npuisto", "ntupa", "nrinne", "nkaari", "nportti", "ntähti", "nhelmi")


def _numbered(maker: Maker) -> list[Firm]:
    """Companies of one owner that only a number tells apart, at one address."""
    r = maker.r
    first = maker.firm()
    form = pick(r, ("asoy", "koy", "oy", "oy"))
    stem = brand(r) if form == "oy" else f"{pick(r, NATURE_FI)}{pick(r, _HOUSES)}"
    core = {"oy": f"{stem} Tuulipuisto", "asoy": f"{genitive(first.place.fi)} {stem}"}.get(
        form, stem
    )
    return [
        _sister(
            maker,
            first,
            Name(f"{core} {number}", form, stem),
            kept=str(number),
            phone=first.phone,
            swedish=False,
            domain="",
        )
        for number in range(1, 3 + int(r() * 2))
    ]


_HOLDING = (("Holding", "Invest", "Holding", "Group"), ("Holding", "Invest", "Group"))
_PROPERTY = (("koy", "Kiinteistöt"), ("fab", "Fastigheter"))
_SERVICES = (("Palvelut", "Kauppa", "Tuotanto", "Huolto"), ("Service", "Produktion", "Handel"))
# Groups in a hundred tries; the rest are firms that stand alone.
FAMILIES: dict[str, tuple[float, Callable[[Maker], list[Firm]]]] = {
    "holding": (1.3, _house(_HOLDING)),
    "property": (1.3, _house(_PROPERTY)),
    "services": (1.3, _house(_SERVICES)),
    "site": (1.2, _site),
    "two_firms": (2.2, _two_firms),
    "same_building": (1.2, _same_building),
    "same_name": (1.8, _same_name),
    "chain": (0.6, _chain),
    "family_trade": (1.8, _family_trade),
    "near_number": (0.7, _near_number),
    "numbered": (0.8, _numbered),
}
_CUMULATED = list(accumulate(share for share, _ in FAMILIES.values()))
_KINDS = list(FAMILIES)


def some_firms(maker: Maker) -> list[Firm]:
    """The next firm that stands alone, or the next group of firms that look alike."""
    chance = maker.r() * 100
    if chance >= _CUMULATED[-1]:
        return [maker.firm()]
    kind = _KINDS[bisect(_CUMULATED, chance)]
    firms = FAMILIES[kind][1](maker)
    maker.group += 1
    for firm in firms:
        firm.family, firm.group = kind, maker.group
    return firms
