"""What `seutu doctor` says about the installation."""

from datetime import datetime, timedelta
from typing import Any

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from crm.db import db, reading
from crm.domain.reminders import DeliveryState
from crm.queries import reminders as questions

QUIET_TOO_LONG = timedelta(minutes=10)
WAITS_TOO_LONG = timedelta(minutes=60)


def checkup(app: Flask, now: datetime) -> dict[str, Any]:
    """What `seutu doctor` says: each check with its state (ok, missing or failed) and a sentence.
    Something missing is said and does not count as a failure."""
    with app.app_context(), reading():
        checks = [tables(), _mail()]
        if checks[0]["state"] == "ok":
            checks += [_worker(now), _queue(now), _doubt()]
        db.session.rollback()
    return {"ok": all(check["state"] != "failed" for check in checks), "checks": checks}


def _check(name: str, state: str, message: str) -> dict[str, str]:
    return {"name": name, "state": state, "message": message}


def tables() -> dict[str, str]:
    """Whether the database answers and has the tables of this version."""
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    try:
        current = MigrationContext.configure(db.session.connection()).get_current_revision()
    except SQLAlchemyError as error:
        db.session.rollback()
        reason = str(getattr(error, "orig", error)).strip()
        return _check("database", "failed", f"The database does not answer: {reason}.")
    if current == scripts.get_current_head():
        return _check("database", "ok", f"The database is at revision {current}.")
    found = f"is at revision {current}" if current else "has no tables yet"
    return _check("database", "failed", f"The database {found}: run `seutu db upgrade`.")


def _mail() -> dict[str, str]:
    config = current_app.config
    if config["SMTP_HOST"]:
        return _check("mail", "ok", f"Mail goes through {config['SMTP_HOST']}.")
    if config["DEMO"]:
        return _check("mail", "ok", "This is a demo: mail is kept inside, on the page /outbox.")
    return _check("mail", "missing", "Mail waits unsent: set SMTP_HOST, SMTP_PORT and MAIL_FROM.")


def _worker(now: datetime) -> dict[str, str]:
    run = questions.last_run("tick", until=now)
    if run is None or run.finished_at is None:
        return _check("worker", "missing", "No worker has run yet: start `seutu worker`.")
    said = f"The worker last ran at {run.finished_at.isoformat(timespec='seconds')}"
    if now - run.finished_at > QUIET_TOO_LONG:
        return _check("worker", "failed", f"{said}: see why `seutu worker` has stopped.")
    return _check("worker", "ok", f"{said}.")


def _queue(now: datetime) -> dict[str, str]:
    oldest = questions.oldest_waiting_at()
    waiting = sum(questions.counts_by_state()[state] for state in questions.UNSETTLED)
    if oldest is not None and now - oldest > WAITS_TOO_LONG and current_app.config["SMTP_HOST"]:
        answer = questions.last_answer() or "no answer yet"
        message = f"{waiting} mails wait, the oldest since {oldest.isoformat()}: {answer}."
        return _check("queue", "failed", message)
    return _check("queue", "ok", f"{waiting} mails wait.")


def _doubt() -> dict[str, str]:
    counts = questions.counts_by_state()
    said = ", ".join(
        f"{counts[state]} {state}"
        for state in (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.BOUNCED)
    )
    return _check("deliveries", "ok", f"{said}. The page /outbox shows each.")
