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
    *("'", "''", '"', "' OR 1=1 --", "'; DROP TABLE company; --", "%", "_", "%%%", "\\", "\\'"),
    *("*", "a*", "AND", "OR NOT", "NEAR(a b)", '"a" "b', "name:kuusi", "(((", "^a", "-a", "{a}"),
    *("\x00", "a\x00b", "\ud7ff\ue000", "\u202egnp.exe", "\ufeff", "💥" * 50, "å" * 300, "İı", "ß"),
    *(
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        "%(text)s %s %d",
        "${7*7}",
        "a" * 10_000,
        " ",
        "\t",
    ),
    *(
        "+358",
        "1234567-8",
        "-1",
        "0",
        HUGE,
        "1e9",
        "NaN",
        "-0",
        "٣",
        "true",
        "null",
        "[]",
        "a\r\nb",
    ),
)
ADDRESSES = (
    *("/search", "/search?partial=palette", "/companies/pick", "/companies/check", "/companies"),
    *("/companies.xlsx", "/companies/new", "/interactions", "/interactions/new", "/follow-ups"),
    *("/", "/sign-in", "/imports/{read_import}", "/companies/{company}"),
)
ARGUMENTS = (
    *("q", "name", "business_id", "town_code", "town", "tier", "mine", "quiet", "ended", "sort"),
    *("industry", "page", "show", "channel", "topic", "who", "state", "all", "next", "back"),
    *("draft", "company", "note", "result", "partial", "endpoint", "_method", "_external"),
    *("_scheme", "_anchor", "values", "self"),
)


def test_no_text_in_an_address_breaks_a_page(world: World):
    browser = world.browser("aino")
    world.firm(name="Kuusen Konepaja Oy")
    broken = []
    for pattern in ADDRESSES:
        path = world.path(pattern)
        join = "&" if "?" in path else "?"
        for text in TEXTS:
            given = {name: text for name in ARGUMENTS[:20] if name != "show"}
            if browser.get(path + join, query_string=given).status_code >= 500:
                broken.append((pattern, text[:40]))
    assert not broken


def test_no_name_in_an_address_reaches_the_program_s_own_words(world: World):
    browser = world.browser("aino")
    world.firm()
    for pattern in ADDRESSES:
        path = world.path(pattern)
        for name in ARGUMENTS:
            for value in ("javascript", HUGE, "x"):
                answer = browser.get(path, query_string={name: value})
                assert answer.status_code < 500, (pattern, name, value)
                assert not re.search(r'(?:href|action)="javascript:', answer.text)


@pytest.mark.parametrize("number", [HUGE, "-1", "2147483648", "9223372036854775808", "1.5", "%00"])
def test_a_number_no_row_can_have_is_a_missing_page(world: World, number: str):
    patterns = (
        *("/companies/{}", "/companies/{}/history", "/companies/{}/edit/phone", "/imports/{}"),
        *("/companies/{}/follow-ups/new", "/positions/{}/edit", "/interactions/{}/edit"),
        *("/follow-ups/{}/edit", "/outbox/{}"),
    )
    for name in ("aino", "eeva"):
        browser = world.browser(name)
        for pattern in patterns:
            assert browser.get(pattern.format(number)).status_code in {403, 404}, pattern
    assert world.browser("aino").post(f"/undo/{number}").status_code == 404
    assert world.browser("eeva").post(f"/users/{number}/active").status_code == 404


def test_a_form_with_missing_doubled_or_senseless_fields_is_refused_in_words(world: World):
    browser = world.browser("aino")
    world.cast.aino.password_hash = None
    posts = {pattern for method, pattern, _ in rows() if method == "POST"} - {"/sign-out"}
    broken = []
    for pattern in sorted(posts):
        for form in spoiled(form_for(world, "aino", pattern.split("?")[0])):
            answer = browser.post(world.path(pattern), data=form)
            if answer.status_code >= 500:
                broken.append((pattern, {name: str(v)[:20] for name, v in form.items()}))
    assert not broken


def spoiled(form: dict[str, str]) -> list[dict[str, Any]]:
    """The form empty, with each field left out, given twice, and full of nonsense."""
    forms: list[dict[str, Any]] = [{}]
    for name, value in form.items():
        forms.append({key: text for key, text in form.items() if key != name})
        forms += [
            form | {name: wrong} for wrong in ("", "\x00", HUGE, "x" * 30_000, "-1", "\ud7ff")
        ]
        forms.append(form | {name: [value, "x"]})
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
