"""A typed firm is checked against all that are known now, also right after somebody's edit."""

import pytest

from crm.actions.companies import create_company, edit_field
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import preview, stage_import
from crm.actions.merge_undo import undo_merge
from crm.actions.merges import merge_companies
from crm.db import db
from crm.domain.company_fields import CompanyField
from crm.domain.duplicates.records import Firm
from crm.formats.tables import Table
from crm.queries.known_firms import KnownFirms
from tests.make import NOW, RAUMA, TODAY, make_company


@pytest.fixture
def known(aino):
    make_company("Koskenmäen Rakennus Oy", phone="+35821234567")
    make_company("Järven Veistämö Oy")
    firms = KnownFirms()
    firms.load()
    return firms


def likest(known: KnownFirms, name: str, **facts: str) -> int | None:
    found = known.check(Firm("", name, **facts))
    return found[0].company_id if found else None


def test_a_firm_is_known_by_an_abbreviation_and_by_its_phone(known):
    first = likest(known, "Koskenmäen Rak.")
    assert first == likest(known, "KM-Rakennus", phone="02 123 4567")
    assert first is not None
    assert likest(known, "Aivan Muu Oy") is None


def test_what_was_added_renamed_or_merged_since_is_known_at_once(known, aino):
    new = create_company(aino, name="Rauman Leipomo Oy", business_id="", town_code=RAUMA, now=NOW)
    assert likest(known, "Rauman Leipomo") == new.id
    when = {"version": new.version, "today": TODAY, "now": NOW}
    edit_field(aino, new, CompanyField.NAME, "Sataman Pulla Oy", **when)
    assert likest(known, "Sataman Pulla") == new.id
    twin = make_company("Satamapulla Tukku Oy", business_id="9100000-5")
    db.session.flush()
    seen = (twin.version, new.version)
    merge = merge_companies(aino, twin, new, choices={}, seen=seen, now=NOW)
    assert likest(known, "Sataman Pulla") == twin.id
    undo_merge(aino, merge, now=NOW)
    assert likest(known, "Sataman Pulla") == new.id


def test_companies_of_an_import_taken_back_are_not_known_any_more(known, aino):
    table = Table(["Yritys"], [["Rauman Leipomo Oy"]])
    about = {"town_code": RAUMA, "filename": "a.csv", "file_hash": "x", "now": NOW}
    batch = stage_import(aino, table, **about)
    preview(aino, batch)
    plan = plan_import(aino, batch, today=TODAY)
    apply_import(aino, batch, plan, today=TODAY, now=NOW)
    assert likest(known, "Rauman Leipomo") is not None
    undo_import(aino, batch, now=NOW)
    assert likest(known, "Rauman Leipomo") is None
