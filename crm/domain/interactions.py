"""What a contact with a firm can be."""

from enum import StrEnum


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
