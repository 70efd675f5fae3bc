"""A whole import: staged, previewed, taken in, run again, taken back – with real bytes."""

import hashlib
from pathlib import Path

import pytest
from sqlalchemy import event

from crm.actions.companies import edit_field
from crm.actions.follow_ups import promise
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import by_heading, preview, stage_import
from crm.db import db
from crm.domain.batches import BatchState
from crm.domain.company_fields import CompanyField
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.formats.register import read_register
from crm.formats.spreadsheets import read_table
from crm.models import AuditEvent, Company, Engagement, ImportBatch, ImportRow, Person, Site
from crm.queries import imports
from tests.make import KRISTIINA, NOW, RAUMA, TODAY, make_company, make_person

REGISTER = Path(__file__).parents[1] / "data" / "prh"
WHEN = {"today": TODAY, "now": NOW}
LIST = (
    "Y-tunnus;Yritys;Katuosoite;Postinumero;Postitoimipaikka;Toimiala;Puhelin;Henkilöstö;"
    "Liikevaihto;Yhteyshenkilö\r\n"
    "9100001-3;Järven Veistämö Oy;Rantatie 3;26100;Rauma;30120;02 123 4567;12;1 200 000;"
    "Liisa Ranta\r\n"
    "9100000-5;Kuusen Konepaja Oy;;;;25110;;86;14,2 milj. €;\r\n"
    "1234567-8;Väärän Numeron Oy;;;;;;;;\r\n"
    "9100001-3;Toistuva Oy;;;;;;;;\r\n"
    ";;;;;;;5;;\r\n"
).encode("cp1252")


def staged(
    actor, data: bytes = LIST, name: str = "yritykset.csv", town: str = RAUMA
) -> ImportBatch:
    content = read_register(data) if name.endswith("json") else read_table(data, name)
    digest = hashlib.sha256(data).hexdigest()
    batch = stage_import(actor, content, town_code=town, filename=name, file_hash=digest, now=NOW)
    preview(actor, batch)
    return batch


def taken_in(actor, batch: ImportBatch) -> dict[str, int]:
    plan = plan_import(actor, batch, today=TODAY)
    return apply_import(actor, batch, plan, **WHEN)


def results(batch: ImportBatch) -> list[tuple[int, str]]:
    return [(row.number, row.result.value) for row in imports.rows(batch)]


def test_the_preview_says_of_each_row_what_will_happen_and_takes_nothing_in(aino, kuusi):
    batch = staged(aino)
    assert results(batch) == [
        (2, "created"), (3, "updated"), (4, "rejected"), (5, "rejected"), (6, "rejected"),
    ]  # fmt: skip
    codes = [row.problems[0]["code"] for row in imports.rows(batch)[2:]]
    assert codes == ["business_id_check_digit", "business_id_repeated", "name_missing"]
    assert db.session.query(Company).count() == 1
    assert batch.counts == {
        "rows": 5, "created": 1, "updated": 1, "unchanged": 0, "rejected": 3,
    }  # fmt: skip


def test_taken_in_the_rows_are_companies_with_addresses_figures_and_people(aino, kuusi):
    taken_in(aino, staged(aino))
    new = db.session.query(Company).filter_by(business_id="9100001-3").one()
    assert (new.name, new.phone, new.industry_code) == (
        "Järven Veistämö Oy", "+35821234567", "30120",
    )  # fmt: skip
    site = new.sites[0]
    assert (site.street, site.postcode, site.municipality_code) == ("Rantatie 3", "26100", RAUMA)
    assert {f.kind.value: f.value for f in new.figures} == {"staff": 12, "turnover": 1_200_000}
    assert [e.town_code for e in new.engagements] == [RAUMA]
    assert "jarven veistamo oy" in new.search_text
    assert db.session.query(Person).one().name == "Liisa Ranta"
    assert {f.kind.value: f.value for f in kuusi.figures}["turnover"] == 14_200_000


def test_the_same_file_again_changes_nothing(aino, kuusi):
    taken_in(aino, staged(aino))
    db.session.expire_all()
    again = staged(aino)
    assert {result for _n, result in results(again)} == {"unchanged", "rejected"}
    assert imports.applied_before(RAUMA, again.file_hash, but=again.id) is not None


def test_an_import_cannot_be_taken_in_twice(aino, kuusi):
    batch = staged(aino)
    taken_in(aino, batch)
    with pytest.raises(Conflict):
        taken_in(aino, batch)


def test_taking_back_removes_what_was_made_and_restores_what_was_changed(aino, kuusi):
    batch = staged(aino)
    taken_in(aino, batch)
    db.session.expire_all()
    counts = undo_import(aino, batch, now=NOW)
    db.session.expire_all()
    assert counts["removed"] == 1
    assert counts["kept"] == 0
    assert [c.name for c in db.session.query(Company)] == ["Kuusen Konepaja Oy"]
    assert kuusi.figures == []
    assert kuusi.industry_code is None
    assert db.session.query(Person).count() == 0
    assert db.session.query(Site).count() == 1
    assert batch.state is BatchState.UNDONE


def test_taking_back_keeps_what_somebody_has_worked_on_since(aino, kuusi):
    batch = staged(aino)
    taken_in(aino, batch)
    db.session.expire_all()
    new = db.session.query(Company).filter_by(business_id="9100001-3").one()
    promise(aino, new, town_code=RAUMA, text="Soita", due_on=TODAY, assignee=aino, **WHEN)
    edit_field(aino, kuusi, CompanyField.INDUSTRY, "28990", version=kuusi.version, **WHEN)
    counts = undo_import(aino, batch, now=NOW)
    db.session.expire_all()
    assert counts["removed"] == 0
    assert counts["kept"] == 2
    assert new.name == "Järven Veistämö Oy"
    assert kuusi.industry_code == "28990"


def test_a_company_changed_after_the_preview_stops_the_whole_import(aino, kuusi):
    batch = staged(aino)
    edit_field(aino, kuusi, CompanyField.EMAIL, "a@kuusi.example", version=kuusi.version, **WHEN)
    db.session.flush()
    with pytest.raises(Conflict) as refusal:
        taken_in(aino, batch)
    assert refusal.value.reason is Reason.IMPORT_CHANGED_SINCE
    assert db.session.query(Company).count() == 1


def test_a_firm_without_a_number_is_recognised_by_its_name_in_the_same_town(aino):
    make_company("Sähkö-Salo Ky", business_id=None)
    batch = staged(aino, "Yritys;Puhelin\r\nSÄHKÖ SALO KY;040 123 4567\r\n".encode())
    row = imports.rows(batch)[0]
    assert row.result.value == "updated"
    assert row.problems[0]["code"] == "matched_by_name"


def test_two_firms_of_one_name_are_left_for_a_person_to_tell_apart(aino):
    make_company("Salon Sähkö Oy")
    make_company("Salon Sähkö Oy")
    batch = staged(aino, "Yritys\r\nSalon Sähkö Oy\r\nToinen Oy\r\n".encode())
    assert [result for _n, result in results(batch)] == ["rejected", "created"]


def test_the_name_of_a_firm_of_another_town_is_pointed_out(aino):
    make_company("Salon Sähkö Oy", towns=(KRISTIINA,), business_id="9100001-3")
    batch = staged(aino, "Yritys\r\nSalon Sähkö Oy\r\nToinen Oy\r\n".encode())
    problem = imports.rows(batch)[0].problems[0]
    assert problem["code"] == "possible_duplicate"
    assert problem["details"]["business_id"] == "9100001-3"
    assert imports.report(batch)["possible_duplicates"] == 1


def test_a_firm_known_to_another_town_joins_this_one_without_losing_anything(aino, bertil):
    company = make_company(
        "Kuusen Konepaja Oy", towns=(KRISTIINA,), business_id="9100000-5", email="a@kuusi.example"
    )
    taken_in(aino, staged(aino))
    db.session.expire_all()
    towns = db.session.query(Engagement.town_code).filter_by(company_id=company.id)
    assert {code for (code,) in towns} == {RAUMA, KRISTIINA}
    assert company.email == "a@kuusi.example"


def test_a_column_can_be_corrected_and_the_preview_is_made_again(aino):
    batch = staged(aino, "Nimi;Muu\r\nKuusi Oy;040 123 4567\r\nMänty Oy;040 123 4568\r\n".encode())
    preview(aino, batch, {"0": "name", "1": None})
    assert db.session.query(ImportRow).count() == 2
    assert "phone" not in imports.rows(batch)[0].values
    preview(aino, batch, by_heading(batch, {"Muu": "phone"}))
    assert imports.rows(batch)[0].values["phone"] == "+358401234567"


@pytest.mark.parametrize("mapping", [{"0": None}, {"0": "name", "1": "name"}])
def test_a_mapping_without_a_name_or_with_two_is_refused(aino, mapping):
    batch = staged(aino, b"Nimi;Muu\r\nKuusi Oy;x\r\n")
    with pytest.raises(Invalid):
        preview(aino, batch, mapping)


def test_the_register_brings_names_status_and_addresses(aino):
    data = (REGISTER / "companies_search_mixed.trimmed.json").read_bytes()
    taken_in(aino, staged(aino, data, "prh.json"))
    company = db.session.query(Company).filter(Company.name.like("Lindex%")).one()
    assert "stockmann oyj abp" in company.search_text
    assert company.sites[0].municipality_code == "091"
    again = staged(aino, data, "prh.json")
    assert {result for _n, result in results(again)} == {"unchanged"}


def test_formula_looking_cells_stay_text(aino):
    batch = staged(aino, b'Yritys;Huomautus\r\n"=HYPERLINK(""x"")";"+cmd|calc"\r\n')
    taken_in(aino, batch)
    company = db.session.query(Company).one()
    assert company.name == '=HYPERLINK("x")'
    assert company.description == "+cmd|calc"


def test_another_town_and_a_reader_cannot_import(bertil, vilma):
    for actor in (bertil, vilma):
        with pytest.raises(NotAllowed):
            staged(actor)


def test_names_addresses_and_relationships_are_written_in_bulk(aino, app):
    rows = "\r\n".join(f"Yritys {n} Oy;Katu {n};26100;Rauma" for n in range(2000))
    data = f"Yritys;Katuosoite;Postinumero;Postitoimipaikka\r\n{rows}\r\n".encode()
    batch = staged(aino, data)
    seen: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    taken_in(aino, batch)
    assert db.session.query(Site).count() == 2000
    bulk = [text for text in seen if not text.startswith("INSERT INTO company (")]
    assert len(bulk) < 60


def changed_list(numbers: range) -> bytes:
    """A list in which known firms have another phone, more staff and another address."""
    rows = ["Yritys;Puhelin;Henkilöstö;Katuosoite"]
    rows += [f"Telakka {n} Oy;02 123 4567;{n + 1};Uusikatu {n}" for n in numbers]
    return "\r\n".join(rows).encode()


@pytest.mark.parametrize("step", ["taken in", "taken back"])
def test_changed_firms_are_written_by_chunks_and_not_one_by_one(aino, step):
    def questions(numbers: range) -> int:
        batch = staged(aino, changed_list(numbers), name=f"{numbers}.csv")
        assert batch.counts["updated"] == len(numbers)
        if step == "taken back":
            taken_in(aino, batch)
        asked = []
        note = lambda *_args: asked.append(1)  # noqa: E731
        event.listen(db.session, "after_flush", note)
        if step == "taken back":
            undo_import(aino, batch, now=NOW)
        else:
            taken_in(aino, batch)
        event.remove(db.session, "after_flush", note)
        return len(asked)

    for number in range(44):
        make_company(f"Telakka {number} Oy")
    assert questions(range(40)) == questions(range(40, 44)) > 0


def test_everything_a_list_changes_of_a_known_firm_is_changed_logged_and_put_back(aino):
    """The plan's rows are those of the preview: facts, parts, people, names and the search."""
    firm = make_company("Telakka Oy", business_id="9100000-5", phone="+35821111111")
    person = make_person(firm, "Liisa Ranta")
    data = (
        "Y-tunnus;Yritys;Puhelin;Katuosoite;Henkilöstö;Yhteyshenkilö;Yhteyshenkilön puhelin\r\n"
        "9100000-5;Uusi Telakka Oy;02 765 4321;Rantatie 1;12;Liisa Ranta;040 765 4321\r\n"
    ).encode()
    person.phone = None
    before = [row.street for row in firm.sites]
    db.session.flush()
    batch = staged(aino, data)
    taken_in(aino, batch)
    assert (firm.name, firm.phone, firm.version) == ("Uusi Telakka Oy", "+35827654321", 3)
    assert {row.name for row in firm.names} == {"Telakka Oy", "Uusi Telakka Oy"}
    assert "uusi telakka oy" in firm.search_text
    assert "telakka oy | " in firm.search_text
    assert "027654321" in firm.search_text
    assert (person.phone, "0407654321" in person.search_text) == ("+358407654321", True)
    assert [row.value for row in firm.figures] == [12]
    assert [row.street for row in firm.sites] == ["Rantatie 1"]
    (change,) = db.session.query(AuditEvent).filter_by(act="company.imported")
    assert change.changes["phone"] == ["+35821111111", "+35827654321"]
    undo_import(aino, batch, now=NOW)
    db.session.expire_all()
    assert (firm.name, firm.phone) == ("Telakka Oy", "+35821111111")
    assert (person.phone, firm.figures) == (None, [])
    assert [row.street for row in firm.sites] == before


def test_two_imports_of_one_new_firm_at_once_end_in_a_refusal_and_not_in_two_firms(aino):
    first, second = staged(aino, name="a.csv"), staged(aino, LIST + b";\r\n", name="b.csv")
    plans = [plan_import(aino, batch, today=TODAY) for batch in (first, second)]
    apply_import(aino, first, plans[0], **WHEN)
    with pytest.raises(Conflict):
        apply_import(aino, second, plans[1], **WHEN)
