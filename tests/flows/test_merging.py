"""Two rows of one firm made one in the browser, written to, and made two again."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from crm.db import db
from crm.models import Company, User
from tests.flows.cast import sign_in
from tests.make import make_company, make_interaction

WINDOWS = {
    "desk": {"viewport": {"width": 1440, "height": 900}},
    "phone without JavaScript": {
        "viewport": {"width": 320, "height": 640},
        "java_script_enabled": False,
    },
}


@pytest.fixture(params=list(WINDOWS))
def browser_settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    return WINDOWS[request.param]


def test_two_firms_are_merged_edited_and_unmerged(app: Flask, page: Page, aino: User):
    one = make_company("Kuusen Konepaja Oy", owner=aino, phone="+35821234567")
    other = make_company("Kuusen Konepaja", owner=aino, phone="+35827654321")
    make_interaction(other, aino, note="Muistio joka siirtyy")
    here, there = one.id, other.id
    sign_in(app, page, aino)

    page.goto(f"/companies/{here}")
    page.get_by_role("link", name="Yhdistä toiseen yritykseen").click()
    page.get_by_role("link", name="Kuusen Konepaja", exact=True).click()
    page.get_by_role("radio", name="02 7654321").check()
    page.get_by_role("button", name="Yhdistä", exact=True).click()
    expect(page.get_by_text("Muistio joka siirtyy")).to_be_visible()
    expect(page.get_by_role("button", name="Kumoa")).to_be_visible()

    page.goto(f"/companies/{there}/edit/email")
    page.get_by_label("Sähköposti").fill("uusi@kuusi.example")
    page.get_by_role("button", name="Tallenna").click()
    page.goto(f"/companies/{there}")
    assert page.url.endswith(f"/companies/{here}")
    expect(page.get_by_text("uusi@kuusi.example")).to_be_visible()

    page.get_by_role("button", name="Peru yhdistäminen: Kuusen Konepaja").click()
    assert page.url.endswith(f"/companies/{there}")
    expect(page.get_by_text("Muistio joka siirtyy")).to_be_visible()
    db.session.expire_all()
    rows = [db.session.get_one(Company, number) for number in (here, there)]
    assert [row.phone for row in rows] == ["+35821234567", "+35827654321"]
    assert [row.email for row in rows] == ["uusi@kuusi.example", None]
