from datetime import timedelta

import pytest

from crm.actions.follow_ups import complete, drop, edit, move, promise
from crm.actions.undo import undo
from crm.db import db
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.domain.followups import FollowUpState
from crm.models import FollowUp
from tests.make import NOW, RAUMA, TODAY, make_follow_up

WHEN = {"today": TODAY, "now": NOW}


def test_a_promise_kept_can_be_opened_again(aino, kuusi):
    row = make_follow_up(kuusi, aino)
    event = complete(aino, row, version=row.version, now=NOW)
    assert (row.state, row.closed_by_id) == (FollowUpState.DONE, aino.id)
    undo(aino, event, now=NOW)
    assert (row.state, row.closed_at, row.closed_by_id) == (FollowUpState.OPEN, None, None)


def test_a_promise_moved_goes_back_to_its_day(aino, kuusi):
    row = make_follow_up(kuusi, aino, due_in=-2)
    event = move(aino, row, due_on=TODAY + timedelta(days=7), version=row.version, **WHEN)
    assert row.due_on == TODAY + timedelta(days=7)
    undo(aino, event, now=NOW)
    assert row.due_on == TODAY - timedelta(days=2)


def test_dropping_needs_a_reason(aino, kuusi):
    row = make_follow_up(kuusi, aino)
    with pytest.raises(Invalid):
        drop(aino, row, reason="  ", version=row.version, now=NOW)
    drop(aino, row, reason="Yritys lopetti.", version=row.version, now=NOW)
    assert (row.state, row.drop_reason) == (FollowUpState.DROPPED, "Yritys lopetti.")


def test_a_second_tap_on_done_changes_nothing(aino, kuusi):
    row = make_follow_up(kuusi, aino)
    version = row.version
    complete(aino, row, version=version, now=NOW)
    with pytest.raises(Conflict):
        complete(aino, row, version=version, now=NOW)


def test_a_page_opened_before_a_colleagues_change_cannot_overwrite_it(aino, daavid, kuusi):
    row = make_follow_up(kuusi, aino)
    seen = row.version
    move(daavid, row, due_on=TODAY + timedelta(days=3), version=seen, **WHEN)
    with pytest.raises(Conflict):
        move(aino, row, due_on=TODAY + timedelta(days=9), version=seen, **WHEN)
    assert row.due_on == TODAY + timedelta(days=3)


def test_a_day_that_has_passed_is_refused(aino, kuusi):
    row = make_follow_up(kuusi, aino)
    with pytest.raises(Invalid) as refusal:
        move(aino, row, due_on=TODAY - timedelta(days=1), version=row.version, **WHEN)
    assert refusal.value.reason is Reason.DATE_IN_PAST


def test_a_late_promise_can_be_reworded_without_moving_it(aino, kuusi):
    row = make_follow_up(kuusi, aino, due_in=-5)
    edit(
        aino,
        row,
        text="Soita Liisalle",
        due_on=row.due_on,
        assignee=aino,
        version=row.version,
        **WHEN,
    )
    assert row.text == "Soita Liisalle"


def test_another_town_and_a_reader_cannot_close_it(bertil, vilma, aino, kuusi):
    row = make_follow_up(kuusi, aino)
    for actor in (bertil, vilma):
        with pytest.raises(NotAllowed):
            complete(actor, row, version=row.version, now=NOW)


def test_a_reader_or_somebody_of_another_town_cannot_be_given_a_task(aino, bertil, vilma, kuusi):
    for assignee in (bertil, vilma):
        with pytest.raises(Invalid):
            promise(
                aino,
                kuusi,
                town_code=RAUMA,
                text="Soita",
                due_on=TODAY,
                assignee=assignee,
                **WHEN,
            )


def test_the_same_form_sent_twice_makes_one_promise(aino, kuusi):
    given = {
        "town_code": RAUMA,
        "text": "Soita",
        "due_on": TODAY,
        "assignee": aino,
        "form_key": "key",
        **WHEN,
    }
    assert promise(aino, kuusi, **given) is promise(aino, kuusi, **given)
    assert db.session.query(FollowUp).count() == 1
