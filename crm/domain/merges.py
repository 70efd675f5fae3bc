"""Two rows of one firm or person made one: which value survives, field by field, and why.

A person may choose the other value; these are the proposals. What is known beats what is empty.
Then the source decides, and only between equal sources the newer value. A register is believed
most about what it registers (name, Y-tunnus, form, status, industry), but its phone and e-mail are
often an accountant's of years ago: there people come first. Between equals the survivor's stays.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, NameKind, SiteKind, Source
from crm.domain.names import fold

UNDO_FOR = timedelta(days=90)


class MergeKind(StrEnum):
    COMPANY = "company"
    PERSON = "person"


class Side(StrEnum):
    """Whose value survives: the one's that stays, or the one's that is merged into it."""

    SURVIVOR = "survivor"
    LOSER = "loser"


class Done(StrEnum):
    """What a merge did to a cell."""

    MOVED = "moved"
    STAYED = "stayed"
    SET = "set"


class Way(StrEnum):
    """What a merge does with rows that name the loser. UNLESS_THERE: move, but leave with the
    loser what the survivor has the same of."""

    MOVE = "move"
    UNLESS_THERE = "unless_there"
    STAY = "stay"


class MergeField(StrEnum):
    NAME = "name"
    BUSINESS_ID = "business_id"
    LEGAL_FORM = "legal_form"
    STATUS = "status"
    INDUSTRY = "industry_code"
    REGISTERED_ON = "registered_on"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    LANGUAGE = "language"
    DESCRIPTION = "description"
    ADDRESS = "address"
    STAFF = "staff"
    TURNOVER = "turnover"


# The columns that go together; the first one tells whether the field is empty.
COMPANY_COLUMNS: dict[MergeField, tuple[str, ...]] = {
    MergeField.NAME: ("name",),
    MergeField.BUSINESS_ID: ("business_id",),
    MergeField.LEGAL_FORM: ("legal_form",),
    MergeField.STATUS: ("status", "ended_on"),
    MergeField.INDUSTRY: ("industry_code", "industry_standard"),
    MergeField.REGISTERED_ON: ("registered_on",),
    MergeField.PHONE: ("phone",),
    MergeField.EMAIL: ("email",),
    MergeField.WEBSITE: ("website",),
    MergeField.LANGUAGE: ("language",),
    MergeField.DESCRIPTION: ("description",),
}
PERSON_COLUMNS: dict[MergeField, tuple[str, ...]] = {
    MergeField.NAME: ("name",),
    MergeField.PHONE: ("phone",),
    MergeField.EMAIL: ("email",),
    MergeField.LANGUAGE: ("language",),
}
# Not for choosing: keys, what is derived, and the row's own story.
NOT_CHOSEN = {"id", "version", "created_at", "search_text", "source", "merged_into_id"}

_REGISTERED = {
    MergeField.NAME,
    MergeField.BUSINESS_ID,
    MergeField.LEGAL_FORM,
    MergeField.STATUS,
    MergeField.INDUSTRY,
    MergeField.REGISTERED_ON,
    MergeField.TURNOVER,
}
_OF_REGISTER = (Source.REGISTER, Source.PERSON, Source.INTERACTION, Source.FILE, Source.DEMO)
_OF_PEOPLE = (Source.PERSON, Source.INTERACTION, Source.FILE, Source.REGISTER, Source.DEMO)


@dataclass(frozen=True)
class Stated:
    """A value with where it came from and when it was said."""

    value: Any
    source: Source
    on: date


def proposed(field: MergeField, kept: Stated, other: Stated) -> Side:
    """Whose value should survive, when nobody chooses."""
    if other.value in (None, "") or other.value == kept.value:
        return Side.SURVIVOR
    if kept.value in (None, ""):
        return Side.LOSER
    trust = _OF_REGISTER if field in _REGISTERED else _OF_PEOPLE
    mine, theirs = trust.index(kept.source), trust.index(other.source)
    if mine != theirs:
        return Side.LOSER if theirs < mine else Side.SURVIVOR
    return Side.LOSER if other.on > kept.on else Side.SURVIVOR


Row = Mapping[str, Any]
SAME_PLACE = {SiteKind.VISITING: "municipality_code", SiteKind.POSTAL: "country"}
ADDRESS_COLUMNS = ("street", "postcode", "city", "municipality_code", "country")


def same_name(row: Row) -> Hashable:
    return fold(row["name"])


def same_site(row: Row) -> Hashable:
    """One visiting address in a municipality, one postal address; branches by their street."""
    kind = row["kind"]
    if kind in SAME_PLACE:
        return kind, row[SAME_PLACE[kind]]
    return kind, fold(row["street"] or ""), row["postcode"]


def same_figure(row: Row) -> Hashable:
    return row["kind"], row["year"]


def same_engagement(row: Row) -> Hashable:
    town: str = row["town_code"]
    return town


def same_meeting(row: Row) -> Hashable:
    """Somebody takes part in an interaction once."""
    meeting: int = row["interaction_id"]
    return meeting


def same_work(row: Row) -> Hashable:
    """One lasting position of a person in a company; ended ones are each their own."""
    lasting = (row["person_id"], row["company_id"])
    return (row["id"], "ended") if row["until_on"] else lasting


@dataclass(frozen=True)
class Choices:
    """sides: whose value of each field survives; by_hand: those that a person chose."""

    sides: Mapping[MergeField, Side]
    by_hand: frozenset[MergeField] = frozenset()

    def takes(self, field: MergeField) -> bool:
        return self.sides.get(field) is Side.LOSER


def joined_site(mine: Row, theirs: Row, choices: Choices) -> dict[str, Any]:
    """The whole address of one of the two; never a street of one with a postcode of the other."""
    taken = mine["kind"] is SiteKind.VISITING and choices.takes(MergeField.ADDRESS)
    return {name: theirs[name] for name in ADDRESS_COLUMNS} if taken else {}


FIGURE_FIELDS = {FigureKind.STAFF: MergeField.STAFF, FigureKind.TURNOVER: MergeField.TURNOVER}


def joined_figure(mine: Row, theirs: Row, choices: Choices) -> dict[str, Any]:
    """What a person chose holds for every year of the kind; else each year by its source."""
    field = FIGURE_FIELDS[mine["kind"]]
    kept, other = (Stated(row["value"], row["source"], row["stated_on"]) for row in (mine, theirs))
    taken = choices.takes(field)
    if field not in choices.by_hand:
        taken = proposed(field, kept, other) is Side.LOSER
    return {name: theirs[name] for name in ("value", "source", "stated_on")} if taken else {}


def joined_engagement(mine: Row, theirs: Row, _choices: Choices) -> dict[str, Any]:
    """What a town's relationship to the survivor takes over from its relationship to the loser:
    an owner and a rhythm where it has none, the closer tier, the later contact."""
    contacts = [on for on in (mine["last_contact_on"], theirs["last_contact_on"]) if on]
    closest = min(mine["tier"], theirs["tier"], key=list(Tier).index)
    own_days = mine["own_cadence_days"]
    return {
        "owner_id": mine["owner_id"] or theirs["owner_id"],
        "tier": closest,
        "own_cadence_days": theirs["own_cadence_days"] if own_days is None else own_days,
        "last_contact_on": max(contacts, default=None),
    }


def joined_position(mine: Row, theirs: Row, _choices: Choices) -> dict[str, Any]:
    started = [on for on in (mine["since_on"], theirs["since_on"]) if on]
    return {
        "title": mine["title"] or theirs["title"],
        "since_on": min(started, default=None),
    }


def settled_names(
    mine: Sequence[Row], theirs: Sequence[Row], chosen: str
) -> dict[int, dict[str, Any]]:
    """{id of a name row: its cells} so that chosen is the one main name. Another main name becomes
    a former one: it still finds the firm. Of theirs only those count that mine has not the like of;
    the others stay with the loser."""
    known = {same_name(row) for row in mine}
    moved = [row for row in theirs if same_name(row) not in known]
    alike = [row for row in (*mine, *moved) if fold(row["name"]) == fold(chosen)]
    main = min(alike, key=lambda row: row["name"] != chosen, default=None)
    cells: dict[int, dict[str, Any]] = {}
    for row in (*mine, *moved):
        if row is main:
            cells[row["id"]] = {"name": chosen, "kind": NameKind.MAIN, "until_on": None}
        elif row["kind"] is NameKind.MAIN:
            cells[row["id"]] = {"kind": NameKind.FORMER}
    return cells


@dataclass(frozen=True)
class Standing:
    """How well a row is known, to propose which of two should stay."""

    id: int
    business_id: str | None
    source: Source
    n_towns: int


def better_survivor(one: Standing, other: Standing) -> int:
    """The id of the one to keep: with a Y-tunnus, from the better source, known to more towns,
    the older."""

    def order(row: Standing) -> tuple[bool, int, int, int]:
        return (row.business_id is None, _OF_REGISTER.index(row.source), -row.n_towns, row.id)

    return min(one, other, key=order).id


class Contact(Protocol):
    name: str
    phone: str | None
    email: str | None


Someone = TypeVar("Someone", bound=Contact)


def same_people(people: Sequence[Someone]) -> list[tuple[Someone, Someone]]:
    """Pairs that are perhaps one person: the same name, phone or e-mail. The first of a pair comes
    earlier in people; each is in one pair at most."""
    pairs: list[tuple[Someone, Someone]] = []
    seen: dict[Hashable, Someone] = {}
    for person in people:
        signs = [fold(person.name), person.phone, (person.email or "").lower() or None]
        known = next((seen[sign] for sign in signs if sign and sign in seen), None)
        if known is not None and known is not person:
            pairs.append((known, person))
            continue
        seen |= {sign: person for sign in signs if sign}
    return pairs
