"""Keeps the folded search columns beside the names they come from, in the same flush."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from crm.domain.names import fold
from crm.models.company import Company, CompanyName
from crm.models.person import Person


def company_search_text(company: Company) -> str:
    """All names, folded, each once; the Y-tunnus as written and as bare digits; the phone. Then
    the same of every company merged into it. A merged one is found by the survivor's text only."""
    if company.merged_into_id is not None:
        return ""
    rows = _with_merged(company)
    return _spaced([part for row in rows for part in _words_of_company(row)])


def _words_of_company(company: Company) -> Iterator[str]:
    for name in (company.name, *(row.name for row in company.names)):
        yield fold(name)
    number = company.business_id or ""
    yield from (number, number.replace("-", ""), *_dialled(company.phone))


def person_search_text(person: Person) -> str:
    """The folded name, the phone in E.164 and as dialled in Finland, the e-mail; then the same of
    everybody merged into this person."""
    if person.merged_into_id is not None:
        return ""
    rows = _with_merged(person)
    return _spaced([part for row in rows for part in _words_of_person(row)])


def _words_of_person(person: Person) -> Iterator[str]:
    yield fold(person.name)
    yield from _dialled(person.phone)
    yield (person.email or "").lower()


def _with_merged(row: Any) -> list[Any]:
    return [row, *(each for merged in row.merged for each in _with_merged(merged))]


def _dialled(phone: str | None) -> list[str]:
    if not phone or not phone.startswith("+358"):
        return [phone or ""]
    return [phone, "0" + phone.removeprefix("+358")]


def _spaced(parts: list[str]) -> str:
    """Every word has a blank on both sides: the search finds the starts of words by it."""
    return f" {' | '.join(dict.fromkeys(filter(None, parts)))} "


def _touched(session: Session, kind: type[Any], fields: set[str]) -> list[Any]:
    rows = [row for row in session.new if isinstance(row, kind)]
    for row in session.dirty:
        if isinstance(row, kind):
            attributes = inspect(row).attrs
            if any(attributes[field].history.has_changes() for field in fields):
                rows.append(row)
    return rows


@event.listens_for(Session, "before_flush")
def _keep_search_text(session: Session, _context: Any, _instances: Any) -> None:
    companies = _touched(session, Company, {"name", "business_id", "names", "phone"})
    companies += [n.company for n in _touched(session, CompanyName, {"name"}) if n.company]
    for company in dict.fromkeys(companies):
        company.search_text = company_search_text(company)
    for person in _touched(session, Person, {"name", "phone", "email"}):
        person.search_text = person_search_text(person)
