"""What Kristiinankaupunki keeps to itself carries words found nowhere else; whoever is not of the
town walks through every page, list, search, export and mail, and must meet none of them."""

import io
import re
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from python_calamine import CalamineWorkbook

from crm import clock, jobs
from crm.actions.follow_ups import drop, edit
from crm.db import db
from crm.domain.access import Role, Visibility
from crm.domain.cadence import Tier
from crm.models import Company, Engagement, Reminder
from tests.make import (
    KRISTIINA,
    NOW,
    RAUMA,
    TODAY,
    make_company,
    make_follow_up,
    make_interaction,
    make_person,
    make_user,
)
from tests.web.world import TOKEN, World

READERS = ("aino", "vilma", "carita", "eeva")
WORDS = {
    "town note": "Kanarimuistio",
    "named note": "Kanarinimetty",
    "promise": "Kanarilupaus",
    "promise before it was changed": "Kanarivanhalupaus",
    "named promise": "Kanarisalalupaus",
    "drop reason": "Kanarisyyluopua",
    "draft": "Kanariluonnos",
    "import": "Kanaritiedosto",
    "colleague of the town named in no firm": "Kanarikollega",
}
# A coordinator brings lists in for every town, and an administrator sees every account.
MEANT_FOR = {"Kanaritiedosto": {"carita"}, "Kanarikollega": {"eeva", "carita"}}
START = (
    *("/?all=1", "/companies", "/companies?town=all&ended=1", "/companies?town=287"),
    *("/interactions", "/follow-ups?who=all", "/follow-ups?who=all&state=done"),
    *("/follow-ups?who=all&state=dropped", "/imports", "/users", "/users/new", "/settings"),
    *("/outbox", "/companies/new?name=Kanari", "/companies/check?name=Kanari"),
    *("/companies/pick?q=Kanari", "/search?q=Kanari", "/search?q=Kanari&partial=palette"),
)


@pytest.fixture
def firm(world: World) -> Company:
    """A firm that both towns know, with everything Kristiinankaupunki keeps about it."""
    cast, words = world.cast, WORDS
    company = make_company("Rajan Konepaja Oy", towns=(RAUMA, KRISTIINA), owner=cast.bertil)
    attendee = make_person(company)
    _notes(world, company, attendees=[attendee])
    here = {"town": KRISTIINA, "author": cast.bertil}
    changed = make_follow_up(
        company, cast.bertil, text=words["promise before it was changed"], **here
    )
    edit(
        cast.bertil,
        changed,
        text=words["promise"],
        due_on=TODAY,
        assignee=cast.bertil,
        version=1,
        today=TODAY,
        now=clock.now(),
    )
    named = words["named promise"]
    make_follow_up(company, cast.bertil, text=named, visibility=Visibility.NAMED, **here)
    dropped = make_follow_up(company, cast.bertil, text=words["promise"], **here)
    drop(cast.bertil, dropped, reason=words["drop reason"], version=1, now=clock.now())
    world.draft(cast.bertil, note=words["draft"])
    world.batch(KRISTIINA, read=True, filename=f"{words['import']}.csv")
    colleague = words["colleague of the town named in no firm"]
    make_user(f"{colleague} Berg", town=KRISTIINA, role=Role.ADVISOR)
    return company


def _notes(world: World, company: Company, **given: object) -> None:
    """Bertil's, one for the town and one for a colleague; Aino's and everybody's beside them."""
    cast = world.cast
    make_interaction(company, cast.bertil, town=KRISTIINA, note=WORDS["town note"], **given)
    make_interaction(
        company,
        cast.bertil,
        town=KRISTIINA,
        visibility=Visibility.NAMED,
        note=WORDS["named note"],
        **given,
    )
    make_interaction(company, cast.aino, note="Rauman oma muistio")
    everybody = {"visibility": Visibility.NETWORK, "note": "Kaikkien muistio"}
    make_interaction(company, cast.bertil, town=KRISTIINA, **everybody)


def walk(browser: FlaskClient, start: tuple[str, ...], most: int = 400) -> dict[str, bytes]:
    """Every page that links lead to from these, with what each answered."""
    waiting, pages = list(start), {}
    while waiting and len(pages) < most:
        path = waiting.pop(0)
        if path in pages:
            continue
        answer = browser.get(path)
        assert answer.status_code < 500, path
        pages[path] = answer.data
        if answer.mimetype == "text/html":
            waiting += [link for link in links(path, answer.text) if link not in pages]
    assert len(pages) < most
    return pages


def links(path: str, html: str) -> list[str]:
    found = [unescape(link) for link in re.findall(r'(?:href|hx-get|src)="([^"]+)"', html)]
    paths = [urljoin(path, link).split("#")[0] for link in found]
    return [each for each in paths if each.startswith("/") and not each.startswith("/static")]


def text_of(page: bytes) -> str:
    if page[:2] != b"PK":
        return page.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(page))
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)


def test_nobody_of_another_town_meets_a_word_of_what_a_town_keeps_to_itself(
    world: World, firm: Company
):
    start = (*START, f"/companies/{firm.id}?show=500", f"/companies/{firm.id}/history")
    for name in READERS:
        pages = walk(world.browser(name), start)
        secret = [word for word in WORDS.values() if name not in MEANT_FOR.get(word, set())]
        texts = {path: text_of(page) for path, page in pages.items()}
        leaks = [(path, w) for path, text in texts.items() for w in secret if w in text]
        assert not leaks, f"{name}: {leaks}"
        assert any("Kaikkien muistio" in text for text in texts.values()), name
        assert any(page[:2] == b"PK" for page in pages.values()), name


def test_the_walk_does_meet_them_all_as_the_one_they_belong_to(world: World, firm: Company):
    pages = walk(world.browser("bertil"), (*START, f"/companies/{firm.id}?show=500"))
    text = "\n".join(text_of(page) for page in pages.values())
    unseen = {word for word in WORDS.values() if word not in text}
    assert unseen <= {WORDS["promise before it was changed"]}


def test_no_morning_mail_carries_a_word_of_it(world: World, firm: Company):
    world.app.config["DEMO"] = True
    for row in db.session.query(Engagement).filter_by(town_code=RAUMA):
        row.tier, row.owner = Tier.ANCHOR, world.cast.aino
        row.last_contact_on = TODAY - timedelta(days=200)
    make_follow_up(firm, world.cast.vilma, author=world.cast.aino, text="Vilmalle")
    make_follow_up(firm, world.cast.carita, author=world.cast.aino, text="Caritalle")
    db.session.commit()
    jobs.tick(world.app, NOW)
    mails = {row.user.name: row.delivery for row in db.session.query(Reminder)}
    assert WORDS["promise"] in (mails["Bertil Nygård"].text or "")
    others = [mail for name, mail in mails.items() if name != "Bertil Nygård" and mail.text]
    assert others
    for mail in others:
        assert not [word for word in WORDS.values() if word in f"{mail.text}{mail.html}"]


def test_no_count_and_no_list_moves_when_another_town_logs_a_meeting(world: World, firm: Company):
    paths = [path for path in START if "287" not in path]
    paths += ["/", f"/companies/{firm.id}", f"/companies/{firm.id}/history", "/companies.xlsx"]
    # A coordinator sees when a town last met a firm, and nothing of what was said.
    browsers = {name: world.browser(name) for name in READERS if name != "carita"}

    def everything() -> dict[tuple[str, str], str]:
        seen = {(n, p): text_of(b.get(p).data) for n, b in browsers.items() for p in paths}
        return {key: TOKEN.sub("", text) for key, text in seen.items()}

    before = everything()
    answer = world.browser("bertil").post(
        "/interactions/new",
        data={
            "company_id": firm.id,
            "town_code": KRISTIINA,
            "channel": "call",
            "day": "today",
            "note": "Toinen salaisuus",
            "visibility": "town",
            "step": "other",
            "step_on": f"{NOW.day}.{NOW.month}.{NOW.year}",
            "step_text": "Toinen lupaus",
            "growth_will": "yes",
            "topics": "export",
        },
    )
    assert answer.status_code == 302
    after = everything()
    assert [key for key in before if before[key] != after[key]] == []
