"""Web tests run on one working day, with the whole cast in place."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask
from jinja2 import FileSystemBytecodeCache

from crm.models import User
from tests.make import NOW
from tests.web.world import World


@pytest.fixture(autouse=True)
def working_day() -> Iterator[None]:
    """The morning of tests.make.NOW, whatever day the tests run on."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Each test has an application of its own; its templates are compiled once."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def world(
    app: Flask,
    compiled_templates: FileSystemBytecodeCache,
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
    app.jinja_env.bytecode_cache = compiled_templates
    return World(app, cast)
