"""From cells to records: every value read or named as a problem, none dropped in silence."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from stdnum.eu import vat

from crm.domain.business_ids import parse_business_id
from crm.domain.companies import SiteKind
from crm.domain.company_fields import parse_email, parse_phone, parse_website
from crm.domain.days import parse_full_day
from crm.domain.errors import Invalid, Reason
from crm.domain.imports.numbers import read_euros, read_whole
from crm.domain.imports.records import (
    Address,
    Column,
    Lookups,
    Problem,
    ReadRow,
    Record,
    without_repeats,
)

LONGEST = {Column.NAME: 200, Column.STREET: 200, Column.CITY: 100, Column.CONTACT_NAME: 120}
LONGEST_VALUE = 240
LARGEST = 10_000_000_000_000  # euros; beyond it somebody's unit is wrong
POSTCODE = re.compile(r"[0-9]{5}")
INDUSTRY = re.compile(r"(?:TOL\s*)?((?:[0-9]\.?){1,4}[0-9]|[A-V])(?=\s|$|[-–:])")
AREA_AND_CITY = re.compile(r"(?:FI-)?([0-9]{5})\s+(\S.*)")


def read_rows(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    mapping: Mapping[int, Column | None],
    *,
    first_row: int,
    lookups: Lookups,
) -> list[ReadRow]:
    """Each row that is not empty, read by the mapping.

    Raises Invalid at "mapping" when no column holds the name.
    """
    by_column = {column: index for index, column in mapping.items() if column}
    if Column.NAME not in by_column:
        raise Invalid("mapping", Reason.NO_NAME_COLUMN)
    read = []
    for number, row in enumerate(rows, first_row):
        if any(cell.strip() for cell in row):
            cells = {
                column: row[index].strip() if index < len(row) else ""
                for column, index in by_column.items()
            }
            names = {column: headings[index] for column, index in by_column.items()}
            read.append(_Reader(cells, names, lookups).read(number))
    return without_repeats(read)


class _Reader:
    """Reads one row, gathering what is wrong with it."""

    def __init__(
        self, cells: Mapping[Column, str], headings: Mapping[Column, str], lookups: Lookups
    ) -> None:
        self.cells = cells
        self.headings = headings
        self.lookups = lookups
        self.problems: list[Problem] = []

    def read(self, number: int) -> ReadRow:
        name = self._text(Column.NAME, blocking=True)
        if not name and not self.problems:
            self._note(Column.NAME, Reason.NAME_MISSING, blocking=True)
        business_id = self._business_id()
        record = Record(
            name=name or "",
            business_id=business_id,
            industry_code=self._industry(),
            website=self._read(Column.WEBSITE, parse_website),
            email=self._read(Column.EMAIL, parse_email),
            phone=self._read(Column.PHONE, parse_phone),
            description=self._text(Column.NOTE, most=5000),
            registered_on=self._read(Column.REGISTERED_ON, parse_full_day),
            staff=self._count(Column.STAFF, read_whole),
            turnover=self._count(Column.TURNOVER, self._euros),
            contact_name=self._text(Column.CONTACT_NAME),
            contact_title=self._text(Column.CONTACT_TITLE, most=120),
            contact_phone=self._read(Column.CONTACT_PHONE, parse_phone),
            contact_email=self._read(Column.CONTACT_EMAIL, parse_email),
            addresses=self._addresses(),
        )
        rejected = any(problem.blocking for problem in self.problems)
        shown = self.cells.get(Column.NAME, "")[:200]
        return ReadRow(number, None if rejected else record, tuple(self.problems), shown)

    def _note(
        self, column: Column, code: Reason, *, blocking: bool = False, **details: Any
    ) -> None:
        self.problems.append(Problem(self.headings.get(column, column), code, details, blocking))

    def _text(
        self, column: Column, *, most: int | None = None, blocking: bool = False
    ) -> str | None:
        text = " ".join(self.cells.get(column, "").replace("\0", "").split())
        most = most or LONGEST.get(column, 254)
        if len(text) > most:
            self._note(column, Reason.TOO_LONG, blocking=blocking, most=most)
            return None
        return text or None

    def _read(self, column: Column, parse: Callable[[str], Any], *, blocking: bool = False) -> Any:
        text = self.cells.get(column, "")
        if not text or text in {"-", "–"}:
            return None
        if len(text) > LONGEST_VALUE:
            self._note(column, Reason.TOO_LONG, blocking=blocking, most=LONGEST_VALUE)
            return None
        try:
            return parse(text)
        except Invalid as refusal:
            self._note(column, refusal.reason, blocking=blocking, text=text[:60])
            return None

    def _business_id(self) -> str | None:
        """A foreign firm's VAT number is no Y-tunnus: the firm is taken in without one."""
        text = self.cells.get(Column.BUSINESS_ID, "")
        if len(text) < 20 and not text.upper().startswith("FI") and vat.is_valid(text):
            self._note(Column.BUSINESS_ID, Reason.FOREIGN_VAT, text=text)
            return None
        number: str | None = self._read(Column.BUSINESS_ID, parse_business_id, blocking=True)
        return number

    def _count(self, column: Column, parse: Callable[[str], int | None]) -> int | None:
        text = self.cells.get(column, "")
        if not text or text in {"-", "–"}:
            return None
        number = parse(text)
        if number is None:
            self._note(column, Reason.NOT_A_NUMBER, text=text[:60])
        elif number < 0:
            self._note(column, Reason.NUMBER_NEGATIVE, text=text[:60])
            return None
        elif number > LARGEST:
            self._note(column, Reason.OUT_OF_RANGE, least=0, most=LARGEST)
            return None
        return number

    def _euros(self, text: str) -> int | None:
        return read_euros(text, self.headings.get(Column.TURNOVER, ""))

    def _industry(self) -> str | None:
        text = self.cells.get(Column.INDUSTRY, "")
        if not text:
            return None
        if found := INDUSTRY.match(text):
            return found[1].replace(".", "")
        code = self.lookups.industry_named(text)
        if code is None:
            self._note(Column.INDUSTRY, Reason.UNKNOWN_INDUSTRY, text=text[:60])
        return code

    def _addresses(self) -> tuple[Address, ...]:
        street = self._text(Column.STREET)
        city = self._text(Column.CITY)
        postcode = self._postcode()
        if both := AREA_AND_CITY.fullmatch(city or ""):
            postcode, city = postcode or both[1], both[2]
        if not (street or city or postcode):
            return ()
        municipality = self.lookups.municipality_of_postcode(postcode or "")
        if city and not municipality:
            municipality = self.lookups.municipality_named(city)
            if municipality is None:
                self._note(Column.CITY, Reason.UNKNOWN_MUNICIPALITY, text=city[:60])
        return (Address(SiteKind.VISITING, street, postcode, city, municipality),)

    def _postcode(self) -> str | None:
        """Five digits; Excel eats leading zeros, so shorter numbers get them back."""
        text = self.cells.get(Column.POSTCODE, "").upper().removeprefix("FI-")
        if not text:
            return None
        code = text.zfill(5) if text.isascii() and text.isdigit() else text
        if not POSTCODE.fullmatch(code):
            self._note(Column.POSTCODE, Reason.UNKNOWN_POSTCODE, text=text[:60])
            return text[:20]
        if self.lookups.municipality_of_postcode(code) is None:
            self._note(Column.POSTCODE, Reason.UNKNOWN_POSTCODE, text=text[:60])
        return code
