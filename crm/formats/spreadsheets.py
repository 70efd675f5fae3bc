"""Firm lists as Finnish Excel writes them, CSV or XLSX, to and from tables of text."""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

import python_calamine
import xlsxwriter

from crm.domain.errors import Invalid, Reason
from crm.domain.names import fold
from crm.formats.tables import MOST_CELLS, MOST_COLUMNS, MOST_LETTERS, MOST_ROWS, Table

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024
MOST_PARTS = 100
ROWS_ABOVE = 100  # titles and empty rows that a list may have besides its rows
SHOWN = python_calamine.SheetVisibleEnum.Visible
OLE = b"\xd0\xcf\x11\xe0"
ZIP = b"PK\x03\x04"
FORMULA = re.compile(r"^[\s]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe\uffff\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# UTF-8 or a DOS page read as Windows-1252: "ä" becomes "Ã¤" or "„"
SPOILT = re.compile(r"\u00c3[\u0080-\u02ff\u2000-\u2122]|[A-Za-z][\u201e\u201d\u2020][a-z]")
DELIMITERS = (";", "\t", ",", "|")
PLAIN_NUMBER = re.compile(r"^[+\-]?[\d\s.,\u00a0]+%?$")


def read_table(data: bytes, filename: str) -> Table:
    """The first table of a CSV or XLSX file.

    Raises Invalid at "file" with the reason: empty, too large or heavy, not text, an encoding
    nobody can read, old Excel, no rows, too many rows, columns or cells, a cell too long.
    """
    if not data.strip():
        raise Invalid("file", Reason.FILE_EMPTY)
    if len(data) > MOST_BYTES:
        raise Invalid("file", Reason.FILE_TOO_LARGE, most=MOST_BYTES // 1024 // 1024)
    if data.startswith(OLE):
        raise Invalid("file", Reason.FILE_OLD_EXCEL)
    if data.startswith(ZIP):
        return _table(_xlsx_rows(data), "xlsx")
    if filename.lower().endswith((".xlsx", ".xlsm")):
        raise Invalid("file", Reason.FILE_UNREADABLE)
    return _table(_csv_rows(_decoded(data)), "csv")


def _table(rows: Iterable[list[str]], kind: str) -> Table:
    numbered = [(number, row) for number, row in enumerate(rows, 1) if any(row)]
    if not numbered:
        raise Invalid("file", Reason.FILE_EMPTY)
    start = _heading_index([row for _number, row in numbered[:20]])
    body = numbered[start + 1 :]
    if not body:
        raise Invalid("file", Reason.NO_ROWS)
    if len(body) > MOST_ROWS:
        raise Invalid("file", Reason.TOO_MANY_ROWS, most=MOST_ROWS)
    width = max(len(row) for _number, row in numbered[start:])
    headings = _distinct((numbered[start][1] + [""] * width)[:width])
    first = numbered[start][0] + 1
    filled: list[list[str]] = [[] for _ in range(body[-1][0] - first + 1)]
    for number, row in body:
        filled[number - first] = row + [""] * (width - len(row))
    return Table(headings, filled, first_row=first, kind=kind)


def _heading_index(rows: list[list[str]]) -> int:
    """The row of headings: below titles, the first that has as many cells as most rows."""
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    usual = sorted(widths)[len(widths) // 2]
    for index, width in enumerate(widths):
        if width >= max(1, usual // 2) and width > 1:
            return index
    return 0


def _distinct(headings: list[str]) -> list[str]:
    """The same heading a second time is kept apart as "Name (2)"; a column without one is called
    by its letter in Excel."""
    taken: set[str] = set()
    distinct = []
    for index, heading in enumerate(headings):
        name = stem = heading or _letters(index)
        number = 1
        while fold(name) in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(fold(name))
        distinct.append(name)
    return distinct


def _letters(index: int) -> str:
    first, last = divmod(index, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def _decoded(data: bytes) -> str:
    """Text in UTF-8 or UTF-16 by its mark, else UTF-8 if it reads so, else Windows-1252."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        text = "" if utf16 else _windows(data)
        if utf16:
            raise Invalid("file", Reason.FILE_ENCODING) from error
    if CONTROL.search(text):
        raise Invalid("file", Reason.FILE_NOT_TEXT)
    return text


def _windows(data: bytes) -> str:
    """Windows-1252. Bytes that are none, or letters that only come from reading another encoding
    as this one, are refused: nobody would mend a thousand names afterwards."""
    if CONTROL.search(data.decode("latin-1")):
        raise Invalid("file", Reason.FILE_NOT_TEXT)
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Invalid("file", Reason.FILE_ENCODING) from error
    if SPOILT.search(text):
        raise Invalid("file", Reason.FILE_ENCODING)
    return text


def _csv_rows(text: str) -> Iterator[list[str]]:
    """Rows by the delimiter that Excel's own first line names, else by the likeliest one.

    A quote that never ends would swallow rows: it is refused with the row it begins on.
    """
    named = re.match(r"sep=([;,\t|])\r?\n", text)
    delimiter = named[1] if named else _delimiter(text)
    csv.field_size_limit(MOST_LETTERS * 8)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0

    def cleaned() -> Iterator[list[str]]:
        nonlocal number
        for number, row in enumerate(reader, 1):
            yield [] if named and number == 1 else [unescaped(_clean(cell)) for cell in row]

    try:
        yield from _limited(cleaned())
    except csv.Error as error:
        if "field larger" in str(error):
            raise Invalid("file", Reason.CELL_TOO_LONG, most=MOST_LETTERS) from error
        raise Invalid("file", Reason.FILE_QUOTES, row=number + 1) from error


def _delimiter(text: str) -> str:
    """The mark that cuts most of the first rows into the same number of cells, the more the
    better; a semicolon when none does."""

    def evenness(mark: str) -> tuple[int, int]:
        counts = Counter(len(row) for row in _first_rows(text, mark) if len(row) > 1)
        width, rows = max(counts.items(), key=lambda each: (each[1], each[0]), default=(1, 0))
        return rows, width

    return max(DELIMITERS, key=evenness)


def _first_rows(text: str, mark: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text[:50_000], newline=""), delimiter=mark)
    try:
        return list(islice((row for row in reader if any(row)), 30))
    except csv.Error:
        return []


def _xlsx_rows(data: bytes) -> Iterator[list[str]]:
    _check_zip(data)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        seen = (each for each in book.sheets_metadata if each.visible == SHOWN)
        sheets = (book.get_sheet_by_name(each.name) for each in seen)
        chosen = next((s for s in sheets if s.height and s.width), None)
    except Exception as error:
        raise Invalid("file", Reason.FILE_UNREADABLE) from error
    if chosen is None:
        raise Invalid("file", Reason.FILE_EMPTY)
    if chosen.height * chosen.width > MOST_CELLS * 4 or chosen.width > 16_000:
        raise Invalid("file", Reason.TOO_MANY_CELLS, most=MOST_CELLS)
    if chosen.total_height > MOST_ROWS + ROWS_ABOVE:
        raise Invalid("file", Reason.TOO_MANY_ROWS, most=MOST_ROWS)
    yield from _limited([_text(cell) for cell in row] for row in chosen.iter_rows())


def _check_zip(data: bytes) -> None:
    """Refuse what would unpack to too much, before anything reads it; sizes are counted while
    unpacking, not believed. XML that declares a document type is refused too."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise Invalid("file", Reason.FILE_TOO_HEAVY)
            total = 0
            for part in parts:
                total += _unpacked(archive, part, MOST_UNPACKED - total)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Invalid("file", Reason.FILE_UNREADABLE) from error


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> int:
    size = 0
    with archive.open(part) as content:
        while block := content.read(1 << 20):
            if size == 0 and b"<!DOCTYPE" in block[:4096]:
                raise Invalid("file", Reason.FILE_UNREADABLE)
            size += len(block)
            if size > most:
                raise Invalid("file", Reason.FILE_TOO_HEAVY)
    return size


def _limited(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows down to the last with something in it, without the empty cells at their ends.

    Excel saves a sheet that was coloured to the bottom with a million empty rows: those below the
    list do no harm, those above a stray cell are refused as too many.
    """
    empty = passed = cells = 0
    for row in rows:
        while row and not row[-1]:
            row.pop()
        if not row:
            empty += 1
            continue
        passed += empty + 1
        cells += len(row)
        _check_limits(row, passed, cells)
        yield from ([] for _ in range(empty))
        yield row
        empty = 0


def _check_limits(row: list[str], rows: int, cells: int) -> None:
    if len(row) > MOST_COLUMNS:
        raise Invalid("file", Reason.TOO_MANY_COLUMNS, most=MOST_COLUMNS)
    if rows > MOST_ROWS + ROWS_ABOVE:
        raise Invalid("file", Reason.TOO_MANY_ROWS, most=MOST_ROWS)
    if cells > MOST_CELLS:
        raise Invalid("file", Reason.TOO_MANY_CELLS, most=MOST_CELLS)
    if any(len(cell) > MOST_LETTERS for cell in row):
        raise Invalid("file", Reason.CELL_TOO_LONG, most=MOST_LETTERS)


def _text(cell: Any) -> str:
    """A cell of Excel as text: whole numbers without a decimal, others with a decimal comma (a
    point could mean thousands), days as 2026-11-27."""
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        whole = cell.is_integer() and abs(cell) < 1e15
        return str(int(cell)) if whole else f"{cell:.15g}".replace(".", ",")
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return _clean(str(cell))


def _clean(cell: str) -> str:
    """Without the blanks round it and without what no database keeps: NUL, control characters."""
    return UNKEPT.sub("", unicodedata.normalize("NFC", cell)).strip()


def write_xlsx(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file whose every cell is text: nothing in it is ever a formula or a link. What looks
    like one carries Excel's own mark for text, so that editing the cell does not make it one."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        quoted = book.add_format({"quote_prefix": True})
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                mark = quoted if FORMULA.match(cell) else None
                sheet.write_string(number, column, _writable(cell), mark)
        sheet.freeze_panes(1, 0)
        sheet.autofit(max_width=300)
    return out.getvalue()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file for Finnish Excel: semicolons, UTF-8 with its mark. What Excel would take for a
    formula begins with an apostrophe, which reading takes away again."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([escaped(heading) for heading in headings])
    writer.writerows([escaped(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def escaped(cell: str) -> str:
    risky = FORMULA.match(cell) and not PLAIN_NUMBER.match(cell)
    return f"'{cell}" if risky or (cell.startswith("'") and FORMULA.match(cell[1:])) else cell


def unescaped(cell: str) -> str:
    """The cell without the apostrophe that escaped() put before a formula."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell[1:].lstrip("'")) else cell


def _writable(cell: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "", cell)[:MOST_LETTERS]
