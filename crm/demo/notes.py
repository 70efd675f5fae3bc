"""What advisors write after a visit, from notes_fi.csv and notes_sv.csv.

A note's topics are those it speaks of; its promise, when it has one, follows from it. Slots: {n} a
small number, {big} a larger one, {month}, {land}, {euros}.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from crm.domain.interactions import GrowthWill, Topic


class Note(NamedTuple):
    text: str
    topics: tuple[Topic, ...]
    promise: str
    will: GrowthWill | None


@cache
def notes(language: str) -> tuple[Note, ...]:
    """The notes in Finnish ("fi") or Swedish ("sv")."""
    text = files("crm").joinpath("demo", f"notes_{language}.csv").read_text("utf-8")
    return tuple(
        Note(
            row["text"],
            tuple(Topic(topic) for topic in row["topics"].split()),
            row["promise"],
            GrowthWill(row["will"]) if row["will"] else None,
        )
        for row in csv.DictReader(text.splitlines(), delimiter=";")
    )


# The Finnish names all take -ssa, -sta, -n and -an.
MONTHS = {
    "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu elokuu syyskuu lokakuu".split(),
    "sv": "januari februari mars april maj juni augusti september oktober november".split(),
}
LANDS = {
    "fi": ("Saksa", "Norja", "Puola", "Tanska", "Ranska", "Latvia"),
    "sv": ("Sverige", "Tyskland", "Norge", "Estland", "Polen", "Danmark"),
}
EUROS = {
    "fi": ("180 000", "240 000", "420 000", "650 000", "900 000", "1,2 miljoonaa"),
    "sv": ("180 000", "240 000", "420 000", "650 000", "900 000", "1,2 miljoner"),
}
