"""Plans the morning digests, and writes each when its turn to leave comes."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.message import EmailMessage
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import current_app

from crm.actions import reminders as outbox
from crm.adapters.mailer import compose
from crm.db import db, reading
from crm.domain.calendar import newest_slot
from crm.domain.day import Day
from crm.domain.reminders import Claim, ReminderKind, SkipReason, key, worth_a_mail
from crm.emails.digests import Email, digest
from crm.models.reminder import Delivery
from crm.models.user import User
from crm.queries import home
from crm.queries import reminders as questions

log = logging.getLogger("seutu.jobs")

PLANNED_AT_ONCE = 200

Moment = Callable[[], datetime]


def plan_digests(moment: Moment) -> int:
    """Make a digest for everybody for whom something waits and who has none for the newest
    working morning yet.

    That morning holds until the next one: a worker that starts at eleven, on Saturday or after
    three days makes one digest for the newest morning, at once, and none for older ones. What was
    promised for that very day after an empty morning still gets a digest, once a day at most.
    Reads first and writes in short transactions, so that people's saving never waits for it.
    """
    now = moment()
    host = urlsplit(current_app.config["BASE_URL"]).hostname
    with reading():
        digests = list(_digests_due(now))
        db.session.rollback()
    planned = 0
    for start in range(0, len(digests), PLANNED_AT_ONCE):
        planned += outbox.plan(digests[start : start + PLANNED_AT_ONCE], host=host)
        db.session.commit()
    return planned


def _digests_due(now: datetime) -> Iterator[outbox.Planned]:
    people = [
        (user, newest_slot(now, user.digest_at, _zone())) for user in questions.digest_readers()
    ]
    keys = {key(ReminderKind.DIGEST, slot.local_on, user.id) for user, slot in people}
    known = questions.known_keys(keys)
    for user, slot in people:
        made = key(ReminderKind.DIGEST, slot.local_on, user.id) in known
        if not made and _waits(user, slot.local_on):
            yield outbox.Planned(user.id, user.email, slot)


def _waits(user: User, day: date) -> bool:
    """One person whose day cannot be read stops nobody else's digest."""
    try:
        return _day(user, day) is not None
    except Exception:
        db.session.rollback()
        log.exception("the day of user %s cannot be read", user.id)
        return False


def _zone() -> ZoneInfo:
    return ZoneInfo(current_app.config["TZ_DEFAULT"])


def _day(user: User, today: date) -> Day | None:
    """Everything that waits for user, as on the page; None when none of it is worth a mail."""
    day = home.day(user, today=today, most=None)
    return day if worth_a_mail(day) else None


@dataclass(frozen=True)
class Letter:
    """A mail ready to leave, and its words as the outbox keeps them."""

    message: EmailMessage
    email: Email
    recipient: str


def write(claimed: Claim, now: datetime) -> Letter | SkipReason:
    """The mail from what is true now, or why it is not needed any more. Raises Unwritable."""
    delivery = questions.to_send(claimed.delivery_id)
    user = delivery.reminder.user
    if not (user.active and user.digest_wanted):
        return SkipReason.NOT_WANTED
    if questions.is_replaced(delivery.reminder, now=now):
        return SkipReason.REPLACED
    today = now.astimezone(_zone()).date()
    day = _day(user, today)
    if day is None:
        return SkipReason.NOTHING_LEFT
    email = digest(user, day, today=today, base_url=current_app.config["BASE_URL"])
    return Letter(_message(delivery, email, now), email, user.email)


def _message(delivery: Delivery, email: Email, now: datetime) -> EmailMessage:
    user = delivery.reminder.user
    settings = f"{current_app.config['BASE_URL'].rstrip('/')}/settings"
    return compose(
        sender=current_app.config["MAIL_FROM"],
        recipient_name=user.name,
        recipient=user.email,
        subject=email.subject,
        text=email.text,
        html=email.html,
        headers={
            "Message-ID": delivery.message_id,
            "X-Seutu-Occurrence": delivery.reminder.key,
            "List-Unsubscribe": f"<{settings}>",
            "Auto-Submitted": "auto-generated",
        },
        sent_at=now,
    )
