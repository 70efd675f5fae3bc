"""Where invented firms are: municipalities with their postal codes, streets and area codes."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from crm import codes

NETWORK_WEIGHT = 15.0  # about one firm in six is in the ten towns
MOST_WEIGHT = 6.0
# By the first two digits of the postal code, the area's last: 17 is of Iisalmi, 15 of Savonlinna.
AREAS = (
    *(("05", "09"), ("09", "019"), ("19", "03"), ("29", "02"), ("39", "03"), ("44", "014")),
    *(("49", "05"), ("52", "015"), ("56", "05"), ("58", "015"), ("69", "06"), ("79", "017")),
    *(("83", "013"), ("93", "08"), ("99", "016")),
)
_STEMS = (
    *(("joki", "joen"), ("lahti", "lahden"), ("koski", "kosken"), ("järvi", "järven")),
    *(("niemi", "niemen"), ("salmi", "salmen"), ("saari", "saaren"), ("vesi", "veden")),
    *(("mäki", "mäen"), ("kaupunki", "kaupungin"), ("nen", "sen"), ("ranta", "rannan")),
    *(("lampi", "lammen"), ("kangas", "kankaan"), ("vuori", "vuoren"), ("lehto", "lehdon")),
    *(("pelto", "pellon"), ("aalto", "aallon"), ("kunta", "kunnan"), ("nurmi", "nurmen")),
    *(("rinne", "rinteen"), ("laine", "laineen"), ("virrat", "virtain"), ("luoto", "luodon")),
    *(("räty", "rädyn"), ("alavus", "alavuden"), ("us", "uksen"), ("is", "iksen")),
    *(
        ("kki", "kin"),
        ("kko", "kon"),
        ("ppi", "pin"),
        ("tti", "tin"),
        ("ttä", "tän"),
        ("tta", "tan"),
    ),
    *(
        ("nki", "ngin"),
        ("kumpu", "kummun"),
        ("nko", "ngon"),
        ("lta", "llan"),
        ("nta", "nnan"),
        ("ntä", "nnän"),
    ),
)


class Place(NamedTuple):
    """A municipality. swedish is the share of its firms with a Swedish name; its postal codes are
    (code, locality in Finnish, in Swedish)."""

    code: str
    fi: str
    sv: str
    swedish: float
    codes: tuple[tuple[str, str, str], ...]
    area: str


@cache
def genitive(name: str) -> str:
    """The Finnish genitive, right for the endings that occur: Kauhajoki, Kauhajoen."""
    for ending, changed in _STEMS:
        if name.casefold().endswith(ending):
            head = name[: -len(ending)]
            return head + (changed if head else changed.title())
    return f"{name}n" if name[-1] in "aeiouyäöå" else f"{name}in"


@cache
def of_swedish(name: str) -> str:
    """The Swedish genitive: Kristinestad, Kristinestads."""
    return name if name[-1] in "sxz" else f"{name}s"


@cache
def places() -> tuple[Place, ...]:
    """Every municipality with ordinary postal codes, the ten towns of the network first."""
    ordinary = defaultdict(list)
    for row in codes.postal_codes().values():
        if row.code.endswith("0"):
            city = (row.code, row.city_fi.title(), (row.city_sv or row.city_fi).title())
            ordinary[row.municipality_code].append(city)
    first = [town.code for town in codes.network_towns()]
    rest = [code for code in codes.municipalities() if code not in first]
    return tuple(_place(code, tuple(ordinary[code])) for code in first + rest if ordinary[code])


def _place(code: str, ordinary: tuple[tuple[str, str, str], ...]) -> Place:
    town = codes.municipality(code)
    assert town is not None
    area = next(area for last, area in AREAS if ordinary[0][0][:2] <= last)
    two_names = ordinary[0][1] != ordinary[0][2]
    swedish = 0.75 if town.swedish_majority else 0.12 if two_names else 0.01
    return Place(code, town.name_fi, town.name_sv, swedish, ordinary, area)


@cache
def _weights() -> list[float]:
    sizes = (
        NETWORK_WEIGHT
        if index < len(codes.network_towns())
        else min(MOST_WEIGHT, len(p.codes) ** 0.5)
        for index, p in enumerate(places())
    )
    return list(accumulate(sizes))


def choose(r: Callable[[], float]) -> Place:
    """A place by its weight; r gives a number from 0 to 1."""
    weights = _weights()
    return places()[bisect(weights, r() * weights[-1])]
