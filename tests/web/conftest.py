"""Web tests run on one working day, with the whole cast in place."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask

from crm.models import User
from tests.make import NOW
from tests.web.world import World


@pytest.fixture(autouse=True)
def working_day() -> Iterator[None]:
    """The morning of tests.make.NOW, whatever day the tests run on."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def world(
    app: Flask,
    aino: User,
    bertil: User,
    carita: User,
    daavid: User,
    eeva: User,
    vilma: User,
) -> World:
    cast = SimpleNamespace(
        aino=aino, bertil=bertil, carita=carita, daavid=daavid, eeva=eeva, vilma=vilma
    )
    return World(app, cast)
