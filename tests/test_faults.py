"""Senders killed in the middle: the short form of scripts/faults.py, which has the long one."""

import pytest

from scripts import faults


@pytest.mark.slow
def test_killed_senders_lose_and_double_nothing_and_are_in_doubt_once_a_kill(
    empty_database_url: str,
):
    report = faults.run(empty_database_url, reminders=300, workers=2, crashes=10, pace=20)

    assert (report.lost, report.doubled) == (0, 0)
    assert report.uncertain <= report.crashes
    assert report.arrived >= report.reminders - report.uncertain


@pytest.mark.slow
def test_a_rolling_restart_leaves_nothing_in_doubt(empty_database_url: str):
    report = faults.run(
        empty_database_url, reminders=150, workers=2, crashes=5, kill=False, pace=20
    )

    assert (report.lost, report.doubled, report.uncertain) == (0, 0, 0)
    assert report.arrived == report.reminders
