"""A firm list on its way in through the browser: file, columns, preview, done, taken back."""

import io
import time
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from crm.db import db
from crm.domain.batches import BatchState
from crm.models import Company, ImportBatch, ImportRow
from crm.web import import_work
from tests.formats import hostile
from tests.make import KRISTIINA, RAUMA, make_company
from tests.web.world import World, then

LIST = (
    "Y-tunnus;Yritys;Puhelin;Muuta\r\n"
    "9100001-3;Järven Veistämö Oy;02 123 4567;=1+1\r\n"
    "9100000-5;Kuusen Konepaja Oy;02 765 4321;\r\n"
    "1234567-8;Väärän Numeron Oy;;\r\n"
).encode("cp1252")


def upload(
    browser: FlaskClient, data: bytes = LIST, name: str = "yritykset.csv", town: str = RAUMA
) -> TestResponse:
    form = {"file": (io.BytesIO(data), name), "town_code": town}
    return browser.post("/imports/new", data=form, content_type="multipart/form-data")


def finished(browser: FlaskClient, path: str, **form: Any) -> str:
    """Post a step of the import and wait for its work; the page it leads to."""
    answer = browser.post(path, data=form)
    assert answer.status_code == 302
    batch_id = int(path.split("/")[2])
    for _ in range(200):
        work = import_work.of(batch_id)
        if work is None or work.finished:
            break
        time.sleep(0.05)
    return browser.get(answer.headers["Location"]).text


def chosen(batch: ImportBatch) -> dict[str, str]:
    return {f"column-{index}": column or "" for index, column in batch.mapping.items()}


def previewed(browser: FlaskClient) -> tuple[ImportBatch, str]:
    assert upload(browser).status_code == 302
    batch = db.session.query(ImportBatch).order_by(ImportBatch.id.desc()).first()
    assert batch is not None
    page = finished(browser, f"/imports/{batch.id}/columns", **chosen(batch))
    db.session.refresh(batch)
    return batch, page


def test_a_list_goes_from_the_file_over_the_preview_into_the_companies_and_back(world: World):
    kuusi = make_company("Kuusen Konepaja Oy", business_id="9100000-5")
    browser = world.browser("aino")
    batch, page = previewed(browser)
    for text in ("Järven Veistämö Oy", "1234567-8", "27654321"):
        assert text in page
    assert db.session.query(Company).count() == 1
    assert "Järven Veistämö Oy" in finished(browser, f"/imports/{batch.id}/apply")
    assert db.session.query(Company).count() == 2
    assert "Järven Veistämö Oy" in browser.get("/companies").text
    then(browser, browser.post(f"/imports/{batch.id}/undo"))
    assert db.session.query(Company).one().name == kuusi.name
    db.session.refresh(batch)
    assert batch.state is BatchState.UNDONE
    assert "yritykset.csv" in browser.get("/imports").text


def test_the_columns_are_guessed_and_what_is_corrected_counts(world: World):
    browser = world.browser("aino")
    page = then(browser, upload(browser))
    assert 'value="name" selected' in page
    assert "Järven Veistämö Oy" in page
    batch = db.session.query(ImportBatch).one()
    columns = chosen(batch) | {"column-2": ""}
    finished(browser, f"/imports/{batch.id}/columns", **columns)
    finished(browser, f"/imports/{batch.id}/apply")
    assert {row.phone for row in db.session.query(Company)} == {None}


@pytest.mark.parametrize("wrong", [{"column-1": ""}, {"column-0": "name"}], ids=["none", "two"])
def test_columns_that_cannot_be_are_refused_with_the_choices_kept(
    world: World, wrong: dict[str, str]
):
    browser = world.browser("aino")
    upload(browser)
    batch = db.session.query(ImportBatch).one()
    answer = browser.post(f"/imports/{batch.id}/columns", data=chosen(batch) | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert 'value="phone" selected' in answer.text


def test_the_preview_shows_one_result_at_a_time_on_demand(world: World):
    browser = world.browser("aino")
    batch, _page = previewed(browser)
    rejected = browser.get(f"/imports/{batch.id}?result=rejected").text
    assert "Väärän Numeron Oy" in rejected
    assert "Järven Veistämö Oy" not in rejected


def test_a_list_is_taken_in_once_and_taken_back_once(world: World):
    browser = world.browser("aino")
    batch, _page = previewed(browser)
    steps = [f"/imports/{batch.id}/{step}" for step in ("apply", "undo")]
    for step in steps:
        finished(browser, step)
        assert browser.post(step).status_code == 409
    assert db.session.query(Company).count() == 0


def test_the_same_file_again_says_so_and_changes_nothing(world: World):
    browser = world.browser("aino")
    batch, _page = previewed(browser)
    finished(browser, f"/imports/{batch.id}/apply")
    again, page = previewed(browser)
    assert again.counts["created"] == again.counts["updated"] == 0
    assert f"/imports/{again.id}/apply" not in page


FILES = {
    "empty": (b"", "lista.csv"),
    "picture with a list's name": (b"\x89PNG\r\n\x1a\n" + bytes(2_000), "lista.csv"),
    "NUL bytes": (b"Yritys\r\nKuusi\x00 Oy\r\n", "lista.csv"),
    "unknown kind": (b"%PDF-1.7", "lista.pdf"),
    "zip bomb": (hostile.zip_bomb(), "lista.xlsx"),
    "external entity": (hostile.outside_entity(), "lista.xlsx"),
    "cut off": (hostile.truncated(), "lista.xlsx"),
    "deep JSON": (hostile.deep_json(), "lista.json"),
    "huge cell": (b"Yritys\r\n" + b"x" * 200_000 + b"\r\n", "lista.csv"),
}


@pytest.mark.one_database
@pytest.mark.parametrize("kind", list(FILES))
def test_a_file_that_cannot_be_read_is_said_at_the_file_and_nothing_is_kept(
    world: World, kind: str
):
    data, name = FILES[kind]
    answer = upload(world.browser("aino"), data, name)
    assert answer.status_code == 422
    assert 'href="#file"' in answer.text
    assert "Traceback" not in answer.text
    assert db.session.query(ImportBatch).count() == 0


def test_a_list_for_a_town_not_one_s_own_is_refused_and_a_coordinator_brings_any(world: World):
    for town in (KRISTIINA, "999"):
        assert upload(world.browser("aino"), town=town).status_code == 422
    assert db.session.query(ImportBatch).count() == 0
    assert upload(world.browser("carita"), town=KRISTIINA).status_code == 302


@pytest.mark.one_database
def test_a_file_s_name_is_shown_as_text_and_without_its_folders(world: World):
    browser = world.browser("aino")
    upload(browser, name="../../<b>lista</b>\u202e.csv")
    page = browser.get("/imports").text
    assert "<b>lista" not in page
    assert ".." not in db.session.query(ImportBatch).one().filename


TWINS = (
    "Yritys;Puhelin;Osoite;Postinumero;Kaupunki\r\n"
    "Rak.liike Mäntynen;040 123 4567;Torikatu 1;26100;Rauma\r\n"
    "Aivan Uusi Oy;;;;\r\n"
    "RAKENNUSLIIKE MÄNTYNEN;+358 40 1234567;;;\r\n"
).encode("cp1252")


def previewed_twins(world: World) -> tuple[FlaskClient, ImportBatch, Company, str]:
    known = make_company(
        "Rakennusliike Mäntynen Oy",
        towns=(KRISTIINA,),
        business_id="9100000-5",
        phone="+358401234567",
    )
    db.session.commit()
    browser = world.browser("aino")
    upload(browser, TWINS)
    batch = db.session.query(ImportBatch).one()
    page = finished(browser, f"/imports/{batch.id}/columns", **chosen(batch))
    db.session.refresh(batch)
    return browser, batch, known, page


def settle(browser: FlaskClient, batch: ImportBatch, number: int, answer: str) -> TestResponse:
    row = db.session.query(ImportRow).filter_by(batch_id=batch.id, number=number).one()
    return browser.post(f"/imports/rows/{row.id}", data={"is": answer, "result": "created"})


def test_a_row_that_may_be_a_firm_of_another_town_says_why_and_is_joined_to_it_in_one_step(
    world: World,
):
    browser, batch, known, page = previewed_twins(world)
    assert page.count("Ehkä sama kuin Rakennusliike Mäntynen Oy") == 2
    assert "sama puhelinnumero" in page
    assert batch.counts["created"] == 3
    assert settle(browser, batch, 2, "known").status_code == 302
    finished(browser, f"/imports/{batch.id}/apply")
    assert {row.town_code for row in known.engagements} == {KRISTIINA, RAUMA}
    assert known.name == "Rakennusliike Mäntynen Oy"
    assert [site.street for site in known.sites] == ["Torikatu 1"]
    assert db.session.query(Company).count() == 3


def test_a_row_joined_to_a_known_firm_can_be_made_new_again(world: World):
    browser, batch, _known, _page = previewed_twins(world)
    settle(browser, batch, 2, "known")
    assert "On uusi yritys" in browser.get(f"/imports/{batch.id}").text
    settle(browser, batch, 2, "new")
    db.session.refresh(batch)
    assert batch.counts["created"] == 3
    assert browser.get(f"/imports/{batch.id}").text.count("Ehkä sama kuin") == 2


def test_two_rows_of_a_file_cannot_both_be_one_firm(world: World):
    browser, batch, _known, _page = previewed_twins(world)
    settle(browser, batch, 2, "known")
    answer = settle(browser, batch, 4, "known")
    assert "Rivi 2 on jo Rakennusliike Mäntynen Oy" in then(browser, answer)


def test_a_row_is_settled_only_with_an_answer_and_only_before_it_is_taken_in(world: World):
    browser, batch, _known, _page = previewed_twins(world)
    assert settle(browser, batch, 2, "perhaps").status_code == 422
    finished(browser, f"/imports/{batch.id}/apply")
    assert settle(browser, batch, 2, "known").status_code == 409


def test_a_column_that_nobody_understood_is_named_in_the_preview(world: World):
    data = "Yritys;Perustettu;Kummi\r\nKuusen Saha Oy;1.2.1998;Liisa\r\n".encode("cp1252")
    browser = world.browser("aino")
    upload(browser, data)
    batch = db.session.query(ImportBatch).one()
    page = finished(browser, f"/imports/{batch.id}/columns", **chosen(batch))
    assert "Yksi sarake jää pois: Kummi." in page
    finished(browser, f"/imports/{batch.id}/apply")
    assert db.session.query(Company).one().registered_on == date(1998, 2, 1)
