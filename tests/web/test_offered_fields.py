"""A form changes what its page offers and nothing else, whatever other fields are sent with it."""

from typing import Any

from crm.db import db
from crm.domain.access import Language, Role, Visibility
from crm.domain.cadence import Tier
from crm.domain.followups import FollowUpState
from crm.models import Company, FollowUp, Interaction, User
from tests.make import KRISTIINA, RAUMA
from tests.web.world import World

PASSWORD = "kolme kuusta pihalla"


def unchanged(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    db.session.refresh(row)
    return {name: getattr(row, name) for name in fields}


USER_FIELDS = ("id", "is_demo", "network_role", "active", "email", "name", "password_hash")
HOSTILE_USER = {
    "id": "1",
    "is_demo": "y",
    "network_role": "admin",
    "active": "",
    "email": "evil@evil.example",
    "name": "Evil",
    "password_hash": "x",
    "memberships-0-role": "town_admin",
    "role": "admin",
}


def test_own_settings_change_only_what_the_page_offers(world: World):
    aino = world.cast.aino
    before = unchanged(aino, USER_FIELDS)
    form = HOSTILE_USER | {"language": "sv", "theme": "dark", "digest_at": "07:30"}
    assert world.browser("aino").post("/settings", data=form).status_code == 302
    assert unchanged(aino, USER_FIELDS) == before
    assert (aino.language, aino.memberships[0].role) == (Language.SV, Role.ADVISOR)


def test_a_town_administrator_makes_nobody_more_than_the_town_has(world: World):
    browser = world.browser("daavid")
    good = {"name": "Uusi Mäki", "email": "uusi@seutu.example", "password": PASSWORD}
    good |= {"role": "advisor", "town_code": RAUMA, "language": "fi"}
    for wrong in ({"role": "admin"}, {"town_code": KRISTIINA}, {"role": "admin", "town_code": ""}):
        assert browser.post("/users/new", data=good | wrong).status_code == 422
    extra = {"network_role": "admin", "is_demo": "y", "active": "", "id": "1"}
    assert browser.post("/users/new", data=good | extra).status_code == 302
    made = db.session.query(User).filter_by(email="uusi@seutu.example").one()
    assert (made.network_role, made.is_demo, made.active) == (None, False, True)


MEETING = {
    "channel": "visit",
    "day": "today",
    "note": "Puhuttiin",
    "visibility": "town",
    "step": "none",
    "town_code": RAUMA,
    "version": "1",
}


def test_a_meeting_takes_author_town_and_company_from_nowhere_but_the_page(world: World):
    browser, cast = world.browser("aino"), world.cast
    company, other = world.company(), world.their_company()
    extra = {"author_id": cast.bertil.id, "author": cast.bertil.id, "deleted_at": "2026-01-01"}
    extra |= {"advisor_ids": cast.eeva.id, "id": "1", "created_at": "1999-01-01"}
    form = MEETING | {"company_id": company}
    assert (
        browser.post("/interactions/new", data=form | {"town_code": KRISTIINA}).status_code == 422
    )
    assert browser.post("/interactions/new", data=form | extra).status_code == 302
    row = db.session.query(Interaction).one()
    assert (row.author_id, row.town_code, row.deleted_at) == (cast.aino.id, RAUMA, None)
    change = form | extra | {"town_code": KRISTIINA, "company_id": other, "note": "Uusi"}
    assert browser.post(f"/interactions/{row.id}/edit", data=change).status_code == 302
    db.session.refresh(row)
    assert (row.note, row.town_code, row.company_id) == ("Uusi", RAUMA, company)


def test_people_and_readers_of_elsewhere_cannot_be_put_into_a_meeting(world: World):
    browser = world.browser("aino")
    stranger = world.their_position()
    form = MEETING | {"company_id": world.company()}
    for wrong in (
        {"attendees": stranger},
        {"advisors": world.cast.bertil.id},
        {"visibility": "named", "readers": world.cast.bertil.id},
    ):
        assert browser.post("/interactions/new", data=form | wrong).status_code == 422
    assert db.session.query(Interaction).count() == 0


def test_a_task_takes_state_author_and_town_from_nowhere_but_the_page(world: World):
    browser, cast = world.browser("aino"), world.cast
    company = world.company()
    form = {"text": "Soita", "due_on": "30.11.2026", "assignee": cast.aino.id, "town_code": RAUMA}
    path = f"/companies/{company}/follow-ups/new"
    for wrong in ({"town_code": KRISTIINA}, {"assignee": cast.bertil.id}, {"assignee": 987654}):
        assert browser.post(path, data=form | wrong).status_code == 422
    extra = {"state": "done", "author_id": cast.bertil.id, "visibility": "network"}
    assert browser.post(path, data=form | extra).status_code == 302
    row = db.session.query(FollowUp).one()
    assert (row.state, row.author_id, row.visibility) == (
        FollowUpState.OPEN, cast.aino.id, Visibility.TOWN,
    )  # fmt: skip
    change, edit = form | extra | {"version": 1}, f"/follow-ups/{row.id}/edit"
    assert browser.post(edit, data=change | {"town_code": KRISTIINA}).status_code == 422
    change["company_id"] = world.their_company()
    assert browser.post(edit, data=change).status_code == 302
    db.session.refresh(row)
    assert (row.town_code, row.company_id, row.state) == (RAUMA, company, FollowUpState.OPEN)


def test_a_new_company_belongs_to_no_other_town_than_one_s_own(world: World):
    browser = world.browser("aino")
    form = {"name": "Uusi Oy", "town_code": KRISTIINA}
    assert browser.post("/companies/new", data=form).status_code == 422
    extra = {"town_code": RAUMA, "tier": "anchor", "source": "register", "id": "7", "status": "x"}
    assert browser.post("/companies/new", data=form | extra).status_code == 302
    company = db.session.query(Company).one()
    assert [row.tier for row in company.engagements] == [Tier.KNOWN]
    assert (company.source, company.status) == ("person", "active")
