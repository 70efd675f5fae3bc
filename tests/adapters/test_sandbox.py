"""The child process that reads files: what it gives back, and what it survives."""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from crm.adapters import sandbox
from crm.domain.errors import Invalid, Reason
from crm.formats.tables import Table
from tests.formats import hostile
from tests.formats.test_register import SAMPLES

LIST = "Y-tunnus;Yritys\r\n9100000-5;Kuusen Sähkö Oy\r\n".encode("cp1252")


def refusal(data: bytes, filename: str = "lista.xlsx") -> Invalid:
    with pytest.raises(Invalid) as caught:
        sandbox.read_file(data, filename)
    return caught.value


def test_a_list_comes_back_as_a_table():
    table = sandbox.read_file(LIST, "lista.csv")
    assert isinstance(table, Table)
    assert table.rows == [["9100000-5", "Kuusen Sähkö Oy"]]
    assert sandbox.read_file(hostile.plain_file(), "a.xlsx").rows == [["Kuusi", "Rauma"]]


def test_an_answer_of_the_register_comes_back_as_rows():
    rows = sandbox.read_file((SAMPLES / "companies_search_mixed.trimmed.json").read_bytes(), "x")
    assert [row.record.name for row in rows] == ["Lindex Group Oyj", "Dynava Oy"]


@pytest.mark.parametrize(
    ("make", "reasons"),
    [
        (hostile.zip_bomb, {Reason.FILE_TOO_HEAVY}),
        (hostile.lying_sizes, {Reason.FILE_UNREADABLE, Reason.FILE_TOO_HEAVY}),
        (hostile.many_parts, {Reason.FILE_TOO_HEAVY}),
        (hostile.many_empty_cells, {Reason.NO_ROWS, Reason.TOO_MANY_CELLS}),
        (hostile.many_cells, {Reason.TOO_MANY_CELLS}),
        (hostile.last_row, {Reason.TOO_MANY_ROWS}),
        (hostile.last_corner, {Reason.TOO_MANY_ROWS, Reason.FILE_TOO_HEAVY}),
        (hostile.outside_entity, {Reason.FILE_UNREADABLE}),
        (hostile.laughing_entities, {Reason.FILE_UNREADABLE}),
        (hostile.truncated, {Reason.FILE_UNREADABLE}),
        (hostile.huge_cell, {Reason.CELL_TOO_LONG}),
        (hostile.deep_json, {Reason.FILE_NOT_REGISTER}),
    ],
)
def test_a_hostile_file_is_refused_and_this_process_goes_on(
    make: Callable[[], bytes], reasons: set[Reason]
):
    assert refusal(make()).reason in reasons


def test_a_file_over_the_limit_is_refused_before_a_child_is_started(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert refusal(b"x" * (sandbox.MOST_BYTES + 1)).reason is Reason.FILE_TOO_LARGE


@pytest.mark.parametrize("name", ["", "a\0b.csv", "x" * 300_000, "-c", "--help", "\udcff.csv"])
def test_no_name_of_a_file_troubles_the_child(name: str):
    assert sandbox.read_file(LIST, name).headings == ["Y-tunnus", "Yritys"]


def test_the_child_does_not_learn_the_settings_of_the_parent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SECRET_KEY", "kuusi-salaisuus")
    monkeypatch.setenv("DATABASE_URL", "postgresql://x")
    assert not {"SECRET_KEY", "DATABASE_URL"} & sandbox._bare_environment().keys()


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.01)
    begun = time.monotonic()
    assert refusal(LIST).reason is Reason.FILE_TOO_HEAVY
    assert time.monotonic() - begun < 5


def test_the_child_reads_in_spite_of_the_folder_one_stands_in(
    tmp_path: os.PathLike[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    assert sandbox.read_file(LIST, "lista.csv").first_row == 2


def test_the_child_loads_neither_flask_nor_the_database():
    code = "import sys, crm.adapters.sandbox; print(sorted({m.split('.')[0] for m in sys.modules}))"
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'flask'" not in child.stdout
    assert "'sqlalchemy'" not in child.stdout


def test_a_crash_of_the_child_is_logged_and_told_without_a_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    broken = subprocess.CompletedProcess([], 1, b"", b"Traceback: boom")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: broken)
    with caplog.at_level(logging.ERROR):
        caught = refusal(LIST)
    assert (caught.reason, caught.details) == (Reason.FILE_UNREADABLE, {})
    assert "boom" in caplog.text
