"""Who reads which note: role x town x visibility, at the one place where it is decided."""

import pytest

from crm.db import db
from crm.domain.access import Role, Visibility
from crm.models import User
from crm.queries import scope
from tests.make import KRISTIINA, RAUMA, make_company, make_follow_up, make_interaction, make_user

READERS = {
    "aino": ("Aino Virtanen", RAUMA, Role.ADVISOR),
    "daavid": ("Daavid Koski", RAUMA, Role.TOWN_ADMIN),
    "vilma": ("Vilma Salmi", RAUMA, Role.VIEWER),
    "bertil": ("Bertil Nygård", KRISTIINA, Role.ADVISOR),
    "carita": ("Carita Lindholm", None, Role.COORDINATOR),
    "eeva": ("Eeva Laine", None, Role.ADMIN),
}
# Aino wrote the note in Rauma; the named one names Bertil.
MAY_READ = {
    Visibility.TOWN: {"aino", "daavid", "vilma"},
    Visibility.NETWORK: set(READERS),
    Visibility.NAMED: {"aino", "bertil"},
}


@pytest.fixture
def cast(towns) -> dict[str, User]:
    return {
        key: make_user(name, town=town, role=role) for key, (name, town, role) in READERS.items()
    }


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("reader", list(READERS))
def test_a_note_shows_to_those_it_is_meant_for_and_to_nobody_else(cast, reader, visibility):
    note = make_interaction(
        make_company(), cast["aino"], visibility=visibility, readers=(cast["bertil"],)
    )
    found = db.session.scalars(scope.interactions(cast[reader])).all()
    assert (note in found) == (reader in MAY_READ[visibility])


@pytest.mark.parametrize("visibility", list(Visibility))
@pytest.mark.parametrize("reader", list(READERS))
def test_a_promise_shows_as_its_note_does_and_always_to_its_keeper(cast, reader, visibility):
    row = make_follow_up(make_company(), cast["bertil"], author=cast["aino"], visibility=visibility)
    readers = MAY_READ[visibility] | {"bertil"}
    found = db.session.scalars(scope.follow_ups(cast[reader])).all()
    assert (row in found) == (reader in readers)


def test_a_deleted_note_shows_to_nobody(cast):
    make_interaction(make_company(), cast["aino"], deleted_at=None)
    note = make_interaction(make_company("Toinen Oy"), cast["aino"])
    note.deleted_at = note.created_at
    assert note not in db.session.scalars(scope.interactions(cast["aino"])).all()


def test_an_author_who_left_the_town_no_longer_reads_its_notes(cast):
    aino = cast["aino"]
    make_interaction(make_company(), aino)
    aino.memberships[0].town_code = KRISTIINA
    db.session.flush()
    db.session.expire(aino)
    assert db.session.scalars(scope.interactions(aino)).all() == []


def test_a_coordinator_reads_the_town_notes_they_wrote(cast):
    note = make_interaction(make_company(), cast["carita"])
    assert db.session.scalars(scope.interactions(cast["carita"])).all() == [note]
