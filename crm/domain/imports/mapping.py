"""Guessing which column is what, from its heading in Finnish, Swedish or English and, failing
that, from its values."""

import re
from collections.abc import Callable, Mapping, Sequence

from rapidfuzz import fuzz, process

from crm.domain.imports.records import Column
from crm.domain.names import fold

HEADINGS: dict[Column, tuple[str, ...]] = {
    Column.BUSINESS_ID: (
        "y-tunnus", "ytunnus", "y tunnus", "fo-nummer", "fo nummer", "business id", "vat",
        "alv-numero", "organisationsnummer", "yritystunnus", "company id",
    ),
    Column.NAME: (
        "yritys", "yrityksen nimi", "toiminimi", "nimi", "företag", "företagets namn", "namn",
        "firma", "name", "company", "company name", "asiakas", "organisaatio",
    ),
    Column.STREET: (
        "katuosoite", "osoite", "gatuadress", "adress", "address", "street", "street address",
        "käyntiosoite", "lähiosoite", "besöksadress", "postiosoite", "postadress",
    ),
    Column.POSTCODE: (
        "postinumero", "postnummer", "postal code", "postcode", "zip", "pno", "postinro",
    ),
    Column.CITY: (
        "postitoimipaikka", "kaupunki", "kunta", "kotipaikka", "paikkakunta", "postort", "ort",
        "stad", "kommun", "hemort", "city", "town", "municipality",
    ),
    Column.INDUSTRY: (
        "toimiala", "päätoimiala", "tol", "tol-koodi", "toimialakoodi", "bransch", "näringsgren",
        "industry", "nace",
    ),
    Column.PHONE: (
        "puhelin", "puhelinnumero", "puh", "telefon", "tel", "telefonnummer", "phone", "gsm",
        "matkapuhelin", "vaihde", "puhelinnro", "puhelin nro",
    ),
    Column.EMAIL: ("sähköposti", "e-post", "epost", "email", "e-mail", "sähköpostiosoite", "mail"),
    Column.WEBSITE: (
        "verkkosivu", "verkkosivut", "kotisivu", "kotisivut", "www", "webbplats", "hemsida",
        "website", "web", "url", "internet",
    ),
    Column.STAFF: (
        "henkilöstö", "henkilömäärä", "henkilöstömäärä", "työntekijät", "hlö", "personal",
        "antal anställda", "anställda", "employees", "staff", "headcount", "hlömäärä",
    ),
    Column.TURNOVER: (
        "liikevaihto", "omsättning", "turnover", "revenue", "lv", "liikevaihto eur",
        "liikevaihto 1000 eur", "liikevaihto teur", "omsättning teur",
    ),
    Column.CONTACT_NAME: (
        "yhteyshenkilö", "kontaktperson", "contact", "contact person", "kontakti",
        "yhteyshenkilön nimi", "kontaktpersonens namn", "toimitusjohtaja", "verkställande direktör",
    ),
    Column.CONTACT_TITLE: ("titteli", "tehtävänimike", "asema", "titel", "title", "rooli"),
    Column.CONTACT_PHONE: ("yhteyshenkilön puhelin", "kontaktpersonens telefon", "contact phone"),
    Column.CONTACT_EMAIL: (
        "yhteyshenkilön sähköposti", "kontaktpersonens e-post", "contact email",
    ),
    Column.REGISTERED_ON: (
        "perustettu", "perustamispäivä", "perustamispvm", "rekisteröity", "rekisteröintipäivä",
        "rekisteröintipvm", "grundad", "grundat", "registrerad", "registreringsdatum", "founded",
        "established", "registered", "registration date",
    ),
    Column.NOTE: (
        "huomautus", "huom", "lisätiedot", "lisätieto", "muistiinpanot", "anmärkning",
        "tilläggsuppgifter", "note", "notes", "kommentti", "kuvaus", "description",
    ),
}  # fmt: skip

_KNOWN = {fold(heading): column for column, names in HEADINGS.items() for heading in names}
_UNITS = re.compile(r"\b(1000|t|m|milj|k)?\s*(eur|euroa|euro|e)\b|\b(19|20)\d\d\b|\bhlo\b$")
ALIKE = 88

_VALUES: tuple[tuple[Column, Callable[[str], object]], ...] = (
    (Column.BUSINESS_ID, re.compile(r"(FI)?\d{7}-?\d").fullmatch),
    (Column.EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.\w+").fullmatch),
    (Column.POSTCODE, re.compile(r"(FI-)?\d{5}").fullmatch),
    (Column.WEBSITE, re.compile(r"(https?://|www\.)\S+", re.I).fullmatch),
    (Column.PHONE, re.compile(r"(\+358|0)[\d\s()-]{6,15}").fullmatch),
)


def guess_mapping(
    headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> dict[int, Column | None]:
    """{column number: what it holds, or None}; each kind of column is given once, to the heading
    that fits best, the leftmost first."""
    found: dict[int, tuple[Column, float]] = {}
    for index, heading in enumerate(headings):
        if guess := _by_heading(heading):
            found[index] = guess
    mapping: dict[int, Column | None] = dict.fromkeys(range(len(headings)))
    taken: set[Column] = set()
    for index in sorted(found, key=lambda each: (-found[each][1], each)):
        column = found[index][0]
        if column not in taken:
            mapping[index] = column
            taken.add(column)
    for index in range(len(headings)):
        if mapping[index] is None and (by_value := _by_values(rows, index)) not in {None, *taken}:
            mapping[index] = by_value
            taken.add(by_value)  # type: ignore[arg-type]
    return mapping


def left_out(
    headings: Sequence[str], rows: Sequence[Sequence[str]], mapping: Mapping[int, Column | None]
) -> list[str]:
    """Headings of the columns that hold something and mean nothing: what will not be taken in.
    A column without a heading is told by its number, counted from 1."""
    return [
        heading or str(index + 1)
        for index, heading in enumerate(headings)
        if not mapping.get(index) and any(index < len(row) and row[index].strip() for row in rows)
    ]


def _by_heading(heading: str) -> tuple[Column, float] | None:
    plain = fold(heading)
    if plain in _KNOWN:
        return _KNOWN[plain], 100.0
    bare = " ".join(_UNITS.sub(" ", plain).split())
    if bare in _KNOWN:
        return _KNOWN[bare], 99.0
    best = process.extractOne(bare, _KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
    if best and len(bare) > 3:
        return _KNOWN[best[0]], float(best[1])
    return None


def _by_values(rows: Sequence[Sequence[str]], index: int) -> Column | None:
    values = [row[index].strip() for row in rows[:50] if index < len(row) and row[index].strip()]
    if len(values) < 2:
        return None
    for column, fits in _VALUES:
        if sum(1 for value in values if fits(value)) >= 0.8 * len(values):
            return column
    return None
