"""What one row of a firm list says, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from crm.domain.companies import CompanyStatus, IndustryStandard, NameKind, SiteKind
from crm.domain.errors import Reason


class Column(StrEnum):
    """What a column of a firm list can hold."""

    BUSINESS_ID = "business_id"
    NAME = "name"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    INDUSTRY = "industry"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    STAFF = "staff"
    TURNOVER = "turnover"
    CONTACT_NAME = "contact_name"
    CONTACT_TITLE = "contact_title"
    CONTACT_PHONE = "contact_phone"
    CONTACT_EMAIL = "contact_email"
    REGISTERED_ON = "registered_on"
    NOTE = "note"


@dataclass(frozen=True)
class Problem:
    """Something a person should know. A blocking one keeps the whole row out."""

    column: str
    code: Reason
    details: dict[str, Any] = field(default_factory=dict)
    blocking: bool = False


@dataclass(frozen=True)
class OtherName:
    name: str
    kind: NameKind
    until_on: date | None = None


@dataclass(frozen=True)
class Address:
    kind: SiteKind
    street: str | None
    postcode: str | None
    city: str | None
    municipality_code: str | None
    country: str = "FI"


@dataclass(frozen=True)
class Record:
    """One firm as a file tells it; None means that the file says nothing."""

    name: str
    business_id: str | None = None
    status: CompanyStatus | None = None
    industry_code: str | None = None
    industry_standard: IndustryStandard | None = None
    website: str | None = None
    email: str | None = None
    phone: str | None = None
    description: str | None = None
    registered_on: date | None = None
    ended_on: date | None = None
    staff: int | None = None
    turnover: int | None = None
    contact_name: str | None = None
    contact_title: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None
    other_names: tuple[OtherName, ...] = ()
    addresses: tuple[Address, ...] = ()


FACTS = (
    "name",
    "business_id",
    "status",
    "industry_code",
    "industry_standard",
    "website",
    "email",
    "phone",
    "description",
    "registered_on",
    "ended_on",
)


@dataclass(frozen=True)
class ReadRow:
    """number is the row's in the file, counted from 1; record is None for a rejected row."""

    number: int
    record: Record | None
    problems: tuple[Problem, ...] = ()
    shown: str = ""

    @property
    def rejected(self) -> bool:
        return self.record is None


class Place(Protocol):
    """What a postal code or a name says of a municipality."""

    @property
    def code(self) -> str: ...


@dataclass(frozen=True)
class Lookups:
    """The shipped code lists as questions: municipality code by postal code and by name, and
    industry code by name."""

    municipality_of_postcode: Callable[[str], str | None]
    municipality_named: Callable[[str], str | None]
    industry_named: Callable[[str], str | None]


def without_repeats(rows: list[ReadRow]) -> list[ReadRow]:
    """Reject a Y-tunnus that an earlier row of the same file has."""
    first: dict[str, int] = {}
    kept = []
    for row in rows:
        number = row.record.business_id if row.record else None
        if number and number in first:
            problem = Problem(
                Column.BUSINESS_ID, Reason.BUSINESS_ID_REPEATED, {"row": first[number]}, True
            )
            row = replace(row, record=None, problems=(*row.problems, problem))
        elif number:
            first[number] = row.number
        kept.append(row)
    return kept
