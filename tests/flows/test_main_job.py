"""The main job, in a real browser, on a real mail server: a file becomes firms, a visit becomes a
promise, the promise becomes a mail, and the mail's link leads to where it is kept."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from crm import clock, jobs
from crm.actions.users import create_user
from crm.db import db
from crm.domain.access import Language, Role
from crm.models import FollowUp
from tests.make import RAUMA

PASSWORD = "kolme kuusta pihalla"
LIST = (
    "Y-tunnus;Yritys;Katuosoite;Postinumero;Postitoimipaikka;Henkilöstö;Yhteyshenkilö\r\n"
    "9100001-3;Järven Veistämö Oy;Rantatie 3;26100;Rauma;12;Liisa Ranta\r\n"
    "1234567-8;Väärän Numeron Oy;;;;;\r\n"
).encode("cp1252")


@pytest.fixture
def liisa(app, towns):
    user = create_user(
        None,
        email="liisa@seutu.example",
        name="Liisa Koski",
        role=Role.ADVISOR,
        town_code=RAUMA,
        password=PASSWORD,
        language=Language.EN,
        now=clock.now(),
    )
    db.session.commit()
    return user


def sign_in(page: Page) -> None:
    page.goto("/sign-in")
    page.locator("#email").fill("liisa@seutu.example")
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("My day")


def import_list(page: Page) -> None:
    page.goto("/imports/new")
    page.set_input_files(
        "input[type=file]",
        {"name": "yritykset.csv", "mimeType": "text/csv", "buffer": LIST},
    )
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("The last digit of the Business ID")).to_be_visible()
    page.get_by_role("button", name="Take in 1 company").click()
    expect(page.get_by_text("Taken in: 1 new")).to_be_visible()


def find_company(page: Page) -> None:
    """Without å ä ö and with a slip of the finger, through the palette."""
    page.keyboard.press("Control+k")
    page.locator("#palette-input").fill("jarven veistmo")
    page.get_by_role("option", name=re.compile("Järven Veistämö")).first.click()
    expect(page.locator("h1")).to_have_text("Järven Veistämö Oy")


def log_meeting(page: Page) -> None:
    page.locator("main").get_by_role("link", name="Log a meeting").first.click()
    page.locator("#note").fill("Kävin veistämöllä. Uusi halli keväällä, tarvitsevat rahoitusta.")
    page.get_by_text("1 wk", exact=True).click()
    page.locator("#step_text").fill("Lähetä rahoitusohje")
    page.get_by_text("Funding", exact=True).click()
    page.get_by_role("button", name="Save", exact=True).dblclick()
    expect(page.get_by_text("Meeting saved. Reminder on")).to_be_visible()
    expect(page.get_by_text("Kävin veistämöllä.")).to_have_count(1)
    expect(page.locator("#tasks").get_by_text("Lähetä rahoitusohje")).to_be_visible()


def bring_the_day_forward() -> None:
    row = db.session.query(FollowUp).one()
    row.due_on = clock.today() - timedelta(days=1)
    db.session.commit()


def next_working_morning() -> object:
    now = clock.now()
    while now.astimezone(clock.HELSINKI).weekday() > 4:
        now += timedelta(days=1)
    return now.astimezone(clock.HELSINKI).replace(hour=11, minute=0)


def test_from_a_file_to_a_promise_kept(app, page, liisa, mail_server):
    sign_in(page)
    import_list(page)
    find_company(page)
    log_meeting(page)
    bring_the_day_forward()
    app.config.update(mail_server.settings)
    for _worker in range(2):
        jobs.tick(app, next_working_morning())
    messages = mail_server.to("liisa@seutu.example")
    assert len(messages) == 1
    text = messages[0].get_body(("plain",)).get_content()
    assert "Lähetä rahoitusohje" in text
    assert "Järven Veistämö Oy" in text
    page.goto("/")
    page.get_by_role("button", name="Mark as done: Lähetä rahoitusohje").click()
    expect(page.get_by_text("Task marked as done.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    page.get_by_role("button", name="Mark as done: Lähetä rahoitusohje").click()
    expect(page.get_by_text("Task marked as done.")).to_be_visible()
    db.session.expire_all()
    assert db.session.query(FollowUp).one().state.value == "done"
