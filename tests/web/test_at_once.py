"""Several requests at the same moment, from separate browsers, on a real database."""

import contextvars
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask.testing import FlaskClient

from crm.actions.companies import edit_field
from crm.db import db
from crm.domain.company_fields import CompanyField
from crm.models import AuditEvent, Company, Draft, FollowUp, Interaction
from tests.make import NOW, RAUMA, TODAY
from tests.web.world import World

AT_ONCE = 8
MEETING = {
    "channel": "call",
    "day": "today",
    "note": "Kuusi hitsaajaa",
    "visibility": "town",
    "step": "week",
    "step_text": "Lähetä tarjous",
    "town_code": RAUMA,
    "form_key": "sama-lomake",
}


def all_at_once(world: World, path: str, forms: list[dict[str, Any]]) -> Counter[int]:
    """Post each form from a browser and a thread of its own; how often each status came."""
    browsers = [world.browser("aino") for _ in forms]
    db.session.commit()

    def send(browser: FlaskClient, form: dict[str, Any]) -> int:
        # The plain client: the one of the tests uses the test's own database session.
        answer = contextvars.Context().run(
            FlaskClient.open, browser, path, method="POST", data=form
        )
        return int(answer.status_code)

    with ThreadPoolExecutor(len(forms)) as threads:
        statuses = Counter(threads.map(send, browsers, forms))
    db.session.expire_all()
    return statuses


def test_eight_taps_on_save_make_one_meeting_and_one_promise(world: World):
    form = MEETING | {"company_id": str(world.company())}
    assert all_at_once(world, "/interactions/new", [form] * AT_ONCE) == {302: AT_ONCE}
    assert db.session.query(Interaction).count() == 1
    assert db.session.query(FollowUp).count() == 1
    assert db.session.query(AuditEvent).filter_by(act="interaction.logged").count() == 1


def test_eight_taps_on_a_task_make_one_task(world: World):
    path = f"/companies/{world.company()}/follow-ups/new"
    form = {"text": "Soita", "due_on": "30.11.2026", "town_code": RAUMA, "form_key": "sama"}
    form["assignee"] = str(world.cast.aino.id)
    assert all_at_once(world, path, [form] * AT_ONCE) == {302: AT_ONCE}
    assert db.session.query(FollowUp).count() == 1


def test_eight_taps_on_save_as_draft_keep_one_draft_and_no_page_breaks(world: World):
    form = MEETING | {"company_id": str(world.company()), "draft": "1"}
    statuses = all_at_once(world, "/interactions/new", [form] * AT_ONCE)
    assert statuses.keys() <= {302, 409}
    assert statuses[302] >= 1
    assert db.session.query(Draft).count() == 1


def test_eight_taps_on_done_close_a_task_once(world: World):
    path = f"/follow-ups/{world.task()}/done"
    statuses = all_at_once(world, path, [{"version": "1"}] * AT_ONCE)
    assert statuses == {302: 1, 409: AT_ONCE - 1}
    assert db.session.query(AuditEvent).filter_by(act="follow_up.done").count() == 1


def test_of_eight_edits_of_one_version_one_is_kept_and_seven_are_told(world: World):
    company = world.company()
    forms = [{"text": f"Yritys {number} Oy", "version": "1"} for number in range(AT_ONCE)]
    statuses = all_at_once(world, f"/companies/{company}/edit/name", forms)
    assert statuses == {302: 1, 409: AT_ONCE - 1}
    row = db.session.get_one(Company, company)
    changed = db.session.query(AuditEvent).filter_by(act="company.changed").one()
    assert changed.changes["name"][1] == row.name
    assert row.version == 2


def test_a_second_edit_of_an_old_version_keeps_both_texts_in_sight(world: World):
    row = world.note(note="Ensimmäinen")
    path, form = f"/interactions/{row.id}/edit", MEETING | {"step": "none", "version": "1"}
    browser = world.browser("aino")
    assert browser.post(path, data=form | {"note": "Toinen"}).status_code == 302
    answer = browser.post(path, data=form | {"note": "Kolmas"})
    assert answer.status_code == 409
    assert "Kolmas" in answer.text
    db.session.refresh(row)
    assert row.note == "Toinen"


def test_an_undo_after_a_later_change_is_refused_and_keeps_the_later_change(world: World):
    company, aino = world.firm(), world.cast.aino
    here = {"today": TODAY, "now": NOW}
    event = edit_field(aino, company, CompanyField.PHONE, "02 123 4567", version=1, **here)
    edit_field(aino, company, CompanyField.PHONE, "02 765 4321", version=2, **here)
    assert event is not None
    assert world.browser("aino").post(f"/undo/{event.id}").status_code == 409
    db.session.refresh(company)
    assert company.phone == "+35827654321"
