"""The search of the register: when it runs, what it finds, and that it runs once."""

from datetime import timedelta

import pytest

from crm import audit
from crm.actions.companies import create_company
from crm.db import db
from crm.domain.batches import BatchState, RowResult
from crm.jobs import duplicates as searches
from crm.models import Company, Duplicate, ImportBatch, ImportRow
from tests.make import KRISTIINA, NOW, RAUMA, make_company

NIGHT = NOW.replace(hour=0, minute=35)  # 02.35 in Finland


@pytest.fixture
def twins(aino):
    """One firm as two towns have it, its sister, and many others."""
    facts = {"phone": "+35821234567", "website": "https://www.kuusi.example"}
    make_company("Kuusen Konepaja Oy", business_id="9100000-5", **facts)
    make_company("KUUSEN KONEPAJA", towns=(KRISTIINA,), **facts)
    for number, name in enumerate(("Saha Mänty", "Leipomo Aho", "Telakka Ranta", "Sähkö Salo")):
        make_company(f"{name} Oy", phone=f"+3584000000{number}")
    db.session.commit()


def run(at) -> None:
    searches.search_if_due(lambda: at)


def test_the_night_s_search_finds_one_firm_in_two_towns_with_its_reasons(app, twins):
    run(NIGHT)
    (row,) = db.session.query(Duplicate)
    names = {db.session.get_one(Company, i).name for i in (row.left_id, row.right_id)}
    assert names == {"Kuusen Konepaja Oy", "KUUSEN KONEPAJA"}
    assert row.probability > 0.9
    assert {"phone", "site", "name"} <= {each["clue"] for each in row.reasons}
    assert row.features["PHONE_SAME"] > 0


def test_a_night_is_searched_once_whatever_the_number_of_workers(app, twins):
    run(NIGHT)
    db.session.query(Duplicate).delete()
    db.session.commit()
    run(NIGHT + timedelta(minutes=5))
    assert db.session.query(Duplicate).count() == 0
    run(NIGHT + timedelta(days=8))
    assert db.session.query(Duplicate).count() == 1


def test_an_import_is_followed_by_a_search(app, twins, aino):
    run(NIGHT)
    db.session.query(Duplicate).delete()
    row = {"town_code": RAUMA, "filename": "a.csv", "kind": "csv", "file_hash": "x", "table": b""}
    batch = ImportBatch(**row, mapping={}, counts={}, state=BatchState.APPLIED)
    batch.applied_at = NIGHT + timedelta(hours=5)
    db.session.add(batch)
    db.session.flush()
    twin = db.session.query(Company).filter_by(name="KUUSEN KONEPAJA").one()
    record = {"batch_id": batch.id, "number": 2, "result": RowResult.CREATED, "values": {}}
    db.session.add(ImportRow(**record, company_id=twin.id, problems=[], changes=[]))
    audit.record(aino, "import.applied", batch, now=batch.applied_at, town_code=RAUMA)
    db.session.commit()
    run(NIGHT + timedelta(hours=4))
    assert db.session.query(Duplicate).count() == 0
    run(NIGHT + timedelta(hours=6))
    assert db.session.query(Duplicate).count() == 1


def looked_at(at) -> int:
    return searches.questions.last_run(searches.JOB, until=at).outcome["looked_at"]


def test_the_next_night_looks_only_at_what_changed_and_finds_it(app, twins, aino):
    run(NIGHT)
    found = db.session.query(Duplicate).one().id
    create_company(aino, name="Sähkö-Salo", business_id="", town_code=RAUMA, now=NOW)
    db.session.commit()
    run(NIGHT + timedelta(days=1))
    assert looked_at(NIGHT + timedelta(days=1)) == 1
    assert db.session.query(Duplicate).count() == 2
    assert db.session.get(Duplicate, found) is not None
    run(NIGHT + timedelta(days=2))
    assert looked_at(NIGHT + timedelta(days=2)) <= 1
    assert db.session.query(Duplicate).count() == 2


def test_a_week_later_everything_is_looked_at_again(app, twins):
    for day in range(8):
        run(NIGHT + timedelta(days=day))
    assert looked_at(NIGHT + timedelta(days=6)) == 0
    assert looked_at(NIGHT + timedelta(days=7)) == 6


def test_a_search_that_fails_is_told_and_the_next_night_searches(app, twins, monkeypatch):
    monkeypatch.setattr(searches, "search", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(NIGHT)
    state = searches.state(NIGHT + timedelta(minutes=1))
    assert (state["running"], state["error"]) == (False, "ZeroDivisionError")
    monkeypatch.undo()
    run(NIGHT + timedelta(days=1))
    assert db.session.query(Duplicate).count() == 1
