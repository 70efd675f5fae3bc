"""The code lists the program ships (crm/data), each read once."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from crm.domain.access import Language
from crm.domain.companies import IndustryStandard
from crm.domain.duplicates.fields import city_key, postcode_key
from crm.domain.duplicates.places import Places
from crm.domain.names import fold

SWEDISH_MAJORITY = {
    "Yksikielinen ruotsinkielinen kunta",
    "Kaksikielinen kunta, jossa enemmistön kieli on ruotsi",
}


@dataclass(frozen=True)
class Municipality:
    code: str
    name_fi: str
    name_sv: str
    seutukunta: str
    maakunta: str
    swedish_majority: bool


@dataclass(frozen=True)
class PostalCode:
    code: str
    city_fi: str
    city_sv: str
    municipality_code: str


def _rows(name: str) -> list[dict[str, str]]:
    text = files("crm").joinpath("data", name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def municipalities() -> dict[str, Municipality]:
    """{three-digit code: municipality}"""
    return {
        row["municipality_code"]: Municipality(
            code=row["municipality_code"],
            name_fi=row["name_fi"],
            name_sv=row["name_sv"] or row["name_fi"],
            seutukunta=row["seutukunta_fi"],
            maakunta=row["maakunta_fi"],
            swedish_majority=row["language_fi"] in SWEDISH_MAJORITY,
        )
        for row in _rows("municipalities_2026.csv")
    }


def municipality(code: str) -> Municipality | None:
    return municipalities().get(code)


@cache
def _municipality_names() -> dict[str, Municipality]:
    names: dict[str, Municipality] = {}
    for row in municipalities().values():
        names.setdefault(fold(row.name_sv), row)
        names[fold(row.name_fi)] = row
    return names


def municipality_by_name(name: str) -> Municipality | None:
    """By its Finnish or Swedish name, however it is written."""
    return _municipality_names().get(fold(name))


@cache
def postal_codes() -> dict[str, PostalCode]:
    return {
        row["postal_code"]: PostalCode(
            row["postal_code"], row["city_fi"], row["city_sv"], row["municipality_code"]
        )
        for row in _rows("postal_codes.csv")
    }


def postal_code(code: str) -> PostalCode | None:
    return postal_codes().get(code)


@cache
def _tol2008() -> dict[str, str]:
    return {row["code"]: row["name_fi"] for row in _rows("tol2008_fi.csv")}


@cache
def _nace21() -> dict[str, str]:
    return {row["code_dotless"]: row["name_en"] for row in _rows("nace21_en.csv")}


# Divisions whose meaning TOL 2025 changed: no TOL 2008 name may stand for them.
CHANGED_DIVISIONS = {"45", "58", "59", "60", "61", "62", "63"}


def industry(
    code: str, standard: IndustryStandard | None = None, language: str = "fi"
) -> str | None:
    """The name of an industry, as near to the code as the shipped lists honestly have it.

    English comes from NACE Rev. 2.1; Finnish from TOL 2008. There is no Finnish list of TOL 2025,
    so such a code has its division's Finnish name, or the English one where divisions changed.
    """
    old = standard is not IndustryStandard.TOL2025
    if language == Language.EN:
        return _nearest(_tol2008() if standard is IndustryStandard.TOL2008 else _nace21(), code)
    if old:
        return _nearest(_tol2008(), code)
    if code[:2] in CHANGED_DIVISIONS:
        return _nearest(_nace21(), code)
    return _tol2008().get(code[:2])


def _nearest(names: dict[str, str], code: str) -> str | None:
    """The name of the code, or of the nearest level above that has one."""
    tries = (names.get(code[:length]) for length in range(len(code), 1, -1))
    return next((name for name in tries if name), None)


@cache
def industry_by_name(name: str) -> str | None:
    """The code of a TOL 2008 industry by its Finnish name."""
    wanted = fold(name)
    return next((code for code, text in _tol2008().items() if fold(text) == wanted), None)


@cache
def network_towns() -> tuple[Municipality, ...]:
    """The towns of the first network."""
    codes = [row["municipality_code"] for row in _rows("network_towns.csv")]
    return tuple(municipalities()[code] for code in codes)


@cache
def places() -> Places:
    """Localities and postcodes of Finland with their municipality, as duplicates compare them."""
    return Places.of(
        (
            postcode_key(fold(row.code)),
            [city_key(fold(name)) for name in (row.city_fi, row.city_sv) if name],
            city_key(fold(municipalities()[row.municipality_code].name_fi)),
        )
        for row in postal_codes().values()
        if row.municipality_code in municipalities()
    )
