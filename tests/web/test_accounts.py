"""Signing in and out, one's own settings, and the accounts of a town."""

import pytest

from crm.actions.sessions import HASHER, fits
from crm.db import db
from crm.domain.access import Language, Role, Theme
from crm.models import SignIn, User
from tests.make import RAUMA
from tests.web.world import World, then

PASSWORD = "kolme kuusta pihalla"
NEW_PASSWORD = "seitsemän kuusta metsässä"


def test_somebody_who_is_not_signed_in_comes_back_to_the_page_they_asked_for(world: World):
    aino, browser = world.cast.aino, world.browser("nobody")
    aino.password_hash = HASHER.hash(PASSWORD)
    way_in = browser.get("/companies?town=all").headers["Location"]
    assert 'value="/companies?town=all"' in browser.get(way_in).text
    form = {"email": aino.email.upper(), "password": PASSWORD, "next": "/companies?town=all"}
    assert browser.post("/sign-in", data=form).headers["Location"] == "/companies?town=all"
    assert browser.get("/settings").status_code == 200


@pytest.mark.parametrize("email", ["aino@seutu.example", "nobody@seutu.example"])
def test_a_wrong_password_keeps_the_address_and_tells_nothing_of_accounts(world: World, email: str):
    world.cast.aino.password_hash = HASHER.hash(PASSWORD)
    form = {"email": email, "password": "väärä salasana"}
    answer = world.browser("nobody").post("/sign-in", data=form)
    assert answer.status_code == 422
    assert 'id="password-error"' in answer.text
    assert f'value="{email}"' in answer.text
    assert "väärä salasana" not in answer.text
    assert db.session.query(SignIn).count() == 0


def test_one_click_signs_in_as_a_demo_person_in_a_demo_only(world: World):
    aino = world.cast.aino
    aino.is_demo = True
    path = f"/sign-in/demo/{aino.id}"
    assert world.browser("nobody").post(path).status_code == 404
    world.app.config["DEMO"] = True
    browser = world.browser("nobody")
    assert "Aino Virtanen" in browser.get("/sign-in").text
    assert browser.post(path).headers["Location"] == "/"
    assert world.browser("nobody").post(f"/sign-in/demo/{world.cast.eeva.id}").status_code == 404


def test_a_visitor_s_language_is_kept_on_the_browser_and_a_user_s_in_the_account(world: World):
    visitor, browser = world.browser("nobody"), world.browser("aino")
    visitor.post("/language", data={"language": "sv"})
    assert '<html lang="sv"' in visitor.get("/sign-in").text
    browser.post("/language", data={"language": "en"})
    assert '<html lang="en"' in browser.get("/").text
    assert world.cast.aino.language is Language.EN
    assert browser.post("/language", data={"language": "de"}).status_code == 422


def test_settings_are_kept_and_used_at_once(world: World):
    browser, aino = world.browser("aino"), world.cast.aino
    form = {"language": "sv", "theme": "dark", "digest_at": "07:15", "digest_wanted": ""}
    page = then(browser, browser.post("/settings", data=form))
    assert '<html lang="sv" data-color-scheme="dark"' in page
    assert (aino.theme, aino.digest_at.hour, aino.digest_at.minute) == (Theme.DARK, 7, 15)
    assert not aino.single_keys


WRONG = {"language": "de", "theme": "pink", "digest_at": "25:99"}


@pytest.mark.parametrize("field", list(WRONG))
def test_a_wrong_setting_is_said_at_its_field_and_nothing_is_changed(world: World, field: str):
    form = {"language": "sv", "theme": "dark", "digest_at": "07:15", field: WRONG[field]}
    answer = world.browser("aino").post("/settings", data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field != "digest_at" or "25:99" in answer.text
    assert world.cast.aino.language is Language.FI


def test_the_looks_are_changed_by_one_button_that_stays_on_the_page(world: World):
    browser = world.browser("aino")
    answer = browser.post("/settings/theme", data={"theme": "dark", "next": "/companies?q=a"})
    assert answer.headers["Location"] == "/companies?q=a"
    assert 'data-color-scheme="dark"' in browser.get("/").text
    assert browser.post("/settings/theme", data={"theme": "pink"}).status_code == 422


def test_a_password_is_changed_with_the_current_one(world: World):
    aino = world.cast.aino
    aino.password_hash = HASHER.hash(PASSWORD)
    browser = world.browser("aino")
    wrong = browser.post("/settings/password", data={"current": "x", "password": NEW_PASSWORD})
    assert wrong.status_code == 422
    assert 'id="current-error"' in wrong.text
    short = browser.post("/settings/password", data={"current": PASSWORD, "password": "lyhyt"})
    assert short.status_code == 422
    assert 'id="password-error"' in short.text
    assert fits(aino.password_hash, PASSWORD)
    form = {"current": PASSWORD, "password": NEW_PASSWORD}
    assert browser.post("/settings/password", data=form).status_code == 302
    assert fits(aino.password_hash, NEW_PASSWORD)


def test_the_browsers_one_is_signed_in_with_are_listed_and_others_sent_out(world: World):
    world.browser("aino")
    browser = world.browser("aino")
    assert browser.get("/settings").text.count("<li>Tuntematon selain") == 2
    after = then(browser, browser.post("/settings/sign-out-others"))
    assert after.count("<li>Tuntematon selain") == 1


ACCOUNT = {
    "name": "Uusi Mäki",
    "email": "uusi@seutu.example",
    "role": "advisor",
    "town_code": RAUMA,
    "language": "sv",
    "password": PASSWORD,
}
WRONG_ACCOUNT = {
    "name": "",
    "email": "uusi@",
    "role": "admin",
    "town_code": "287",
    "language": "de",
    "password": "lyhyt",
}


def test_a_new_account_can_sign_in_and_a_closed_one_cannot(world: World):
    browser = world.browser("daavid")
    assert "Uusi Mäki" in then(browser, browser.post("/users/new", data=ACCOUNT))
    made = db.session.query(User).filter_by(email="uusi@seutu.example").one()
    assert [(row.town_code, row.role) for row in made.memberships] == [(RAUMA, Role.ADVISOR)]
    form = {"email": made.email, "password": PASSWORD}
    assert world.browser("nobody").post("/sign-in", data=form).status_code == 302
    browser.post(f"/users/{made.id}/active", data={"active": "no"})
    assert world.browser("nobody").post("/sign-in", data=form).status_code == 422
    browser.post(f"/users/{made.id}/active", data={"active": "yes"})
    assert world.browser("nobody").post("/sign-in", data=form).status_code == 302


@pytest.mark.parametrize("field", list(WRONG_ACCOUNT))
def test_a_wrong_value_of_an_account_is_said_at_its_field_and_nothing_is_lost(
    world: World, field: str
):
    form = ACCOUNT | {field: WRONG_ACCOUNT[field]}
    answer = world.browser("daavid").post("/users/new", data=form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert field == "name" or 'value="Uusi Mäki"' in answer.text
    assert PASSWORD not in answer.text
    assert db.session.query(User).filter_by(name="Uusi Mäki").count() == 0


def test_a_taken_address_is_said_at_its_field(world: World):
    form = ACCOUNT | {"email": "AINO@seutu.example"}
    answer = world.browser("daavid").post("/users/new", data=form)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text


@pytest.mark.parametrize(
    ("role", "town"), [("advisor", ""), ("admin", RAUMA)], ids=["no town", "a town too many"]
)
def test_a_role_that_does_not_fit_the_town_is_said_at_the_town(world: World, role: str, town: str):
    form = ACCOUNT | {"role": role, "town_code": town}
    answer = world.browser("eeva").post("/users/new", data=form)
    assert answer.status_code == 422
    assert 'id="town_code-error"' in answer.text


def test_nobody_closes_their_own_account_and_a_town_only_its_own_people(world: World):
    daavid = world.browser("daavid")
    own = daavid.post(f"/users/{world.cast.daavid.id}/active", data={"active": "no"})
    assert own.status_code == 422
    assert daavid.post(f"/users/{world.cast.bertil.id}/active").status_code == 404
    assert "Bertil" not in daavid.get("/users").text
    assert world.cast.daavid.active
    assert world.cast.bertil.active
