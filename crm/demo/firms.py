"""Invented firms: what they are called, where they are, how big, who works there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from crm import codes
from crm.demo.words import (
    FIRST_FI,
    FIRST_SV,
    LAST_FI,
    LAST_SV,
    PLACES_FI,
    PLACES_SV,
    STREETS_FI,
    STREETS_SV,
    TITLES_FI,
    TITLES_SV,
    TOWN_TRADES,
    TRADES,
)
from crm.domain.access import Language
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus
from crm.domain.names import fold

SWEDISH_TOWN = "287"
FIRST_NUMBER = 9_200_000
WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
TIERS = ((Tier.ANCHOR, 4), (Tier.GROWTH, 10), (Tier.ENGAGED, 36), (Tier.KNOWN, 50))


@dataclass
class Contact:
    name: str
    title: str
    phone: str
    email: str


@dataclass
class Firm:
    """One firm before it is written; towns are those that know it, the home town first."""

    name: str
    business_id: str | None
    towns: list[str]
    industry: str
    language: Language
    status: CompanyStatus
    street: str
    postcode: str
    city: str
    domain: str
    tier: Tier
    staff: list[tuple[int, int]]
    turnover: list[tuple[int, int]]
    contacts: list[Contact]
    registered_on: date
    former: str | None = None
    auxiliary: str | None = None
    extra: dict[str, Any] = field(default_factory=dict)


def business_ids() -> Iterator[str]:
    """Valid Y-tunnus numbers that nobody has been given, from 9200000 up."""
    number = FIRST_NUMBER
    while True:
        digits = [int(digit) for digit in f"{number:07}"]
        rest = sum(d * w for d, w in zip(digits, WEIGHTS, strict=True)) % 11
        if rest != 1:
            yield f"{number:07}-{0 if rest == 0 else 11 - rest}"
        number += 1


def firms(n: int, numbers: Iterator[str], random: Random, today: date) -> Iterator[Firm]:
    """n firms, spread over the ten towns; no two have the same name. numbers are for them."""
    postcodes = _postcodes()
    towns = list(TOWN_TRADES)
    taken: set[str] = set()
    for index in range(n):
        town = towns[index % len(towns)]
        trade = random.choice(TOWN_TRADES[town] + TOWN_TRADES[town][:2])
        swedish = town == SWEDISH_TOWN and random.random() < 0.75
        name = _name(random, trade, swedish, taken)
        number = None if name.endswith("Tmi") and random.random() < 0.7 else next(numbers)
        yield _firm(name, number, town, trade, swedish, postcodes[town], random, today)


def _postcodes() -> dict[str, list[codes.PostalCode]]:
    """The ordinary postal codes of each town."""
    found: dict[str, list[codes.PostalCode]] = {code: [] for code in TOWN_TRADES}
    for row in codes.postal_codes().values():
        if row.municipality_code in found and row.code.endswith("0"):
            found[row.municipality_code].append(row)
    return found


def _name(random: Random, trade: str, swedish: bool, taken: set[str]) -> str:
    while True:
        name = _swedish_name(random, trade) if swedish else _finnish_name(random, trade)
        for attempt in range(40):
            full = name if attempt < 6 else f"{name} {attempt}"
            if full not in taken:
                taken.add(full)
                return full
            name = _swedish_name(random, trade) if swedish else _finnish_name(random, trade)
        name = f"{name} {len(taken)}"
        taken.add(name)
        return name


def _finnish_name(random: Random, trade: str) -> str:
    word = random.choice(TRADES[trade][1])
    place, genitive = random.choice(PLACES_FI)
    last = random.choice(LAST_FI)
    return random.choice(
        (
            f"{genitive} {word} Oy",
            f"{genitive} {word} Oy",
            f"{word} {last} Oy",
            f"{last} & {random.choice(LAST_FI)} Oy",
            f"{place}-{word} Oy",
            f"{word} {place} Oy",
            f"{word} {last} Ky",
            f"{random.choice(FIRST_FI)} {last} Tmi",
            f"{place} Group Oy",
            f"{genitive} {word}osuuskunta",
            f"Oy {place} {word} Ab",
        )
    )


def _swedish_name(random: Random, trade: str) -> str:
    word = random.choice(TRADES[trade][2])
    place = random.choice(PLACES_SV)
    last = random.choice(LAST_SV)
    return random.choice(
        (
            f"{place} {word} Ab",
            f"{place} {word} Ab",
            f"{last} {word} Ab",
            f"{word} {last} Kb",
            f"Ab {place} Oy",
            f"{random.choice(FIRST_SV)} {last} Fn",
        )
    )


def _firm(
    name: str,
    number: str | None,
    town: str,
    trade: str,
    swedish: bool,
    postcodes: list[codes.PostalCode],
    random: Random,
    today: date,
) -> Firm:
    place = random.choice(postcodes)
    industry, _fi, _sv, most = TRADES[trade]
    one_person = number is None or name.endswith(("Tmi", "Fn"))
    tier = random.choices([t for t, _ in TIERS], [w for _, w in TIERS])[0]
    size = 1 if one_person else max(2, int(most * random.random() ** 2))
    domain = f"{fold(name).replace(' ', '-')[:40]}.example"
    return Firm(
        name=name,
        business_id=number,
        towns=[town, *_other_towns(town, random)],
        industry=industry,
        language=Language.SV if swedish else Language.FI,
        status=_status(random),
        street=f"{random.choice(STREETS_SV if swedish else STREETS_FI)} {random.randint(1, 88)}",
        postcode=place.code,
        city=(place.city_sv if swedish else place.city_fi).title(),
        domain=domain,
        tier=Tier.KNOWN if one_person else tier,
        staff=_years(size, random, today),
        turnover=_years(size * random.randint(90, 260) * 1000, random, today),
        contacts=[
            _contact(random, swedish, domain, n) for n in range(random.choice((1, 1, 2, 2, 3)))
        ],
        registered_on=today - timedelta(days=random.randint(400, 15_000)),
        former=_former(name, random),
        auxiliary=f"{name.split()[0]} Shop" if random.random() < 0.04 else None,
    )


def _other_towns(town: str, random: Random) -> list[str]:
    others = [code for code in TOWN_TRADES if code != town]
    chance = random.random()
    return (
        random.sample(others, 2)
        if chance < 0.02
        else random.sample(others, 1)
        if chance < 0.09
        else []
    )


def _status(random: Random) -> CompanyStatus:
    chance = random.random()
    if chance < 0.025:
        return CompanyStatus.CEASED
    return CompanyStatus.BANKRUPT if chance < 0.035 else CompanyStatus.ACTIVE


def _years(now: int, random: Random, today: date) -> list[tuple[int, int]]:
    """(year, value) of the last two to four years, the newest last."""
    value, rows = float(now), []
    for back in range(1, random.randint(3, 5)):
        rows.append((today.year - back, max(1, round(value))))
        value /= random.uniform(0.9, 1.28)
    return rows[::-1]


def _contact(random: Random, swedish: bool, domain: str, place: int) -> Contact:
    first = random.choice(FIRST_SV if swedish else FIRST_FI)
    last = random.choice(LAST_SV if swedish else LAST_FI)
    titles = TITLES_SV if swedish else TITLES_FI
    title = titles[0] if place == 0 else random.choice(titles[1:])
    email = f"{fold(first)}.{fold(last)}@{domain}".replace(" ", "-")
    return Contact(f"{first} {last}", title, f"+35840000{random.randint(0, 9999):04}", email)


def _former(name: str, random: Random) -> str | None:
    if random.random() > 0.05:
        return None
    return name.replace(" Oy", " Ky") if " Oy" in name else f"{name} Oy"
