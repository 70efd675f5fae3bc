"""A fact is mended where it stands: by keyboard, with its error beside it, and undone at once."""

import re

from playwright.sync_api import expect

from tests.fixtures.browser import axe
from tests.flows.cast import fill, sign_in


def test_a_fact_is_mended_in_its_row_and_the_focus_comes_back(app, page, page_problems, aino):
    company = fill(aino)
    sign_in(app, page, aino)
    page.goto(f"/companies/{company.id}")
    page.locator("#edit-phone").press("Enter")
    field = page.locator("#inline-edit input.ds-input")
    expect(field).to_be_focused()
    field.press("Escape")
    expect(page.locator("#edit-phone")).to_be_focused()
    expect(page.locator("#inline-edit")).to_have_count(0)

    page.locator("#edit-phone").click()
    field.fill("ei numeroa")
    field.press("Enter")
    expect(page.locator("#inline-edit .field-error")).to_be_visible()
    expect(field).to_have_value("ei numeroa")
    expect(field).to_be_focused()
    assert not axe(page)
    page_problems.clear()

    field.fill("02 123 4567")
    field.press("Control+Enter")
    expect(page.locator("#facts")).to_contain_text("02 1234567")
    expect(page.locator("#edit-phone")).to_be_focused()
    page.locator(".toast-undo").click()
    expect(page.locator("#facts")).not_to_contain_text("02 1234567")


def test_a_new_name_stands_in_the_heading_at_once(app, page, aino):
    company = fill(aino)
    sign_in(app, page, aino)
    page.goto(f"/companies/{company.id}")
    page.locator("#edit-name").click()
    page.locator("#inline-edit input.ds-input").fill("Uusi Nimi Oy")
    page.get_by_role("button", name=re.compile("^Tallenna$")).click()
    expect(page.locator("h1")).to_have_text("Uusi Nimi Oy")
