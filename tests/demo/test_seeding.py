import re

import pytest
from stdnum.fi import ytunnus

from crm import codes, demo
from crm.db import db
from crm.demo.notes import EUROS, LANDS, MONTHS, notes
from crm.domain.day import Why
from crm.models import (
    AuditEvent,
    Company,
    Draft,
    Engagement,
    FollowUp,
    Interaction,
    Person,
    Site,
    User,
)
from crm.queries import home
from tests.make import NOW, TODAY

REAL = "nokia kone valmet outokumpu ssab ponsse olvi genelec sampo neste kesko fortum".split()


def seed(**given):
    return demo.seed(db.session, today=TODAY, now=NOW, **given)


@pytest.fixture
def seeded(app):
    return seed(companies=200, interactions=600)


@pytest.mark.one_database
def test_the_same_seed_makes_the_same_data(app, seeded):
    first = [(c.name, c.business_id, c.search_text) for c in db.session.query(Company)]
    notes_before = [(i.note, i.held_on) for i in db.session.query(Interaction)]
    for table in (Draft, AuditEvent, FollowUp, Interaction, Company, Person):
        for row in db.session.query(table):
            db.session.delete(row)
    db.session.flush()
    seed(companies=200, interactions=600)
    assert [(c.name, c.business_id, c.search_text) for c in db.session.query(Company)] == first
    assert [(i.note, i.held_on) for i in db.session.query(Interaction)] == notes_before


def test_counts_are_told_and_true(seeded):
    assert seeded["companies"] == db.session.query(Company).count() == 200
    assert seeded["interactions"] == db.session.query(Interaction).count() == 600


def test_every_business_id_is_valid_and_unallocated(seeded):
    numbers = [c.business_id for c in db.session.query(Company) if c.business_id]
    assert all(ytunnus.is_valid(number) and number >= "9200000" for number in numbers)
    assert len(set(numbers)) == len(numbers)


def test_no_name_is_that_of_a_well_known_firm(seeded):
    words = {word for c in db.session.query(Company) for word in c.search_text.split()}
    assert not words & set(REAL)


def test_every_postal_code_lies_in_its_town(seeded):
    for site in db.session.query(Site):
        assert codes.postal_code(site.postcode).municipality_code == site.municipality_code


def test_nothing_has_happened_in_the_future_or_on_a_weekend(seeded):
    days = [i.held_on for i in db.session.query(Interaction)]
    assert max(days) <= TODAY
    assert all(day.weekday() < 5 for day in days)
    assert all(row.closed_at <= NOW for row in db.session.query(FollowUp) if row.closed_at)


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_note_leaves_no_slot_unfilled_whatever_the_words(language):
    for note in notes(language):
        for month in MONTHS[language]:
            for land in LANDS[language]:
                text = note.text.format(
                    n=3, big=20, month=month, land=land, euros=EUROS[language][0]
                )
                assert not re.search(r"[{}]", text)


def test_the_last_contact_is_the_newest_meeting_of_the_town(seeded):
    aino = db.session.query(User).filter_by(name="Aino Virtanen").one()
    for row in db.session.query(Engagement).filter(Engagement.owner_id != aino.id):
        held = [
            i.held_on
            for i in db.session.query(Interaction).filter_by(
                company_id=row.company_id, town_code=row.town_code
            )
        ]
        assert row.last_contact_on == max(held, default=None)


def test_ainos_day_shows_a_newcomer_each_kind_of_thing(app):
    seed()
    aino = db.session.query(User).filter_by(name="Aino Virtanen").one()
    day = home.day(aino, today=TODAY)
    assert {Why.LATE, Why.DUE_TODAY, Why.DRAFT, Why.QUIET} <= {each.why for each in day.items}
    assert day.rest > 0


def test_three_people_sign_in_with_one_click_and_nobody_has_a_password(seeded):
    people = db.session.query(User).all()
    assert [u.name for u in people if u.is_demo] == [
        "Aino Virtanen",
        "Carita Lindholm",
        "Eeva Laine",
    ]
    assert not [u for u in people if u.password_hash]
