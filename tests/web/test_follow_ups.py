"""Tasks and the day: made, changed, done, moved, dropped, taken back; and what waits at home."""

import re

import pytest

from crm.db import db
from crm.domain.cadence import Tier
from crm.domain.followups import FollowUpState
from crm.models import FollowUp
from tests.make import RAUMA, make_company, make_follow_up
from tests.web.world import World, then

TASK = {"text": "Lähetä tarjous", "due_on": "30.11.2026", "town_code": RAUMA}


def test_a_task_is_made_listed_changed_moved_and_done(world: World):
    browser, aino = world.browser("aino"), world.cast.aino
    form = TASK | {"assignee": aino.id}
    path = f"/companies/{world.company()}/follow-ups/new"
    assert "Lähetä tarjous" in then(browser, browser.post(path, data=form))
    row = db.session.query(FollowUp).one()
    assert "Lähetä tarjous" in browser.get("/follow-ups").text
    change = form | {"text": "Lähetä uusi tarjous", "version": 1}
    browser.post(f"/follow-ups/{row.id}/edit", data=change)
    browser.post(f"/follow-ups/{row.id}/move", data={"due_on": "4.12.2026", "version": 2})
    db.session.refresh(row)
    assert (row.text, row.due_on.isoformat()) == ("Lähetä uusi tarjous", "2026-12-04")
    page = then(browser, browser.post(f"/follow-ups/{row.id}/done", data={"version": 3}))
    assert "Lähetä uusi tarjous" in page
    assert "Lähetä uusi tarjous" not in browser.get("/follow-ups").text
    assert "Lähetä uusi tarjous" in browser.get("/follow-ups?state=done").text


def test_the_undo_button_after_done_opens_the_task_again(world: World):
    task, browser = world.promise(), world.browser("aino")
    form = {"version": 1, "back": "/follow-ups"}
    page = then(browser, browser.post(f"/follow-ups/{task.id}/done", data=form))
    undo = re.search(r'action="(/undo/\d+)"', page)
    assert undo
    answer = browser.post(undo[1], data={"back": "/follow-ups"})
    assert answer.headers["Location"] == "/follow-ups"
    db.session.refresh(task)
    assert (task.state, task.closed_at, task.closed_by_id) == (FollowUpState.OPEN, None, None)
    assert browser.post(undo[1]).status_code == 409


def test_a_dropped_task_keeps_its_reason_in_sight(world: World):
    task, browser = world.promise(), world.browser("aino")
    path = f"/follow-ups/{task.id}/drop"
    answer = browser.post(path, data={"reason": " ", "version": 1})
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    browser.post(path, data={"reason": "Hoitivat itse", "version": 1})
    assert "Hoitivat itse" in browser.get("/follow-ups?state=dropped").text
    assert "Hoitivat itse" in browser.get(f"/companies/{task.company_id}").text


WRONG = {"text": "", "due_on": "31.2.2026", "assignee": "987654", "town_code": "287"}


@pytest.mark.parametrize("field", list(WRONG))
def test_a_wrong_value_of_a_task_is_said_at_its_field_and_nothing_is_lost(world: World, field: str):
    form = TASK | {"assignee": str(world.cast.aino.id), field: WRONG[field]}
    path = f"/companies/{world.company()}/follow-ups/new"
    answer = world.browser("aino").post(path, data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field == "text" or 'value="Lähetä tarjous"' in answer.text
    assert field != "due_on" or "31.2.2026" in answer.text
    assert db.session.query(FollowUp).count() == 0


@pytest.mark.parametrize("day", ["1.1.2020", "31.2.2026", ""])
def test_a_task_is_moved_to_no_day_that_is_past_or_none(world: World, day: str):
    task = world.promise()
    form = {"due_on": day, "version": 1}
    answer = world.browser("aino").post(f"/follow-ups/{task.id}/move", data=form)
    assert answer.status_code == 422
    assert 'id="due_on-error"' in answer.text
    assert day in answer.text


def test_the_list_shows_own_tasks_first_and_everybody_s_on_demand(world: World):
    cast = world.cast
    company = world.firm()
    make_follow_up(company, cast.aino, text="Ainon tehtävä", due_in=-3)
    make_follow_up(company, cast.daavid, text="Daavidin tehtävä")
    browser = world.browser("aino")
    mine, everybody = browser.get("/follow-ups").text, browser.get("/follow-ups?who=all").text
    assert ("Ainon tehtävä" in mine, "Daavidin tehtävä" in mine) == (True, False)
    assert "Daavidin tehtävä" in everybody
    assert 'id="due-late"' in mine


def test_the_day_holds_seven_things_each_with_its_reason_and_the_rest_behind_a_link(world: World):
    aino = world.cast.aino
    make_follow_up(world.firm(), aino, text="Myöhäinen", due_in=-2)
    make_follow_up(world.firm(), aino, text="Tänään", due_in=0)
    make_follow_up(world.firm(), aino, text="Ensi viikolla", due_in=7)
    world.draft(note="Keskeneräinen")
    for number in range(8):
        make_company(f"Hiljainen {number} Oy", owner=aino, tier=Tier.ANCHOR)
    browser = world.browser("aino")
    page, everything = browser.get("/").text, browser.get("/?all=1").text
    shown = [page.index(text) for text in ("Myöhäinen", "Tänään", "Keskeneräinen", "Hiljainen 0")]
    assert shown == sorted(shown)
    assert len(set(re.findall(r"Hiljainen \d Oy", page))) == 4
    assert 'href="/?all=1"' in page
    assert len(set(re.findall(r"Hiljainen \d Oy", everything))) == 8
    assert "Ensi viikolla" in page


def test_an_empty_day_says_what_to_do(world: World):
    page = world.browser("vilma").get("/").text
    assert 'class="empty"' in page
    assert 'href="/companies"' in page
    assert "/interactions/new" not in page
