"""No page reads a whole table to show a part of it: the plan of every query is looked at."""

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from crm.db import db
from tests.make import make_company, make_follow_up, make_interaction, make_person
from tests.sign_in import signed_in

PAGES = (
    "/",
    "/companies",
    "/companies?town=all",
    "/companies?mine=1",
    "/companies?quiet=1",
    "/companies?q=kuusen",
    "/companies/{company}",
    "/companies/{company}/history",
    "/companies/{company}/merge",
    "/interactions",
    "/interactions?who=me",
    "/follow-ups",
    "/follow-ups?who=all",
    "/follow-ups?state=done",
    "/search?q=kuusen",
    "/search?q=040 123 4567",
    "/imports",
)
BIG = (
    "company|company_name|engagement|site|figure|person|position|interaction|follow_up|audit_event"
)
# Reading in the order of an index and stopping early is not reading the whole.
WHOLE = re.compile(rf"^SCAN ({BIG})\b(?! (USING (COVERING )?INDEX|VIRTUAL TABLE INDEX))")
# Counting stops at a limit too: it reads no more than the list's first pages.
CAPPED = re.compile(r"^SELECT count\(.*LIMIT", re.DOTALL)


@pytest.fixture
def company(aino, kuusi):
    make_person(kuusi)
    make_interaction(kuusi, aino)
    make_follow_up(kuusi, aino)
    make_company("Mäntysen Saha Oy")
    company_id = kuusi.id
    db.session.commit()
    return company_id


@pytest.mark.one_database
@pytest.mark.parametrize("address", PAGES)
def test_a_page_scans_no_big_table(as_aino, company, address):
    assert not whole_tables(as_aino, address.format(company=company))


@pytest.mark.one_database
@pytest.mark.parametrize("address", ["/", "/companies", "/interactions", "/search?q=kusen"])
def test_a_page_of_somebody_without_towns_scans_no_big_table(app, carita, company, address):
    assert not whole_tables(signed_in(app, carita), address)


def whole_tables(browser: FlaskClient, address: str) -> list[str]:
    """The plans of this page's queries that read a big table from end to end."""
    asked = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: asked.append(args[2:4]))
    assert browser.get(address).status_code == 200
    whole = []
    with db.engine.connect() as connection:
        selects = [each for each in asked if each[0].startswith("SELECT")]
        for text, values in [each for each in selects if not CAPPED.match(each[0])]:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values)
            whole += [f"{row[3]} in {text[:200]}" for row in plan if WHOLE.match(row[3])]
    return whole
