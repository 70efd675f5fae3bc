"""Keeps the folded search columns beside the names they come from, in the same flush."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from crm.domain.names import fold
from crm.models.company import Company, CompanyName
from crm.models.person import Person


def company_search_text(company: Company) -> str:
    names = [company.name, *(row.name for row in company.names)]
    return text_of_company(names, company.business_id, company.phone)


def text_of_company(names: Iterable[str], business_id: str | None, phone: str | None) -> str:
    """All names, folded, each once; the Y-tunnus as written and as bare digits; the phone."""
    number = business_id or ""
    folded = dict.fromkeys(map(fold, names))
    return _spaced([*folded, number, number.replace("-", ""), *_dialled(phone)])


def text_of_person(name: str, phone: str | None, email: str | None) -> str:
    """The folded name, the phone in E.164 and as dialled in Finland, the e-mail."""
    return _spaced([fold(name), *_dialled(phone), (email or "").lower()])


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
        person.search_text = text_of_person(person.name, person.phone, person.email)
