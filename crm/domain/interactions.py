"""What a contact with a firm can be."""

from enum import StrEnum
from typing import Protocol

from crm.domain.access import Actor, Right


class Channel(StrEnum):
    VISIT = "visit"
    ONLINE = "online"
    CALL = "call"
    MEETING = "meeting"
    EMAIL = "email"
    EVENT = "event"
    OTHER = "other"


class Topic(StrEnum):
    RECRUITMENT = "recruitment"
    INVESTMENT = "investment"
    EXPORT = "export"
    FUNDING = "funding"
    TRAINING = "training"
    RDI = "rdi"
    DIGITAL = "digital"
    GREEN = "green"
    PREMISES = "premises"
    OWNERSHIP = "ownership"
    GROWTH = "growth"
    PERMITS = "permits"


class GrowthWill(StrEnum):
    """What the firm itself said of its will to grow."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


class Author(Actor, Protocol):
    id: int


class Note(Protocol):
    author_id: int
    town_code: str


def may_edit(actor: Author, note: Note) -> bool:
    """The author may while working in the town, and so may the town's administrator."""
    if not actor.may(Right.LOG_INTERACTION, note.town_code):
        return False
    return note.author_id == actor.id or actor.may(Right.MANAGE_USERS, note.town_code)
