"""Firms that two towns know without knowing it: written differently, or alike and yet another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from crm.demo.firms import Firm
from crm.demo.words import TOWN_TRADES
from crm.domain.cadence import Tier
from crm.domain.names import fold

SISTERS = ("Holding", "Kiinteistöt")


def twins(known: Sequence[Firm], n: int, numbers: Iterator[str], random: Random) -> Iterator[Firm]:
    """n rows more of known firms, each in another town. Every fourth is a sister firm with a
    number of its own at the same address: not the same."""
    firms = [firm for firm in known if firm.business_id and len(firm.towns) == 1]
    for index, firm in enumerate(random.sample(firms, min(n, len(firms)))):
        town = random.choice([code for code in TOWN_TRADES if code not in firm.towns])
        if index % 4 == 3:
            yield _sister(firm, next(numbers), random)
        else:
            yield _written_elsewhere(firm, town, random)


def _written_elsewhere(firm: Firm, town: str, random: Random) -> Firm:
    """As another town's list has it: without the Y-tunnus, the name as somebody heard it."""
    return replace(
        firm,
        name=_other_spelling(firm.name, random),
        business_id=None,
        towns=[town],
        tier=Tier.KNOWN,
        staff=[],
        turnover=[],
        contacts=firm.contacts[:1],
        street=firm.street if random.random() < 0.6 else "",
        former=None,
        auxiliary=None,
    )


def _other_spelling(name: str, random: Random) -> str:
    bare = " ".join(word for word in name.split() if word not in {"Oy", "Ab", "Ky", "Tmi", "Kb"})
    ways = (
        bare,
        f"Oy {bare}",
        name.upper(),
        f"{bare} OY",
        fold(name).title().replace(" Oy", " oy"),
    )
    return random.choice([way for way in ways if way != name])


def _sister(firm: Firm, number: str, random: Random) -> Firm:
    name = f"{firm.name.rsplit(' ', 1)[0]} {random.choice(SISTERS)} Oy"
    return replace(
        firm,
        name=name,
        business_id=number,
        tier=Tier.KNOWN,
        staff=[],
        turnover=[],
        contacts=firm.contacts[:1],
        former=None,
        auxiliary=None,
    )
