"""Tables of figures, in a terminal and in docs/benchmarks.md."""

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs" / "benchmarks.md"
Cell = str | float | int | None


@dataclass(frozen=True)
class Table:
    """Rows of figures under a title; the first column is words."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


def machine() -> dict[str, str | int]:
    """What the figures were measured on."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011 (a person's day, in no database)
        "cores": os.cpu_count() or 0,
        "processor": _processor(),
        "python": platform.python_version(),
    }


def machine_line() -> str:
    of = machine()
    return f"{of['date']}, {of['cores']} cores ({of['processor']}), Python {of['python']}"


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    text = info.read_text("utf-8") if info.exists() else ""
    found = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return found[1] if found else platform.machine()


def said(cell: Cell) -> str:
    """A figure with as many digits as mean something."""
    if cell is None:
        return "–"
    if isinstance(cell, float):
        return f"{cell:.1f}" if cell < 100 else f"{cell:.0f}"
    return f"{cell:,}".replace(",", " ") if isinstance(cell, int) else cell


def plain(table: Table) -> str:
    cells = [table.headings, *([said(cell) for cell in row] for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cells
    ]
    return "\n".join([table.title, "", *lines, ""])


def markdown(table: Table) -> str:
    rows = [table.headings, ["---", *["---:"] * (len(table.headings) - 1)]]
    rows += [[said(cell) for cell in row] for row in table.rows]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([f"### {table.title}", "", *lines, ""])


def renew(name: str, line: str, tables: Sequence[Table], file: Path = DOCS) -> None:
    """Put these tables between the markers of this bench, in place of the earlier ones.

    Raises ValueError when the file has no such markers.
    """
    start, end = f"<!-- bench {name} -->", f"<!-- end of bench {name} -->"
    text = file.read_text("utf-8")
    before, found, rest = text.partition(start)
    _old, ended, after = rest.partition(end)
    if not found or not ended:
        raise ValueError(f"{file.name} has no markers of the bench {name}")
    body = "\n".join([line, "", *map(markdown, tables)])
    file.write_text(f"{before}{start}\n{body}\n{end}{after}", "utf-8")
