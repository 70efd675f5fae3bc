"""Rows named in an address: what was merged leads, for ever, to what it became."""

from typing import Any, NoReturn

from flask import abort, redirect, request, url_for

from crm.models.company import Company
from crm.models.person import Person
from crm.queries import companies, merges
from crm.queries.merged import current_id


def company_or_404(company_id: int) -> Company:
    """The company of this page; a merged one sends the reader to the same page of its survivor,
    and what was posted along with it."""
    company = companies.by_id(company_id) or abort(404)
    if company.merged_into_id is not None:
        lead_on(company_id=current_id(Company, company_id))
    return company


def person_or_404(person_id: int) -> Person:
    person = merges.person(person_id) or abort(404)
    if person.merged_into_id is not None:
        lead_on(person_id=current_id(Person, person_id))
    return person


def lead_on(**ids: int) -> NoReturn:
    """Answer with this page's address under other ids. No browser keeps the answer (Cache-Control:
    no-store), so a merge taken back opens the old page again."""
    values: dict[str, Any] = {**(request.view_args or {}), **ids}
    address = url_for(request.endpoint or "", **values)
    if request.query_string:
        address += f"?{request.query_string.decode()}"
    abort(redirect(address, code=301 if request.method in {"GET", "HEAD"} else 308))
