"""Companies: the list and its file, the page, a new one, inline edits, the relationship, people."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from crm.db import db
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.companies import CompanyStatus
from crm.domain.company_fields import CompanyField
from crm.domain.interactions import Channel
from crm.models import Company, Person
from tests.make import (
    KRISTIINA,
    RAUMA,
    TODAY,
    make_company,
    make_interaction,
    make_person,
)
from tests.web.world import World, then


def firms(world: World) -> None:
    """Kuusi is Aino's anchor, Mänty nobody's, Tammi Kristiinankaupunki's, Vanha has ceased."""
    make_company(
        "Kuusen Konepaja Oy",
        owner=world.cast.aino,
        tier=Tier.ANCHOR,
        last_contact_on=TODAY,
        industry_code="25110",
    )
    make_company("Mäntylän Puu Oy")
    make_company("Tammen Telakka Ab", towns=(KRISTIINA,))
    make_company("Vanha Oy", status=CompanyStatus.CEASED)


ALL = {"Kuusen Konepaja", "Mäntylän Puu", "Tammen Telakka", "Vanha Oy"}
NARROWED = {
    "": {"Kuusen Konepaja", "Mäntylän Puu"},
    "town=all": {"Kuusen Konepaja", "Mäntylän Puu", "Tammen Telakka"},
    "town=287": {"Tammen Telakka"},
    "town=999": set(),
    "tier=anchor": {"Kuusen Konepaja"},
    "tier=nonsense": {"Kuusen Konepaja", "Mäntylän Puu"},
    "mine=1": {"Kuusen Konepaja"},
    "quiet=1": {"Mäntylän Puu"},
    "ended=1": {"Kuusen Konepaja", "Mäntylän Puu", "Vanha Oy"},
    "industry=251": {"Kuusen Konepaja"},
    "q=mantylan": {"Mäntylän Puu"},
    "town=all&q=telaka": {"Tammen Telakka"},
}


def test_the_list_and_its_file_show_what_the_filters_ask_for(world: World):
    firms(world)
    browser = world.browser("aino")
    for query, expected in NARROWED.items():
        page = browser.get(f"/companies?{query}").text
        book = CalamineWorkbook.from_filelike(
            io.BytesIO(browser.get(f"/companies.xlsx?{query}").data)
        )
        cells = str(book.get_sheet_by_index(0).to_python())
        assert {name for name in ALL if name in page} == expected, query
        assert {name for name in ALL if name in cells} == expected, query


def test_the_list_is_sorted_by_name_and_on_demand_by_the_oldest_contact(world: World):
    firms(world)
    browser = world.browser("aino")
    by_name = browser.get("/companies").text
    by_contact = browser.get("/companies?sort=contact").text
    assert by_name.index("Kuusen Konepaja") < by_name.index("Mäntylän Puu")
    assert by_contact.index("Mäntylän Puu") < by_contact.index("Kuusen Konepaja")


def test_the_list_goes_on_on_a_second_page_with_the_same_filters(world: World):
    for number in range(60):
        make_company(f"Yritys {number:02} Oy", tier=Tier.GROWTH)
    browser = world.browser("aino")
    first = browser.get("/companies?tier=growth")
    assert "Yritys 00 Oy" in first.text
    assert "Yritys 59 Oy" not in first.text
    assert "tier=growth&amp;page=2" in first.text
    assert "Yritys 59 Oy" in browser.get("/companies?tier=growth&page=2").text


def test_a_company_s_page_shows_its_facts_people_tasks_and_timeline(world: World):
    row = world.note(note="Uusi halli valmistuu", channel=Channel.VISIT)
    make_person(row.company, "Matti Salo")
    task = world.promise()
    task.company = row.company
    page = world.browser("aino").get(f"/companies/{row.company_id}").text
    for text in (row.company.name, "Uusi halli valmistuu", "Matti Salo", task.text, "Rauma"):
        assert text in page


def test_the_timeline_is_narrowed_by_the_way_of_meeting_and_goes_back_on_demand(world: World):
    company = world.firm()
    for number in range(15):
        make_interaction(
            company,
            world.cast.aino,
            note=f"Muistio {number:02}.",
            days_ago=number,
            channel=Channel.CALL if number % 2 else Channel.VISIT,
        )
    browser, path = world.browser("aino"), f"/companies/{company.id}"
    page = browser.get(path).text
    assert "Muistio 00." in page
    assert "Muistio 12." not in page
    assert f"{path}?show=40" in page
    assert "Muistio 12." in browser.get(f"{path}?show=40").text
    calls = browser.get(f"{path}?channel=call").text
    assert "Muistio 01." in calls
    assert "Muistio 00." not in calls


def test_a_town_s_note_stands_on_the_page_for_the_town_only(world: World):
    company = world.firm()
    make_interaction(company, world.cast.aino, note="Rauman oma")
    make_interaction(company, world.cast.aino, note="Kaikkien", visibility=Visibility.NETWORK)
    for name, own in {"aino": True, "vilma": True, "bertil": False, "carita": False}.items():
        page = world.browser(name).get(f"/companies/{company.id}").text
        assert ("Rauman oma" in page, "Kaikkien" in page) == (own, True), name


def test_how_close_a_firm_is_and_when_it_was_met_is_its_town_s_affair(world: World):
    """Neither a filter nor a column tells another town whom Kristiinankaupunki holds for what."""
    firm = make_company(
        "Tammen Telakka Ab",
        towns=(KRISTIINA,),
        owner=world.cast.bertil,
        tier=Tier.ANCHOR,
        last_contact_on=TODAY - timedelta(days=200),
    )
    seen = {"aino": False, "vilma": False, "eeva": False, "bertil": True, "carita": True}
    for name, told in seen.items():
        browser = world.browser(name)
        listed = browser.get("/companies?town=287").text
        page = browser.get(f"/companies/{firm.id}").text
        assert "Tammen Telakka" in listed
        words = ("Veturiyritys", "Lokomotivföretag")
        assert any(word in listed.split("<table")[1] for word in words) is told, name
        assert any(word in page for word in words) is told, name
        for query in ("town=287&tier=anchor", "town=all&tier=anchor", "town=all&quiet=1"):
            assert ("Tammen Telakka" in browser.get(f"/companies?{query}").text) is told, query


NEW = {"name": "Järven Veistämö Oy", "business_id": "9100001-3", "town_code": RAUMA}


def test_a_new_company_gets_its_page_and_its_town(world: World):
    form = NEW | {"street": "Rantatie 3", "postcode": "26100", "city": "Rauma"}
    browser = world.browser("aino")
    page = then(browser, browser.post("/companies/new", data=form))
    assert "Järven Veistämö Oy" in page
    assert "Rantatie 3" in page
    company = db.session.query(Company).one()
    assert [row.owner for row in company.engagements] == [world.cast.aino]


def test_a_known_business_id_is_refused_with_the_company_to_use_instead(world: World):
    known = make_company("Kuusen Konepaja Oy", business_id="9100001-3")
    answer = world.browser("aino").post("/companies/new", data=NEW)
    assert answer.status_code == 422
    assert "Kuusen Konepaja Oy" in answer.text
    assert f"/companies/{known.id}" in answer.text
    assert "Järven Veistämö Oy" in answer.text
    assert 'id="business_id-error"' in answer.text
    assert db.session.query(Company).count() == 1


WRONG_NEW = {"name": "", "business_id": "9100001-4", "town_code": "999"}


@pytest.mark.parametrize("field", list(WRONG_NEW))
def test_a_wrong_value_of_a_new_company_is_said_at_its_field_and_nothing_is_lost(
    world: World, field: str
):
    form = NEW | {"street": "Rantatie 3", field: WRONG_NEW[field]}
    answer = world.browser("carita").post("/companies/new", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Rantatie 3"' in answer.text
    assert db.session.query(Company).count() == 0


GOOD = {
    CompanyField.NAME: ("Kuusen Paja Oy", "Kuusen Paja Oy"),
    CompanyField.BUSINESS_ID: ("9100001-3", "9100001-3"),
    CompanyField.STATUS: ("liquidation", None),
    CompanyField.INDUSTRY: ("25110", "25110"),
    CompanyField.STAFF: ("1 200", "1\N{NO-BREAK SPACE}200"),
    CompanyField.TURNOVER: ("320 000", "320\N{NO-BREAK SPACE}000"),
    CompanyField.PHONE: ("02 123 4567", "02 1234567"),
    CompanyField.EMAIL: ("posti@kuusi.fi", "posti@kuusi.fi"),
    CompanyField.WEBSITE: ("www.kuusi.fi", "www.kuusi.fi"),
    CompanyField.LANGUAGE: ("sv", "Svenska"),
    CompanyField.DESCRIPTION: ("Tekee ovia", "Tekee ovia"),
}
BAD = {
    CompanyField.NAME: "",
    CompanyField.BUSINESS_ID: "9100001-4",
    CompanyField.STATUS: "asleep",
    CompanyField.INDUSTRY: "jotain",
    CompanyField.STAFF: "monta",
    CompanyField.TURNOVER: "-5",
    CompanyField.PHONE: "ei ole",
    CompanyField.EMAIL: "posti@",
    CompanyField.WEBSITE: "javascript:alert(1)",
    CompanyField.LANGUAGE: "de",
    CompanyField.DESCRIPTION: "x" * 5_001,
}


def test_every_fact_is_edited_by_itself_and_shown_afterwards(world: World):
    browser = world.browser("aino")
    for field in CompanyField:
        typed, shown = GOOD[field]
        path = f"/companies/{world.company()}/edit/{field}"
        assert browser.get(path).status_code == 200, field
        page = then(browser, browser.post(path, data={"text": typed, "version": 1}))
        assert shown is None or shown in page, field


def test_a_fact_that_cannot_be_taken_is_said_at_the_field_with_the_text_kept(world: World):
    browser = world.browser("aino")
    for field in CompanyField:
        path = f"/companies/{world.company()}/edit/{field}"
        answer = browser.post(path, data={"text": BAD[field], "version": 1})
        assert answer.status_code == 422, field
        assert 'id="text-error"' in answer.text, field
        if field not in {CompanyField.STATUS, CompanyField.LANGUAGE}:
            assert BAD[field] in answer.text, field


def test_the_history_tells_what_a_fact_was_and_became_and_who_changed_it(world: World):
    company, browser = world.company(), world.browser("aino")
    browser.post(f"/companies/{company}/edit/email", data={"text": "uusi@kuusi.fi", "version": 1})
    page = browser.get(f"/companies/{company}/history").text
    assert "uusi@kuusi.fi" in page
    assert "Aino Virtanen" in page


def test_a_relationship_is_changed_and_a_rhythm_out_of_range_is_said_at_its_field(world: World):
    company, aino = world.firm(), world.cast.aino
    path, browser = f"/companies/{company.id}/relationship/{RAUMA}", world.browser("aino")
    form = {"tier": "growth", "owner": aino.id, "own_cadence_days": "3", "version": 1}
    answer = browser.post(path, data=form)
    assert answer.status_code == 422
    assert 'id="own_cadence_days-error"' in answer.text
    assert 'value="3"' in answer.text
    assert browser.post(path, data=form | {"own_cadence_days": "30"}).status_code == 302
    db.session.refresh(company)
    row = company.engagements[0]
    assert (row.tier, row.own_cadence_days) == (Tier.GROWTH, 30)
    assert browser.post(path, data=form | {"own_cadence_days": "30"}).status_code == 409


def test_a_firm_that_another_town_knows_is_taken_on_by_one_s_own(world: World):
    company = world.their_company()
    browser = world.browser("aino")
    assert (
        browser.post(f"/companies/{company}/engage", data={"town_code": RAUMA}).status_code == 302
    )
    row = db.session.get_one(Company, company)
    assert {each.town_code for each in row.engagements} == {RAUMA, KRISTIINA}


PERSON = {"name": "Liisa Ranta", "title": "Myynti", "phone": "040 123 4567", "email": "l@ranta.fi"}
WRONG_PERSON = {"name": " ", "phone": "ei ole", "email": "liisa@"}


def test_a_person_is_added_changed_and_ended(world: World):
    company, browser = world.company(), world.browser("aino")
    page = f"/companies/{company}"
    assert browser.post(f"{page}/people/new", data=PERSON).status_code == 302
    person = db.session.query(Person).one()
    edit = f"/positions/{person.positions[0].id}/edit"
    assert "Liisa Ranta" in browser.get(edit).text
    changed = PERSON | {"name": "Liisa Rantala", "version": 1}
    assert browser.post(edit, data=changed).status_code == 302
    assert browser.post(edit, data=changed).status_code == 409
    assert "Liisa Rantala" in browser.get(page).text
    browser.post(edit.replace("/edit", "/end"))
    assert "mailto:l@ranta.fi" not in browser.get(page).text


@pytest.mark.parametrize("field", list(WRONG_PERSON))
def test_a_wrong_value_of_a_person_is_said_at_its_field_and_nothing_is_lost(
    world: World, field: str
):
    form = PERSON | {field: WRONG_PERSON[field]}
    answer = world.browser("aino").post(f"/companies/{world.company()}/people/new", data=form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert 'value="Myynti"' in answer.text
    assert db.session.query(Person).count() == 0
