"""Meetings: logging one by an ordinary form, drafts, changing, deleting, the list."""

import re
from typing import Any

import pytest

from crm.db import db
from crm.domain.access import Visibility
from crm.domain.interactions import Channel, Topic
from crm.models import Draft, FollowUp, Interaction, InteractionTopic
from tests.make import RAUMA, TODAY, make_company, make_interaction, make_person
from tests.web.world import World, then

MEETING = {
    "channel": "visit",
    "day": "today",
    "note": "Tarvitsevat kuusi hitsaajaa.",
    "visibility": "town",
    "step": "none",
    "town_code": RAUMA,
    "growth_will": "",
}


def test_the_empty_form_is_set_to_what_is_most_often_right(world: World):
    page = world.browser("aino").get(f"/interactions/new?company={world.company()}").text
    checked = set(re.findall(r'<input[^>]* value="([^"]*)"[^>]* checked', page))
    assert {"visit", "today", "none", "town"} <= checked
    assert re.search(r'name="form_key"[^>]* value="[0-9a-f-]{36}"', page)


def test_a_meeting_with_everything_in_it_is_kept_and_stands_on_the_company_s_page(world: World):
    company, browser = world.firm(), world.browser("aino")
    matti = make_person(company, "Matti Salo")
    form = MEETING | {
        "company_id": company.id,
        "day": "other",
        "held_on": "20.11.2026",
        "step": "two_weeks",
        "step_text": "Lähetä koulutustarjous",
        "topics": ["recruitment", "training"],
        "attendees": [matti.id],
        "new_attendee": "Maija Uusi",
        "advisors": [world.cast.daavid.id],
        "growth_will": "yes",
    }
    page = then(browser, browser.post("/interactions/new", data=form))
    for text in ("Tarvitsevat kuusi hitsaajaa.", "Lähetä koulutustarjous", "Maija Uusi"):
        assert text in page
    row = db.session.query(Interaction).one()
    assert (row.held_on.day, row.topics) == (20, [Topic.RECRUITMENT, Topic.TRAINING])
    assert {person.name for person in row.attendees} == {"Matti Salo", "Maija Uusi"}
    assert {user.name for user in row.advisors} == {"Aino Virtanen", "Daavid Koski"}
    assert (db.session.query(FollowUp).one().due_on - TODAY).days == 14


def test_a_second_save_of_one_form_makes_no_second_meeting(world: World):
    form = MEETING | {"company_id": world.company(), "form_key": "avain", "step": "week"}
    for _ in range(2):
        assert world.browser("aino").post("/interactions/new", data=form).status_code == 302
    assert db.session.query(Interaction).count() == db.session.query(FollowUp).count() == 1


WRONG = {
    "note": {"note": " "},
    "held_on": {"day": "other", "held_on": "31.2.2026"},
    "step_on": {"step": "other", "step_on": "huomenna"},
    "readers": {"visibility": "named"},
}


@pytest.mark.parametrize("field", list(WRONG))
def test_a_wrong_value_is_said_at_its_field_and_nothing_typed_is_lost(world: World, field: str):
    typed: dict[str, Any] = {"step_text": "Lähetä tarjous", "company_id": world.company()}
    answer = world.browser("aino").post("/interactions/new", data=MEETING | typed | WRONG[field])
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="Lähetä tarjous"' in answer.text
    assert field == "note" or "Tarvitsevat kuusi hitsaajaa." in answer.text
    assert all(value in answer.text for value in WRONG[field].values())
    assert db.session.query(Interaction).count() == 0


def test_a_day_to_come_is_refused(world: World):
    form = MEETING | {"company_id": world.company(), "day": "other", "held_on": "1.12.2026"}
    answer = world.browser("aino").post("/interactions/new", data=form)
    assert answer.status_code == 422
    assert 'id="held_on-error"' in answer.text


def test_a_typed_company_is_offered_to_choose_from_and_the_note_waits(world: World):
    make_company("Kuusen Konepaja Oy")
    browser = world.browser("aino")
    answer = browser.post("/interactions/new", data=MEETING | {"company": "kusen konepaja"})
    assert answer.status_code == 422
    assert "Kuusen Konepaja Oy" in answer.text
    assert "Tarvitsevat kuusi hitsaajaa." in answer.text
    answer = browser.post("/interactions/new", data=MEETING | {"company": "xqzw"})
    assert answer.status_code == 422
    assert "xqzw" in answer.text


def test_a_draft_waits_on_the_day_goes_on_with_what_was_typed_and_ends_with_the_meeting(
    world: World,
):
    company, browser = world.company(), world.browser("aino")
    form = MEETING | {"company_id": company, "form_key": "luonnos", "topics": ["export"]}
    day = then(browser, browser.post("/interactions/new", data=form | {"draft": "1"}))
    assert "/interactions/new?draft=luonnos" in day
    page = browser.get("/interactions/new?draft=luonnos").text
    assert "Tarvitsevat kuusi hitsaajaa." in page
    assert re.search(r'value="export"[^>]* checked', page)
    browser.post("/interactions/new", data=form)
    assert db.session.query(Draft).count() == 0
    assert db.session.query(Interaction).count() == 1


def test_a_draft_can_be_thrown_away_by_its_writer_alone(world: World):
    key = world.draft()
    world.browser("bertil").post(f"/drafts/{key}/discard")
    assert db.session.query(Draft).count() == 1
    assert "Kesken" not in world.browser("bertil").get(f"/interactions/new?draft={key}").text
    world.browser("aino").post(f"/drafts/{key}/discard")
    assert db.session.query(Draft).count() == 0


def test_a_meeting_is_changed_deleted_and_brought_back(world: World):
    row, browser = world.note(note="Vanha teksti"), world.browser("aino")
    path = f"/interactions/{row.id}"
    assert "Vanha teksti" in browser.get(f"{path}/edit").text
    form = MEETING | {"note": "Uusi teksti", "version": 1}
    assert "Uusi teksti" in then(browser, browser.post(f"{path}/edit", data=form))
    page = then(browser, browser.post(f"{path}/delete"))
    assert "Uusi teksti" not in page
    undo = re.search(r'action="(/undo/\d+)"', page)
    assert undo
    back = {"back": f"/companies/{row.company_id}"}
    assert "Uusi teksti" in then(browser, browser.post(undo[1], data=back))


def test_a_wrong_value_in_a_change_keeps_the_text_and_the_meeting(world: World):
    row = world.note(note="Vanha teksti")
    form = MEETING | {"note": "Uusi", "day": "other", "held_on": "99.99.", "version": 1}
    answer = world.browser("aino").post(f"/interactions/{row.id}/edit", data=form)
    assert answer.status_code == 422
    assert "99.99." in answer.text
    db.session.refresh(row)
    assert row.note == "Vanha teksti"


def test_correcting_a_word_keeps_those_who_took_part_and_have_left_since(world: World):
    cast = world.cast
    row = world.note(visibility=Visibility.NAMED, readers=(cast.bertil,))
    matti = make_person(row.company, "Matti Salo")
    matti.positions[0].until_on = TODAY
    row.attendees, row.advisors = [matti], [cast.aino, cast.bertil]
    browser = world.browser("aino")
    path = f"/interactions/{row.id}/edit"
    form = MEETING | checked_choices(browser.get(path).text)
    form |= {"visibility": "named", "version": row.version}
    assert browser.post(path, data=form).status_code == 302
    db.session.refresh(row)
    assert [person.name for person in row.attendees] == ["Matti Salo"]
    assert set(row.advisors) == set(row.readers) == {cast.aino, cast.bertil}


def checked_choices(page: str) -> dict[str, list[str]]:
    """What a browser sends of the chips that are on."""
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name = re.search(r'name="(attendees|advisors|readers)"', tag)
        value = re.search(r'value="(\d+)"', tag)
        if name and value and " checked" in tag:
            found.setdefault(name[1], []).append(value[1])
    return found


def test_the_list_is_narrowed_by_writer_way_and_topic(world: World):
    cast, company = world.cast, world.firm()
    row = make_interaction(company, cast.aino, note="Ainon käynti", channel=Channel.VISIT)
    row.topic_rows = [InteractionTopic(topic=Topic.EXPORT)]
    make_interaction(company, cast.daavid, note="Daavidin puhelu", channel=Channel.CALL)
    world.note("287", note="Bertilin salaisuus")
    browser = world.browser("aino")
    expected = {
        "": (True, True),
        "who=me": (True, False),
        "channel=call": (False, True),
        "topic=export": (True, False),
        "channel=call&topic=export": (False, False),
        "town=287": (True, True),
    }
    for query, seen in expected.items():
        page = browser.get(f"/interactions?{query}").text
        assert ("Ainon käynti" in page, "Daavidin puhelu" in page) == seen, query
        assert "Bertilin salaisuus" not in page


def test_the_list_goes_on_on_a_second_page(world: World):
    company = world.firm()
    for number in range(35):
        make_interaction(company, world.cast.aino, note=f"Muistio {number:02}.", days_ago=number)
    browser = world.browser("aino")
    assert "Muistio 34." not in browser.get("/interactions").text
    assert "Muistio 34." in browser.get("/interactions?page=2").text
