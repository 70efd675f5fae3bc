"""What a file would change of a known company, and what it must leave alone."""

from dataclasses import replace

import pytest

from crm.domain.companies import FigureKind, IndustryStandard, NameKind, SiteKind
from crm.domain.imports.changes import Change, Known, KnownContact, Part, changes
from crm.domain.imports.records import Address, OtherName, Record

HARBOUR = Address(SiteKind.VISITING, "Satamakatu 1", "26100", "Rauma", "684")
KNOWN = Known(
    facts={
        "name": "Kuusi Oy",
        "business_id": "9100000-5",
        "phone": "+358401234567",
        "industry_code": "25110",
        "industry_standard": IndustryStandard.TOL2025,
    },
    names=frozenset({"kuusi oy", "kuusi ab"}),
    addresses={7: HARBOUR},
    figures={FigureKind.STAFF: 12},
    contacts=(KnownContact(3, "Liisa Kuusi", None, "liisa@kuusi.fi"),),
)
SAID = Record(
    name="Kuusi Oy",
    business_id="9100000-5",
    phone="+358401234567",
    staff=12,
    contact_name="liisa kuusi",
    contact_email="toinen@kuusi.fi",
    other_names=(OtherName("KUUSI AB", NameKind.PARALLEL),),
    addresses=(HARBOUR,),
)


def test_a_file_that_says_what_is_known_changes_nothing():
    assert changes(KNOWN, SAID) == []


def test_what_a_file_leaves_empty_erases_nothing():
    assert changes(KNOWN, Record(name="Kuusi Oy")) == []
    bare = Address(SiteKind.VISITING, None, "26100", None, "684")
    assert changes(KNOWN, replace(SAID, addresses=(bare,))) == []


def test_a_new_fact_comes_with_the_old_one():
    assert changes(KNOWN, replace(SAID, phone="+3582834111")) == [
        Change(Part.FACT, "phone", "+358401234567", "+3582834111")
    ]


def test_a_new_figure_comes_with_the_newest_known():
    assert changes(KNOWN, replace(SAID, staff=15, turnover=900_000)) == [
        Change(Part.FIGURE, "staff", 12, 15),
        Change(Part.FIGURE, "turnover", None, 900_000),
    ]


def test_an_address_elsewhere_keeps_nothing_of_the_old_street():
    moved = Address(SiteKind.VISITING, "Karjapiha 2", None, "Kauhajoki", "232")
    (change,) = changes(KNOWN, replace(SAID, addresses=(moved,)))
    assert (change.part, change.row_id) == (Part.ADDRESS, 7)
    assert (change.new["street"], change.new["postcode"]) == ("Karjapiha 2", None)


def test_a_town_without_a_street_never_moves_a_known_street_there():
    elsewhere = Address(SiteKind.VISITING, None, "61800", "Kauhajoki", "232")
    assert changes(KNOWN, replace(SAID, addresses=(elsewhere,))) == []


def test_a_contact_is_completed_not_overwritten_and_a_new_one_is_added():
    completed = changes(KNOWN, replace(SAID, contact_phone="+358401111111"))
    assert completed == [Change(Part.CONTACT, "phone", None, "+358401111111", 3)]
    (added,) = changes(KNOWN, replace(SAID, contact_name="Matti Mänty"))
    assert (added.field, added.new["name"]) == ("person", "Matti Mänty")


def test_the_same_firm_in_another_town_gets_a_relationship_there():
    assert changes(replace(KNOWN, engaged=False), SAID)[-1].part is Part.ENGAGEMENT


@pytest.mark.parametrize("standard", [None, IndustryStandard.TOL2008])
def test_a_code_of_an_older_or_unnamed_list_never_replaces_one_of_tol_2025(
    standard: IndustryStandard | None,
):
    said = replace(SAID, industry_code="45112", industry_standard=standard)
    assert changes(KNOWN, said) == []


def test_a_code_of_tol_2025_replaces_an_older_one_with_its_list():
    known = replace(KNOWN, facts={**KNOWN.facts, "industry_standard": IndustryStandard.TOL2008})
    said = replace(SAID, industry_code="25120", industry_standard=IndustryStandard.TOL2025)
    assert [(c.field, c.new) for c in changes(known, said)] == [
        ("industry_code", "25120"),
        ("industry_standard", "tol2025"),
    ]
