"""The worker: ticks until it is told to stop."""

import logging
import signal
import threading
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Any, TypeVar

from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from crm import clock
from crm.actions import reminders as outbox
from crm.adapters.mailer import KeptInside, Mailer, SmtpMailer
from crm.db import db
from crm.domain.calendar import last_occurrence
from crm.domain.reminders import DeliveryState
from crm.jobs.digests import plan_digests
from crm.jobs.duplicates import search_if_due
from crm.jobs.sending import send_due
from crm.queries import reminders as questions

log = logging.getLogger("seutu.jobs")

TICK_S = 30
SEARCH_TICK_S = 60
TIDY_AT = time(3, 30)
KEEP_MAIL_TEXTS = timedelta(days=90)
KEEP_JOB_RUNS = timedelta(days=60)

Stopped = Callable[[], bool]
Moment = Callable[[], datetime]
Outcome = TypeVar("Outcome")


def never() -> bool:
    return False


def run_worker(app: Flask, stop: threading.Event, mailer: Mailer | None = None) -> None:
    """Tick until stop is set, then finish the mail in hand and return.

    Give stop_on_signals() as stop in a program of its own, a plain event in a thread.
    """
    mailer = mailer or mailer_for(app.config)
    scheduler = BackgroundScheduler(timezone=clock.HELSINKI)
    scheduler.add_job(
        lambda: tick(app, clock.now(), mailer, stopped=stop.is_set),
        "interval",
        seconds=TICK_S,
        next_run_time=clock.now(),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        id="tick",
    )
    scheduler.add_job(
        lambda: _search(app),
        "interval",
        seconds=SEARCH_TICK_S,
        next_run_time=clock.now() + timedelta(seconds=5),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
        id="duplicates",
    )
    scheduler.start()
    stop.wait()
    scheduler.shutdown(wait=True)


def stop_on_signals() -> threading.Event:
    """An event that SIGTERM and SIGINT set; call it in the main thread."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def mailer_for(config: Mapping[str, Any]) -> Mailer | None:
    """The way mail takes: the mail server; in a demo without one the outbox page; else none,
    and mails wait until an operator has set SMTP_HOST."""
    if config["SMTP_HOST"]:
        return SmtpMailer(
            host=config["SMTP_HOST"],
            port=config["SMTP_PORT"],
            user=config["SMTP_USER"],
            password=config["SMTP_PASSWORD"],
            security=config["SMTP_SECURITY"],
        )
    return KeptInside() if config["DEMO"] else None


def tick(
    app: Flask, now: datetime, mailer: Mailer | None = None, *, stopped: Stopped = never
) -> dict[str, int]:
    """One pass: plan what has come due, send what waits. Returns how many reminders were planned
    and how many deliveries this pass brought into each state."""
    mailer = mailer or mailer_for(app.config)
    moment = _moving(now)
    counts: Counter[str] = Counter({"planned": 0} | {state.value: 0 for state in DeliveryState})
    with app.app_context():
        _run("tidy", _tidy, moment)
        counts["planned"] = _run("plan", plan_digests, moment) or 0
        counts.update(_run("expire", _expire, moment) or {})
        if mailer is not None:
            counts.update(_run("send", lambda at: send_due(mailer, at, stopped), moment) or {})
        _run("heartbeat", _heartbeat, moment)
    return dict(counts)


def _moving(now: datetime) -> Moment:
    """A clock that starts at now and runs on, so that leases hold whatever the time is said to be
    and a jump of the server's clock does not reach into a pass."""
    started = stopwatch.monotonic()
    return lambda: now + timedelta(seconds=stopwatch.monotonic() - started)


def _run(name: str, step: Callable[[Moment], Outcome], moment: Moment) -> Outcome | None:
    """Do one step of a pass; when it fails, say so in the log and let the next steps run."""
    try:
        return step(moment)
    except Exception:
        db.session.rollback()
        log.exception("%s failed", name)
        return None


def _search(app: Flask) -> None:
    """In a job of its own: mails do not wait for a search of the register."""
    with app.app_context():
        _run("duplicates", search_if_due, _moving(clock.now()))
        db.session.remove()


def _expire(moment: Moment) -> dict[str, int]:
    back, uncertain = outbox.expire(now=moment())
    db.session.commit()
    if uncertain:
        log.warning("%s deliveries are uncertain: a worker died while sending", uncertain)
    return {DeliveryState.PENDING: back, DeliveryState.UNCERTAIN: uncertain}


def _heartbeat(moment: Moment) -> None:
    """One row an hour says when somebody last ticked."""
    now = moment()
    hour = now.replace(minute=0, second=0, microsecond=0)
    outbox.begin_run("tick", slot=hour, now=now)
    outbox.end_run("tick", slot=hour, outcome={}, now=now)
    db.session.commit()


def _tidy(moment: Moment) -> None:
    """Every night: drop the texts of old mails and old runs."""
    now = moment()
    slot = last_occurrence(now, TIDY_AT, clock.HELSINKI)
    if questions.ran("tidy", slot=slot) or not outbox.begin_run("tidy", slot=slot, now=now):
        db.session.rollback()
        return
    outcome = {
        "mail_texts": outbox.forget_mail_texts(before=now - KEEP_MAIL_TEXTS),
        "job_runs": outbox.forget_job_runs(before=now - KEEP_JOB_RUNS),
    }
    outbox.end_run("tidy", slot=slot, outcome=outcome, now=now)
    db.session.commit()
