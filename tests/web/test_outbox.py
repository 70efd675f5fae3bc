"""Sent mail: who may see the list, who may read a mail, and that a mail cannot break out."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from crm import jobs
from crm.db import db
from crm.domain.reminders import DeliveryState
from crm.models import User
from crm.models.reminder import Delivery
from tests.make import NOW, make_company, make_follow_up
from tests.sign_in import signed_in

SECRET = "Vain Rauman silmille"


@pytest.fixture
def delivery(app: Flask, aino: User) -> Delivery:
    """Aino's mail, sent inside as in a demo; afterwards the installation is a real one."""
    make_follow_up(make_company("<b>Kuusi</b> & Co"), aino, text=SECRET)
    db.session.commit()
    app.config["DEMO"] = True
    jobs.tick(app, NOW)
    app.config["DEMO"] = False
    return db.session.query(Delivery).one()


def test_an_operator_sees_that_a_mail_went_and_not_what_it_says(
    app: Flask, delivery: Delivery, eeva: User
):
    client = signed_in(app, eeva)
    listed, shown = client.get("/outbox"), client.get(f"/outbox/{delivery.id}")

    assert "Aino Virtanen" in listed.text
    assert "koska tämä on esittely" in listed.text
    assert delivery.message_id in shown.text.replace("&lt;", "<").replace("&gt;", ">")
    assert SECRET not in listed.text + shown.text
    assert client.get(f"/outbox/{delivery.id}/html").status_code == 404


def test_people_without_the_right_see_no_mail_at_all(delivery: Delivery, as_aino: FlaskClient):
    for page in ("", f"/{delivery.id}", f"/{delivery.id}/html"):
        assert as_aino.get(f"/outbox{page}").status_code == 403


def test_nobody_sees_mail_without_signing_in(app: Flask, delivery: Delivery):
    answer = app.test_client().get("/outbox")

    assert answer.status_code == 302
    assert "/sign-in" in answer.headers["Location"]


def test_in_a_demo_everybody_reads_every_mail(app: Flask, delivery: Delivery, bertil: User):
    app.config["DEMO"] = True
    client = signed_in(app, bertil)

    assert "Aino Virtanen" in client.get("/outbox").text
    assert SECRET in client.get(f"/outbox/{delivery.id}").text
    assert SECRET in client.get(f"/outbox/{delivery.id}/html").text


def test_a_mail_is_shut_in_a_frame_that_runs_nothing(
    app: Flask, delivery: Delivery, as_aino: FlaskClient
):
    app.config["DEMO"] = True
    page = as_aino.get(f"/outbox/{delivery.id}").text
    body = as_aino.get(f"/outbox/{delivery.id}/html")
    policy = body.headers["Content-Security-Policy"]

    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in page
    assert f'src="/outbox/{delivery.id}/html"' in page
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "script" not in policy
    assert "<b>Kuusi</b>" not in body.text + page
    assert "&lt;b&gt;Kuusi&lt;/b&gt; &amp; Co" in body.text


def test_an_unknown_mail_is_not_found_and_a_strange_filter_is_left_out(
    app: Flask, delivery: Delivery, eeva: User
):
    client = signed_in(app, eeva)

    assert client.get("/outbox/999999").status_code == 404
    assert client.get("/outbox/999999/html").status_code == 404
    assert "Aino Virtanen" in client.get("/outbox?state=nonsense&page=-1").text
    assert "Aino Virtanen" not in client.get("/outbox?state=failed").text


@pytest.mark.parametrize("state", list(DeliveryState))
def test_every_state_of_a_mail_has_a_page(
    app: Flask, delivery: Delivery, eeva: User, state: DeliveryState
):
    delivery.state = state
    delivery.answer = "replaced" if state is DeliveryState.SKIPPED else "451 later"
    delivery.text = delivery.html = None
    client = signed_in(app, eeva)

    assert client.get("/outbox").status_code == 200
    assert client.get(f"/outbox/{delivery.id}").status_code == 200
    assert client.get(f"/outbox/{delivery.id}/html").status_code == 404


def test_an_empty_outbox_says_what_will_come(app: Flask, eeva: User):
    page = signed_in(app, eeva).get("/outbox", headers={"Accept-Language": "en"})

    assert page.status_code == 200
    assert "<table" not in page.text


def test_the_program_says_that_it_is_up_and_what_it_is_ready_for(
    app: Flask, delivery: Delivery, client: FlaskClient
):
    assert client.get("/healthz").get_json() == {"status": "ok"}

    ready = client.get("/readyz")
    assert ready.status_code == 200
    said = ready.get_json()
    assert (said["database"], said["mail"], said["mail_waiting"]) == ("ok", "not set up", 0)
    assert said["worker_seconds_ago"] is not None
    assert "aino" not in ready.text


def test_a_database_without_tables_is_not_ready(app: Flask, client: FlaskClient):
    db.session.execute(db.text("DROP TABLE job_run"))

    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.headers["Retry-After"] == "5"
    assert client.get("/healthz").status_code == 200


def test_mail_that_waits_is_counted_and_its_age_told(app: Flask, delivery: Delivery):
    delivery.state = DeliveryState.PENDING
    delivery.reminder.due_at = NOW - timedelta(days=1)

    said = app.test_client().get("/readyz").get_json()
    assert said["mail_waiting"] == 1
    assert said["oldest_waiting_seconds"] >= 24 * 3600
