"""Answers of the PRH / YTJ open data API, version 3, as records.

Source: the API's OpenAPI text and recorded answers. What must not be believed: `status` is the
same for active and ceased firms; a page past the end repeats the first page; any optional key may
be absent, null or empty; addresses have a numeric type, everything else texts.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from crm.domain.business_ids import parse_business_id
from crm.domain.companies import CompanyStatus, IndustryStandard, NameKind, SiteKind
from crm.domain.company_fields import parse_website
from crm.domain.errors import Invalid, Reason
from crm.domain.imports.records import Address, OtherName, Problem, ReadRow, Record

CEASED = "4"
LONGEST_WEBSITE = 240
MUNICIPALITY = re.compile(r"[0-9]{3}")
COUNTRY = re.compile(r"[A-Z]{2}")
INDUSTRY = re.compile(r"[0-9]{2,5}")
BETWEEN = re.compile(r"[\s,\ufeff]*")
UNKEPT = re.compile("[\x00-\x1f\x7f\ud800-\udfff]+")
SITUATIONS = {
    "KONK": CompanyStatus.BANKRUPT,
    "SELTILA": CompanyStatus.LIQUIDATION,
    "SANE": CompanyStatus.RESTRUCTURING,
}
STANDARDS = {"TOIMI3": IndustryStandard.TOL2008, "TOIMI4": IndustryStandard.TOL2025}
NAMES = {"2": NameKind.PARALLEL, "3": NameKind.AUXILIARY}
SITES = {1: SiteKind.VISITING, 2: SiteKind.POSTAL}


def looks_like_register(data: bytes) -> bool:
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}


def read_register(data: bytes) -> list[ReadRow]:
    """One answer, several one after the other, a list of answers (pages), a list of companies,
    or one company.

    Rows are numbered in their order. A company that an earlier page had is left out. Raises
    Invalid at "file" when it is no such document, or an error answer of the register.
    """
    documents = _documents(data)
    companies = [company for document in documents for company in _companies(document)]
    if not companies:
        raise _nothing_in(documents)
    seen: set[str] = set()
    rows = []
    for number, company in enumerate(companies, 1):
        row = _row(number, company)
        key = row.record.business_id if row.record else None
        if key is None or key not in seen:
            rows.append(row)
        seen.add(key or "")
    return rows


def _documents(data: bytes) -> list[Any]:
    """Pages saved one after the other in a file are several documents."""
    decoder = json.JSONDecoder()
    documents = []
    try:
        text = data.decode("utf-8-sig")
        at = _next(text, 0)
        while at < len(text):
            document, end = decoder.raw_decode(text, at)
            documents.append(document)
            at = _next(text, end)
    except (ValueError, RecursionError) as error:
        raise Invalid("file", Reason.FILE_NOT_REGISTER) from error
    return documents


def _next(text: str, at: int) -> int:
    found = BETWEEN.match(text, at)
    return found.end() if found else at


def _nothing_in(documents: list[Any]) -> Invalid:
    for document in documents:
        if isinstance(document, dict) and {"errorcode", "message"} <= document.keys():
            said = _text(document, "message") or ""
            return Invalid("file", Reason.REGISTER_ERROR, said=said[:200])
    known = documents and all(_is_answer(document) for document in documents)
    return Invalid("file", Reason.NO_ROWS if known else Reason.FILE_NOT_REGISTER)


def _is_answer(document: Any) -> bool:
    return isinstance(document, dict) and isinstance(document.get("companies"), list)


def _companies(document: Any) -> Iterator[dict[str, Any]]:
    if _is_answer(document):
        yield from (each for each in document["companies"] if isinstance(each, dict))
    elif isinstance(document, dict) and "businessId" in document:
        yield document
    elif isinstance(document, list):
        for each in document:
            yield from _companies(each) if isinstance(each, dict) else ()


def _row(number: int, company: dict[str, Any]) -> ReadRow:
    names = _dicts(company, "names")
    main = _current([name for name in names if _text(name, "type") == "1"])
    text = _text(main, "name")
    problems = []
    business_id = None
    try:
        business_id = parse_business_id(_text(company.get("businessId"), "value") or "")
    except Invalid as refusal:
        problems.append(Problem("businessId", refusal.reason, {}, blocking=True))
    if not text:
        problems.append(Problem("names", Reason.NAME_MISSING, {}, blocking=True))
    if problems or text is None:
        return ReadRow(number, None, tuple(problems), text or business_id or "")
    return ReadRow(number, _record(company, text[:200], business_id, names), (), text[:200])


def _record(
    company: dict[str, Any], name: str, business_id: str | None, names: list[dict[str, Any]]
) -> Record:
    line = company.get("mainBusinessLine") or {}
    code = _matching(INDUSTRY, _text(line, "type"))
    return Record(
        name=name,
        business_id=business_id,
        status=_status(company),
        industry_code=code,
        industry_standard=STANDARDS.get(_text(line, "typeCodeSet") or "") if code else None,
        website=_website(company.get("website")),
        registered_on=_day(company.get("registrationDate"))
        or _day(_text(company.get("businessId"), "registrationDate")),
        ended_on=_day(company.get("endDate")),
        other_names=tuple(_other_names(names, name)),
        addresses=tuple(_addresses(company)),
    )


def _status(company: dict[str, Any]) -> CompanyStatus:
    """Alive is: no end date, not ceased in the trade register, no open bankruptcy."""
    if _day(company.get("endDate")) or _text(company, "tradeRegisterStatus") == CEASED:
        return CompanyStatus.CEASED
    open_ones = {
        _text(row, "type")
        for row in _dicts(company, "companySituations")
        if not _day(row.get("endDate"))
    }
    return next(
        (status for code, status in SITUATIONS.items() if code in open_ones), CompanyStatus.ACTIVE
    )


def _other_names(names: list[dict[str, Any]], main: str) -> Iterator[OtherName]:
    for row in names:
        text = _text(row, "name")
        if not text or text[:200] == main:
            continue
        ended = _day(row.get("endDate"))
        kind = NAMES.get(_text(row, "type") or "", NameKind.FORMER)
        yield OtherName(text[:200], NameKind.FORMER if ended else kind, ended)


def _addresses(company: dict[str, Any]) -> Iterator[Address]:
    for row in _dicts(company, "addresses"):
        offices = _dicts(row, "postOffices")
        office = next((o for o in offices if _text(o, "languageCode") == "1"), None)
        office = office or (offices[0] if offices else {})
        city = _text(office, "city")
        address = Address(
            kind=SITES.get(_number(row.get("type")), SiteKind.BRANCH),
            street=_street(row),
            postcode=(_text(row, "postCode") or "")[:20] or None,
            city=city.title()[:100] if city else None,
            municipality_code=_matching(MUNICIPALITY, _text(office, "municipalityCode")),
            country=_matching(COUNTRY, (_text(row, "country") or "").upper()) or "FI",
        )
        if address.street or address.city or address.postcode:
            yield address


def _street(row: dict[str, Any]) -> str | None:
    """Street, house and door; else the post box, else the free line, whose _ means a blank."""
    door = "".join(_text(row, key) or "" for key in ("apartmentNumber", "apartmentIdSuffix"))
    parts = [_text(row, "street"), _text(row, "buildingNumber"), _text(row, "entrance"), door]
    street = " ".join(part for part in parts if part)
    box = _text(row, "postOfficeBox")
    found = street or (f"PL {box}" if box else "") or _free(_text(row, "freeAddressLine") or "")
    care_of = re.sub(r"(?i)^c/o\s*", "", _text(row, "co") or "")
    return ", ".join(filter(None, (care_of and f"c/o {care_of}", found)))[:200] or None


def _free(line: str) -> str:
    """ "Norgårdsvägen_3 _ SE-451_75 Uddevalla" as three parts, the empty one left out."""
    parts = (part.replace("_", " ").strip() for part in line.split(" "))
    return ", ".join(part for part in parts if part)


def _matching(form: re.Pattern[str], text: str | None) -> str | None:
    return text if text and form.fullmatch(text) else None


def _website(value: Any) -> str | None:
    url = _text(value, "url")
    try:
        return parse_website(url) if url and len(url) < LONGEST_WEBSITE else None
    except Invalid:
        return None


def _current(names: list[dict[str, Any]]) -> dict[str, Any]:
    open_names = [name for name in names if not _day(name.get("endDate"))]
    ordered = sorted(open_names or names, key=lambda name: _number(name.get("version")) or 99)
    return ordered[0] if ordered else {}


def _dicts(value: Any, key: str) -> list[dict[str, Any]]:
    rows = value.get(key) if isinstance(value, dict) else None
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(value: Any, key: str) -> str | None:
    text = value.get(key) if isinstance(value, dict) else None
    if isinstance(text, bool) or not isinstance(text, str | int):
        return None
    return " ".join(UNKEPT.sub(" ", str(text)).split()) or None


def _number(value: Any) -> int:
    text = str(value) if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
