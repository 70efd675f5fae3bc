"""The two-phase outbox: planned once, claimed by one, settled by whoever holds the fence."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from crm.actions import reminders as outbox
from crm.actions.reminders import Planned
from crm.db import db
from crm.domain.calendar import Slot
from crm.domain.reminders import (
    CLAIM_LEASE,
    TRANSMISSION_LEASE,
    TRIES,
    Claim,
    DeliveryState,
    SkipReason,
)
from crm.models import User
from crm.models.reminder import Delivery, JobRun, Reminder
from tests.make import NOW, TODAY

MORNING = Slot(TODAY, NOW - timedelta(hours=2))
MAIL = {"recipient": "aino@seutu.example", "subject": "S", "text": "T", "html": "<p>H</p>"}
AFTER_CLAIM = NOW + CLAIM_LEASE + timedelta(seconds=1)
AFTER_ALL = NOW + TRANSMISSION_LEASE + timedelta(seconds=1)


def planned(user: User, slot: Slot = MORNING) -> Planned:
    return Planned(user.id, user.email, slot)


def plan(*users: User) -> int:
    return outbox.plan([planned(user) for user in users], host="seutu.example")


@pytest.fixture
def waiting(aino: User) -> Delivery:
    plan(aino)
    return the_delivery()


@pytest.fixture
def claimed(waiting: Delivery) -> Claim:
    [claim] = outbox.claim(limit=10, now=NOW)
    return claim


@pytest.fixture
def under_way(claimed: Claim) -> Claim:
    assert outbox.mark_transmitting(claimed, **MAIL, now=NOW)
    return claimed


def the_delivery() -> Delivery:
    db.session.expire_all()
    return db.session.scalars(select(Delivery)).one()


def state() -> DeliveryState:
    return the_delivery().state


def test_a_digest_is_planned_once_however_often_it_is_asked_for(aino: User, carita: User):
    assert plan(aino, carita) == 2
    assert plan(carita, aino) == 0
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 2
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 2


def test_a_reminder_never_stands_without_its_delivery(aino: User, carita: User):
    db.session.commit()
    plan(aino, carita)
    db.session.rollback()

    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 0
    assert plan(aino, carita) == 2


def test_planning_nothing_is_no_error(app: Flask):
    assert outbox.plan([], host=None) == 0


def test_a_mail_is_claimed_by_one_only(waiting: Delivery):
    assert len(outbox.claim(limit=10, now=NOW)) == 1
    assert outbox.claim(limit=10, now=NOW) == []


def test_a_claim_takes_no_more_than_the_limit_and_the_longest_waiting_first(
    aino: User, carita: User, bertil: User
):
    plan(carita)
    outbox.plan([planned(aino, Slot(TODAY, NOW - timedelta(hours=3)))], host=None)
    outbox.plan([planned(bertil, Slot(TODAY, NOW + timedelta(hours=1)))], host=None)

    [first] = outbox.claim(limit=1, now=NOW)
    delivery = db.session.get_one(Delivery, first.delivery_id)
    assert delivery.reminder.user_id == aino.id
    assert len(outbox.claim(limit=5, now=NOW)) == 1  # Bertil's time has not come


def test_a_mail_goes_from_claim_over_transmission_to_sent(claimed: Claim):
    assert outbox.mark_transmitting(claimed, **MAIL, now=NOW)
    assert outbox.mark_sent(claimed, answer="250 ok", now=NOW)

    delivery = the_delivery()
    assert (delivery.state, delivery.answer) == (DeliveryState.SENT, "250 ok")
    assert (delivery.attempts, delivery.sent_at, delivery.lease_until) == (1, NOW, None)
    assert (delivery.subject, delivery.text, delivery.html) == ("S", "T", "<p>H</p>")


def test_an_expired_claim_goes_back_and_its_old_holder_cannot_send(claimed: Claim):
    assert outbox.expire(now=AFTER_CLAIM) == (1, 0)
    [second] = outbox.claim(limit=1, now=AFTER_CLAIM)

    assert second.fence > claimed.fence
    assert not outbox.mark_transmitting(claimed, **MAIL, now=AFTER_CLAIM)
    assert outbox.mark_transmitting(second, **MAIL, now=AFTER_CLAIM)
    assert not outbox.mark_sent(claimed, answer="250 late", now=AFTER_CLAIM)


def test_a_lease_that_still_runs_is_left_alone(claimed: Claim):
    assert outbox.expire(now=NOW + CLAIM_LEASE - timedelta(seconds=1)) == (0, 0)
    assert state() is DeliveryState.CLAIMED


def test_an_expired_transmission_becomes_uncertain_and_is_not_claimed_again(under_way: Claim):
    assert outbox.expire(now=AFTER_ALL) == (0, 1)
    assert state() is DeliveryState.UNCERTAIN
    assert outbox.claim(limit=1, now=AFTER_ALL + timedelta(days=9)) == []


def test_a_late_answer_settles_an_uncertain_mail(under_way: Claim):
    outbox.expire(now=AFTER_ALL)

    assert outbox.mark_sent(under_way, answer="250 after all", now=AFTER_ALL)
    assert state() is DeliveryState.SENT


def test_a_late_refusal_takes_an_uncertain_mail_back_into_the_queue(under_way: Claim):
    outbox.expire(now=AFTER_ALL)

    assert outbox.mark_refused_for_now(under_way, answer="451 later", now=AFTER_ALL)
    assert state() is DeliveryState.PENDING


def test_an_end_state_is_final(under_way: Claim):
    outbox.mark_sent(under_way, answer="250 ok", now=NOW)

    assert not outbox.mark_bounced(under_way, answer="550 no")
    assert not outbox.mark_uncertain(under_way, answer="?")
    assert not outbox.mark_refused_for_now(under_way, answer="451 later", now=NOW)
    assert state() is DeliveryState.SENT


def test_a_refused_mail_waits_longer_each_time_and_fails_in_the_end(waiting: Delivery):
    now, pauses = NOW, []
    while claims := outbox.claim(limit=1, now=now):
        outbox.mark_transmitting(claims[0], **MAIL, now=now)
        outbox.mark_refused_for_now(claims[0], answer="451 later", now=now)
        pauses.append(the_delivery().next_try_at - now)
        now += timedelta(minutes=61)

    delivery = the_delivery()
    assert [pause / timedelta(minutes=1) for pause in pauses[:4]] == [1, 5, 15, 60]
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, TRIES)
    assert delivery.answer == "451 later"


def test_a_server_that_is_away_never_makes_a_mail_fail(waiting: Delivery):
    now = NOW
    for _ in range(TRIES + 5):
        claims = outbox.claim(limit=1, now=now)
        assert outbox.put_back(claims, answer="Connection refused", now=now) == 1
        now += timedelta(minutes=1)

    assert state() is DeliveryState.PENDING
    assert the_delivery().attempts == TRIES + 5


def test_a_mail_not_needed_is_closed_with_its_reason(claimed: Claim):
    assert outbox.skip(claimed, SkipReason.NOTHING_LEFT)
    assert (state(), the_delivery().answer) == (DeliveryState.SKIPPED, "nothing_left")


def test_a_stopping_worker_gives_its_claims_back_at_once(claimed: Claim):
    assert outbox.release([claimed]) == 1
    assert len(outbox.claim(limit=1, now=NOW)) == 1
    assert the_delivery().attempts == 0


def test_a_long_answer_of_the_server_is_cut_and_kept(under_way: Claim):
    assert outbox.mark_bounced(under_way, answer="550 " + "x" * 5000)
    assert len(the_delivery().answer or "") == outbox.ANSWER_AT_MOST


def test_a_job_runs_once_in_its_slot(app: Flask):
    assert outbox.begin_run("tidy", slot=NOW, now=NOW)
    outbox.end_run("tidy", slot=NOW, outcome={"rows": 3}, now=NOW)

    assert not outbox.begin_run("tidy", slot=NOW, now=NOW)
    assert outbox.begin_run("tidy", slot=NOW + timedelta(days=1), now=NOW)
    assert db.session.scalars(select(JobRun.outcome).where(JobRun.slot == NOW)).one() == {"rows": 3}


def test_old_mail_loses_its_text_and_stays_known_as_sent(under_way: Claim):
    outbox.mark_sent(under_way, answer="250 ok", now=NOW)

    assert outbox.forget_mail_texts(before=NOW - timedelta(days=1)) == 0
    assert outbox.forget_mail_texts(before=NOW) == 1
    delivery = the_delivery()
    assert (delivery.text, delivery.html, delivery.subject) == (None, None, "S")
    assert delivery.state is DeliveryState.SENT


def in_threads(app: Flask, work: Callable[[], None], n: int = 4) -> None:
    """Run work in n threads at the same moment, each with a session of its own."""
    start, errors = threading.Barrier(n), []

    def run() -> None:
        with app.app_context():
            try:
                start.wait()
                work()
            except Exception as error:
                errors.append(error)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors


def test_four_workers_planning_the_same_200_digests_make_each_once(app: Flask, aino: User):
    slots = [Slot(TODAY - timedelta(days=n), NOW - timedelta(days=n)) for n in range(200)]
    digests = [Planned(aino.id, aino.email, slot) for slot in slots]
    db.session.commit()
    made: list[int] = []

    def work() -> None:
        for start in range(0, 200, 20):
            made.append(outbox.plan(digests[start : start + 20], host=None))
            db.session.commit()

    in_threads(app, work)

    assert sum(made) == 200
    assert db.session.scalar(select(func.count()).select_from(Reminder)) == 200
    assert db.session.scalar(select(func.count()).select_from(Delivery)) == 200


def test_four_workers_sharing_200_mails_lose_none_and_double_none(app: Flask, aino: User):
    slots = [Slot(TODAY - timedelta(days=n), NOW - timedelta(days=n)) for n in range(200)]
    outbox.plan([Planned(aino.id, aino.email, slot) for slot in slots], host=None)
    db.session.commit()
    gone: Counter[int] = Counter()

    def work() -> None:
        while claims := outbox.claim(limit=7, now=NOW):
            db.session.commit()
            for claim in claims:
                if outbox.mark_transmitting(claim, **MAIL, now=NOW):
                    db.session.commit()
                    gone[claim.delivery_id] += 1
                    outbox.mark_sent(claim, answer="250 ok", now=NOW)
                db.session.commit()

    in_threads(app, work)

    assert len(gone) == 200
    assert set(gone.values()) == {1}
    sent = select(func.count()).where(Delivery.state == DeliveryState.SENT)
    assert db.session.scalar(sent) == 200
