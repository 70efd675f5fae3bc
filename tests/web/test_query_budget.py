"""No page asks the database more than fifteen times, however many rows it shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Engine, event

from crm.db import db
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.interactions import Topic
from crm.models import Company, InteractionTopic
from tests.make import (
    KRISTIINA,
    RAUMA,
    make_company,
    make_follow_up,
    make_interaction,
    make_person,
)
from tests.web.world import World

MOST = 15
OF_THE_CONNECTION = ("PRAGMA", "BEGIN", "SET", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
PAGES = (
    *(
        "/",
        "/?all=1",
        "/companies",
        "/companies?town=all",
        "/companies?q=Telakka",
        "/companies.xlsx",
    ),
    *("/companies/{firm}", "/companies/{firm}?show=100", "/companies/{firm}/history"),
    *("/companies/{firm}/edit/phone", "/companies/{firm}/relationship/684", "/companies/new"),
    *("/companies/{firm}/follow-ups/new", "/companies/{firm}/people/new"),
    *("/interactions", "/interactions/new", "/interactions/new?company={firm}"),
    *(
        "/follow-ups",
        "/follow-ups?who=all",
        "/search?q=Telakka",
        "/search?q=Telakka&partial=palette",
    ),
    *("/companies/pick?q=Telakka", "/companies/check?name=Telakka", "/imports", "/imports/new"),
    *("/imports/{batch}", "/settings"),
    *("/companies/{firm}/merge", "/companies/{firm}/merge/{twin}"),
    "/people/{one}/merge/{other}",
)
OF_ADMINISTRATORS = ("/users", "/users/new", "/outbox")


@contextmanager
def counted() -> Iterator[list[str]]:
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(OF_THE_CONNECTION):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def fill(world: World, n: int) -> Company:
    """n firms, people, accounts and imports, and one firm with 2 n meetings and n promises."""
    aino, bertil = world.cast.aino, world.cast.bertil
    firm = make_company("Ison Telakka Oy", towns=(RAUMA, KRISTIINA), owner=aino)
    people = [make_person(firm, f"Henkilö {number}") for number in range(n)]
    for number in range(n):
        make_company(f"Telakka {number} Oy", owner=aino, tier=Tier.GROWTH)
        world.colleague()
        for author, town in ((aino, RAUMA), (bertil, KRISTIINA)):
            note = make_interaction(
                firm, author, town=town, visibility=Visibility.NETWORK, attendees=[people[number]]
            )
            note.topic_rows = [InteractionTopic(topic=Topic.EXPORT)]
        author = world.cast.carita
        make_follow_up(firm, aino, author=author, text=f"Lupaus {number}", due_in=number - n // 2)
        world.mail()
        if number < 10:
            world.batch()
    return firm


def queries_of_pages(world: World, firm: Company) -> dict[str, int]:
    numbers = {"firm": firm.id, "batch": world.batch(read=True), "twin": world.firm().id}
    numbers |= {"one": make_person(firm).id, "other": make_person(firm).id}
    found = {}
    for name, pages in (("aino", PAGES), ("eeva", OF_ADMINISTRATORS)):
        browser = world.browser(name)
        for page in pages:
            path = page.format(**numbers)
            db.session.commit()
            with counted() as asked:
                answer = browser.get(path)
            assert answer.status_code == 200, path
            found[page] = len(asked)
    return found


def test_no_page_asks_more_than_fifteen_times_or_more_often_for_more_rows(world: World):
    # Twelve are enough that every part of a page has something to show, likenesses too.
    few = queries_of_pages(world, fill(world, 12))
    many = queries_of_pages(world, fill(world, 40))
    assert {page: n for page, n in many.items() if n > MOST} == {}
    assert {page: (few[page], n) for page, n in many.items() if n > few[page]} == {}


@pytest.mark.one_database
def test_the_counter_counts_what_a_page_asks(world: World):
    browser = world.browser("aino")
    db.session.commit()
    with counted() as asked:
        browser.get("/settings")
    assert any("sign_in" in statement for statement in asked)
