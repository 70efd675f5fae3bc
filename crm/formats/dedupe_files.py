"""The files of `seutu dedupe file`: firm lists to columns, clusters and pairs to CSV."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest

from crm.domain.duplicates.finding import Found
from crm.domain.duplicates.records import TEXTS, Columns
from crm.domain.errors import Invalid, Reason
from crm.domain.imports.mapping import HEADINGS
from crm.domain.names import fold

AT_ONCE = 20_000
LONGEST_CELL = 16 * 1024 * 1024
REPEATED = frozenset({"postcode", "city", "country"})  # the same few texts in every row
KEY = "record_id"
_OTHER = {
    fold(heading): str(column) for column, headings in HEADINGS.items() for heading in headings
}


def read_csv(lines: Iterable[str]) -> Columns:
    """Columns of a CSV text with headings, separated by commas (or ; or tabs, if the first line
    is). Raises Invalid at "file" when record_id or name is missing or a row cannot be read."""
    csv.field_size_limit(LONGEST_CELL)
    lines = iter(lines)
    first = next(lines, "").removeprefix("\ufeff")
    delimiter = max(",;\t", key=first.count)
    headings = next(csv.reader([first], delimiter=delimiter), [])
    try:
        return columns_of(headings, csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise Invalid("file", Reason.FILE_QUOTES, row=1) from error
    except UnicodeDecodeError as error:
        raise Invalid("file", Reason.FILE_ENCODING) from error


def columns_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Columns:
    """The columns the engine reads; others are passed over, empty rows too."""
    wanted = _places(headings)
    columns: dict[str, list[str]] = {field: [] for field in wanted}
    known: dict[str, str] = {}
    rows = (row for row in rows if row)
    while chunk := list(islice(rows, AT_ONCE)):
        cells = list(zip_longest(*chunk, fillvalue=""))
        for field, place in wanted.items():
            column = cells[place] if place < len(cells) else ("",) * len(chunk)
            same = map(known.setdefault, column, column) if field in REPEATED else column
            columns[field].extend(same)
    others = {field: columns[field] for field in columns if field not in (KEY, "name")}
    return Columns(columns[KEY], columns["name"], {}, **others)


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Where each field stands: by its own name, else by the headings that imports know."""
    own = {heading.strip(): at for at, heading in reversed(list(enumerate(headings)))}
    known = {_OTHER[fold(each)]: at for each, at in own.items() if fold(each) in _OTHER}
    wanted = {field: own.get(field, known.get(field, -1)) for field in (KEY, *TEXTS)}
    for field in (KEY, "name"):
        if wanted[field] < 0:
            raise Invalid("file", Reason.COLUMN_MISSING, column=field)
    return {field: at for field, at in wanted.items() if at >= 0}


def cluster_rows(columns: Columns, found: Found) -> Iterator[tuple[str, int]]:
    """Every record with the number of its cluster; clusters are numbered from 1 as they come."""
    numbers: dict[int, int] = {}
    for key, first in zip(columns.key, found.clusters.tolist(), strict=True):
        yield key, numbers.setdefault(first, len(numbers) + 1)


def pair_rows(columns: Columns, found: Found) -> Iterator[tuple[str, str, str]]:
    keys, pairs = columns.key, found.pairs
    for left, right, likely in zip(
        pairs.left.tolist(), pairs.right.tolist(), pairs.probability.tolist(), strict=True
    ):
        yield keys[left], keys[right], f"{likely:.6f}"
