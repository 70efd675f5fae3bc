"""Sends what waits in the outbox; see crm.actions.reminders for the two phases."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from crm.actions import reminders as outbox
from crm.adapters.mailer import Mailer, Result, Unreachable, Unwritable, Verdict
from crm.db import db, reading
from crm.domain.reminders import Claim, DeliveryState
from crm.jobs.digests import Letter, write

log = logging.getLogger("seutu.jobs")

BATCH = 20

Stopped = Callable[[], bool]
Moment = Callable[[], datetime]


def send_due(mailer: Mailer, moment: Moment, stopped: Stopped) -> Counter[str]:
    """Send what waits, batch by batch, until nothing does, the server is away, or stopped."""
    counts: Counter[str] = Counter()
    try:
        while not stopped():
            claims = outbox.claim(limit=BATCH, now=moment())
            db.session.commit()
            if not claims or not _send_batch(mailer, claims, moment, stopped, counts):
                break
    finally:
        mailer.close()
    return counts


def _send_batch(
    mailer: Mailer,
    claims: list[Claim],
    moment: Moment,
    stopped: Stopped,
    counts: Counter[str],
) -> bool:
    """False when the rest must wait; claims not used are given back."""
    for position, claimed in enumerate(claims):
        if stopped():
            outbox.release(claims[position:])
            db.session.commit()
            return False
        try:
            mailer.open()
        except Unreachable as error:
            n_waiting = outbox.put_back(claims[position:], answer=str(error), now=moment())
            counts[DeliveryState.PENDING] += n_waiting
            db.session.commit()
            log.warning("mail server unreachable: %s", error)
            return False
        _send_one(mailer, claimed, moment, counts)
    return True


def _send_one(mailer: Mailer, claimed: Claim, moment: Moment, counts: Counter[str]) -> None:
    letter = _letter(claimed, moment, counts)
    if letter is None:
        return
    may_leave = outbox.mark_transmitting(
        claimed,
        recipient=letter.recipient,
        subject=letter.email.subject,
        text=letter.email.text,
        html=letter.email.html,
        now=moment(),
    )
    db.session.commit()
    if not may_leave:
        return
    state = _settle(claimed, mailer.send(letter.message), moment())
    db.session.commit()
    counts[state] += 1


def _settle(claimed: Claim, result: Result, now: datetime) -> DeliveryState:
    answer = result.answer
    match result.verdict:
        case Verdict.ACCEPTED:
            outbox.mark_sent(claimed, answer=answer, now=now)
            return DeliveryState.SENT
        case Verdict.REFUSED:
            outbox.mark_bounced(claimed, answer=answer)
            return DeliveryState.BOUNCED
        case Verdict.UNKNOWN:
            outbox.mark_uncertain(claimed, answer=answer)
            return DeliveryState.UNCERTAIN
        case Verdict.LATER:
            outbox.mark_refused_for_now(claimed, answer=answer, now=now)
            return DeliveryState.PENDING


def _letter(claimed: Claim, moment: Moment, counts: Counter[str]) -> Letter | None:
    """Write the mail from what is true now; None when it is not to be sent, which is noted."""
    try:
        with reading():
            letter = write(claimed, moment())
            db.session.rollback()
    except Unwritable as error:
        outcome = DeliveryState.FAILED
        db.session.rollback()
        outbox.mark_failed(claimed, answer=str(error))
    except Exception:
        outcome = DeliveryState.PENDING
        db.session.rollback()
        reference = secrets.token_hex(4)
        log.exception("reference %s: delivery %s not written", reference, claimed.delivery_id)
        outbox.mark_not_written(claimed, answer=f"not written: {reference}", now=moment())
    else:
        if isinstance(letter, Letter):
            return letter
        outcome = DeliveryState.SKIPPED
        outbox.skip(claimed, letter)
    db.session.commit()
    counts[outcome] += 1
    return None
