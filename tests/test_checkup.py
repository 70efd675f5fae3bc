"""What operators hear of the worker, and its nightly upkeep."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from crm import jobs
from crm.db import db
from crm.domain.followups import FollowUpState
from crm.models import Company, FollowUp, User
from crm.models.reminder import Delivery, JobRun
from crm.queries import reminders
from tests.fixtures.mail import MailServer
from tests.make import make_follow_up

EIGHT = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # in Finland, a Tuesday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def settings(request: pytest.FixtureRequest) -> dict[str, Any]:
    server: MailServer = request.getfixturevalue("mail_server")
    return server.settings


@pytest.fixture
def promise(kuusi: Company, aino: User) -> FollowUp:
    row: FollowUp = make_follow_up(kuusi, aino)
    return row


def tick(app: Flask, now: datetime) -> None:
    db.session.commit()
    jobs.tick(app, now)
    db.session.expire_all()


def test_doctor_is_content_after_a_pass_and_complains_of_a_worker_gone_quiet(app: Flask):
    tick(app, EIGHT)

    assert jobs.checkup(app, EIGHT + MINUTE)["ok"]
    late = jobs.checkup(app, EIGHT + HOUR)
    assert [check["name"] for check in late["checks"] if check["state"] == "failed"] == ["worker"]


def test_a_pass_tried_out_with_a_later_time_hides_no_stopped_worker(app: Flask):
    tick(app, EIGHT)
    tick(app, EIGHT + 30 * DAY)

    assert not jobs.checkup(app, EIGHT + HOUR)["ok"]


def test_the_outbox_is_told_in_plain_values(app: Flask, promise: FollowUp, aino: User):
    tick(app, EIGHT)

    [row] = reminders.outbox_rows()
    assert row["key"] == f"digest:2026-11-24:{aino.id}:mail"
    assert (row["person"], row["channel"]) == ("aino@seutu.example", "mail")
    assert (row["due"], row["state"], row["attempts"]) == ("2026-11-24T06:00:00+00:00", "sent", 1)
    assert row["message_id"].startswith("<digest.")


def test_doctor_complains_of_mail_that_does_not_get_through(app: Flask, promise: FollowUp):
    app.config["SMTP_PORT"] = 1
    for minutes in range(0, 125, 5):
        tick(app, EIGHT + minutes * MINUTE)

    report = jobs.checkup(app, EIGHT + 2 * HOUR)
    assert not report["ok"]
    [queue] = [check for check in report["checks"] if check["name"] == "queue"]
    assert "refused" in queue["message"]


def test_the_nightly_upkeep_runs_once_a_night_and_forgets_old_texts(
    app: Flask, promise: FollowUp, mail_server: MailServer
):
    tick(app, EIGHT)
    promise.state = FollowUpState.DONE
    for hours in range(3):
        tick(app, EIGHT + 100 * DAY + hours * HOUR)

    runs = select(func.count()).where(JobRun.job == "tidy", JobRun.slot > EIGHT + DAY)
    assert db.session.scalar(runs) == 1
    assert db.session.scalars(select(Delivery.text)).all() == [None]
