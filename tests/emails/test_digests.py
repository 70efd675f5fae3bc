"""The digest's words: the same in text and HTML, whole links, nothing loaded, three languages."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from flask import Flask

from crm.domain.access import Language, Role
from crm.domain.cadence import Tier
from crm.domain.day import Day, DayItem, Why
from crm.emails.digests import Email, digest
from crm.models import User

TODAY = date(2026, 11, 24)
BASE = "https://seutu.example/crm"


def item(why: Why, row_id: int = 1, **given: object) -> DayItem:
    usual: dict[str, object] = {"company_id": 7, "company": "Kuusen Konepaja Oy"}
    return DayItem(why=why, row_id=row_id, **(usual | given))  # type: ignore[arg-type]


LATE = item(Why.LATE, 41, text="Lähetä tarjous", days=6, on=TODAY - timedelta(days=6))
DUE = item(Why.DUE_TODAY, 42, text="Soita", on=TODAY)
DRAFT = item(Why.DRAFT, 43, company_id=None, company=None, text="Käynti", form_key="a/b", on=TODAY)
NEVER = item(
    Why.NEVER_MET, 44, company_id=8, company="Uusi Veturi Oyj", tier=Tier.ANCHOR, allowed=60
)
QUIET = item(
    Why.QUIET, 45, company_id=9, company="Hiljainen Oy", days=75, allowed=60, tier=Tier.ANCHOR
)
ALL = Day([LATE, DUE, DRAFT, NEVER, QUIET], 5)


def mail(app: Flask, day: Day, language: Language = Language.EN, name: str = "Aino Aalto") -> Email:
    user = User(email="aino@seutu.example", name=name, language=language, network_role=Role.ADMIN)
    return digest(user, day, today=TODAY, base_url=BASE)


class Reading(HTMLParser):
    """What a mail program shows, and what it would fetch or run."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed("<body" + html.split("<body", 1)[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self.links.append(dict(attrs)["href"] or "")

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def test_text_and_html_say_the_same(app: Flask):
    email = mail(app, Day([*ALL.items, *[DUE] * 4], 12))
    reading = Reading(email.html)
    shown = " ".join(reading.words)

    for line in email.text.splitlines():
        for piece in re.split(r"https?://\S+|: $", line):
            words = piece.strip(" .:()-")
            assert " ".join(words.split()) in shown, line
    assert set(reading.links) == set(re.findall(r"https?://\S+", email.text))


def test_links_are_whole_and_lead_to_pages_that_exist(app: Flask):
    links = Reading(mail(app, ALL).html).links

    assert f"{BASE}/follow-ups#f41" in links
    assert f"{BASE}/companies/8" in links
    assert f"{BASE}/interactions/new?draft=a%2Fb" in links
    assert f"{BASE}/" in links
    assert f"{BASE}/settings" in links
    pages = app.url_map.bind("seutu.example")
    for link in links:
        assert link.startswith(BASE)
        assert pages.match(urlsplit(link.removeprefix(BASE)).path, method="GET")


def test_the_mail_fetches_and_runs_nothing_and_has_no_table(app: Flask):
    tags = Reading(mail(app, ALL).html).tags

    assert {tag for tag, _ in tags}.isdisjoint(
        {"img", "script", "link", "table", "iframe", "form", "style", "object", "video"}
    )
    assert not any(
        name in {"src", "background"} or name.startswith("on") for _, a in tags for name in a
    )
    assert "url(" not in mail(app, ALL).html


def test_what_people_write_is_shown_and_not_run(app: Flask):
    hostile = "<script>alert(1)</script>\r\nBcc: x"
    email = mail(app, Day([item(Why.LATE, text=hostile, company=hostile, days=1)], 1), name=hostile)

    assert "<script>" not in email.html
    assert "&lt;script&gt;" in email.html
    assert "\r" not in email.subject
    assert "<script>alert(1)</script> Bcc: x" in email.text


@pytest.mark.parametrize(
    ("day", "subject"),
    [
        (Day([DUE], 1), "1 thing today"),
        (Day([LATE], 1), "1 thing today: it is late"),
        (Day([LATE, DUE, QUIET], 3), "3 things today: 1 late"),
        (Day([LATE, LATE], 2), "2 things today: 2 late"),
        (Day([LATE] * 9, 9), "9 things today: 9 late"),
        (Day([QUIET, NEVER], 2), "2 things today"),
    ],
)
def test_the_subject_counts_what_waits_and_what_is_late(app: Flask, day: Day, subject: str):
    assert mail(app, day).subject == subject


def test_seven_things_are_named_and_the_rest_is_counted(app: Flask):
    email = mail(app, Day([item(Why.DUE_TODAY, n, company=f"Yritys {n}") for n in range(10)], 10))

    assert re.findall(r"Yritys \d", email.text) == [f"Yritys {n}" for n in range(7)]
    assert "3 more things wait on your day's page." in email.text
    assert "more thing" not in mail(app, ALL).text


def test_each_thing_says_why_it_is_there(app: Flask):
    text = mail(app, ALL).text

    assert "6 days late" in text
    assert "Promised for today" in text
    assert "Draft of 24.11.2026, not saved yet" in text
    assert "Never met, anchor firm · to be met every 60 days" in text
    assert "75 days without contact · Anchor firm · to be met every 60 days" in text
    assert "1 day late" in mail(app, Day([item(Why.LATE, days=1)], 1)).text


@pytest.mark.parametrize("language", list(Language))
def test_the_mail_is_in_the_readers_language_whatever_the_page_language_is(
    app: Flask, language: Language
):
    day_words = {"fi": "ti 24.11.", "sv": "tis 24.11.", "en": "Tue 24 Nov"}
    with app.test_request_context(headers={"Accept-Language": "sv"}):
        email = mail(app, ALL, language)

    assert day_words[language] in email.text
    assert f'<html lang="{language}">' in email.html
