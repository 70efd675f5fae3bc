"""Making a company and changing its facts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from crm import audit
from crm.actions.changes import change, plain
from crm.db import db
from crm.domain.access import Right, require, require_in_any
from crm.domain.cadence import Tier
from crm.domain.companies import IndustryStandard, NameKind, SiteKind, Source
from crm.domain.company_fields import FIGURES, CompanyField, parse_field
from crm.domain.errors import Conflict, Invalid, Reason
from crm.models.audit import AuditEvent
from crm.models.company import Company, CompanyName, Engagement, Figure, Site
from crm.models.user import User
from crm.queries.merged import current_id


def create_company(
    actor: User,
    *,
    name: str,
    business_id: str,
    town_code: str,
    street: str = "",
    postcode: str = "",
    city: str = "",
    now: datetime,
) -> Company:
    """Make a company that a town knows, answered for by the actor.

    Raises NotAllowed outside the actor's towns; Invalid for an unreadable field; Invalid with
    ALREADY_KNOWN, which names the company, when the Y-tunnus is taken.
    """
    require(actor, Right.EDIT_COMPANY, town_code)
    number = parse_field(CompanyField.BUSINESS_ID, business_id)
    _refuse_known(number)
    company = Company(
        name=parse_field(CompanyField.NAME, name),
        business_id=number,
        source=Source.PERSON,
        names=[],
        engagements=[Engagement(town_code=town_code, owner=actor, tier=Tier.KNOWN)],
    )
    company.names.append(CompanyName(name=company.name, kind=NameKind.MAIN))
    if street.strip() or postcode.strip() or city.strip():
        company.sites.append(_site(street, postcode, city, town_code))
    db.session.add(company)
    db.session.flush()
    audit.record(actor, "company.created", company, now=now)
    return company


def _site(street: str, postcode: str, city: str, town_code: str) -> Site:
    """The first address; it is taken to lie in the town that adds the company."""
    return Site(
        kind=SiteKind.VISITING,
        street=street.strip()[:200] or None,
        postcode=postcode.strip()[:20] or None,
        city=city.strip()[:100] or None,
        municipality_code=town_code,
    )


def edit_field(
    actor: User,
    company: Company,
    field: CompanyField,
    text: str,
    *,
    version: int,
    today: date,
    now: datetime,
) -> AuditEvent | None:
    """Give one fact of a company a new value; None when it already has it.

    A figure is kept as this year's, beside the older ones. Raises NotAllowed unless the actor
    works in a town that knows the company; Conflict when it was edited meanwhile.
    """
    require_in_any(actor, Right.EDIT_COMPANY, known_to(company))
    value = parse_field(field, text)
    if company.version != version:
        raise Conflict(field, Reason.CHANGED_SINCE)
    if field in FIGURES:
        return _state_figure(actor, company, field, value, today, now)
    if field is CompanyField.BUSINESS_ID and value != company.business_id:
        _refuse_known(value, company)
    changes = change(company, **{field.value: value}, **_beside(field, value))
    if field is CompanyField.NAME:
        settle_names(company, today=today)
    return _record_change(actor, company, changes, now)


def known_to(company: Company) -> list[str]:
    return [engagement.town_code for engagement in company.engagements]


def _beside(field: CompanyField, value: Any) -> dict[str, Any]:
    """What changes together with a field: a typed industry code is of the new classification."""
    if field is CompanyField.INDUSTRY:
        return {"industry_standard": IndustryStandard.TOL2025 if value else None}
    return {}


def _record_change(
    actor: User, company: Company, changes: dict[str, list[Any]], now: datetime
) -> AuditEvent | None:
    if not changes:
        return None
    try:
        with db.session.begin_nested():
            db.session.flush()
    except IntegrityError as error:
        raise Invalid("business_id", Reason.ALREADY_KNOWN, company="") from error
    return audit.record(actor, "company.changed", company, now=now, changes=changes)


def _refuse_known(number: str | None, company: Company | None = None) -> None:
    if number is None:
        return
    other = db.session.scalar(select(Company).where(Company.business_id == number))
    if other is None:
        return
    known = db.session.get_one(Company, current_id(Company, other.id))
    if known is company:
        raise Invalid("business_id", Reason.BUSINESS_ID_MERGED, company=other.name)
    raise Invalid("business_id", Reason.ALREADY_KNOWN, company=known.name, company_id=known.id)


def settle_names(company: Company, *, today: date) -> None:
    """Make company.name the one main name. The old one stays as a former name, so that it still
    finds the company, unless it was given today and is being corrected."""
    for row in list(company.names):
        if row.kind is NameKind.MAIN and row.name != company.name:
            if row.since_on == today:
                company.names.remove(row)
            row.kind, row.until_on = NameKind.FORMER, today
    before = next((row for row in company.names if row.name == company.name), None)
    if before is None:
        before = CompanyName(name=company.name, since_on=today)
        company.names.append(before)
    if before.kind in {None, NameKind.FORMER}:
        before.kind, before.until_on = NameKind.MAIN, None
    for row in company.names:
        if row is not before and row.kind is NameKind.MAIN:
            row.kind = NameKind.FORMER


def _state_figure(
    actor: User,
    company: Company,
    field: CompanyField,
    value: int | None,
    today: date,
    now: datetime,
) -> AuditEvent | None:
    if value is None:
        raise Invalid(field, Reason.REQUIRED)
    kind = FIGURES[field]
    newest = next((f for f in company.figures if f.kind is kind), None)
    if newest and newest.value == value and newest.year == today.year:
        return None
    company.figures.append(
        Figure(kind=kind, year=today.year, value=value, source=Source.PERSON, stated_on=today)
    )
    db.session.flush()
    changes = {field.value: [plain(newest.value) if newest else None, value]}
    return audit.record(actor, "company.figure", company, now=now, changes=changes)
