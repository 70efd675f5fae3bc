"""How the programs are started."""

import gc
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from crm import cli, serving


@pytest.fixture
def collector() -> Iterator[None]:
    """Puts the garbage collector back as it was."""
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_garbage_is_looked_for_seldom_and_not_in_the_program_itself(collector):
    serving.collect_seldom()

    assert gc.get_threshold()[0] == serving.NEW_OBJECTS
    assert gc.get_freeze_count() > 10_000


def test_every_command_starts_with_a_seldom_collector(collector):
    gc.set_threshold(700, 10, 10)
    CliRunner().invoke(cli.main, ["users", "create"])

    assert gc.get_threshold()[0] == serving.NEW_OBJECTS
