"""Invented contacts, and the promises made in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from crm.demo.notes import EUROS, LANDS, MONTHS, Note, notes
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.interactions import Channel

CHANNELS = (
    (Channel.VISIT, 34),
    (Channel.CALL, 28),
    (Channel.ONLINE, 18),
    (Channel.EMAIL, 10),
    (Channel.MEETING, 6),
    (Channel.EVENT, 4),
)
VISIBILITY = ((Visibility.TOWN, 77), (Visibility.NETWORK, 20), (Visibility.NAMED, 3))
# How many contacts a firm of each tier draws, against a known one.
PULL = {Tier.ANCHOR: 12, Tier.GROWTH: 8, Tier.ENGAGED: 4, Tier.KNOWN: 0}
SINCE_DAYS = 900


@dataclass(frozen=True)
class Meeting:
    """One contact before it is written; firm is its place in the list of firms."""

    firm: int
    channel: Channel
    held_on: date
    note: Note
    text: str
    visibility: Visibility


def meetings(
    n: int, tiers: list[Tier], languages: list[str], random: Random, today: date
) -> Iterator[Meeting]:
    """n contacts with firms of these tiers, more with the closer ones, denser lately."""
    pulls = [PULL[tier] for tier in tiers]
    if not any(pulls):
        return
    for firm in random.choices(range(len(tiers)), pulls, k=n):
        note = random.choice(notes(languages[firm]))
        yield Meeting(
            firm=firm,
            channel=random.choices([c for c, _ in CHANNELS], [w for _, w in CHANNELS])[0],
            held_on=_workday(today - timedelta(days=int(SINCE_DAYS * random.random() ** 1.7))),
            note=note,
            text=_filled(note.text, languages[firm], random),
            visibility=random.choices([v for v, _ in VISIBILITY], [w for _, w in VISIBILITY])[0],
        )


def _workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _filled(text: str, language: str, random: Random) -> str:
    return text.format(
        n=random.randint(2, 8),
        big=random.choice((12, 15, 18, 20, 25, 30, 35, 40)),
        month=random.choice(MONTHS[language]),
        land=random.choice(LANDS[language]),
        euros=random.choice(EUROS[language]),
    )
