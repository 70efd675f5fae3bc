"""The worker's pass, from a promise in the database to a mail at a real SMTP server."""

import threading
import time as stopwatch
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from crm import jobs
from crm.adapters.mailer import KEPT_INSIDE
from crm.db import db
from crm.domain.cadence import Tier
from crm.domain.followups import FollowUpState
from crm.domain.reminders import DeliveryState
from crm.models import Company, FollowUp, User
from crm.models.interaction import Draft
from crm.models.reminder import Delivery, Reminder
from tests.fixtures.mail import MailServer
from tests.make import TODAY, make_company, make_follow_up

SEVEN_FIFTY = datetime(2026, 11, 24, 5, 50, tzinfo=UTC)  # 7.50 in Finland, a Tuesday
EIGHT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    server: MailServer = request.getfixturevalue("mail_server")
    return server.settings | {
        "BASE_URL": "https://seutu.example",
        "MAIL_FROM": "Seutu <s@s.example>",
    }


@pytest.fixture
def promise(kuusi: Company, aino: User) -> FollowUp:
    row: FollowUp = make_follow_up(kuusi, aino)
    db.session.commit()
    return row


def tick(app: Flask, now: datetime, **given: Any) -> dict[str, int]:
    """One pass; returns what was not nought in it."""
    db.session.commit()
    counts = jobs.tick(app, now, **given)
    db.session.expire_all()
    return {word: number for word, number in counts.items() if number}


def states() -> Counter[DeliveryState]:
    return Counter(db.session.scalars(select(Delivery.state)))


def test_a_due_promise_becomes_one_mail_at_eight_and_no_second_one(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    assert tick(app, SEVEN_FIFTY - 3 * DAY) == {}  # nothing was due on Friday
    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}
    assert tick(app, EIGHT + MINUTE) == {}

    [mail] = mail_server.to("aino@seutu.example")
    assert mail["Message-ID"] == f"<digest.2026-11-24.{promise.assignee_id}.mail@seutu.example>"
    assert mail["X-Seutu-Occurrence"] == f"digest:2026-11-24:{promise.assignee_id}:mail"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == "<https://seutu.example/settings>"
    assert mail["From"] == "Seutu <s@s.example>"
    assert "Lähetä koulutustarjous" in mail.get_body(("plain",)).get_content()
    assert "Lähetä koulutustarjous" in mail.get_body(("html",)).get_content()
    assert states() == {DeliveryState.SENT: 1}


def test_before_the_persons_own_time_nothing_leaves(
    app: Flask, promise: FollowUp, aino: User, mail_server: MailServer
):
    aino.digest_at = time(10, 30)

    assert tick(app, EIGHT) == {}
    assert tick(app, EIGHT + timedelta(hours=2, minutes=30)) == {"planned": 1, "sent": 1}


def test_a_missed_morning_is_made_up_for_at_eleven(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    assert tick(app, EIGHT + 3 * HOUR) == {"planned": 1, "sent": 1}


def test_three_days_of_outage_end_in_one_digest_and_not_three(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    assert tick(app, EIGHT + 3 * DAY + HOUR) == {"planned": 1, "sent": 1}
    assert tick(app, EIGHT + 3 * DAY + 2 * HOUR) == {}
    assert db.session.scalars(select(Reminder.local_on)).all() == [TODAY + 3 * DAY]


def test_three_days_without_a_mail_server_end_in_one_digest_and_not_three(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    mail_server.after_data = "451 4.3.0 Try again later"
    for days in range(3):
        tick(app, EIGHT + days * DAY)
    mail_server.after_data = "250 2.0.0 Kept"

    tick(app, EIGHT + 2 * DAY + HOUR)

    assert len(mail_server.messages) == 1
    assert states() == {DeliveryState.SENT: 1, DeliveryState.SKIPPED: 2}


def test_a_promise_late_for_weeks_is_still_told(app: Flask, kuusi: Company, aino: User):
    make_follow_up(kuusi, aino, due_in=-40)

    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}


def test_nothing_is_sent_on_a_holiday_or_to_people_with_nothing_due(
    app: Flask, kuusi: Company, aino: User, carita: User, mail_server: MailServer
):
    make_follow_up(kuusi, aino, due_in=12)  # 6.12.2026 is a Sunday and a holiday

    assert tick(app, EIGHT) == {}
    assert tick(app, EIGHT + 12 * DAY) == {}
    assert tick(app, EIGHT + 13 * DAY) == {"planned": 1, "sent": 1}


@pytest.mark.parametrize("change", [{"digest_wanted": False}, {"active": False}])
def test_who_does_not_want_mail_or_has_left_gets_none(
    app: Flask, promise: FollowUp, aino: User, change: dict[str, bool]
):
    for name, value in change.items():
        setattr(aino, name, value)

    assert tick(app, EIGHT) == {}


def test_a_quiet_anchor_alone_makes_a_digest_and_a_draft_alone_does_not(
    app: Flask, aino: User, daavid: User, mail_server: MailServer
):
    last = TODAY - timedelta(days=61)
    make_company("Veturi Oy", owner=aino, tier=Tier.ANCHOR, last_contact_on=last)
    db.session.add(Draft(user_id=daavid.id, form_key="d", values={"note": "x"}, saved_at=EIGHT))

    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}
    assert "Veturi Oy" in mail_server.messages[0].get_body(("plain",)).get_content()


def test_what_is_done_before_the_mail_leaves_is_not_in_it(
    app: Flask, promise: FollowUp, kuusi: Company, aino: User, mail_server: MailServer
):
    mail_server.after_data = "451 4.3.0 Try again later"
    make_follow_up(kuusi, aino, text="Soita rahoituksesta")
    tick(app, EIGHT)
    promise.state = FollowUpState.DONE
    mail_server.after_data = "250 2.0.0 Kept"

    assert tick(app, EIGHT + 2 * MINUTE) == {"sent": 1}
    text = mail_server.messages[0].get_body(("plain",)).get_content()
    assert "Soita rahoituksesta" in text
    assert promise.text not in text


def test_a_digest_with_nothing_left_is_closed_and_not_sent(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    mail_server.after_data = "451 4.3.0 Try again later"
    tick(app, EIGHT)
    promise.state = FollowUpState.DONE

    assert tick(app, EIGHT + 2 * MINUTE) == {"skipped": 1}
    assert tick(app, EIGHT + HOUR) == {}
    assert mail_server.messages == []


def test_a_mail_refused_for_now_is_tried_again_and_arrives_once(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    mail_server.after_data = "452 4.2.2 Mailbox full"

    assert tick(app, EIGHT) == {"planned": 1, "pending": 1}
    assert tick(app, EIGHT + timedelta(seconds=30)) == {}
    mail_server.after_data = "250 2.0.0 Kept"
    assert tick(app, EIGHT + 2 * MINUTE) == {"sent": 1}
    assert len(mail_server.messages) == 1


def test_one_refused_address_stops_no_other(
    app: Flask, kuusi: Company, aino: User, daavid: User, mail_server: MailServer
):
    make_follow_up(kuusi, aino)
    make_follow_up(kuusi, daavid)
    mail_server.recipients["aino@seutu.example"] = "550 5.1.1 No such person"

    assert tick(app, EIGHT) == {"planned": 2, "bounced": 1, "sent": 1}
    assert len(mail_server.to("daavid@seutu.example")) == 1
    answers = db.session.scalars(select(Delivery.answer).order_by(Delivery.id)).all()
    assert "550 5.1.1 No such person" in answers


def test_an_address_that_cannot_be_written_fails_and_stops_no_other(
    app: Flask, kuusi: Company, aino: User, daavid: User, mail_server: MailServer
):
    aino.email = "ainö@seutu.example"
    make_follow_up(kuusi, aino)
    make_follow_up(kuusi, daavid)

    assert tick(app, EIGHT) == {"planned": 2, "failed": 1, "sent": 1}


def test_an_answer_lost_after_the_text_is_uncertain_and_never_sent_again(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    mail_server.cut_after_data = True

    assert tick(app, EIGHT) == {"planned": 1, "uncertain": 1}
    mail_server.cut_after_data = False
    assert tick(app, EIGHT + HOUR) == {}
    assert len(mail_server.messages) == 1


def test_a_server_that_is_away_keeps_the_mail_and_is_asked_once_a_pass(
    app: Flask, kuusi: Company, aino: User, daavid: User, mail_server: MailServer
):
    make_follow_up(kuusi, aino)
    make_follow_up(kuusi, daavid)
    app.config["SMTP_PORT"] = 1

    assert tick(app, EIGHT) == {"planned": 2, "pending": 2}
    app.config["SMTP_PORT"] = mail_server.port
    assert tick(app, EIGHT + timedelta(seconds=30)) == {}
    assert tick(app, EIGHT + 2 * MINUTE) == {"sent": 2}


def test_line_breaks_in_a_name_add_no_header(
    app: Flask, promise: FollowUp, aino: User, mail_server: MailServer
):
    aino.name = "Aino\r\nBcc: all@seutu.example\r\n\r\nHello"

    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}
    [envelope] = mail_server.envelopes
    assert envelope.rcpt_tos == ["aino@seutu.example"]
    assert mail_server.messages[0]["Bcc"] is None


def test_two_ticks_at_the_same_moment_send_each_mail_once(
    app: Flask, kuusi: Company, aino: User, carita: User, daavid: User, mail_server: MailServer
):
    for person in (aino, carita, daavid):
        make_follow_up(kuusi, person)
    db.session.commit()
    threads = [threading.Thread(target=jobs.tick, args=(app, EIGHT)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    arrived = Counter(mail["X-Seutu-Occurrence"] for mail in mail_server.messages)
    assert len(arrived) == 3
    assert set(arrived.values()) == {1}


def test_a_clock_that_jumps_back_two_hours_doubles_nothing(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    tick(app, EIGHT + HOUR)
    tick(app, EIGHT - HOUR)
    tick(app, EIGHT + HOUR)

    assert len(mail_server.messages) == 1


@pytest.mark.parametrize("year_month_day", ["2026-10-26", "2030-04-01", "2028-02-29"])
def test_each_local_day_round_a_change_of_clocks_has_its_digest_once(
    app: Flask, promise: FollowUp, aino: User, mail_server: MailServer, year_month_day: str
):
    promise.due_on = TODAY - 365 * DAY
    middle = datetime.fromisoformat(f"{year_month_day}T00:00+00:00")
    for half_hours in range(-96, 96):
        tick(app, middle + half_hours * timedelta(minutes=30))

    mornings = db.session.scalars(select(Reminder.local_on)).all()
    assert len(mornings) == len(set(mornings)) == len(mail_server.messages)
    assert middle.date() in mornings


def test_a_demo_without_a_mail_server_keeps_its_mail_inside(app: Flask, promise: FollowUp):
    app.config.update(SMTP_HOST=None, DEMO=True)

    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}
    delivery = db.session.scalars(select(Delivery)).one()
    assert delivery.answer == KEPT_INSIDE
    assert "Lähetä koulutustarjous" in (delivery.html or "")


def test_without_a_mail_server_mail_waits_and_doctor_says_so(app: Flask, promise: FollowUp):
    app.config["SMTP_HOST"] = None

    assert tick(app, EIGHT) == {"planned": 1}
    assert states() == {DeliveryState.PENDING: 1}
    checks = {check["name"]: check for check in jobs.checkup(app, EIGHT)["checks"]}
    assert checks["mail"]["state"] == "missing"
    assert "SMTP_HOST" in checks["mail"]["message"]


def test_a_person_whose_day_cannot_be_read_stops_nobody_elses_mail(
    app: Flask, promise: FollowUp, kuusi: Company, aino: User, daavid: User
):
    make_follow_up(kuusi, daavid)
    db.session.add(Draft(user_id=aino.id, form_key="d", values=["no mapping"], saved_at=EIGHT))

    assert tick(app, EIGHT) == {"planned": 1, "sent": 1}


def test_a_mail_that_cannot_be_written_waits_and_stops_no_other(
    app: Flask, promise: FollowUp, kuusi: Company, aino: User, daavid: User, mail_server: MailServer
):
    mail_server.after_data = "451 4.3.0 Try again later"
    make_follow_up(kuusi, daavid)
    tick(app, EIGHT)
    mail_server.after_data = "250 2.0.0 Kept"
    db.session.add(Draft(user_id=aino.id, form_key="d", values=["no mapping"], saved_at=EIGHT))

    assert tick(app, EIGHT + 2 * MINUTE) == {"sent": 1, "pending": 1}
    db.session.execute(delete(Draft))
    assert tick(app, EIGHT + HOUR) == {"sent": 1}


def test_a_running_worker_sends_by_itself_and_stops_when_told(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    promise.due_on = TODAY - 3000 * DAY
    db.session.commit()
    stop = threading.Event()
    worker = threading.Thread(target=jobs.run_worker, args=(app, stop))
    worker.start()
    deadline = stopwatch.monotonic() + 10
    while not mail_server.messages and stopwatch.monotonic() < deadline:
        stopwatch.sleep(0.05)
    stop.set()
    worker.join(timeout=10)

    assert not worker.is_alive()
    assert len(mail_server.messages) == 1


def test_a_worker_told_to_stop_leaves_the_rest_to_others_at_once(
    app: Flask, kuusi: Company, aino: User, daavid: User, mail_server: MailServer
):
    make_follow_up(kuusi, aino)
    make_follow_up(kuusi, daavid)

    assert tick(app, EIGHT, stopped=lambda: bool(mail_server.messages)) == {"planned": 2, "sent": 1}
    assert tick(app, EIGHT) == {"sent": 1}
    assert states() == {DeliveryState.SENT: 2}
