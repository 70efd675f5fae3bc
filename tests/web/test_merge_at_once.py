"""A merge while others write about the same firm: no text is lost, no row left behind."""

import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask.testing import FlaskClient

from crm.db import db
from crm.models import Company, FollowUp, Interaction, Merge, Person, Position
from tests.make import RAUMA, make_interaction
from tests.web.world import World

ROUNDS = 12
MEETING = {"channel": "call", "day": "today", "visibility": "town", "step": "none"}


def send(browser: FlaskClient, path: str, form: dict[str, Any]) -> int:
    """Post as a browser does, which follows a 308 with its form."""
    answer = contextvars.Context().run(FlaskClient.open, browser, path, method="POST", data=form)
    if answer.status_code == 308:
        return send(browser, answer.headers["Location"], form)
    return int(answer.status_code)


def at_once(world: World, requests: list[tuple[str, dict[str, Any]]]) -> list[int]:
    browsers = [world.browser("aino") for _ in requests]
    db.session.commit()
    with ThreadPoolExecutor(len(requests)) as threads:
        asked = zip(browsers, requests, strict=True)
        statuses = list(threads.map(lambda each: send(each[0], *each[1]), asked))
    db.session.expire_all()
    return statuses


def writings(world: World, firm: Company, note: Interaction, number: int) -> dict[str, Any]:
    """What a colleague sends from pages of the firm that is about to be merged."""
    meeting = MEETING | {"town_code": RAUMA, "note": f"Uusi muistio {number}"}
    task = {"text": f"Tehtävä {number}", "due_on": "30.11.2026", "town_code": RAUMA}
    return {
        "/interactions/new": meeting | {"company_id": str(firm.id), "company": firm.name},
        f"/interactions/{note.id}/edit": MEETING | {"note": f"Muutettu {number}", "version": "1"},
        f"/companies/{firm.id}/follow-ups/new": task | {"assignee": str(world.cast.aino.id)},
        f"/companies/{firm.id}/people/new": {"name": f"Henkilö {number}"},
        f"/companies/{firm.id}/edit/email": {"text": f"a{number}@b.fi", "version": "1"},
    }


def test_a_merge_and_the_writing_of_others_go_together_or_are_told(world: World):
    for number in range(ROUNDS):
        keep, lose = world.firm(), world.firm()
        note = make_interaction(lose, world.cast.aino)
        paths = writings(world, lose, note, number)
        merge = (f"/companies/{keep.id}/merge/{lose.id}", {"seen": "1:1"})
        requests = [merge, *paths.items()]
        ids = (keep.id, lose.id, note.id)
        statuses = at_once(world, requests)
        told = dict(zip(["merge", *paths], statuses, strict=True))
        assert set(statuses) <= {302, 409}, told
        check_round(number, *ids, told, list(paths))


def check_round(
    number: int, keep: int, lose: int, note: int, told: dict[str, int], paths: list[str]
) -> None:
    """Whatever was answered with success is there, and on the row that is seen."""
    merged = db.session.get_one(Company, lose).merged_into_id == keep
    assert merged == (told["merge"] == 302)
    for table in (Interaction, FollowUp, Position):
        hidden = db.session.query(table).filter_by(company_id=lose).count()
        assert not (merged and hidden), table
    new, changed, task, person, fact = (told[path] == 302 for path in paths)
    count = db.session.query
    assert count(Interaction).filter_by(note=f"Uusi muistio {number}").count() == new
    assert (db.session.get_one(Interaction, note).note == f"Muutettu {number}") == changed
    assert count(FollowUp).filter_by(text=f"Tehtävä {number}").count() == task
    assert count(Person).filter_by(name=f"Henkilö {number}").count() == person
    emails = {row.email for row in count(Company).filter(Company.id.in_((keep, lose)))}
    assert (f"a{number}@b.fi" in emails) == fact


def test_eight_taps_on_merge_make_one_merge_and_one_undo(world: World):
    keep, lose = world.firm(), world.firm()
    path = f"/companies/{keep.id}/merge/{lose.id}"
    assert set(at_once(world, [(path, {"seen": "1:1"})] * 8)) == {302}
    merge = db.session.query(Merge).one()
    assert set(at_once(world, [(f"/merges/{merge.id}/undo", {})] * 8)) == {302}
    assert db.session.get_one(Company, lose.id).merged_into_id is None
