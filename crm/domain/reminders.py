"""When a person is told, and how far the telling has come."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from crm.domain.day import Day, Why


class ReminderKind(StrEnum):
    DIGEST = "digest"


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"
    TRANSMITTING = "transmitting"
    SENT = "sent"
    FAILED = "failed"
    BOUNCED = "bounced"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


class SkipReason(StrEnum):
    """Why a planned mail was not needed when its turn came."""

    NOTHING_LEFT = "nothing_left"
    REPLACED = "replaced"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True)
class Claim:
    """The right to send one delivery. It is lost when the fence of the delivery has moved on."""

    delivery_id: int
    fence: int


MAIL = "mail"
KEPT_INSIDE = "kept inside: demo"  # the demo's answer in place of a mail server's
CLAIM_LEASE = timedelta(seconds=60)
TRANSMISSION_LEASE = timedelta(seconds=120)
UNREACHABLE_PAUSE = timedelta(minutes=1)
TRIES = 24
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))


def key(kind: ReminderKind, local_on: date, user_id: int, channel: str = MAIL) -> str:
    """What makes a reminder come once: `digest:2026-11-24:12:mail`."""
    return f"{kind}:{local_on}:{user_id}:{channel}"


def message_id(reminder_key: str, host: str | None) -> str:
    """The same for every try to send the same reminder, and another for every installation."""
    named = host if host and not host.replace(".", "").isdigit() and ":" not in host else None
    return f"<{reminder_key.replace(':', '.')}@{named or 'localhost'}>"


def pause_after(refusals: int) -> timedelta | None:
    """How long to wait after the mail server has asked so many times to come later; None when it
    is time to give up, which is most of a day later."""
    if refusals >= TRIES:
        return None
    return _PAUSES[min(refusals, len(_PAUSES)) - 1]


def worth_a_mail(day: Day) -> bool:
    """True when a promise is due or a firm has gone quiet; a draft alone is no reason to write."""
    return any(item.why is not Why.DRAFT for item in day.items)
