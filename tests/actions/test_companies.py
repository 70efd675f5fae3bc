import pytest

from crm.actions.companies import create_company, edit_field
from crm.actions.engagements import edit_engagement, engage
from crm.actions.people import add_person, end_position
from crm.actions.undo import undo
from crm.db import db
from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, NameKind
from crm.domain.company_fields import CompanyField
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.models import AuditEvent
from tests.make import KRISTIINA, NOW, RAUMA, TODAY, make_company

WHEN = {"today": TODAY, "now": NOW}


def test_a_known_business_id_names_the_company_that_has_it(aino, kuusi):
    with pytest.raises(Invalid) as refusal:
        create_company(aino, name="Kuusi", business_id="91000005", town_code=RAUMA, now=NOW)
    assert refusal.value.reason is Reason.ALREADY_KNOWN
    assert refusal.value.details["company"] == kuusi.name


def test_a_new_company_is_found_by_its_folded_name_and_number(aino):
    company = create_company(
        aino, name="Järvi & Mäki Oy", business_id="91000005", town_code=RAUMA, now=NOW
    )
    assert company.search_text.strip() == "jarvi maki oy | 9100000-5 | 91000005"
    assert company.engagements[0].owner is aino


def test_a_former_name_still_finds_the_company(aino, kuusi):
    edit_field(aino, kuusi, CompanyField.NAME, "Kuusi Works Oy", version=kuusi.version, **WHEN)
    db.session.flush()
    assert [(n.name, n.kind) for n in kuusi.names] == [
        ("Kuusen Konepaja Oy", NameKind.FORMER),
        ("Kuusi Works Oy", NameKind.MAIN),
    ]
    assert "kuusen konepaja oy" in kuusi.search_text


def test_a_name_changed_by_mistake_leaves_no_trace_when_taken_back(aino, kuusi):
    event = edit_field(aino, kuusi, CompanyField.NAME, "Kusi Oy", version=kuusi.version, **WHEN)
    undo(aino, event, now=NOW)
    db.session.flush()
    assert [(n.name, n.kind) for n in kuusi.names] == [("Kuusen Konepaja Oy", NameKind.MAIN)]
    assert kuusi.search_text.strip().startswith("kuusen konepaja oy | 9100000-5")


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (CompanyField.PHONE, "040 123 4567", "+358401234567"),
        (CompanyField.WEBSITE, "www.kuusi.example", "https://www.kuusi.example"),
        (CompanyField.EMAIL, "info@kuusi.example", "info@kuusi.example"),
        (CompanyField.INDUSTRY, "25.11", "2511"),
        (CompanyField.DESCRIPTION, "", None),
    ],
)
def test_one_fact_is_read_and_logged_with_its_old_value(aino, kuusi, field, text, value):
    kuusi.description = "Vanha"
    db.session.flush()
    edit_field(aino, kuusi, field, text, version=kuusi.version, **WHEN)
    assert getattr(kuusi, field.value) == value
    event = db.session.query(AuditEvent).order_by(AuditEvent.id.desc()).first()
    assert event.changes[field.value][1] == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (CompanyField.NAME, " "),
        (CompanyField.NAME, "a" * 201),
        (CompanyField.BUSINESS_ID, "1234567-8"),
        (CompanyField.EMAIL, "ei osoite"),
        (CompanyField.PHONE, "soita"),
        (CompanyField.WEBSITE, "javascript:alert(1)"),
        (CompanyField.STAFF, "-3"),
        (CompanyField.STATUS, "gone"),
        (CompanyField.INDUSTRY, "rauta"),
    ],
)
def test_an_unreadable_fact_is_refused_and_changes_nothing(aino, kuusi, field, text):
    before = kuusi.version
    with pytest.raises(Invalid):
        edit_field(aino, kuusi, field, text, version=kuusi.version, **WHEN)
    db.session.flush()
    assert kuusi.version == before


def test_staff_is_kept_by_year_beside_the_older_numbers(aino, kuusi):
    edit_field(aino, kuusi, CompanyField.STAFF, "86", version=kuusi.version, **WHEN)
    figure = kuusi.figures[0]
    assert (figure.kind, figure.year, figure.value) == (FigureKind.STAFF, 2026, 86)


def test_a_town_that_does_not_know_the_company_cannot_change_its_facts(bertil, kuusi):
    with pytest.raises(NotAllowed):
        edit_field(bertil, kuusi, CompanyField.EMAIL, "a@b.fi", version=kuusi.version, **WHEN)
    engage(bertil, kuusi, town_code=KRISTIINA, now=NOW)
    db.session.refresh(kuusi)
    edit_field(bertil, kuusi, CompanyField.EMAIL, "a@kuusi.fi", version=kuusi.version, **WHEN)
    assert kuusi.email == "a@kuusi.fi"


def test_the_second_of_two_edits_of_one_version_is_refused(aino, kuusi):
    seen = kuusi.version
    edit_field(aino, kuusi, CompanyField.EMAIL, "a@kuusi.fi", version=seen, **WHEN)
    with pytest.raises(Conflict):
        edit_field(aino, kuusi, CompanyField.PHONE, "0401234567", version=seen, **WHEN)


def test_the_relationship_is_the_towns_own(bertil, aino, kuusi):
    row = kuusi.engagements[0]
    changed = {"tier": Tier.ANCHOR, "owner": aino, "own_cadence_days": 30}
    with pytest.raises(NotAllowed):
        edit_engagement(bertil, row, **changed, version=row.version, now=NOW)
    event = edit_engagement(aino, row, **changed, version=row.version, now=NOW)
    assert (row.tier, row.own_cadence_days, event.town_code) == (Tier.ANCHOR, 30, RAUMA)
    undo(aino, event, now=NOW)
    assert row.tier is Tier.KNOWN


def test_a_cadence_of_one_day_is_refused(aino, kuusi):
    row = kuusi.engagements[0]
    with pytest.raises(Invalid):
        edit_engagement(
            aino, row, tier=row.tier, owner=None, own_cadence_days=1, version=1, now=NOW
        )


def test_somebody_who_left_is_no_longer_a_contact_until_taken_back(aino, kuusi):
    facts = {"title": "Johtaja", "email": "", "phone": "040 1234567"}
    person = add_person(aino, kuusi, name="Liisa  Ranta", **facts, **WHEN)
    assert (person.name, person.phone) == ("Liisa Ranta", "+358401234567")
    event = end_position(aino, person.positions[0], **WHEN)
    assert person.positions[0].until_on == TODAY
    undo(aino, event, now=NOW)
    assert person.positions[0].until_on is None


def test_two_companies_may_lack_a_business_id(aino):
    make_company("Ensimmäinen Tmi", business_id=None)
    make_company("Toinen Tmi", business_id=None)
