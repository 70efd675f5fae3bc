"""What a row of a file would change of a company that is known already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from crm.domain.companies import FigureKind, IndustryStandard
from crm.domain.imports.records import FACTS, Address, Record
from crm.domain.names import fold

_INDUSTRY = ("industry_code", "industry_standard")


class Part(StrEnum):
    """The part of a company that a change is about."""

    FACT = "fact"
    OTHER_NAME = "other_name"
    ADDRESS = "address"
    FIGURE = "figure"
    CONTACT = "contact"
    ENGAGEMENT = "engagement"


@dataclass(frozen=True)
class Change:
    """field of a part goes from old to new, in plain values; row_id is that of the part's row,
    None for one that is to be made."""

    part: Part
    field: str
    old: Any
    new: Any
    row_id: int | None = None


@dataclass(frozen=True)
class KnownContact:
    person_id: int
    name: str
    phone: str | None
    email: str | None


@dataclass(frozen=True)
class Known:
    """A company as it stands. addresses are {row id: address}; figures the newest of each kind."""

    facts: Mapping[str, Any]
    names: frozenset[str] = frozenset()
    addresses: Mapping[int, Address] = field(default_factory=dict)
    figures: Mapping[FigureKind, int] = field(default_factory=dict)
    contacts: tuple[KnownContact, ...] = ()
    engaged: bool = True


def changes(known: Known, record: Record) -> list[Change]:
    """Everything the record would change; an empty list when it says nothing new.

    What a file leaves empty never erases anything.
    """
    return [
        *_facts(known, record),
        *_other_names(known, record),
        *_addresses(known, record),
        *_figures(known, record),
        *_contact(known, record),
        *([] if known.engaged else [Change(Part.ENGAGEMENT, "town", None, True)]),
    ]


def _facts(known: Known, record: Record) -> Iterator[Change]:
    kept = _INDUSTRY if _newer_industry_known(known, record) else ()
    for name in FACTS:
        new, old = getattr(record, name), known.facts.get(name)
        if name == "description" and new and old:
            new = old if new in old else f"{old}\n{new}"
        if new is not None and new != old and name not in kept:
            yield Change(Part.FACT, name, _plain(old), _plain(new))


def _newer_industry_known(known: Known, record: Record) -> bool:
    """A code of TOL 2025 is not given up for one of TOL 2008 or of a list nobody named."""
    newest = IndustryStandard.TOL2025
    return known.facts.get("industry_standard") == newest and record.industry_standard is not newest


def _other_names(known: Known, record: Record) -> Iterator[Change]:
    for other in record.other_names:
        if fold(other.name) not in known.names:
            new = {"name": other.name, "kind": other.kind.value, "until_on": _plain(other.until_on)}
            yield Change(Part.OTHER_NAME, other.kind.value, None, new)


def _addresses(known: Known, record: Record) -> Iterator[Change]:
    for address in record.addresses:
        same_kind = [(i, row) for i, row in known.addresses.items() if row.kind is address.kind]
        row_id, old = same_kind[0] if same_kind else (None, None)
        if old is not None and _only_elsewhere(address, old):
            continue
        new = plain_address(_filled(address, old))
        if old is None or plain_address(old) != new:
            yield Change(
                Part.ADDRESS, address.kind.value, plain_address(old) if old else None, new, row_id
            )


def _only_elsewhere(new: Address, old: Address) -> bool:
    """Another town without a street: not enough to give up a whole address for."""
    moved = new.municipality_code not in {None, old.municipality_code}
    return bool(old.street and not new.street and moved)


def _filled(new: Address, old: Address | None) -> Address:
    """The new address, with what it leaves out taken from the old one when the street is the
    same or not said."""
    if old is None or (new.street and old.street and fold(new.street) != fold(old.street)):
        return new
    return Address(
        new.kind,
        new.street or old.street,
        new.postcode or old.postcode,
        new.city or old.city,
        new.municipality_code or old.municipality_code,
        new.country,
    )


def plain_address(address: Address) -> dict[str, Any]:
    return {
        "street": address.street,
        "postcode": address.postcode,
        "city": address.city,
        "municipality_code": address.municipality_code,
        "country": address.country,
    }


def _figures(known: Known, record: Record) -> Iterator[Change]:
    for kind, new in ((FigureKind.STAFF, record.staff), (FigureKind.TURNOVER, record.turnover)):
        old = known.figures.get(kind)
        if new is not None and new != old:
            yield Change(Part.FIGURE, kind.value, old, new)


def _contact(known: Known, record: Record) -> Iterator[Change]:
    """A person with this name is completed, never overwritten; another one is added."""
    if not record.contact_name:
        return
    wanted = fold(record.contact_name)
    person = next((row for row in known.contacts if fold(row.name) == wanted), None)
    if person is None:
        yield Change(Part.CONTACT, "person", None, contact_of(record))
        return
    for name, old, new in (
        ("phone", person.phone, record.contact_phone),
        ("email", person.email, record.contact_email),
    ):
        if new and not old:
            yield Change(Part.CONTACT, name, old, new, person.person_id)


def contact_of(record: Record) -> dict[str, Any]:
    return {
        "name": record.contact_name,
        "title": record.contact_title,
        "phone": record.contact_phone,
        "email": record.contact_email,
    }


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
