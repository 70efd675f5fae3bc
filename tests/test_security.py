"""Attacks on the web doors: other sites' forms and links, old and planted sessions, lost rights,
fields nobody offered, headers nobody trusts, and what a crash tells."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from crm import clock
from crm.actions.sessions import HASHER, MOST_BY_ADDRESS, hash_of
from crm.actions.users import set_active
from crm.db import Base, db
from crm.domain.access import Language, Role
from crm.models import SignInFailure, User
from tests.make import KRISTIINA, NOW
from tests.web.test_access import form_for, rows
from tests.web.world import World

PASSWORD = "kolme kuusta pihalla"
NEW_PASSWORD = "seitsemän kuusta metsässä"


@pytest.fixture(autouse=True)
def working_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def world(
    app: Flask, aino: User, bertil: User, carita: User, daavid: User, eeva: User, vilma: User
) -> World:
    cast = {"aino": aino, "bertil": bertil, "carita": carita, "daavid": daavid, "eeva": eeva}
    return World(app, SimpleNamespace(**cast, vilma=vilma))


def contents() -> dict[str, list[Any]]:
    """Every row of every table."""
    db.session.commit()
    found = {
        table.name: sorted(map(repr, db.session.execute(select(table)).all()))
        for table in Base.metadata.sorted_tables
    }
    db.session.commit()
    return found


HOSTILE_NEXT = (
    *("https://evil.example", "http://evil.example/", "//evil.example", "///evil.example"),
    *("////evil.example", "/\\evil.example", "\\\\evil.example", "\\/evil.example"),
    *("/\t/evil.example", "/\n/evil.example", "\t//evil.example", " //evil.example"),
    *("/\r\nLocation: https://evil.example", "javascript:alert(1)", "JaVaScRiPt://%0aalert(1)"),
    *("data:text/html,evil", "https:evil.example", "https:/evil.example", "http:\\\\evil.example"),
    *("evil.example", "@evil.example", "/%09/evil.example/..//x", "//evil.example@localhost/"),
    *("//localhost:80@evil.example", "/companies//evil.example", "ftp://evil.example"),
    *("//[::1]/", "/\x00//evil.example", "\u2028//evil.example", "／／evil.example"),
)


def test_no_next_leads_to_another_site(world: World):
    world.app.config["DEMO"] = True
    world.cast.aino.is_demo = True
    aino_id = world.cast.aino.id
    for target in HOSTILE_NEXT:
        browser = world.browser("nobody")
        shown = browser.get("/sign-in", query_string={"next": target})
        assert shown.status_code == 400 or 'name="next" value=""' in shown.text, target
        answers = [
            browser.post("/language", data={"language": "fi", "next": target}),
            browser.post(f"/sign-in/demo/{aino_id}", data={"next": target}),
            world.browser("aino").post("/settings/theme", data={"theme": "dark", "next": target}),
            world.browser("aino").post(f"/undo/{world.event()}", data={"back": target}),
        ]
        for answer in answers:
            assert answer.status_code == 400 or stays_here(answer.headers["Location"]), target


def stays_here(location: str) -> bool:
    there = urlsplit(urljoin("http://localhost/page", location.replace("\\", "/")))
    return (there.scheme, there.netloc) == ("http", "localhost")


def test_a_next_of_our_own_is_kept(world: World):
    answer = world.browser("nobody").post("/language", data={"language": "fi", "next": "/help?a=b"})
    assert answer.headers["Location"] == "/help?a=b"


def test_a_form_of_another_site_changes_nothing(world: World):
    posts = [(pattern, world.path(pattern)) for method, pattern, _ in rows() if method == "POST"]
    forms = [form_for(world, "eeva", path) for _pattern, path in posts]
    without = world.browser("aino", with_token=False)
    foreign = world.browser("aino", with_token=False)
    other = world.browser("bertil").get("/settings").text
    token = re.search(r'name="csrf_token" value="([^"]+)"', other)
    assert token
    with foreign.session_transaction() as cookie:
        cookie["csrf_token"] = "b" * 40
    before = contents()
    for (_pattern, path), form in zip(posts, forms, strict=True):
        assert without.post(path, data=form).status_code == 400, path
        empty = form | {"csrf_token": ""}
        assert without.post(path, data=empty).status_code == 400, path
        stolen = form | {"csrf_token": token[1]}
        assert foreign.post(path, data=stolen).status_code == 400, path
    assert contents() == before


def test_looking_at_every_page_changes_nothing(world: World):
    gets = [world.path(pattern) for method, pattern, _ in rows() if method == "GET"]
    browser = world.browser("aino")
    before = contents()
    for path in gets:
        assert browser.get(path).status_code < 500, path
        assert browser.head(path).status_code < 500, path
    assert contents() == before


POLICY = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
ADDRESSES = (
    *("/", "/help", "/sign-in", "/companies", "/companies.xlsx", "/companies/987654", "/users"),
    *("/healthz", "/readyz", "/no-such-page", "/static/app.css", "/crash"),
)


def crash(app: Flask) -> None:
    """Put a page into the program that fails as unforeseen things do."""

    def fail() -> str:
        raise RuntimeError("the secret of the house")

    app.add_url_rule("/crash", "crash", fail)


@pytest.mark.one_database
@pytest.mark.parametrize("name", ["nobody", "aino"])
def test_every_answer_tells_the_browser_what_it_may_not_do(world: World, name: str):
    crash(world.app)
    browser = world.browser(name)
    answers = [browser.get(path) for path in ADDRESSES]
    answers += [browser.post("/companies"), browser.post("/language", data={"language": "xx"})]
    for answer in answers:
        policy = answer.headers.get("Content-Security-Policy", f"none on {answer.request.path}")
        assert "script-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert {header: answer.headers.get(header) for header in POLICY} == POLICY
        if name == "aino" and answer.request.path != "/static/app.css":
            assert answer.headers.get("Cache-Control") == "no-store", answer.request.path


@pytest.mark.one_database
@pytest.mark.parametrize("settings", [{"BASE_URL": "https://seutu.example.fi"}])
def test_over_https_the_cookie_never_leaves_it_and_never_reaches_a_script(world: World):
    world.cast.aino.password_hash = HASHER.hash(PASSWORD)
    browser = world.app.test_client()
    secure = {"base_url": "https://localhost"}
    page = browser.get("/sign-in", **secure)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert token
    form = {"email": world.cast.aino.email, "password": PASSWORD, "csrf_token": token[1]}
    answer = browser.post(
        "/sign-in", data=form, headers={"Referer": "https://localhost/"}, **secure
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-seutu=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie
    assert "Domain" not in cookie
    age = answer.headers["Strict-Transport-Security"]
    assert age == "max-age=31536000; includeSubDomains"


def test_trace_is_refused(world: World):
    assert world.browser("aino").open("/", method="TRACE").status_code == 405


def sign_in(world: World, name: str) -> FlaskClient:
    """Through the form, with the password."""
    user: User = getattr(world.cast, name)
    user.password_hash = HASHER.hash(PASSWORD)
    browser = world.browser("nobody")
    form = {"email": user.email, "password": PASSWORD}
    assert browser.post("/sign-in", data=form).status_code == 302
    return browser


def is_in(browser: FlaskClient) -> bool:
    return browser.get("/settings").status_code == 200


def copy_of(browser: FlaskClient, world: World) -> FlaskClient:
    """Another browser with the same cookie, as somebody has who stole it."""
    thief = world.app.test_client()
    cookie = browser.get_cookie("seutu")
    assert cookie is not None
    thief.set_cookie("seutu", cookie.value)
    return thief


def test_a_kept_cookie_is_worth_nothing_after_signing_out(world: World):
    browser = world.browser("aino")
    thief = copy_of(browser, world)
    assert is_in(thief)
    browser.post("/sign-out")
    assert not is_in(thief)
    assert not is_in(browser)


@pytest.mark.parametrize("path", ["/settings/password", "/settings/sign-out-others"])
def test_other_browsers_are_out_when_the_password_changes_or_they_are_sent_out(
    world: World, path: str
):
    other, browser = world.browser("aino"), world.browser("aino")
    assert is_in(other)
    assert browser.post(path, data={"password": NEW_PASSWORD}).status_code == 302
    assert not is_in(other)
    assert is_in(browser)


def test_a_closed_account_is_out_at_once(world: World):
    browser = world.browser("aino")
    assert is_in(browser)
    set_active(world.cast.daavid, world.cast.aino, active=False, now=clock.now())
    assert not is_in(browser)


def test_a_session_that_has_run_out_is_out(world: World):
    browser = world.browser("aino")
    with time_machine.travel(NOW + timedelta(days=15)):
        assert not is_in(browser)


def test_what_somebody_planted_before_signing_in_is_gone_after_it(world: World):
    user = world.cast.aino
    user.password_hash = HASHER.hash(PASSWORD)
    browser = world.browser("nobody")
    with browser.session_transaction() as cookie:
        cookie["planted"], cookie["_user_id"] = "yes", "planted"
    browser.post("/sign-in", data={"email": user.email, "password": PASSWORD})
    with browser.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "csrf_token" not in cookie
        assert cookie["_user_id"] != "planted"
    assert is_in(browser)


def test_each_sign_in_has_a_secret_of_its_own(world: World):
    first, second = sign_in(world, "aino"), sign_in(world, "aino")
    secrets = set()
    for browser in (first, second):
        with browser.session_transaction() as cookie:
            secrets.add(cookie["_user_id"])
    assert len(secrets) == 2


def test_somebody_made_a_reader_writes_nothing_from_the_next_request_on(world: World):
    browser, event = world.browser("aino"), world.event()
    assert browser.get("/interactions/new").status_code == 200
    world.cast.aino.memberships[0].role = Role.VIEWER
    assert browser.get("/interactions/new").status_code == 403
    assert browser.post(f"/follow-ups/{world.task()}/done", data={"version": 1}).status_code == 403
    assert browser.post(f"/undo/{event}").status_code == 403


def test_somebody_who_moved_to_another_town_no_longer_reads_the_old_one(world: World):
    browser, note, event = world.browser("aino"), world.town_note(), world.event()
    assert browser.get(f"/interactions/{note}/edit").status_code == 200
    world.cast.aino.memberships[0].town_code = KRISTIINA
    assert browser.get(f"/interactions/{note}/edit").status_code == 404
    assert browser.post(f"/undo/{event}").status_code == 403
    assert "Uusi linja tilattu" not in browser.get("/interactions").text


def test_headers_of_a_client_change_no_link_and_no_address(world: World):
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"}
    forged |= {"X-Forwarded-Prefix": "/evil", "Forwarded": "host=evil.example"}
    browser = world.browser("aino")
    for path in ("/", "/companies", "/settings", "/no-such-page"):
        assert "evil" not in browser.get(path, headers=forged).text
    assert "evil" not in world.browser("nobody").get("/", headers=forged).headers["Location"]
    stranger = world.browser("nobody")
    for path in ("/", "/sign-in", "/help"):
        answer = stranger.get(path, headers={"Host": "evil.example"})
        assert "evil" not in answer.text + answer.headers.get("Location", "")


def test_a_forged_address_does_not_let_anybody_guess_on(world: World):
    user = world.cast.aino
    user.password_hash = HASHER.hash(PASSWORD)
    for number in range(MOST_BY_ADDRESS):
        account = hash_of(f"{number}@seutu.example")
        failure = {"account_hash": account, "address_hash": hash_of("127.0.0.1"), "at": clock.now()}
        db.session.add(SignInFailure(**failure))
    form = {"email": user.email, "password": PASSWORD}
    browser = world.browser("nobody")
    answer = browser.post("/sign-in", data=form, headers={"X-Forwarded-For": "203.0.113.9"})
    assert answer.status_code == 422


@pytest.mark.parametrize("language", list(Language))
def test_a_crash_shows_a_reference_that_the_log_carries_and_nothing_else(
    world: World, language: Language, caplog: pytest.LogCaptureFixture
):
    crash(world.app)
    world.cast.aino.language = language
    with caplog.at_level(logging.ERROR, logger="seutu.errors"):
        answer = world.browser("aino").get("/crash")
    assert answer.status_code == 500
    assert f'<html lang="{language}"' in answer.text
    reference = re.search(r'class="reference">([0-9a-f]{8})<', answer.text)
    assert reference
    assert reference[1] in caplog.text
    assert "the secret of the house" in caplog.text
    assert "the secret of the house" not in answer.text
    assert "Traceback" not in answer.text


def test_a_database_that_fails_is_said_in_words_with_a_reference(
    world: World, caplog: pytest.LogCaptureFixture
):
    browser = world.browser("aino")
    db.session.execute(text("DROP TABLE engagement"))
    with caplog.at_level(logging.ERROR, logger="seutu.errors"):
        answer = browser.get("/companies")
    assert answer.status_code == 500
    reference = re.search(r"reference(?:\">| )([0-9a-f]{8})", answer.text)
    assert reference
    assert reference[1] in caplog.text
    assert "engagement" not in answer.text.lower()
