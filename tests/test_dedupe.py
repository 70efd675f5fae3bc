"""`seutu dedupe file`: two towns' lists cleaned before anything is imported."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crm import codes
from crm.cli import dedupe
from crm.domain.duplicates.finding import find_duplicates
from crm.domain.errors import Invalid, Reason
from crm.formats.dedupe_files import read_csv
from crm.formats.spreadsheets import write_xlsx

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.one_database
HEADINGS = ("record_id", "name", "street", "postcode", "city", "phone", "entity_id")
ROWS = (
    ("r1", "Kuusen Konepaja Oy", "Torikatu 1", "26100", "Rauma", "02 8377001", "x"),
    ("r2", "Savon Sähkö Oy", "", "", "Kuopio", "", "y"),
    ("k1", "KUUSEN KONEPAJA", "Torikatu 1 A", "", "RAUMA", "+358 2 8377001", "x"),
    ("k2", "Genelec Oy", "", "", "Iisalmi", "", "z"),
    ("k3", "Kuusen Konepaja Oy", "Torikatu 1", "26100", "Rauma", "02 8377001", "x"),
)


def written(rows=ROWS, headings=HEADINGS) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([headings, *rows])
    return out.getvalue()


def run(*words: str, code: int = 0) -> subprocess.CompletedProcess:
    """The command, with a database that cannot be reached: it needs none."""
    environment = os.environ | {"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-m", "crm", "dedupe", "file", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=environment,
        timeout=120,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def test_a_file_gets_clusters_and_pairs_without_a_database(tmp_path):
    source, target, pairs = (tmp_path / name for name in ("in.csv", "out.csv", "pairs.csv"))
    source.write_text(written(), "utf-8")
    done = run(str(source), str(target), "--pairs", str(pairs), "--json")
    counts = json.loads(done.stdout)
    assert {key: counts[key] for key in ("records", "clusters")} == {"records": 5, "clusters": 3}
    assert set(counts) >= {"candidate_pairs", "pairs", "seconds"}
    rows = table(target)
    assert [row["record_id"] for row in rows] == ["r1", "r2", "k1", "k2", "k3"]
    numbers = [row["cluster_id"] for row in rows]
    assert numbers[0] == numbers[2] == numbers[4]
    assert len(set(numbers)) == 3
    found = table(pairs)
    assert {(row["left_id"], row["right_id"]) for row in found} >= {("r1", "k1"), ("r1", "k3")}
    assert all(0 <= float(row["probability"]) <= 1 for row in found)
    assert "5 records" in done.stderr


def test_equal_input_gives_equal_files(tmp_path):
    (tmp_path / "in.csv").write_text(written(), "utf-8")
    answers = []
    for name in ("one.csv", "two.csv"):
        run(str(tmp_path / "in.csv"), str(tmp_path / name))
        answers.append((tmp_path / name).read_bytes())
    assert answers[0] == answers[1]


def test_an_excel_file_is_read_too(tmp_path):
    source = tmp_path / "in.xlsx"
    source.write_bytes(write_xlsx(HEADINGS, ROWS))
    run(str(source), str(tmp_path / "out.csv"))
    assert len({row["cluster_id"] for row in table(tmp_path / "out.csv")}) == 3


def test_a_certainty_nobody_has_leaves_only_copies_together(tmp_path):
    (tmp_path / "in.csv").write_text(written(ROWS[:4]), "utf-8")
    run(str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--min-probability", "0.9999999")
    assert len({row["cluster_id"] for row in table(tmp_path / "out.csv")}) == 4


def test_a_missing_column_is_named_and_ends_with_one(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text("id2,nimi2\r\n1,Kuusi\r\n", "utf-8")
    assert "record_id" in run(str(source), str(tmp_path / "out.csv"), code=1).stderr


def test_a_file_that_is_not_utf_8_is_refused_in_words(tmp_path):
    source = tmp_path / "in.csv"
    source.write_bytes("record_id,name\n1,Säkylän Saha\n".encode("cp1252"))
    assert "UTF-8" in run(str(source), str(tmp_path / "out.csv"), code=1).stderr


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    run(str(tmp_path / "no.csv"), str(tmp_path / "out.csv"), code=2)


def test_a_probability_above_one_is_wrong_usage(tmp_path):
    (tmp_path / "in.csv").write_text(written(), "utf-8")
    words = (str(tmp_path / "in.csv"), str(tmp_path / "out.csv"), "--min-probability", "1.5")
    run(*words, code=2)


def test_finnish_headings_and_semicolons_are_understood():
    text = "record_id;Yritys;Postinumero;Kunta;Puhelin\n1;Kuusi Oy;26100;Rauma;02 8377001\n"
    columns = read_csv(io.StringIO(text))
    assert columns.firm(0).city == "Rauma"
    assert columns.firm(0).phone == "02 8377001"


def test_short_and_long_rows_lose_nothing():
    columns = read_csv(["record_id,name,city\n", "1,Kuusi\n", "\n", "2,Genelec,Iisalmi,more\n"])
    assert list(columns.name) == ["Kuusi", "Genelec"]
    assert list(columns.city) == ["", "Iisalmi"]


def test_a_file_of_headings_only_has_no_records():
    columns = read_csv(["record_id,name\n"])
    assert len(columns) == 0
    assert len(find_duplicates(columns).clusters) == 0


def test_an_empty_file_lacks_its_columns():
    with pytest.raises(Invalid) as refused:
        read_csv([])
    assert refused.value.reason is Reason.COLUMN_MISSING


def test_nul_bytes_quotes_and_line_breaks_in_a_cell_are_letters_of_it(tmp_path):
    source = tmp_path / "in.csv"
    source.write_text('record_id,name\n1,"Kuusi\x00 ""Oy"",\n Rauma"\n2,Genelec\n', "utf-8")
    assert len(dedupe.read(source)) == 2


def test_a_locality_and_its_municipality_are_one_town():
    places = codes.places()
    assert places.town("kauvatsa", "") == places.town("", "32920") == "kokemaki"
    assert places.town("tuntematon", "") == "tuntematon"
