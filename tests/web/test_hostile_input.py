"""Whatever is typed, sent or put into an address, the answer is a page for people, never a crash,
and what was typed is not lost."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from crm.db import db
from crm.models import FollowUp, Interaction
from tests.make import RAUMA
from tests.web.test_access import form_for, rows
from tests.web.world import World

HUGE = "9" * 30
TEXTS = (
    *("'; DROP TABLE company; --", '"', "%", "_%", "\\'", "a*", "OR NOT", "NEAR(a b)", "name:(x"),
    *("\x00", "a\x00b", "\ud7ff\ue000", "\u202egnp.exe", "💥" * 50, "<script>alert(1)</script>"),
    *("{{ 7*7 }}", "%(text)s %s %d", "å" * 2_000, "\t", HUGE, "-1", "NaN", "٣", "[]", "a\r\nb"),
)
ADDRESSES = (
    *("/search", "/companies/pick", "/companies/check", "/companies", "/companies.xlsx"),
    *("/companies/new", "/interactions", "/interactions/new", "/follow-ups", "/", "/sign-in"),
    *("/imports/{read_import}", "/companies/{company}"),
)
ARGUMENTS = (
    *("q", "name", "business_id", "town_code", "town", "tier", "mine", "quiet", "ended", "sort"),
    *("industry", "page", "channel", "topic", "who", "state", "all", "next", "back", "draft"),
    *("company", "note", "result", "show"),
)
OF_THE_PROGRAM = ("endpoint", "_method", "_external", "_scheme", "_anchor", "values", "self")


def test_no_text_in_an_address_breaks_a_page(world: World):
    browser = world.browser("aino")
    world.firm(name="Kuusen Konepaja Oy")
    broken = []
    for path in map(world.path, ADDRESSES):
        for text in TEXTS:
            given = dict.fromkeys(ARGUMENTS, text)
            if browser.get(path, query_string=given).status_code >= 500:
                broken.append((path, text[:40]))
    for text in TEXTS:
        palette = browser.get("/search", query_string={"q": text, "partial": "palette"})
        broken += [text[:40]] if palette.status_code >= 500 else []
    assert not broken


@pytest.mark.one_database
def test_no_name_in_an_address_reaches_the_program_s_own_words(world: World):
    browser = world.browser("aino")
    world.firm()
    for path in map(world.path, ADDRESSES):
        for name in OF_THE_PROGRAM:
            answer = browser.get(path, query_string={name: "javascript"})
            assert answer.status_code < 400, (path, name)
            assert b'="javascript:' not in answer.data


def test_a_number_no_row_can_have_is_a_missing_page(world: World):
    aino, eeva = world.browser("aino"), world.browser("eeva")
    for number in (HUGE, "-1", "2147483648", "9223372036854775808", "1.5", "%00"):
        for pattern in ("/companies/{}", "/imports/{}", "/interactions/{}/edit", "/follow-ups/{}"):
            assert aino.get(pattern.format(number)).status_code == 404, pattern
        assert aino.post(f"/undo/{number}").status_code == 404
        assert eeva.get(f"/outbox/{number}").status_code == 404
        assert eeva.post(f"/users/{number}/active").status_code == 404


def test_a_form_with_missing_doubled_or_senseless_fields_is_refused_in_words(world: World):
    browser = world.browser("aino")
    broken = []
    for pattern in one_of_each_rule(world):
        for form in spoiled(form_for(world, "aino", pattern)):
            answer = browser.post(world.path(pattern), data=form)
            if answer.status_code >= 500:
                broken.append((pattern, {name: str(v)[:20] for name, v in form.items()}))
    assert not broken


def one_of_each_rule(world: World) -> list[str]:
    """The first pattern of each POST rule that a table of the matrix lets Aino use."""
    adapter = world.app.url_map.bind("localhost")
    found: dict[str, str] = {}
    for method, pattern, cells in rows():
        path = re.sub(r"\{\w+\}", "1", pattern)
        if method == "POST" and cells[1] in {"302", "422"} and "password" not in pattern:
            found.setdefault(adapter.match(path, "POST", return_rule=True)[0].rule, pattern)
    return list(found.values())


def spoiled(form: dict[str, str]) -> list[dict[str, Any]]:
    """The form empty, with each field left out, and full of nonsense."""
    forms: list[dict[str, Any]] = [{}, form | {"note": "a\x00b"}]
    for name in form:
        forms.append({key: text for key, text in form.items() if key != name})
        forms += [form | {name: wrong} for wrong in ("", HUGE, "x" * 30_000)]
    return forms


MEETING = {
    "channel": "visit",
    "day": "today",
    "note": "Puhuttiin kaikesta",
    "visibility": "town",
    "step": "none",
    "town_code": RAUMA,
    "form_key": "avain-1",
}


@pytest.mark.parametrize("name", ["bertil", "carita"])
def test_the_key_of_somebody_else_s_form_is_refused_and_leaks_nothing(world: World, name: str):
    mine = MEETING | {"company_id": world.company()}
    assert world.browser("aino").post("/interactions/new", data=mine).status_code == 302
    world.browser("aino").post("/interactions/new", data=mine | {"draft": "1", "form_key": "d-1"})
    task = {"text": "Soita", "due_on": "30.11.2026", "town_code": RAUMA, "form_key": "t-1"}
    path = f"/companies/{mine['company_id']}/follow-ups/new"
    aino = task | {"assignee": world.cast.aino.id}
    assert world.browser("aino").post(path, data=aino).status_code == 302
    browser = world.browser(name)
    town = {"town_code": "287"} if name == "bertil" else {}
    own_task = task | town | {"assignee": getattr(world.cast, name).id}
    answers = [
        browser.post("/interactions/new", data=mine | town),
        browser.post("/interactions/new", data=mine | {"draft": "1", "form_key": "d-1"}),
        browser.post(path, data=own_task),
    ]
    for answer in answers:
        assert answer.status_code in {302, 409, 422}
        assert "Puhuttiin kaikesta" not in browser.get(answer.headers.get("Location", "/")).text
    authors = {row.author_id for row in db.session.query(Interaction).filter_by(form_key="avain-1")}
    assert authors == {world.cast.aino.id}


def test_two_tasks_without_a_form_key_are_two_tasks(world: World):
    browser, path = world.browser("aino"), f"/companies/{world.company()}/follow-ups/new"
    form = {"text": "Soita", "due_on": "30.11.2026", "town_code": RAUMA, "form_key": ""}
    form["assignee"] = str(world.cast.aino.id)
    for _ in range(2):
        assert browser.post(path, data=form).status_code == 302
    assert db.session.query(FollowUp).count() == 2


@pytest.mark.parametrize("code", ["999", "", "x" * 50, "068"])
def test_a_company_is_taken_on_only_by_a_town_of_the_network(world: World, code: str):
    browser = world.browser("carita")
    answer = browser.post(f"/companies/{world.company()}/engage", data={"town_code": code})
    assert answer.status_code in {403, 404, 422}


def test_a_draft_full_of_nonsense_opens_again(world: World):
    browser: FlaskClient = world.browser("aino")
    for number, form in enumerate(spoiled(MEETING)):
        given = form | {"draft": "1", "form_key": f"d-{number}"}
        if browser.post("/interactions/new", data=given).status_code == 302:
            page = browser.get("/interactions/new", query_string={"draft": f"d-{number}"})
            assert page.status_code == 200, form
