"""The key of a reminder, its Message-ID, and how long a refused mail waits."""

from datetime import date, timedelta

import pytest

from crm.domain.day import Day, DayItem, Why
from crm.domain.reminders import (
    TRIES,
    ReminderKind,
    key,
    message_id,
    pause_after,
    worth_a_mail,
)

KEY = key(ReminderKind.DIGEST, date(2026, 11, 24), 12)


def test_the_key_names_kind_day_person_and_channel():
    assert KEY == "digest:2026-11-24:12:mail"


def test_the_message_id_is_the_same_for_every_try_and_differs_between_reminders():
    assert message_id(KEY, "seutu.example") == "<digest.2026-11-24.12.mail@seutu.example>"
    other = key(ReminderKind.DIGEST, date(2026, 11, 25), 12)
    assert message_id(other, "seutu.example") != message_id(KEY, "seutu.example")


@pytest.mark.parametrize("host", [None, "", "127.0.0.1", "::1"])
def test_a_host_that_is_no_name_does_not_spoil_the_message_id(host: str | None):
    assert message_id(KEY, host) == "<digest.2026-11-24.12.mail@localhost>"


def test_pauses_grow_from_a_minute_to_an_hour_and_end_within_a_day():
    pauses = [pause_after(number) for number in range(1, TRIES)]

    assert [p.total_seconds() / 60 for p in pauses[:5] if p] == [1, 5, 15, 60, 60]
    assert timedelta(hours=12) < sum((p for p in pauses if p), timedelta()) < timedelta(days=1)
    assert pause_after(TRIES) is None


def test_a_draft_alone_is_no_reason_to_write():
    draft = DayItem(why=Why.DRAFT, row_id=1, company_id=None, company=None)
    quiet = DayItem(why=Why.QUIET, row_id=2, company_id=3, company="Kuusi Oy", days=70, allowed=60)

    assert not worth_a_mail(Day([draft], 1))
    assert worth_a_mail(Day([draft, quiet], 2))
