"""The benches on a few firms: every row is printed, and the documentation has the same rows."""

import json
import re
from pathlib import Path

import pytest

from scripts.benches import imports, pages, tables
from scripts.benches.addresses import WHO
from scripts.benches.databases import TITLES
from scripts.benches.tables import Table

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("benches")]
TINY = ["--companies", "200", "--interactions", "600", "--database", "sqlite"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The benches of this module share their seeded database."""
    return tmp_path_factory.mktemp("benches")


def documented(bench: str) -> dict[str, list[list[str]]]:
    """{title: rows without headings} of a bench's tables in the documentation."""
    text = tables.DOCS.read_text("utf-8")
    part = text.split(f"<!-- bench {bench} -->")[1].split(f"<!-- end of bench {bench} -->")[0]
    found = {}
    for block in part.split("### ")[1:]:
        lines = [line for line in block.splitlines() if line.startswith("|")]
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
        found[block.splitlines()[0]] = [rows[0], *rows[2:]]
    return found


@pytest.mark.one_database
def test_every_page_is_measured_on_sqlite_and_over_http(folder, capsys):
    few = ["--requests", "1", "--repeat", "2", "--http", "--json", "--keep", str(folder)]
    pages.main([*TINY, *few])
    found = json.loads(capsys.readouterr().out)["tables"]

    inside, outside = found["SQLite, in the program"], found["SQLite, over HTTP"]
    assert [row["page"] for row in inside] == [row["page"] for row in outside]
    assert all(0 < row["p50"] <= row["p95"] <= row["most"] for row in [*inside, *outside])
    assert all(len(row["p95s"]) == 2 for row in inside)
    assert {row["queries"] for row in outside} == {None}
    assert not [row["page"] for row in inside if row["queries"] > pages.MOST_QUERIES]
    own_rows = [[row["page"], row["person"]] for row in inside]
    for title in TITLES.values():
        headings, *rows = documented("pages")[f"{title}, in the program"]
        assert headings == list(pages.HEADINGS)
        assert [row[:2] for row in rows] == own_rows


@pytest.mark.one_database
def test_every_list_comes_in_and_goes_out_again(folder, capsys):
    imports.main([*TINY, "--rows", "60", "--json", "--keep", str(folder)])
    (run,) = json.loads(capsys.readouterr().out)["tables"]["SQLite"]

    assert [(row["rows"], row["created"] + row["updated"]) for row in run] == [(60, 60)] * 4
    assert [row["updated"] for row in run if row["name"].startswith(imports.CHANGED)] == [60]
    assert all(row["told"] and row["undo_s"] > 0 and row["memory_mb"] > 20 for row in run)
    for title in TITLES.values():
        headings, *rows = documented("imports")[title]
        assert headings == list(imports.HEADINGS)
        assert [row[0] for row in rows] == [row["name"] for row in run]


@pytest.mark.one_database
def test_the_p95_is_the_smallest_time_that_95_of_100_keep():
    assert pages.quantile(list(range(1, 101)), 0.95) == 95
    assert pages.quantile([7.0], 0.95) == 7.0


@pytest.mark.one_database
def test_tables_are_renewed_between_their_markers_and_nothing_else_changes(tmp_path):
    file = tmp_path / "benchmarks.md"
    file.write_text("before\n<!-- bench x -->\nold\n<!-- end of bench x -->\nafter\n", "utf-8")
    tables.renew("x", "a machine", [Table("SQLite", ("Page", "p50 ms"), [("Day", 12.34)])], file)

    text = file.read_text("utf-8")
    assert text.startswith("before\n<!-- bench x -->\na machine")
    assert text.endswith("<!-- end of bench x -->\nafter\n")
    assert "| Day | 12.3 |" in text
    assert "old" not in text
    with pytest.raises(ValueError, match="no markers"):
        tables.renew("y", "", [], file)


@pytest.mark.one_database
def test_the_documentation_says_when_and_on_what_it_was_measured():
    text = tables.DOCS.read_text("utf-8")
    line = r"\d{4}-\d\d-\d\d, \d+ cores \(.+\), Python 3\.\d+\.\d+; 100 000 companies"
    assert len(re.findall(line, text)) == 2
    assert set(WHO.values()) >= {row[1] for row in documented("pages").popitem()[1][1:]}
