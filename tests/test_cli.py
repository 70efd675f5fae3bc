"""The commands other programs rely on: what they print, and how they end."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LIST = (
    "Y-tunnus;Yritys;Postinumero\r\n9100001-3;Järven Veistämö Oy;26100\r\n1234567-8;Väärä Oy;\r\n"
).encode("cp1252")


@pytest.fixture
def seutu(database_url, tmp_path):
    """Runs `seutu …` as a program of its own on this test's database."""
    environment = os.environ | {
        "DATABASE_URL": database_url,
        "SEUTU_INSTANCE": str(tmp_path),
        "SECRET_KEY": "a key for the tests, not for anything else",
    }

    def run(*words: str, given: str = "", code: int = 0, settings=None) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "crm", *words],
            cwd=ROOT,
            input=given,
            capture_output=True,
            text=True,
            env=environment | (settings or {}),
            timeout=60,
            check=False,
        )
        assert done.returncode == code, done.stderr
        return done.stdout if code == 0 else done.stderr

    return run


def test_a_new_installation_gets_a_town_people_firms_and_answers(seutu, tmp_path):
    assert json.loads(seutu("towns", "add", "684", "--json")) == {"code": "684", "name": "Rauma"}
    made = seutu(
        *("users", "create", "liisa@seutu.example", "--role", "advisor", "--town", "684"),
        *("--password-stdin", "--json"),
        given="kolme kuusta pihalla\n",
    )
    assert json.loads(made)["id"] > 0
    file = tmp_path / "yritykset.csv"
    file.write_bytes(LIST)
    words = ("import", "companies", str(file), "--town", "684", "--json")
    looked = json.loads(seutu(*words, "--dry-run"))
    assert (looked["created"], looked["rejected"][0]["row"]) == (1, 3)
    assert json.loads(seutu("stats", "--json"))["companies"] == 0
    taken = json.loads(seutu(*words))
    assert (taken["rows"], taken["created"], taken["updated"], taken["unchanged"]) == (2, 1, 0, 0)
    (wrong,) = taken["rejected"]
    assert (wrong["column"], wrong["code"]) == ("Y-tunnus", "business_id_check_digit")
    assert "The last digit of the Business ID does not fit the others" in wrong["message"]
    hits = json.loads(seutu("search", "jarven veistmo", "--json"))
    assert hits[0]["text"] == "Järven Veistämö Oy"
    assert json.loads(seutu(*words))["unchanged"] == 1
    undone = json.loads(seutu("import", "undo", str(taken["batch"]), "--json"))
    assert undone["removed"] == 1
    assert json.loads(seutu("stats", "--json"))["companies"] == 0


@pytest.mark.one_database
def test_a_refusal_is_a_sentence_and_exit_1_and_wrong_usage_exit_2(seutu, tmp_path):
    binary = tmp_path / "kuva.csv"
    binary.write_bytes(b"\x89PNG\r\n\0\0\0")
    seutu("towns", "add", "684")
    said = seutu("import", "companies", str(binary), "--town", "684", code=1)
    assert "not a CSV file" in said
    assert "Traceback" not in said
    assert "no town with the code 999" in seutu("towns", "add", "999", code=1)
    assert "too short" in seutu("stats", code=1, settings={"SECRET_KEY": "short"})
    seutu("import", "companies", "no-such-file", "--town", "684", code=2)
    seutu("users", "create", "a@b.example", "--role", "king", code=2)


@pytest.mark.one_database
def test_a_mapping_file_corrects_the_guess(seutu, tmp_path):
    seutu("towns", "add", "684")
    file, mapping = tmp_path / "a.csv", tmp_path / "m.json"
    file.write_text("Nimi;Muu\r\nKuusi Oy;040 123 4567\r\n", encoding="utf-8")
    mapping.write_text(json.dumps({"Muu": "phone"}), encoding="utf-8")
    words = ("import", "companies", str(file), "--town", "684", "--mapping", str(mapping))
    assert json.loads(seutu(*words, "--json"))["created"] == 1
    assert "Kuusi Oy" in seutu("search", "040 123 4567")


def test_the_demo_is_seeded_and_its_reminders_are_planned_once(seutu):
    counts = json.loads(
        seutu("seed", "demo", "--companies", "60", "--interactions", "200", "--json")
    )
    assert counts["companies"] == 60
    demo = {"DEMO": "1"}
    now = ("--now", "2026-11-24T09:00+02:00")
    seutu("reminders", "run", *now, "--json", settings=demo)
    before = json.loads(seutu("reminders", "outbox", "--json"))
    seutu("reminders", "run", *now, settings=demo)
    assert json.loads(seutu("reminders", "outbox", "--json")) == before
    assert json.loads(seutu("db", "current", "--json"))["revision"]


@pytest.mark.one_database
def test_the_doctor_says_what_is_missing(seutu):
    report = json.loads(seutu("doctor", "--json"))
    assert report["ok"] in {True, False}
    assert any("SMTP_HOST" in check["message"] for check in report["checks"])


@pytest.mark.one_database
@pytest.mark.parametrize("command", ["import", "db", "seed", "users", "reminders", "towns"])
def test_every_group_explains_itself(seutu, command):
    assert "Usage:" in seutu(command, "--help")


@pytest.mark.one_database
@pytest.mark.parametrize("words", [("stats",), ("serve",), ("worker",), ("search", "kuusi")])
def test_a_database_without_tables_is_said_in_a_sentence_that_says_what_to_run(
    seutu, tmp_path, words
):
    empty = {"DATABASE_URL": f"sqlite:///{tmp_path}/tyhja.sqlite"}
    said = seutu(*words, code=1, settings=empty)
    assert "has no tables yet: run `seutu db upgrade`" in said
    assert "Traceback" not in said


@pytest.mark.one_database
def test_the_doctor_says_so_when_the_database_does_not_answer(seutu):
    away = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    said = seutu("doctor", code=1, settings=away)
    assert "Traceback" not in said
    said = seutu("stats", code=1, settings=away)
    assert "The database does not answer" in said
