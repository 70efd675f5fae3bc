"""What a merge moves, refuses and leaves alone; the way back is in test_merge_undo.py."""

import time
from typing import Any

import pytest
from sqlalchemy import insert

from crm.actions.companies import create_company, edit_field
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import preview, stage_import
from crm.actions.merge_undo import undo_merge
from crm.actions.merges import MOVES, column_of, merge_companies, merge_people
from crm.actions.undo import undo
from crm.db import db
from crm.domain.cadence import Tier
from crm.domain.companies import FigureKind, Source
from crm.domain.company_fields import CompanyField
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.domain.merges import MergeField, Side, Way
from crm.formats.tables import Table
from crm.models import (
    AuditEvent,
    Company,
    Engagement,
    Figure,
    Interaction,
    Merge,
    MergeChange,
    Position,
    Site,
    User,
)
from crm.queries import companies, history, home, search
from crm.queries.merges import compare_companies
from tests.make import (
    KRISTIINA,
    NOW,
    RAUMA,
    TODAY,
    make_company,
    make_interaction,
    make_person,
)

HERE = {"today": TODAY, "now": NOW}


def merged(actor: User, one: Any, other: Any, **choices: Side) -> Merge:
    act = merge_companies if isinstance(one, Company) else merge_people
    taken = {MergeField(name): side for name, side in choices.items()}
    return act(actor, one, other, choices=taken, seen=(one.version, other.version), now=NOW)


@pytest.fixture
def twin(kuusi: Company, aino: User) -> Company:
    return make_company("Konepaja Kuusi", owner=aino)


def relation(company: Company, town: str = RAUMA) -> Engagement:
    return next(row for row in company.engagements if row.town_code == town)


def test_a_loser_s_only_town_moves_and_a_shared_one_becomes_one_relationship(carita, aino, bertil):
    one = make_company("Yksi Oy", towns=(RAUMA,), tier=Tier.KNOWN)
    other = make_company("Kaksi Oy", towns=(RAUMA, KRISTIINA), owner=bertil, tier=Tier.GROWTH)
    theirs = relation(other, KRISTIINA).id
    merged(carita, one, other)
    assert relation(one, KRISTIINA).id == theirs
    assert (relation(one).tier, relation(one).owner) == (Tier.GROWTH, bertil)
    assert [row.town_code for row in other.engagements] == [RAUMA]


def both_sides(kuusi: Company, twin: Company, aino: User) -> dict[str, tuple[Any, Any]]:
    """For every relation that is settled by a rule, a row at each that is the same thing."""
    person = make_person(kuusi)
    position = Position(person=person, company=twin, title=None)
    figures = [
        Figure(company=firm, kind=FigureKind.STAFF, year=2025, value=9, source=Source.FILE,
               stated_on=TODAY)
        for firm in (kuusi, twin)
    ]  # fmt: skip
    db.session.add_all([position, *figures])
    db.session.flush()
    twin.names[0].name = kuusi.names[0].name.upper()
    db.session.flush()
    return {
        "company_name.company_id": (kuusi.names[0], twin.names[0]),
        "site.company_id": (kuusi.sites[0], twin.sites[0]),
        "figure.company_id": (figures[0], figures[1]),
        "position.company_id": (person.positions[0], position),
        "engagement.company_id": (relation(kuusi), relation(twin)),
    }


def test_what_both_have_stays_with_each_and_none_is_lost(daavid, aino, kuusi, twin):
    rows = both_sides(kuusi, twin, aino)
    settled = {n for n, line in MOVES.items() if line.way is Way.UNLESS_THERE and ".company" in n}
    assert set(rows) == settled
    merged(daavid, kuusi, twin)
    for name, (mine, theirs) in rows.items():
        assert (mine.company_id, theirs.company_id) == (kuusi.id, twin.id), name
    stayed = db.session.query(MergeChange).filter_by(done="stayed").all()
    assert {f"{row.table_name}.{row.column_name}" for row in stayed} == settled


def test_somebody_who_took_part_as_both_people_took_part_once(daavid, aino, kuusi):
    one, other = make_person(kuusi, "Matti Salo"), make_person(kuusi, "M. Salo")
    both = make_interaction(kuusi, aino, attendees=[one, other])
    single = make_interaction(kuusi, aino, attendees=[other])
    merge = merged(daavid, one, other)
    assert [both.attendees, single.attendees] == [[one], [one]]
    assert [row.person for row in companies.people_of(kuusi, today=TODAY)] == [one]
    undo_merge(daavid, merge, now=NOW)
    assert set(both.attendees) == {one, other}
    assert single.attendees == [other]


def test_a_column_points_where_its_line_says(carita):
    for name in MOVES:
        keys = {key.column.table.name for key in column_of(name).foreign_keys}
        assert keys & {"company", "person"}


def test_the_loser_s_number_and_name_find_the_survivor(carita, aino, kuusi):
    other = make_company("Aivan Muu Nimi Oy", business_id="9100001-3", phone="+35827654321")
    merged(carita, kuusi, other)
    for text in ("9100001-3", "91000013", "aivan muu", "02 765 4321"):
        assert [hit.id for hit in search.find_companies(None, text)] == [kuusi.id], text
    assert [h.id for h in search.like_this(aino, "x", business_id="9100001-3")] == [kuusi.id]
    with pytest.raises(Invalid) as refusal:
        create_company(aino, name="Uusi", business_id="9100001-3", town_code=RAUMA, now=NOW)
    assert refusal.value.details["company_id"] == kuusi.id
    edit = {"version": kuusi.version, **HERE}
    with pytest.raises(Invalid) as own:
        edit_field(carita, kuusi, CompanyField.BUSINESS_ID, "9100001-3", **edit)
    assert own.value.reason is Reason.BUSINESS_ID_MERGED


def test_a_later_rename_keeps_the_loser_findable(carita, kuusi):
    other = make_company("Toinen Oy", business_id="9100001-3")
    merged(carita, kuusi, other)
    edit_field(carita, kuusi, CompanyField.NAME, "Kolmas Oy", version=kuusi.version, **HERE)
    assert [hit.id for hit in search.find_companies(None, "9100001-3")] == [kuusi.id]


def test_a_business_id_that_only_the_loser_has_passes_to_the_survivor(daavid, aino):
    one, other = make_company("Yksi Oy"), make_company("Kaksi Oy", business_id="9100001-3")
    merge = merged(daavid, one, other)
    assert (one.business_id, other.business_id) == ("9100001-3", None)
    undo_merge(daavid, merge, now=NOW)
    assert (one.business_id, other.business_id) == (None, "9100001-3")


def test_chosen_business_ids_change_places(daavid, aino, kuusi):
    other = make_company("Kaksi Oy", business_id="9100001-3")
    merged(daavid, kuusi, other, business_id=Side.LOSER)
    assert (kuusi.business_id, other.business_id) == ("9100001-3", "9100000-5")


def test_the_proposal_knows_an_edit_from_an_import(aino, kuusi, twin):
    kuusi.source = twin.source = Source.FILE
    edit_field(aino, twin, CompanyField.PHONE, "02 765 4321", version=twin.version, **HERE)
    kuusi.phone = "+35821234567"
    db.session.flush()
    row = next(r for r in compare_companies(aino, kuusi, twin) if r.field is MergeField.PHONE)
    assert (row.other.source, row.proposed) == (Source.PERSON, Side.LOSER)


def test_who_may_merge(aino, bertil, carita, vilma, eeva, kuusi):
    shared = make_company("Yhteinen Oy", towns=(RAUMA, KRISTIINA))
    theirs = make_company("Heidän Oy", towns=(KRISTIINA,))
    for actor in (bertil, vilma, eeva):
        with pytest.raises(NotAllowed):
            merged(actor, kuusi, make_company("Toinen Oy"))
    with pytest.raises(Invalid) as refusal:
        merged(aino, kuusi, shared)
    assert refusal.value.reason is Reason.MERGE_ASK_TOWNS
    assert refusal.value.details == {"towns": "Kristiinankaupunki"}
    with pytest.raises(NotAllowed):
        merged(vilma, shared, theirs)
    merged(carita, kuusi, shared)
    assert shared.merged_into_id == kuusi.id


def test_stale_same_and_merged_ones_are_refused_and_nothing_changes(carita, kuusi, twin):
    third = make_company("Kolmas Oy")
    with pytest.raises(Invalid):
        merged(carita, kuusi, kuusi)
    with pytest.raises(Conflict):
        merge_companies(carita, kuusi, twin, choices={}, seen=(kuusi.version, 99), now=NOW)
    first = merged(carita, kuusi, twin)
    assert merged(carita, kuusi, twin) is first
    with pytest.raises(Conflict) as refusal:
        merged(carita, third, twin)
    assert refusal.value.reason is Reason.MERGED_SINCE
    assert db.session.query(Merge).count() == 1


def test_nothing_new_hangs_on_a_merged_company(carita, aino, kuusi, twin):
    merged(carita, kuusi, twin)
    with pytest.raises(Conflict) as refusal:
        make_interaction(twin, aino)
    assert refusal.value.reason is Reason.MERGED_SINCE


def test_the_history_tells_of_the_merge_and_of_what_the_loser_went_through(aino, kuusi, twin):
    edit_field(aino, twin, CompanyField.PHONE, "02 765 4321", version=twin.version, **HERE)
    merged(aino, kuusi, twin)
    acts = [row.act for row in history.of_company(aino, kuusi)]
    assert acts == ["company.merged", "company.changed"]
    event = db.session.query(AuditEvent).filter_by(act="company.merged").one()
    assert event.changes["merged"] == [None, "Konepaja Kuusi"]


def test_an_edit_of_the_loser_is_not_taken_back_behind_the_merge(aino, kuusi, twin):
    event = edit_field(aino, twin, CompanyField.PHONE, "02 765 4321", version=1, **HERE)
    assert event is not None
    merged(aino, kuusi, twin)
    with pytest.raises(Conflict) as refusal:
        undo(aino, event, now=NOW)
    assert refusal.value.reason is Reason.MERGED_SINCE


def test_the_menu_counts_a_merged_company_once_and_nobody_is_reminded_of_it(aino):
    one, other = (
        make_company(name, owner=aino, tier=Tier.ANCHOR) for name in ("Yksi Oy", "Kaksi Oy")
    )
    before = home.counts(aino, today=TODAY).companies
    merged(aino, one, other)
    after = home.counts(aino, today=TODAY).companies
    assert (before, after) == (2, 1)
    assert [item.company_id for item in home.day(aino, today=TODAY).items] == [one.id]


def listed(actor: User, *rows: list[str], number: int = 1) -> Any:
    table = Table(["Y-tunnus", "Yritys", "Puhelin"], [list(row) for row in rows])
    batch = stage_import(
        actor, table, town_code=RAUMA, filename="a.csv", file_hash=f"{number:064}", now=NOW
    )
    preview(actor, batch)
    return batch


def taken_in(actor, batch):
    apply_import(actor, batch, plan_import(actor, batch, today=TODAY), **HERE)


def test_an_import_of_the_loser_s_row_finds_the_survivor_and_changes_nothing(aino, kuusi):
    rows = [["9100001-3", "Toinen Oy", ""], ["", "Nimellä Löytyvä Oy", ""]]
    taken_in(aino, listed(aino, *rows))
    for name in ("Toinen Oy", "Nimellä Löytyvä Oy"):
        merged(aino, kuusi, db.session.query(Company).filter_by(name=name).one())
    again = listed(aino, *rows, number=2)
    assert (again.counts["unchanged"], again.counts["created"]) == (2, 0)


def test_taking_an_import_back_leaves_merged_companies_and_survivors_as_they_are(aino, kuusi):
    batch = listed(aino, ["9100001-3", "Toinen Oy", "02 765 4321"], ["", "Kolmas Oy", ""])
    taken_in(aino, batch)
    other = db.session.query(Company).filter_by(name="Toinen Oy").one()
    merge = merged(aino, kuusi, other)
    counts = undo_import(aino, batch, now=NOW)
    assert (counts["removed"], counts["kept"]) == (1, 1)
    undo_merge(aino, merge, now=NOW)
    assert (other.merged_into_id, other.phone) == (None, "+35827654321")


def test_an_import_previewed_before_the_merge_is_refused(aino, kuusi, twin):
    batch = listed(aino, ["", "Konepaja Kuusi", "02 765 4321"])
    assert batch.counts["updated"] == 1
    merged(aino, kuusi, twin)
    with pytest.raises(Conflict):
        taken_in(aino, batch)


def test_addresses_of_two_towns_are_both_kept(carita, aino):
    one = make_company("Yksi Oy", towns=(RAUMA,))
    other = make_company("Kaksi Oy", towns=(RAUMA, KRISTIINA))
    merged(carita, one, other)
    places = db.session.query(Site).filter_by(company_id=one.id)
    assert {row.municipality_code for row in places} == {RAUMA, KRISTIINA}


def test_a_firm_with_two_thousand_contacts_is_merged_and_unmerged_in_seconds(daavid, aino, kuusi):
    """Measured at well under a second each; the test allows a slow machine three."""
    other = make_company("Vilkas Oy", owner=aino)
    row = {"company_id": other.id, "town_code": RAUMA, "author_id": aino.id, "channel": "call"}
    row |= {"held_on": TODAY, "note": "Soitto", "visibility": "town", "version": 1}
    db.session.execute(insert(Interaction), [row] * 2_000)
    started = time.perf_counter()
    merge = merged(daavid, kuusi, other)
    between = time.perf_counter()
    assert db.session.query(Interaction).filter_by(company_id=kuusi.id).count() == 2_000
    undo_merge(daavid, merge, now=NOW)
    ended = time.perf_counter()
    assert db.session.query(Interaction).filter_by(company_id=other.id).count() == 2_000
    print(f"merge {between - started:.2f} s, undo {ended - between:.2f} s")
    assert max(between - started, ended - between) < 3
