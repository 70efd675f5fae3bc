"""Taking a merge back: what returns, what stays, and what has to wait."""

from datetime import timedelta
from typing import Any

import pytest

from crm.actions.companies import edit_field
from crm.actions.engagements import edit_engagement
from crm.actions.interactions import Said, edit_interaction, log_interaction
from crm.actions.merge_undo import undo_merge
from crm.actions.merges import merge_companies, merge_people
from crm.db import db
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.company_fields import CompanyField
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.domain.interactions import Channel
from crm.domain.merges import MergeField, Side
from crm.models import AuditEvent, Company, Draft, FollowUp, Interaction, Merge, User
from crm.queries import scope, search
from tests.make import (
    KRISTIINA,
    NOW,
    RAUMA,
    TODAY,
    make_company,
    make_follow_up,
    make_interaction,
    make_person,
)

HERE = {"today": TODAY, "now": NOW}


def merged(actor: User, one: Any, other: Any) -> Merge:
    act = merge_companies if isinstance(one, Company) else merge_people
    return act(actor, one, other, choices={}, seen=(one.version, other.version), now=NOW)


@pytest.fixture
def twin(kuusi: Company, aino: User) -> Company:
    return make_company("Konepaja Kuusi", owner=aino, phone="+35821234567")


def test_everything_is_as_it_was(daavid, aino, kuusi, twin):
    person = make_person(twin)
    meeting = make_interaction(twin, aino, attendees=[person])
    task = make_follow_up(twin, aino)
    draft = Draft(user_id=aino.id, form_key="x", company=twin, values={}, saved_at=NOW)
    db.session.add(draft)
    twin.engagements[0].last_contact_on = meeting.held_on
    db.session.flush()
    merge = merged(daavid, kuusi, twin)
    rows = (meeting, task, draft, person.positions[0], twin.names)
    assert (kuusi.phone, kuusi.engagements[0].last_contact_on) == (twin.phone, meeting.held_on)
    assert {row.company_id for row in rows[:4]} == {kuusi.id}
    assert [hit.id for hit in search.find_companies(None, "Konepaja Kuusi")] == [kuusi.id]
    undo_merge(daavid, merge, now=NOW)
    assert {row.company_id for row in rows[:4]} == {twin.id}
    assert (kuusi.phone, kuusi.engagements[0].last_contact_on) == (None, None)
    assert (kuusi.merged_into_id, twin.merged_into_id) == (None, None)
    assert [row.name for row in kuusi.names] == [kuusi.name]
    assert [row.name for row in twin.names] == [twin.name]
    assert [hit.id for hit in search.find_companies(None, "Konepaja Kuusi")] == [twin.id]


def test_later_edits_are_kept_wherever_their_row_goes(daavid, aino, kuusi, twin):
    meeting = make_interaction(twin, aino)
    merge = merged(daavid, kuusi, twin)
    said = Said(Channel.CALL, TODAY, "Kirjoitettu yhdistämisen jälkeen")
    edit_interaction(aino, meeting, said, version=meeting.version, **HERE)
    edit_field(aino, kuusi, CompanyField.PHONE, "02 999 8888", version=kuusi.version, **HERE)
    row = kuusi.engagements[0]
    here = {"owner": None, "own_cadence_days": 30, "version": row.version, "now": NOW}
    edit_engagement(aino, row, tier=Tier.ANCHOR, **here)
    undo_merge(daavid, merge, now=NOW)
    assert (meeting.company_id, meeting.note) == (twin.id, said.note)
    assert (kuusi.phone, row.tier, row.own_cadence_days) == ("+35829998888", Tier.ANCHOR, 30)


def test_what_came_since_stays_with_the_survivor_and_its_town_keeps_it_in_sight(carita, bertil):
    one = make_company("Yksi Oy", towns=(RAUMA,))
    other = make_company("Kaksi Oy", towns=(KRISTIINA,), owner=bertil)
    merge = merged(carita, one, other)
    said = Said(Channel.CALL, TODAY, "Soitettu yhdistetylle")
    log_interaction(bertil, one, said, town_code=KRISTIINA, form_key=None, **HERE)
    undo_merge(carita, merge, now=NOW)
    meeting = db.session.query(Interaction).one()
    assert meeting.company_id == one.id
    assert {row.town_code for row in one.engagements} == {RAUMA, KRISTIINA}
    assert [row.owner for row in other.engagements] == [bertil]


def test_a_promise_made_in_a_moved_meeting_follows_it_and_another_stays(daavid, aino, kuusi, twin):
    meeting = make_interaction(twin, aino)
    merge = merged(daavid, kuusi, twin)
    follows = make_follow_up(kuusi, aino, interaction_id=meeting.id)
    stays = make_follow_up(kuusi, aino)
    undo_merge(daavid, merge, now=NOW)
    assert (follows.company_id, stays.company_id) == (twin.id, kuusi.id)


def test_rows_deleted_since_are_not_missed(daavid, aino, kuusi, twin):
    draft = Draft(user_id=aino.id, form_key="x", company=twin, values={}, saved_at=NOW)
    db.session.add(draft)
    db.session.flush()
    merge = merged(daavid, kuusi, twin)
    db.session.delete(draft)
    undo_merge(daavid, merge, now=NOW)
    assert twin.merged_into_id is None


def test_undone_twice_changes_nothing(daavid, aino, kuusi, twin):
    merge = merged(daavid, kuusi, twin)
    undo_merge(daavid, merge, now=NOW)
    versions = (kuusi.version, twin.version)
    undo_merge(daavid, merge, now=NOW + timedelta(days=1))
    assert (kuusi.version, twin.version) == versions
    assert merge.undone_at == NOW
    assert db.session.query(AuditEvent).filter_by(act="company.unmerged").count() == 1


def test_after_ninety_days_and_by_others_it_is_refused(daavid, bertil, vilma, kuusi, twin):
    merge = merged(daavid, kuusi, twin)
    for actor in (bertil, vilma):
        with pytest.raises(NotAllowed):
            undo_merge(actor, merge, now=NOW)
    with pytest.raises(Invalid) as refusal:
        undo_merge(daavid, merge, now=NOW + timedelta(days=90, seconds=1))
    assert refusal.value.reason is Reason.MERGE_UNDO_TOO_LATE
    undo_merge(daavid, merge, now=NOW + timedelta(days=90))
    assert twin.merged_into_id is None


def test_what_was_moved_on_is_refused_then_left_and_follows_in_the_end(daavid, aino, kuusi, twin):
    third = make_company("Kolmas Oy", owner=aino)
    meeting, own = make_interaction(twin, aino), make_interaction(kuusi, aino)
    first, second = merged(daavid, kuusi, twin), merged(daavid, third, kuusi)
    with pytest.raises(Conflict) as refusal:
        undo_merge(daavid, first, now=NOW)
    assert refusal.value.reason is Reason.MERGED_ON
    assert refusal.value.details == {"company": kuusi.name, "into": third.name}
    assert meeting.company_id == third.id
    undo_merge(daavid, first, partial=True, now=NOW)
    assert (twin.merged_into_id, meeting.company_id) == (None, third.id)
    assert first.left == {"company_name": 1, "interaction": 1}
    undo_merge(daavid, second, now=NOW)
    assert (meeting.company_id, own.company_id) == (twin.id, kuusi.id)
    assert first.left is None


def test_a_value_taken_from_two_firms_goes_back_whichever_merge_is_undone_first(daavid, aino):
    one = make_company("Yksi Oy")
    first, second = make_company("A Oy", phone="+1"), make_company("B Oy", phone="+2")
    early = merged(daavid, one, first)
    seen = (one.version, second.version)
    choices = {MergeField.PHONE: Side.LOSER}
    late = merge_companies(daavid, one, second, choices=choices, seen=seen, now=NOW)
    assert one.phone == "+2"
    undo_merge(daavid, early, now=NOW)
    assert one.phone == "+2"
    undo_merge(daavid, late, now=NOW)
    assert one.phone is None


def test_people_part_again_with_their_meetings(daavid, aino, kuusi):
    one, other = make_person(kuusi, "Matti Salo"), make_person(kuusi, "M. Salo")
    meeting = make_interaction(kuusi, aino, attendees=[other])
    merge = merged(daavid, one, other)
    assert meeting.attendees == [one]
    assert [hit.id for hit in search.find(None, "M. Salo") if hit.kind == "person"] == [one.id]
    undo_merge(daavid, merge, now=NOW)
    assert meeting.attendees == [other]
    assert other.search_text


def test_a_note_is_read_by_the_same_people_before_during_and_after(carita, aino, bertil):
    one = make_company("Yksi Oy", towns=(RAUMA,), owner=aino)
    other = make_company("Kaksi Oy", towns=(KRISTIINA,), owner=bertil)
    make_interaction(one, aino)
    make_interaction(other, bertil, town=KRISTIINA)
    make_interaction(other, bertil, town=KRISTIINA, visibility=Visibility.NETWORK)
    make_interaction(one, aino, visibility=Visibility.NAMED, readers=(bertil,))
    make_follow_up(other, bertil, town=KRISTIINA)

    def sights() -> list[set[int]]:
        people = (aino, bertil, carita)
        selects = [scope.interactions(p) for p in people] + [scope.follow_ups(p) for p in people]
        return [{row.id for row in db.session.scalars(each)} for each in selects]

    before = sights()
    merge = merged(carita, one, other)
    assert sights() == before
    undo_merge(carita, merge, now=NOW)
    assert sights() == before
    assert db.session.query(FollowUp).one().company_id == other.id
