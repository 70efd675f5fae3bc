from datetime import date

import pytest

from crm.domain.cadence import Tier, is_quiet
from crm.domain.day import DayItem, Why, ranked
from crm.domain.followups import DueGroup, due_group

TODAY = date(2026, 11, 24)


def item(why: Why, row_id: int = 1, **given) -> DayItem:
    return DayItem(why=why, row_id=row_id, company_id=1, company="Kuusi", **given)


def test_late_promises_come_first_and_the_longest_late_before_the_others():
    day = ranked(
        [
            item(Why.QUIET, 1, days=70, allowed=60, tier=Tier.ANCHOR),
            item(Why.DUE_TODAY, 2),
            item(Why.DRAFT, 3),
            item(Why.LATE, 4, days=1),
            item(Why.LATE, 5, days=9),
        ]
    )
    assert [each.row_id for each in day.items] == [5, 4, 2, 3, 1]


def test_an_anchor_gone_quiet_comes_before_a_client_that_is_longer_overdue():
    client = item(Why.QUIET, 1, days=900, allowed=365, tier=Tier.ENGAGED)
    anchor = item(Why.QUIET, 2, days=61, allowed=60, tier=Tier.ANCHOR)
    unowned = item(Why.NEVER_MET, 3, allowed=60, tier=Tier.ANCHOR, unowned=True)
    assert [each.row_id for each in ranked([client, unowned, anchor]).items] == [2, 1, 3]


def test_at_most_seven_things_are_shown_and_the_rest_are_counted():
    day = ranked([item(Why.LATE, number, days=number) for number in range(12)])
    assert (len(day.items), day.total, day.rest) == (7, 12, 5)
    assert ranked([item(Why.LATE, n) for n in range(12)], most=None).rest == 0


@pytest.mark.parametrize(
    ("last", "tier", "own", "quiet"),
    [
        (date(2026, 9, 25), Tier.ANCHOR, None, True),
        (date(2026, 9, 26), Tier.ANCHOR, None, False),
        (date(2026, 8, 26), Tier.GROWTH, None, True),
        (date(2025, 11, 24), Tier.ENGAGED, None, True),
        (date(2025, 11, 25), Tier.ENGAGED, None, False),
        (None, Tier.ENGAGED, None, True),
        (None, Tier.KNOWN, None, False),
        (date(2020, 1, 1), Tier.KNOWN, None, False),
        (date(2026, 11, 10), Tier.KNOWN, 14, True),
        (date(2026, 9, 1), Tier.ANCHOR, 120, False),
    ],
)
def test_a_firm_is_quiet_when_at_least_its_days_have_passed(last, tier, own, quiet):
    assert is_quiet(last, tier, today=TODAY, own_days=own) is quiet


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (date(2026, 11, 23), DueGroup.LATE),
        (date(2026, 11, 24), DueGroup.TODAY),
        (date(2026, 12, 1), DueGroup.THIS_WEEK),
        (date(2026, 12, 2), DueGroup.LATER),
    ],
)
def test_a_promise_is_in_the_group_of_its_day(due, group):
    assert due_group(due, TODAY) is group
