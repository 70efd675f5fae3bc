"""Promises to a firm: their states, and what may become of them."""

from datetime import date
from enum import StrEnum


class FollowUpState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class DueGroup(StrEnum):
    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


def due_group(due_on: date, today: date) -> DueGroup:
    """Which part of the list a promise belongs to. This week is the next seven days."""
    days = (due_on - today).days
    if days < 0:
        return DueGroup.LATE
    if days == 0:
        return DueGroup.TODAY
    return DueGroup.THIS_WEEK if days <= 7 else DueGroup.LATER
