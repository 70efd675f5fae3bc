"""Records as plain values, to be kept in a row of a table and read back."""

from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any

from crm.domain.companies import CompanyStatus, IndustryStandard, NameKind, SiteKind
from crm.domain.errors import Reason
from crm.domain.imports.records import Address, OtherName, Problem, ReadRow, Record

_ENUMS = {"status": CompanyStatus, "industry_standard": IndustryStandard}
_DAYS = {"registered_on", "ended_on", "until_on"}


def plain_record(record: Record) -> dict[str, Any]:
    """Without what the file does not say."""
    return {key: _plain(value) for key, value in vars(record).items() if value not in (None, ())}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Address | OtherName):
        return {key: _plain(each) for key, each in vars(value).items() if each is not None}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def read_record(values: dict[str, Any]) -> Record:
    known = {field.name for field in fields(Record)}
    given = {key: _typed(key, value) for key, value in values.items() if key in known}
    return Record(**given)


def _typed(key: str, value: Any) -> Any:
    if key in _ENUMS:
        return _ENUMS[key](value)
    if key in _DAYS:
        return date.fromisoformat(value)
    if key == "other_names":
        return tuple(_other_name(each) for each in value)
    return tuple(_address(each) for each in value) if key == "addresses" else value


def _other_name(value: dict[str, Any]) -> OtherName:
    until = value.get("until_on")
    return OtherName(
        value["name"], NameKind(value["kind"]), date.fromisoformat(until) if until else None
    )


def _address(value: dict[str, Any]) -> Address:
    return Address(
        kind=SiteKind(value["kind"]),
        street=value.get("street"),
        postcode=value.get("postcode"),
        city=value.get("city"),
        municipality_code=value.get("municipality_code"),
        country=value.get("country", "FI"),
    )


def plain_row(row: ReadRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "record": plain_record(row.record) if row.record else None,
        "problems": [plain_problem(problem) for problem in row.problems],
        "shown": row.shown,
    }


def read_row(values: dict[str, Any]) -> ReadRow:
    record = values["record"]
    problems = tuple(
        Problem(each["column"], Reason(each["code"]), each["details"], each["blocking"])
        for each in values["problems"]
    )
    shown = values["shown"]
    return ReadRow(values["number"], read_record(record) if record else None, problems, shown)


def plain_problem(problem: Problem) -> dict[str, Any]:
    return {
        "column": problem.column,
        "code": problem.code.value,
        "details": problem.details,
        "blocking": problem.blocking,
    }
