"""Is the program up, and is it ready to work? For load balancers and monitors; no secrets."""

from datetime import datetime

from flask import Blueprint, current_app
from sqlalchemy.exc import SQLAlchemyError

from crm import clock
from crm.db import db
from crm.queries import reminders
from crm.web.access import public

bp = Blueprint("health", __name__)

Answer = tuple[dict[str, object], int, dict[str, str]]
FRESH = {"Cache-Control": "no-store"}


@bp.get("/healthz")
@public
def alive() -> Answer:
    return {"status": "ok"}, 200, FRESH


@bp.get("/readyz")
@public
def ready() -> Answer:
    """503 when the database does not answer or has no tables. Mail that is not set up and a worker
    that has not run are said, and stop no page."""
    try:
        facts = _facts(clock.now())
    except SQLAlchemyError:
        db.session.rollback()
        return (
            {"status": "unavailable", "database": "unavailable"},
            503,
            FRESH | {"Retry-After": "5"},
        )
    return {"status": "ok", "database": "ok"} | facts, 200, FRESH


def _facts(now: datetime) -> dict[str, object]:
    run = reminders.last_run("tick", until=now)
    counts = reminders.counts_by_state()
    return {
        "mail": _mail(),
        "worker_seconds_ago": _seconds_since(run.finished_at if run else None, now),
        "mail_waiting": sum(counts[state] for state in reminders.UNSETTLED),
        "oldest_waiting_seconds": _seconds_since(reminders.oldest_waiting_at(), now),
    }


def _mail() -> str:
    if current_app.config["SMTP_HOST"]:
        return "smtp"
    return "kept inside" if current_app.config["DEMO"] else "not set up"


def _seconds_since(moment: datetime | None, now: datetime) -> int | None:
    return max(int((now - moment).total_seconds()), 0) if moment else None
