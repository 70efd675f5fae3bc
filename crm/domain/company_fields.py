"""The facts of a company that a person edits one at a time, and how typed text becomes a value."""

import re
from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Any

from email_validator import EmailNotValidError, validate_email

from crm.domain.access import Language
from crm.domain.business_ids import parse_business_id
from crm.domain.companies import CompanyStatus, FigureKind
from crm.domain.errors import Invalid, Reason
from crm.domain.phones import to_e164


class CompanyField(StrEnum):
    NAME = "name"
    BUSINESS_ID = "business_id"
    STATUS = "status"
    INDUSTRY = "industry_code"
    STAFF = "staff"
    TURNOVER = "turnover"
    PHONE = "phone"
    EMAIL = "email"
    WEBSITE = "website"
    LANGUAGE = "language"
    DESCRIPTION = "description"


FIGURES = {CompanyField.STAFF: FigureKind.STAFF, CompanyField.TURNOVER: FigureKind.TURNOVER}
MOST_LETTERS = {CompanyField.NAME: 200, CompanyField.WEBSITE: 255, CompanyField.DESCRIPTION: 5000}
PLAIN_LENGTH = 60  # a longer address is left to the whole check
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*")
_HOST = re.compile(r"(?:[\w-]{1,63}\.)+[\w-]{2,63}", re.UNICODE)


def parse_field(field: CompanyField, text: str) -> Any:
    """The value of typed text, None when it is empty.

    Staff is persons, turnover whole euros. Raises Invalid at the field's name.
    """
    text = text.strip()
    most = MOST_LETTERS.get(field, 254)
    if len(text) > most:
        raise Invalid(field, Reason.TOO_LONG, most=most)
    if not text:
        if field in {CompanyField.NAME, CompanyField.STATUS}:
            raise Invalid(field, Reason.REQUIRED)
        return None
    reader = _READERS.get(field)
    return reader(text) if reader else " ".join(text.split())


def parse_email(text: str) -> str:
    """An ordinary address has its domain looked at once: a firm list names each a few times."""
    name, _at, domain = text.rpartition("@")
    try:
        if _PLAIN_NAME.fullmatch(name) and len(text) <= PLAIN_LENGTH:
            return f"{name}@{_domain(domain)}"
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid("email", Reason.NOT_AN_EMAIL) from error


@lru_cache(maxsize=10_000)
def _domain(domain: str) -> str:
    return validate_email(f"x@{domain}", check_deliverability=False).domain


def parse_phone(text: str) -> str:
    number = to_e164(text)
    if number is None:
        raise Invalid("phone", Reason.NOT_A_PHONE)
    return number


def parse_website(text: str) -> str:
    """The address with a scheme; only http and https are taken."""
    scheme, found, rest = text.partition("://")
    if not found:
        scheme, rest = "https", text
    host = rest.split("/")[0].split(":")[0]
    if scheme.lower() not in {"http", "https"} or not _HOST.fullmatch(host) or " " in rest:
        raise Invalid("website", Reason.NOT_A_WEBSITE)
    return f"{scheme.lower()}://{rest}"


def parse_whole(field: str, text: str) -> int:
    """A whole number of zero or more; blanks between thousands are allowed."""
    digits = re.sub(r"[\s\u00a0\u202f.]", "", text)
    if not digits.isascii() or not digits.isdigit() or len(digits) > 13:
        raise Invalid(field, Reason.NOT_A_NUMBER)
    return int(digits)


def _parse_industry(text: str) -> str:
    code = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"[0-9]{2,5}|[A-V]", code):
        raise Invalid(CompanyField.INDUSTRY, Reason.UNKNOWN_CHOICE)
    return code


def _parse_member(field: CompanyField, kind: type[StrEnum], text: str) -> StrEnum:
    try:
        return kind(text)
    except ValueError as error:
        raise Invalid(field, Reason.UNKNOWN_CHOICE) from error


_READERS: dict[CompanyField, Callable[[str], Any]] = {
    CompanyField.BUSINESS_ID: parse_business_id,
    CompanyField.STATUS: lambda text: _parse_member(CompanyField.STATUS, CompanyStatus, text),
    CompanyField.LANGUAGE: lambda text: _parse_member(CompanyField.LANGUAGE, Language, text),
    CompanyField.INDUSTRY: _parse_industry,
    CompanyField.STAFF: lambda text: parse_whole(CompanyField.STAFF, text),
    CompanyField.TURNOVER: lambda text: parse_whole(CompanyField.TURNOVER, text),
    CompanyField.PHONE: parse_phone,
    CompanyField.EMAIL: parse_email,
    CompanyField.WEBSITE: parse_website,
    CompanyField.DESCRIPTION: str.strip,
}
