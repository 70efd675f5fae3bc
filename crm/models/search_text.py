"""Keeps the folded search columns beside the names they come from, in the same flush."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from crm.domain.names import fold
from crm.models.company import Company, CompanyName
from crm.models.person import Person


def company_search_text(company: Company, more_names: Iterable[str] = (), **facts: Any) -> str:
    """The text of all that a company is found by, and then the same of every company merged into
    it. A merged one is found by the survivor's text only. more_names and facts (business_id, phone)
    are what it is about to get."""
    if company.merged_into_id is not None:
        return ""
    now = {"business_id": company.business_id, "phone": company.phone} | facts
    words = list(_words_of_company([*_names_of(company), *more_names], **now))
    for merged in _all_merged(company):
        words += _words_of_company(_names_of(merged), merged.business_id, merged.phone)
    return _spaced(words)


def text_of_company(names: Iterable[str], business_id: str | None, phone: str | None) -> str:
    """All names, folded, each once; the Y-tunnus as written and as bare digits; the phone."""
    return _spaced(list(_words_of_company(names, business_id, phone)))


def _names_of(company: Company) -> list[str]:
    return [company.name, *(row.name for row in company.names)]


def _words_of_company(
    names: Iterable[str], business_id: str | None, phone: str | None
) -> Iterator[str]:
    yield from map(fold, names)
    number = business_id or ""
    yield from (number, number.replace("-", ""), *_dialled(phone))


def person_search_text(person: Person, **facts: Any) -> str:
    """The text of a person, then the same of everybody merged into them. facts (phone, email) are
    what the person is about to get."""
    if person.merged_into_id is not None:
        return ""
    now = {"phone": person.phone, "email": person.email} | facts
    words = list(_words_of_person(person.name, **now))
    for merged in _all_merged(person):
        words += _words_of_person(merged.name, merged.phone, merged.email)
    return _spaced(words)


def text_of_person(name: str, phone: str | None, email: str | None) -> str:
    """The folded name, the phone in E.164 and as dialled in Finland, the e-mail."""
    return _spaced(list(_words_of_person(name, phone, email)))


def _words_of_person(name: str, phone: str | None, email: str | None) -> Iterator[str]:
    yield fold(name)
    yield from _dialled(phone)
    yield (email or "").lower()


def _all_merged(row: Any) -> Iterator[Any]:
    for merged in row.merged:
        yield merged
        yield from _all_merged(merged)


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
