"""Logging a visit on a phone: the words stay, whatever happens to the line."""

import re

import pytest
from playwright.sync_api import expect

from crm.db import db
from crm.models import Draft, Interaction
from tests.flows.cast import fill, sign_in


@pytest.fixture
def browser_settings(request):
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
    return phone | getattr(request, "param", {})


def test_a_draft_survives_a_lost_connection_and_a_closed_tab(app, page, page_problems, aino):
    company = fill(aino)
    sign_in(app, page, aino)
    address = f"/interactions/new?company={company.id}"
    page.goto(address)
    page.locator("#note").fill("Uusi särmäyslinja tilattu.")
    page.context.set_offline(True)
    page.wait_for_timeout(2500)
    page.context.set_offline(False)
    page.goto("/")
    page.goto(address)
    page.get_by_role("button", name=re.compile("Restore|Palauta")).click()
    expect(page.locator("#note")).to_have_value("Uusi särmäyslinja tilattu.")
    page.locator(".save-bar button[data-variant=primary]").click()
    expect(page.locator("h1")).to_have_text(company.name)
    page.goto(address)
    expect(page.locator("#note")).to_have_value("")
    page_problems.clear()


@pytest.mark.parametrize("browser_settings", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript_a_firm_is_found_chosen_and_logged_with(app, page, aino):
    fill(aino)
    sign_in(app, page, aino)
    page.goto("/interactions/new")
    page.locator("#company").fill("telakkapalvelu 3")
    page.locator("#note").fill("Soitin ja sovimme käynnin.")
    page.locator(".save-bar button[data-variant=primary]").click()
    page.get_by_label(re.compile("Rauman Telakkapalvelu 3")).check()
    page.locator(".save-bar button[data-variant=primary]").click()
    expect(page.locator("h1")).to_have_text("Rauman Telakkapalvelu 3 Oy")
    row = db.session.query(Interaction).order_by(Interaction.id.desc()).first()
    assert row.note == "Soitin ja sovimme käynnin."


def test_a_draft_saved_on_the_server_waits_on_my_day(app, page, aino):
    company = fill(aino)
    sign_in(app, page, aino)
    page.goto(f"/interactions/new?company={company.id}")
    page.locator("#note").fill("Jatkan tätä koneella.")
    page.locator("button[name=draft]").click()
    expect(page.get_by_text("Jatkan tätä koneella.")).to_be_visible()
    assert db.session.query(Draft).filter(Draft.form_key != "kesken").count() == 1


def test_the_first_five_questions_fit_the_first_screen(app, page, aino):
    company = fill(aino)
    sign_in(app, page, aino)
    page.goto(f"/interactions/new?company={company.id}")
    bar = page.locator(".save-bar").bounding_box()
    step = page.locator("#step").bounding_box()
    assert bar is not None
    assert step is not None
    assert step["y"] + step["height"] <= bar["y"] + 1
