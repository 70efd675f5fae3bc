"""Two towns bring in lists with shared firms; a coordinator clears the queue by keyboard, merges,
somebody edits, the merge is taken back, and everything is where it was promised to be."""

import re

from playwright.sync_api import Page, expect

from crm.db import db
from crm.models import Company
from tests.fixtures.browser import axe
from tests.flows.cast import sign_in

RAUMAN = (
    "Y-tunnus;Yritys;Katuosoite;Postinumero;Kaupunki;Puhelin;Verkkosivu\r\n"
    "9100000-5;Kuusen Konepaja Oy;Satamakatu 1;26100;Rauma;02 123 4567;www.kuusi.example\r\n"
    "9100001-3;Järven Veistämö Oy;Rantatie 3;26100;Rauma;02 765 4321;\r\n"
    ";Saha Mänty Oy;;26100;Rauma;;\r\n"
).encode("cp1252")
TOISEN = (
    "Företag;Gatuadress;Postnummer;Ort;Telefon;Webbplats\r\n"
    "KUUSEN KONEPAJA;Satamakatu 1;26100;Rauma;+358 2 123 4567;kuusi.example\r\n"
    "Järven Veistämö Holding Oy;Rantatie 3;26100;Rauma;02 765 4321;\r\n"
    "Telakka Aho Ab;;64100;Kristinestad;;\r\n"
).encode("cp1252")


def bring_in(page: Page, data: bytes, town: str) -> None:
    page.goto("/imports/new")
    page.set_input_files("input[type=file]", {"name": "lista.csv", "mimeType": "", "buffer": data})
    if page.locator("select[name=town_code]").count():
        page.select_option("select[name=town_code]", town)
    page.locator(".save-bar button").click()
    page.locator(".save-bar button").click()
    page.get_by_role("button", name=re.compile("^Tuo \\d")).click()
    expect(page.locator(".steps")).to_be_visible()
    page.wait_for_load_state()


def test_two_towns_lists_become_one_register(app, page, page_problems, carita):
    sign_in(app, page, carita)
    bring_in(page, RAUMAN, "684")
    bring_in(page, TOISEN, "287")
    page.goto("/duplicates")
    page.get_by_role("button", name="Hae nyt").click()
    expect(page.get_by_text("Haettu viimeksi")).to_be_visible()
    expect(page.get_by_text("Kuusen Konepaja Oy – KUUSEN KONEPAJA")).to_be_visible()
    page.get_by_role("link", name="Aloita").click()
    expect(page.locator("h1")).to_have_text("Ovatko nämä sama yritys?")
    assert not axe(page)

    merged = 0
    while page.locator("#decide").count():
        title = page.title()
        page.keyboard.press("s" if "kuusen" in title.lower() else "1")
        merged += "kuusen" in title.lower()
        page.wait_for_load_state()
        expect(page).not_to_have_title(title)
    assert merged == 1
    with app.app_context():
        kuusi = db.session.query(Company).filter_by(business_id="9100000-5").one()
        twin = db.session.query(Company).filter_by(name="KUUSEN KONEPAJA").one()
        assert twin.merged_into_id == kuusi.id
        kuusi_id, twin_id = kuusi.id, twin.id
        db.session.rollback()

    page.goto(f"/companies/{twin_id}")
    expect(page).to_have_url(re.compile(f"/companies/{kuusi_id}$"))
    expect(page.locator("#towns")).to_contain_text("Kristiinankaupunki")
    page.locator("#edit-email").click()
    page.locator("#inline-edit input.ds-input").fill("posti@kuusi.example")
    page.keyboard.press("Enter")
    expect(page.locator("#facts")).to_contain_text("posti@kuusi.example")

    page.locator("#merged").get_by_role("button").first.click()
    expect(page.locator("h1")).to_have_text("KUUSEN KONEPAJA")
    page.goto(f"/companies/{kuusi_id}")
    expect(page.locator("#facts")).to_contain_text("posti@kuusi.example")
    expect(page.locator("#towns")).not_to_contain_text("Kristiinankaupunki")
    page.goto("/duplicates")
    expect(page.get_by_text("Kuusen Konepaja Oy – KUUSEN KONEPAJA")).to_be_visible()
