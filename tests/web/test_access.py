"""The matrix: who gets which answer at every address, kept as one table that misses no route.

A cell is the answer's status; "in" is the way to the sign-in page, "-" is 404, the answer of an
address that does not exist.
"""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.make import KRISTIINA, RAUMA
from tests.web.world import MISSING, TOKEN, World

PEOPLE = ("nobody", "aino", "bertil", "vilma", "carita", "daavid", "eeva")
#                                               nobody aino bertil vilma carita daavid eeva
TABLE = """
GET  /                                             in  200  200  200  200  200  200
GET  /companies                                    in  200  200  200  200  200  200
GET  /companies?town=287&tier=known                in  200  200  200  200  200  200
GET  /companies.xlsx                               in  200  200  200  200  200  200
GET  /companies/{company}                          in  200  200  200  200  200  200
GET  /companies/{missing}                          in    -    -    -    -    -    -
GET  /companies/{company}/history                  in  200  200  200  200  200  200
GET  /companies/{missing}/history                  in    -    -    -    -    -    -
GET  /companies/check?name=Kone                    in  200  200  403  200  200  403
GET  /companies/pick?q=Kone                        in  200  200  200  200  200  200
GET  /companies/new                                in  200  200  403  200  200  403
POST /companies/new                                in  302  422  403  302  302  403
GET  /companies/{company}/edit/phone               in  200  403  403  200  200  403
GET  /companies/{company}/edit/id                  in    -    -  403    -    -  403
GET  /companies/{missing}/edit/phone               in    -    -  403    -    -  403
POST /companies/{company}/edit/phone               in  302  403  403  302  302  403
POST /companies/{their_company}/edit/phone         in  403  302  403  302  403  403
GET  /companies/{company}/relationship/684         in  200  403  403  200  200  403
GET  /companies/{company}/relationship/287         in    -    -  403    -    -  403
POST /companies/{company}/relationship/684         in  302  403  403  302  302  403
POST /companies/{their_company}/relationship/287   in  403  302  403  302  403  403
POST /companies/{company}/engage                   in  403  302  403  302  403  403
POST /companies/{missing}/engage                   in    -    -  403    -    -  403
GET  /companies/{company}/people/new               in  200  403  403  200  200  403
POST /companies/{company}/people/new               in  302  403  403  302  302  403
POST /companies/{missing}/people/new               in    -    -  403    -    -  403
GET  /positions/{position}/edit                    in  200  403  403  200  200  403
POST /positions/{position}/edit                    in  302  403  403  302  302  403
POST /positions/{their_position}/edit              in  403  302  403  302  403  403
POST /positions/{position}/end                     in  302  403  403  302  302  403
POST /positions/{missing}/end                      in    -    -  403    -    -  403
GET  /companies/{company}/follow-ups/new           in  200  200  403  200  200  403
POST /companies/{company}/follow-ups/new           in  302  422  403  302  302  403
POST /companies/{missing}/follow-ups/new           in    -    -  403    -    -  403
GET  /companies/{company}/merge                    in  200  200  403  200  200  403
GET  /companies/{missing}/merge                    in    -    -  403    -    -  403
GET  /companies/{company}/merge/{company}          in  200  403  403  200  200  403
GET  /companies/{company}/merge/{their_company}    in  200  200  403  200  200  403
GET  /companies/{missing}/merge/{company}          in    -    -  403    -    -  403
POST /companies/{company}/merge/{company}          in  302  403  403  302  302  403
POST /companies/{company}/merge/{their_company}    in  422  422  403  302  422  403
POST /companies/{company}/merge/{missing}          in    -    -  403    -    -  403
GET  /people/{person}/merge/{person}               in  200  403  403  200  200  403
GET  /people/{missing}/merge/{person}              in    -    -  403    -    -  403
POST /people/{person}/merge/{person}               in  302  403  403  302  302  403
POST /people/{person}/merge/{their_person}         in  422  422  403  302  422  403
POST /merges/{merge}/undo                          in  302  403  403  302  302  403
POST /merges/{missing}/undo                        in    -    -  403    -    -  403
GET  /duplicates                                   in  200  200  403  200  200  403
GET  /duplicates?show=different                    in  200  200  403  200  200  403
GET  /duplicates.csv                               in  200  200  403  200  200  403
GET  /duplicates/learned                           in  200  200  403  200  200  403
GET  /duplicates/search                            in  204  204  403  204  204  403
POST /duplicates/search                            in  302  302  403  302  302  403
GET  /duplicates/{pair}                            in  200    -  403  200  200  403
GET  /duplicates/{shared_pair}                     in  200  200  403  200  200  403
GET  /duplicates/{missing}                         in    -    -  403    -    -  403
POST /duplicates/{pair}/same                       in  302    -  403  302  302  403
POST /duplicates/{shared_pair}/same                in  422  422  403  302  422  403
POST /duplicates/{pair}/different                  in  302    -  403  302  302  403
POST /duplicates/{shared_pair}/different           in  302  302  403  302  302  403
POST /duplicates/{pair}/later                      in  302    -  403  302  302  403
POST /duplicates/{shared_pair}/ask                 in  302  302  403  302  302  403
POST /duplicates/{missing}/ask                     in    -    -  403    -    -  403
GET  /interactions                                 in  200  200  200  200  200  200
GET  /interactions/new                             in  200  200  403  200  200  403
POST /interactions/new                             in  302  422  403  302  302  403
GET  /interactions/{town_note}/edit                in  200    -  403    -  200  403
GET  /interactions/{network_note}/edit             in  200  403  403  403  200  403
GET  /interactions/{named_note}/edit               in  200  403  403    -    -  403
GET  /interactions/{their_note}/edit               in    -  200  403    -    -  403
GET  /interactions/{missing}/edit                  in    -    -  403    -    -  403
POST /interactions/{town_note}/edit                in  302    -  403    -  302  403
POST /interactions/{network_note}/edit             in  302  403  403  403  302  403
POST /interactions/{named_note}/edit               in  302  403  403    -    -  403
POST /interactions/{town_note}/delete              in  302    -  403    -  302  403
POST /interactions/{network_note}/delete           in  302  403  403  403  302  403
POST /interactions/{named_note}/delete             in  302  403  403    -    -  403
POST /interactions/{their_note}/delete             in    -  302  403    -    -  403
POST /drafts/{draft}/discard                       in  302  302  302  302  302  302
GET  /follow-ups                                   in  200  200  200  200  200  200
GET  /follow-ups?who=all&state=dropped             in  200  200  200  200  200  200
GET  /follow-ups/{task}/edit                       in  200    -  403    -  200  403
GET  /follow-ups/{network_task}/edit               in  200  200  403  200  200  403
POST /follow-ups/{task}/edit                       in  302    -  403    -  302  403
POST /follow-ups/{network_task}/edit               in  302  403  403  302  302  403
POST /follow-ups/{named_task}/edit                 in  302  403  403    -    -  403
POST /follow-ups/{task}/done                       in  302    -  403    -  302  403
POST /follow-ups/{network_task}/done               in  302  403  403  302  302  403
POST /follow-ups/{named_task}/done                 in  302  403  403    -    -  403
POST /follow-ups/{their_task}/done                 in    -  302  403    -    -  403
POST /follow-ups/{missing}/done                    in    -    -  403    -    -  403
GET  /follow-ups/{task}/move                       in  200    -  403    -  200  403
POST /follow-ups/{task}/move                       in  302    -  403    -  302  403
GET  /follow-ups/{task}/drop                       in  200    -  403    -  200  403
POST /follow-ups/{task}/drop                       in  302    -  403    -  302  403
GET  /imports                                      in  200  200  403  200  200  403
GET  /imports/new                                  in  200  200  403  200  200  403
POST /imports/new                                  in  422  422  403  422  422  403
GET  /imports/{new_import}                         in  200    -  403  200  200  403
GET  /imports/{read_import}                        in  200    -  403  200  200  403
GET  /imports/{their_import}                       in    -  200  403  200    -  403
GET  /imports/{missing}                            in    -    -  403    -    -  403
GET  /imports/{read_import}/columns                in  200    -  403  200  200  403
POST /imports/{new_import}/columns                 in  302    -  403  302  302  403
GET  /imports/{read_import}/progress               in  204    -  403  204  204  403
POST /imports/{read_import}/apply                  in  302    -  403  302  302  403
POST /imports/{their_import}/apply                 in    -  302  403  302    -  403
POST /imports/{read_import}/undo                   in  409    -  403  409  409  403
POST /imports/rows/{import_row}                    in  302    -  403  302  302  403
POST /imports/rows/{their_import_row}              in    -  302  403  302    -  403
POST /imports/rows/{missing}                       in    -    -  403    -    -  403
GET  /outbox                                       in  403  403  403  403  403  200
GET  /outbox/{mail}                                in  403  403  403  403  403  200
GET  /outbox/{missing}                             in  403  403  403  403  403    -
GET  /outbox/{mail}/html                           in  403  403  403  403  403    -
GET  /search?q=kone                                in  200  200  200  200  200  200
GET  /settings                                     in  200  200  200  200  200  200
POST /settings                                     in  302  302  302  302  302  302
POST /settings/theme                               in  302  302  302  302  302  302
POST /settings/password                            in  302  302  302  302  302  302
POST /settings/sign-out-others                     in  302  302  302  302  302  302
GET  /users                                        in  403  403  403  403  200  200
GET  /users/new                                    in  403  403  403  403  200  200
POST /users/new                                    in  403  403  403  403  302  302
POST /users/{colleague}/active                     in  403  403  403  403  302  302
POST /users/{their_colleague}/active               in  403  403  403  403    -  302
POST /users/{missing}/active                       in  403  403  403  403    -    -
POST /undo/{event}                                 in  302    -  403    -  403    -
POST /undo/{their_event}                           in    -  302    -    -    -    -
POST /undo/{missing}                               in    -    -    -    -    -    -
POST /sign-out                                     in   in   in   in   in   in   in
GET  /ui                                           in  200  200  200  200  200  200
GET  /sign-in                                     200  302  302  302  302  302  302
POST /sign-in                                     422  422  422  422  422  422  422
POST /sign-in/demo/{colleague}                      -    -    -    -    -    -    -
POST /language                                    302  302  302  302  302  302  302
GET  /accessibility                               200  200  200  200  200  200  200
GET  /help                                        200  200  200  200  200  200  200
GET  /healthz                                     200  200  200  200  200  200  200
GET  /readyz                                      200  200  200  200  200  200  200
"""
NOT_IN_TABLE = {"/static/<path:filename>": "files of the program, the same for everybody"}
MEETING = {"channel": "visit", "day": "today", "note": "Puhuttiin", "visibility": "town"}
PROMISE = {"text": "Soita", "due_on": "30.11.2026", "version": "1"}
PERSON = {"name": "Matti Salo", "version": "1"}
FORMS = {
    "/companies/new": {"name": "Uusi Oy", "town_code": RAUMA},
    "/edit/phone": {"text": "02 123 4567", "version": "1"},
    "/relationship/": {"tier": "anchor", "owner": "0", "version": "1"},
    "/engage": {"town_code": KRISTIINA},
    "/merge/": {"seen": "1:1"},
    "/duplicates/": {"because": "same_owner", "version": "1"},
    "/people/new": PERSON,
    "/positions/": PERSON,
    "/follow-ups/new": PROMISE | {"town_code": RAUMA},
    "/follow-ups/": PROMISE | {"reason": "Ei tarvita"},
    "/interactions/new": MEETING | {"step": "none", "town_code": RAUMA},
    "/interactions/": MEETING | {"step": "none", "version": "1"},
    "/columns": {"column-0": "name"},
    "/imports/rows/": {"is": "known"},
    "/settings/theme": {"theme": "dark"},
    "/settings/password": {"password": "seitsemän kuusta pihalla"},
    "/settings": {"language": "sv", "theme": "dark", "digest_at": "07:30"},
    "/active": {"active": "no"},
    "/language": {"language": "en"},
}


def rows() -> list[tuple[str, str, list[str]]]:
    lines = [line.split() for line in TABLE.strip().splitlines()]
    return [(method, pattern, cells) for method, pattern, *cells in lines]


def form_for(world: World, name: str, path: str) -> dict[str, str]:
    """What somebody would fill in; people and companies are picked as from the page's choices."""
    given = next((dict(form) for part, form in FORMS.items() if part in path), {})
    if path == "/interactions/new":
        given["company_id"] = str(world.company())
    if path == "/users/new":
        number = next(world.numbers)
        given = {"name": "Uusi Henkilö", "email": f"uusi{number}@seutu.example", "role": "viewer"}
        given |= {"town_code": RAUMA, "language": "fi", "password": "seitsemän kuusta pihalla"}
    if "/follow-ups/" in path and name != "nobody":
        keeper = "aino" if name in {"carita", "bertil"} and "new" not in path else name
        given["assignee"] = str(getattr(world.cast, keeper).id)
    return given


def seen(answer: TestResponse) -> str:
    if answer.status_code == 404:
        return "-"
    to_sign_in = answer.status_code == 302 and "/sign-in" in answer.headers["Location"]
    return "in" if to_sign_in else str(answer.status_code)


def ask(world: World, name: str, method: str, pattern: str) -> TestResponse:
    path = world.path(pattern)
    data = form_for(world, name, path.split("?")[0]) if method == "POST" else None
    return world.browser(name).open(path, method=method, data=data)


def test_every_door_opens_to_those_it_is_meant_for_and_to_nobody_else(world: World):
    wrong = []
    for method, pattern, cells in rows():
        for name, expected in zip(PEOPLE, cells, strict=True):
            found = seen(ask(world, name, method, pattern))
            if found != expected:
                wrong.append(f"{name} {method} {pattern}: {found} instead of {expected}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.one_database
def test_a_new_route_needs_its_row_in_the_table(app: Flask):
    adapter = app.url_map.bind("localhost")
    in_table = set()
    for method, pattern, _cells in rows():
        path = re.sub(r"\{\w+\}", "1", pattern).split("?")[0]
        in_table.add((method, adapter.match(path, method, return_rule=True)[0].rule))
    forgotten = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule not in NOT_IN_TABLE
    } - in_table
    assert not forgotten


HIDDEN = [
    ("GET", "/interactions/{}/edit", "their_note"),
    ("POST", "/interactions/{}/edit", "their_note"),
    ("POST", "/interactions/{}/delete", "their_note"),
    ("GET", "/follow-ups/{}/edit", "their_task"),
    ("POST", "/follow-ups/{}/edit", "their_task"),
    ("POST", "/follow-ups/{}/done", "their_task"),
    ("POST", "/follow-ups/{}/move", "their_task"),
    ("POST", "/follow-ups/{}/drop", "their_task"),
    ("GET", "/imports/{}", "their_import"),
    ("GET", "/imports/{}/columns", "their_import"),
    ("GET", "/imports/{}/progress", "their_import"),
    ("POST", "/imports/{}/columns", "their_import"),
    ("POST", "/imports/{}/apply", "their_import"),
    ("POST", "/imports/{}/undo", "their_import"),
    ("POST", "/imports/rows/{}", "their_import_row"),
    ("POST", "/undo/{}", "their_event"),
]


def test_what_another_town_keeps_to_itself_looks_as_if_it_did_not_exist(world: World):
    browser = world.browser("aino")
    for method, pattern, kind in HIDDEN:
        given = getattr(world, kind)()
        there, nowhere = pattern.format(given), pattern.format(MISSING)
        hidden = browser.open(there, method=method, data={"version": "1"})
        absent = browser.open(nowhere, method=method, data={"version": "1"})
        assert hidden.status_code == absent.status_code == 404, (method, pattern)
        assert words_of(hidden, there) == words_of(absent, nowhere)


def words_of(answer: TestResponse, path: str) -> str:
    """The page without its own address and the tokens of its forms."""
    return TOKEN.sub("", answer.text).replace(path, "")
