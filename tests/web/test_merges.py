"""The merge pages: comparing, choosing, merging, following old addresses, taking back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from crm import clock
from crm.db import db
from crm.models import Company, FollowUp, Interaction, Merge, Person, Position
from tests.make import (
    KRISTIINA,
    RAUMA,
    make_company,
    make_follow_up,
    make_interaction,
    make_person,
)
from tests.web.world import MISSING, World, then


@pytest.fixture
def pair(world: World) -> tuple[Company, Company]:
    """Two rows of one firm, both known to Rauma alone."""
    aino = world.cast.aino
    one = make_company("Kuusen Konepaja Oy", owner=aino, phone="+35821234567")
    other = make_company("Konepaja Kuusi", owner=aino, phone="+35827654321")
    make_interaction(other, aino, note="Muistio joka siirtyy")
    make_follow_up(other, aino, text="Lupaus joka siirtyy")
    return one, other


def address(one: Company, other: Company) -> str:
    return f"/companies/{one.id}/merge/{other.id}"


def form_of(browser: FlaskClient, path: str) -> dict[str, str]:
    """What the page's form would send as it is."""
    page = browser.get(path)
    assert page.status_code == 200
    seen = re.search(r'name="seen"[^>]*value="([\d:]+)"', page.text)
    assert seen is not None
    chosen = re.findall(r'type="radio" name="(take_\w+)" value="(\w+)" checked', page.text)
    return {"seen": seen[1], **dict(chosen)}


def merged(browser: FlaskClient, one: Company, other: Company, **given: str) -> Any:
    path = address(one, other)
    return browser.post(path, data=form_of(browser, path) | given)


def followed(browser: FlaskClient, path: str, data: dict[str, str]) -> TestResponse:
    """Post as a browser does that is sent on with its form."""
    answer = browser.post(path, data=data)
    assert answer.status_code == 308
    return browser.post(answer.headers["Location"], data=data)


def test_a_merge_moves_everything_and_offers_to_take_it_back(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    page = then(browser, merged(browser, one, other))
    made = db.session.query(Merge).one()
    for words in ("Muistio joka siirtyy", "Lupaus joka siirtyy", f"/merges/{made.id}/undo"):
        assert words in page
    assert browser.post(f"/merges/{made.id}/undo").status_code == 302
    assert "Muistio joka siirtyy" not in browser.get(f"/companies/{one.id}").text
    assert "Muistio joka siirtyy" in browser.get(f"/companies/{other.id}").text


def test_the_chosen_value_survives(world: World, pair: Any):
    one, other = pair
    answer = merged(world.browser("aino"), one, other, take_phone="loser", take_name="loser")
    assert answer.status_code == 302
    assert (one.phone, one.name) == ("+35827654321", "Konepaja Kuusi")


def test_a_value_that_is_no_choice_is_refused_and_the_choices_stay(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    answer = merged(browser, one, other, take_phone="both", take_name="loser")
    assert answer.status_code == 422
    assert 'name="take_name" value="loser" checked' in answer.text
    assert other.merged_into_id is None


def test_a_second_tap_on_merge_makes_no_second_merge(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    path = address(one, other)
    form = form_of(browser, path)
    answers = [browser.post(path, data=form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert db.session.query(Merge).count() == 1


def test_an_edit_meanwhile_is_shown_before_the_merge(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    path = address(one, other)
    form = form_of(browser, path)
    edit = {"text": "uusi@kuusi.example", "version": str(other.version)}
    assert browser.post(f"/companies/{other.id}/edit/email", data=edit).status_code == 302
    answer = browser.post(path, data=form)
    assert answer.status_code == 409
    assert "uusi@kuusi.example" in answer.text
    again = re.search(r'name="seen"[^>]*value="([\d:]+)"', answer.text)
    assert again is not None
    assert again[1] != form["seen"]
    assert browser.post(path, data=form | {"seen": again[1]}).status_code == 302


def test_a_fact_saved_on_the_old_page_after_the_merge_is_told_and_not_lost(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    stale = {"text": "02 999 8888", "version": str(other.version)}
    merged(browser, one, other)
    answer = followed(browser, f"/companies/{other.id}/edit/phone", stale)
    assert answer.status_code == 409
    assert "02 999 8888" in answer.text


def test_a_meeting_and_a_task_written_on_the_old_page_reach_the_survivor(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    merged(browser, one, other)
    meeting = {"channel": "call", "day": "today", "note": "Kesken jäänyt", "visibility": "town"}
    meeting |= {"step": "none", "town_code": RAUMA, "company_id": str(other.id)}
    meeting |= {"company": other.name}
    assert browser.post("/interactions/new", data=meeting).status_code == 302
    task = {"text": "Soita", "due_on": "30.11.2026", "town_code": RAUMA}
    task["assignee"] = str(world.cast.aino.id)
    path = f"/companies/{other.id}/follow-ups/new"
    assert followed(browser, path, task).status_code == 302
    assert {row.company_id for row in db.session.query(Interaction)} == {one.id}
    assert {row.company_id for row in db.session.query(FollowUp)} == {one.id}


def test_only_towns_that_know_neither_are_shut_out_and_some_are_told_whom_to_ask(world: World):
    cast = world.cast
    one = make_company("Rajan Saha Oy", towns=(RAUMA,), owner=cast.aino)
    other = make_company("Gränssågen Ab", towns=(KRISTIINA,), owner=cast.bertil)
    third = world.firm(KRISTIINA)
    path = address(one, other)
    page = world.browser("aino").get(path)
    assert page.status_code == 200
    assert "Kristiinankaupunki" in page.text
    assert 'data-variant="primary" aria-keyshortcuts' not in page.text
    refused = world.browser("aino").post(path, data=form_of(world.browser("aino"), path))
    assert refused.status_code == 422
    assert world.browser("aino").get(address(other, third)).status_code == 403
    assert world.browser("vilma").get(path).status_code == 403
    assert world.browser("aino").get(f"/companies/{MISSING}/merge/{one.id}").status_code == 404
    assert world.browser("aino").get(f"/companies/{one.id}/merge/{MISSING}").status_code == 404
    carita = world.browser("carita")
    assert carita.post(path, data=form_of(carita, path)).status_code == 302


def test_the_numbers_of_the_preview_tell_nothing_of_another_town_s_notes(world: World):
    cast = world.cast
    one = make_company("Rajan Saha Oy", towns=(RAUMA, KRISTIINA))
    other = make_company("Gränssågen Ab", towns=(RAUMA, KRISTIINA))
    path = address(one, other)
    before = world.browser("aino").get(path).text
    for _ in range(3):
        make_interaction(other, cast.bertil, town=KRISTIINA)
        make_follow_up(other, cast.bertil, town=KRISTIINA)
        world.draft(cast.bertil)
    assert _moves(world.browser("aino").get(path).text) == _moves(before)
    make_interaction(other, cast.aino)
    assert _moves(world.browser("aino").get(path).text) != _moves(before)


def _moves(page: str) -> str:
    return page[page.index('id="moves"') : page.index('id="towns"')]


def test_both_numbers_are_pointed_out(world: World):
    one = make_company("Yksi Oy", business_id="9100000-5")
    other = make_company("Kaksi Oy", business_id="9100001-3")
    page = world.browser("aino").get(address(one, other)).text
    assert "Molemmilla on oma Y-tunnus" in page


@pytest.mark.one_database
def test_every_page_of_a_merged_company_leads_to_the_same_page_of_its_survivor(
    world: World, app: Flask
):
    """Also over two merges, and also pages that are made later."""
    first, second, third = (world.firm() for _ in range(3))
    browser = world.browser("aino")
    for one, other in ((second, first), (third, second)):
        assert merged(browser, one, other).status_code == 302
    rules = [
        rule
        for rule in app.url_map.iter_rules()
        if "company_id" in rule.arguments and "GET" in (rule.methods or set())
    ]
    assert len(rules) >= 7
    for rule in rules:
        values: dict[str, Any] = {"field_name": "phone", "town_code": RAUMA}
        values |= {"other_id": world.firm().id, "company_id": first.id}
        given = {name: values[name] for name in rule.arguments}
        adapter = app.url_map.bind("localhost")
        path = adapter.build(rule.endpoint, given)
        answer = browser.get(f"{path}?show=3")
        assert answer.status_code == 301, path
        there = adapter.build(rule.endpoint, given | {"company_id": third.id})
        assert answer.headers["Location"] == f"{there}?show=3"
        assert answer.headers["Cache-Control"] == "no-store"
        assert browser.get(there).status_code in {200, 302}


@pytest.mark.one_database
def test_no_list_search_or_export_shows_a_merged_company(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    merged(browser, one, other)
    pages = ("/", "/?all=1", "/companies", "/companies?town=all", "/companies?q=konepaja")
    pages += ("/companies?quiet=1", "/companies?mine=1", "/search?q=Konepaja Kuusi")
    pages += ("/companies/pick?q=Kuusi", "/companies/check?name=Konepaja Kuusi", "/interactions")
    pages += ("/follow-ups", f"/companies/{one.id}", f"/companies/{one.id}/history")
    for path in pages:
        page = browser.get(path)
        assert page.status_code == 200
        assert not re.search(rf"companies/{other.id}\b|company={other.id}\b", page.text), path
    assert "Kuusen Konepaja Oy" in browser.get("/search?q=Konepaja Kuusi").text
    assert "Konepaja Kuusi" in browser.get(f"/companies/{one.id}/history").text


def test_undo_asks_before_it_takes_back_a_part(world: World):
    first, second, third = (world.firm() for _ in range(3))
    browser = world.browser("aino")
    merged(browser, second, first)
    merged(browser, third, second)
    early = db.session.query(Merge).order_by(Merge.id).first()
    assert early is not None
    refused = browser.post(f"/merges/{early.id}/undo")
    assert refused.status_code == 409
    assert third.name in refused.text
    assert 'name="partial"' in refused.text
    assert first.merged_into_id == second.id
    assert browser.post(f"/merges/{early.id}/undo", data={"partial": "1"}).status_code == 302
    assert first.merged_into_id is None


def test_undo_stands_on_the_company_s_page_for_ninety_days(world: World, pair: Any):
    one, other = pair
    browser = world.browser("aino")
    merged(browser, one, other)
    made = db.session.query(Merge).one()
    path = f"/merges/{made.id}/undo"
    made.merged_at = clock.now() - timedelta(days=89)
    page = browser.get(f"/companies/{one.id}").text
    assert path in page
    assert path not in world.browser("vilma").get(f"/companies/{one.id}").text
    made.merged_at = clock.now() - timedelta(days=91)
    page = browser.get(f"/companies/{one.id}").text
    assert path not in page
    assert other.name in page
    assert browser.post(path).status_code == 422
    assert world.browser("bertil").post(path).status_code == 403
    assert world.browser("vilma").post(path).status_code == 403
    assert browser.post(f"/merges/{MISSING}/undo").status_code == 404


def test_two_of_the_same_person_are_pointed_out_and_merged(world: World):
    firm = world.firm()
    one, other = make_person(firm, "Matti Salo"), make_person(firm, "Matti A. Salo")
    browser = world.browser("aino")
    path = f"/people/{one.id}/merge/{other.id}"
    assert path in browser.get(f"/companies/{firm.id}").text
    answer = browser.post(path, data=form_of(browser, path) | {"take_name": "loser"})
    page = then(browser, answer)
    assert "Matti A. Salo" in page
    assert path not in page
    assert db.session.get_one(Person, other.id).merged_into_id == one.id
    moved = db.session.query(Position).filter_by(person_id=other.id).one()
    assert browser.get(f"/positions/{moved.id}/edit").status_code == 301
    assert browser.get(f"/people/{other.id}/merge/{one.id}").status_code == 301
    assert world.browser("bertil").get(path).status_code in {301, 302, 403}
    assert world.browser("vilma").get(path).status_code == 403
    assert browser.get(f"/people/{MISSING}/merge/{one.id}").status_code == 404


def test_the_page_to_choose_from_finds_likely_ones_and_others_by_search(world: World):
    one = make_company("Rauman Telakkapalvelu Oy")
    alike = make_company("Rauman Telakkapalvelut Oy")
    other = make_company("Aivan Muu Oy")
    browser = world.browser("aino")
    page = browser.get(f"/companies/{one.id}/merge").text
    assert address(one, alike) in page
    assert address(one, other) not in page
    assert address(one, one) not in page
    assert address(one, other) in browser.get(f"/companies/{one.id}/merge?q=aivan muu").text
