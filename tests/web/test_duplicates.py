"""The queue in the browser: one pair after another, with words for each answer."""

import csv
import io

from crm.db import db
from crm.domain.duplicates.decisions import PairState
from crm.models import Company, Duplicate
from tests.make import make_company, make_pair
from tests.web.world import World, then


def pairs(world: World, n: int = 3) -> list[Duplicate]:
    return [
        make_pair(make_company(f"Kone {at} Oy", business_id=None), make_company(f"Oy Kone {at} Ab"))
        for at in range(n)
    ]


def test_a_decision_leads_to_the_next_pair_until_none_waits(world: World):
    rows = pairs(world)
    ids = [row.id for row in rows]
    browser = world.browser("aino")
    listed = browser.get("/duplicates").text
    assert "Kone 0 Oy – Oy Kone 0 Ab" in listed
    version = {"version": 1}
    answer = browser.post(f"/duplicates/{ids[0]}/same", data=version)
    assert answer.headers["Location"] == f"/duplicates/{ids[1]}"
    why = {"because": "same_group"}
    answer = browser.post(f"/duplicates/{ids[1]}/different", data=version | why)
    assert answer.headers["Location"] == f"/duplicates/{ids[2]}"
    page = then(browser, browser.post(f"/duplicates/{ids[2]}/later", data=version))
    assert "Yhtään paria ei odota sinua" in page or "ei ole vielä verrattu" in page
    states = {row.id: row.state for row in db.session.query(Duplicate)}
    assert states == dict(
        zip(ids, (PairState.SAME, PairState.DIFFERENT, PairState.LATER), strict=True)
    )
    assert "Saman konsernin kaksi yritystä" in browser.get("/duplicates?show=different").text


def test_a_pair_shows_reasons_in_words_and_what_agrees_side_by_side(world: World):
    (row,) = pairs(world, 1)
    page = world.browser("aino").get(f"/duplicates/{row.id}").text
    for words in ("Nimet muistuttavat toisiaan", "puhuu vastaan", "97", "Rinnakkain", "eri"):
        assert words in page


def test_a_second_press_or_an_old_page_changes_nothing_and_says_so(world: World):
    (row,) = pairs(world, 1)
    browser, path = world.browser("aino"), f"/duplicates/{row.id}"
    form = {"version": 1, "because": "same_name"}
    assert browser.post(f"{path}/different", data=form).status_code == 302
    again = browser.post(f"{path}/different", data=form)
    assert again.status_code == 409
    assert 'role="alert"' in again.text
    assert browser.post(f"{path}/different", data={"version": 2}).status_code == 422
    assert browser.post(f"{path}/different", data={"because": "other"}).status_code in {409, 422}


def test_another_reason_without_words_is_said_on_the_pair_s_page(world: World):
    (row,) = pairs(world, 1)
    form = {"version": 1, "because": "other", "note": "  "}
    answer = world.browser("aino").post(f"/duplicates/{row.id}/different", data=form)
    assert answer.status_code == 422
    assert "Rinnakkain" in answer.text


def test_a_merge_from_the_queue_is_undone_from_its_toast_and_waits_again(world: World):
    (row,) = pairs(world, 1)
    browser = world.browser("aino")
    page = then(browser, browser.post(f"/duplicates/{row.id}/same", data={"version": 1}))
    assert "/merges/1/undo" in page
    browser.post("/merges/1/undo")
    assert "Kone 0 Oy" in browser.get("/duplicates").text
    assert db.session.query(Company).filter(Company.merged_into_id.is_not(None)).count() == 0


def test_the_decisions_come_as_labelled_pairs_that_no_program_takes_for_formulas(world: World):
    one = make_company("=HYPERLINK(1) Oy")
    row = make_pair(one, make_company("Oy Saha Ab"))
    browser = world.browser("aino")
    form = {"version": 1, "because": "same_name"}
    browser.post(f"/duplicates/{row.id}/different", data=form)
    (head, line) = csv.reader(io.StringIO(browser.get("/duplicates.csv").text))
    assert dict(zip(head, line, strict=True))["same"] == "0"
    assert "'=HYPERLINK(1) Oy" in line
    assert "0&nbsp;%" in browser.get("/duplicates/learned").text
    assert "=HYPERLINK" not in world.browser("bertil").get("/duplicates.csv").text
