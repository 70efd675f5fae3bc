"""A table as it stands in a file: texts only, nothing interpreted yet."""

from dataclasses import dataclass, field

MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 1_000_000
MOST_LETTERS = 32_000


@dataclass(frozen=True)
class Table:
    """first_row is the number, in the file, of the first row below the headings."""

    headings: list[str]
    rows: list[list[str]]
    first_row: int = 2
    kind: str = "csv"
    notes: list[str] = field(default_factory=list)
