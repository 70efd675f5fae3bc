from dataclasses import replace
from datetime import timedelta

import pytest

from crm.actions.follow_ups import complete
from crm.actions.interactions import (
    NextStep,
    Said,
    delete_interaction,
    edit_interaction,
    log_interaction,
)
from crm.actions.undo import undo
from crm.db import db
from crm.domain.access import Visibility
from crm.domain.cadence import Tier
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.domain.interactions import Channel, Topic
from crm.models import AuditEvent, FollowUp, Interaction
from tests.make import KRISTIINA, NOW, RAUMA, TODAY, make_company, make_interaction, make_person

SAID = Said(
    channel=Channel.VISIT,
    held_on=TODAY,
    note="Tarvitsevat kuusi hitsaajaa.",
    topics=[Topic.RECRUITMENT],
)
WHERE = {"town_code": RAUMA, "form_key": "key-1", "today": TODAY, "now": NOW}


def test_a_first_contact_makes_a_known_firm_a_client_of_its_advisor(aino, towns):
    company = make_company(towns=())
    log_interaction(aino, company, SAID, **WHERE)
    engagement = db.session.query(type(company).engagements.property.mapper.class_).one()
    assert (engagement.town_code, engagement.tier) == (RAUMA, Tier.ENGAGED)
    assert (engagement.owner, engagement.last_contact_on) == (aino, TODAY)


def test_an_old_meeting_does_not_turn_the_last_contact_back(aino, kuusi):
    log_interaction(aino, kuusi, SAID, **WHERE)
    older = replace(SAID, held_on=TODAY - timedelta(days=30))
    log_interaction(aino, kuusi, older, **(WHERE | {"form_key": "key-2"}))
    assert kuusi.engagements[0].last_contact_on == TODAY


def test_a_second_tap_on_save_makes_no_second_meeting_and_no_second_promise(aino, kuusi):
    step = NextStep("Lähetä tarjous", TODAY + timedelta(days=7))
    first = log_interaction(aino, kuusi, SAID, next_step=step, **WHERE)
    second = log_interaction(aino, kuusi, SAID, next_step=step, **WHERE)
    assert first is second
    assert db.session.query(Interaction).count() == 1
    assert db.session.query(FollowUp).count() == 1


def test_the_promise_of_a_named_note_is_as_closed_as_the_note(aino, bertil, kuusi):
    said = replace(SAID, visibility=Visibility.NAMED, readers=[bertil])
    step = NextStep("Soita omistajalle", TODAY)
    log_interaction(aino, kuusi, said, next_step=step, **WHERE)
    assert db.session.query(FollowUp).one().visibility is Visibility.NAMED


def test_another_town_and_a_reader_cannot_log(bertil, vilma, kuusi):
    for actor in (bertil, vilma):
        with pytest.raises(NotAllowed):
            log_interaction(actor, kuusi, SAID, **WHERE)


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"note": "   "}, "note", Reason.REQUIRED),
        ({"note": "a" * 20_001}, "note", Reason.TOO_LONG),
        ({"held_on": TODAY + timedelta(days=1)}, "held_on", Reason.DATE_IN_FUTURE),
        ({"visibility": Visibility.NAMED}, "readers", Reason.REQUIRED),
    ],
)
def test_a_wrong_value_is_refused_at_its_field_and_nothing_is_kept(
    aino, kuusi, wrong, field, reason
):
    with pytest.raises(Invalid) as refusal:
        log_interaction(aino, kuusi, replace(SAID, **wrong), **WHERE)
    assert (refusal.value.field, refusal.value.reason) == (field, reason)
    assert db.session.query(Interaction).count() == 0


def test_somebody_of_another_firm_cannot_have_taken_part(aino, kuusi):
    stranger = make_person(make_company("Toinen Oy"))
    with pytest.raises(Invalid):
        log_interaction(aino, kuusi, replace(SAID, attendees=[stranger]), **WHERE)


def test_a_person_met_for_the_first_time_joins_the_firm(aino, kuusi):
    row = log_interaction(aino, kuusi, replace(SAID, new_attendee="Liisa Ranta"), **WHERE)
    assert [person.name for person in row.attendees] == ["Liisa Ranta"]
    assert row.attendees[0].positions[0].company is kuusi


def test_a_colleague_cannot_rewrite_a_note_but_the_author_can(aino, daavid, vilma, kuusi):
    row = make_interaction(kuusi, aino)
    changed = replace(SAID, note="Toinen teksti")
    with pytest.raises(NotAllowed):
        edit_interaction(vilma, row, changed, version=row.version, today=TODAY, now=NOW)
    edit_interaction(aino, row, changed, version=row.version, today=TODAY, now=NOW)
    assert row.note == "Toinen teksti"


def test_an_edit_of_an_older_version_is_refused(aino, kuusi):
    row = make_interaction(kuusi, aino)
    edit_interaction(aino, row, SAID, version=row.version, today=TODAY, now=NOW)
    with pytest.raises(Conflict):
        edit_interaction(aino, row, SAID, version=1, today=TODAY, now=NOW)


def test_the_log_never_carries_the_text_of_a_note(aino, kuusi):
    row = log_interaction(aino, kuusi, SAID, **WHERE)
    edit_interaction(aino, row, SAID, version=row.version, today=TODAY, now=NOW)
    delete_interaction(aino, row, now=NOW)
    logged = " ".join(str(event.changes) for event in db.session.query(AuditEvent))
    assert "hitsaajaa" not in logged


def test_a_deleted_meeting_comes_back_with_its_last_contact(aino, kuusi):
    row = log_interaction(aino, kuusi, SAID, **WHERE)
    event = delete_interaction(aino, row, now=NOW)
    db.session.flush()
    assert kuusi.engagements[0].last_contact_on is None
    undo(aino, event, now=NOW)
    assert row.deleted_at is None
    assert kuusi.engagements[0].last_contact_on == TODAY


def test_nobody_else_takes_back_what_i_did(aino, daavid, kuusi):
    row = log_interaction(aino, kuusi, SAID, **WHERE)
    event = delete_interaction(aino, row, now=NOW)
    with pytest.raises(NotAllowed):
        undo(daavid, event, now=NOW)


def test_undo_refuses_when_the_promise_moved_on(aino, kuusi):
    step = NextStep("Lähetä tarjous", TODAY)
    log_interaction(aino, kuusi, SAID, next_step=step, **WHERE)
    promise = db.session.query(FollowUp).one()
    event = complete(aino, promise, version=promise.version, now=NOW)
    promise.closed_at = NOW + timedelta(hours=1)
    with pytest.raises(Conflict):
        undo(aino, event, now=NOW)


def test_an_act_of_last_month_is_no_longer_undone(aino, kuusi):
    row = log_interaction(aino, kuusi, SAID, **WHERE)
    event = delete_interaction(aino, row, now=NOW)
    with pytest.raises(Invalid):
        undo(aino, event, now=NOW + timedelta(days=30))


def test_a_coordinator_logs_in_any_town(carita, kuusi):
    row = log_interaction(carita, kuusi, SAID, **(WHERE | {"town_code": KRISTIINA}))
    assert row.town_code == KRISTIINA
