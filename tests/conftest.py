"""What every test can ask for; the real parts are in tests/fixtures, the cast below."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from crm.db import db
from crm.domain.access import Language, Role
from crm.models import Company, Town, User
from tests.make import KRISTIINA, RAUMA, make_company, make_town, make_user
from tests.sign_in import signed_in

pytest_plugins = ("tests.fixtures.databases", "tests.fixtures.mail", "tests.fixtures.browser")


@pytest.fixture
def towns(app: Flask) -> dict[str, Town]:
    return {
        RAUMA: make_town(RAUMA, "Rauma", "Raumo"),
        KRISTIINA: make_town(KRISTIINA, "Kristiinankaupunki", "Kristinestad", Language.SV),
    }


@pytest.fixture
def aino(towns: dict[str, Town]) -> User:
    return make_user("Aino Virtanen", town=RAUMA, role=Role.ADVISOR)


@pytest.fixture
def bertil(towns: dict[str, Town]) -> User:
    return make_user("Bertil Nygård", town=KRISTIINA, role=Role.ADVISOR, language=Language.SV)


@pytest.fixture
def carita(towns: dict[str, Town]) -> User:
    return make_user("Carita Lindholm", role=Role.COORDINATOR)


@pytest.fixture
def daavid(towns: dict[str, Town]) -> User:
    return make_user("Daavid Koski", town=RAUMA, role=Role.TOWN_ADMIN)


@pytest.fixture
def eeva(towns: dict[str, Town]) -> User:
    return make_user("Eeva Laine", role=Role.ADMIN)


@pytest.fixture
def vilma(towns: dict[str, Town]) -> User:
    return make_user("Vilma Salmi", town=RAUMA, role=Role.VIEWER)


@pytest.fixture
def kuusi(aino: User) -> Company:
    return make_company("Kuusen Konepaja Oy", business_id="9100000-5", owner=aino)


@pytest.fixture
def as_aino(app: Flask, aino: User) -> FlaskClient:
    return signed_in(app, aino)


@pytest.fixture
def as_bertil(app: Flask, bertil: User) -> FlaskClient:
    return signed_in(app, bertil)


@pytest.fixture
def as_vilma(app: Flask, vilma: User) -> FlaskClient:
    return signed_in(app, vilma)


@pytest.fixture
def session() -> object:
    return db.session
