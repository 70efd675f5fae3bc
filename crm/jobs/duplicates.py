"""Searches the register for companies that may be one firm: every night, after each import, and
when somebody asks for it.

A search looks at the companies that changed since the last one. Once a week it looks at all, with
how common words are and what people decided counted anew; so does one that somebody asks for.
"""

import logging
import time as stopwatch
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

from flask import Flask

from crm import clock, codes
from crm.actions import reminders as runs
from crm.actions.duplicates import FoundPair, store_found
from crm.db import db, reading
from crm.domain.calendar import last_occurrence
from crm.domain.duplicates.searching import search
from crm.queries import company_changes, duplicates
from crm.queries import reminders as questions

log = logging.getLogger("seutu.jobs")

JOB = "duplicates"
AT = time(2, 30)
TOLD_EVERY_S = 2.0
WHOLE_EVERY = timedelta(days=7)
FEW = 0.2  # of the register: when more has changed, all is looked at
LOST_AFTER = timedelta(hours=1)

Moment = Callable[[], datetime]


def search_if_due(moment: Moment) -> None:
    """One search a night, and one after each import that was taken in or back."""
    now = moment()
    slot = last_occurrence(now, AT, clock.HELSINKI)
    newest = duplicates.register_changed_at()
    if newest is not None and slot < newest <= now:
        slot = newest
    with reading():
        taken = questions.ran(JOB, slot=slot)
        db.session.rollback()
    if not taken:
        search_duplicates(moment, slot=slot, whole=False)


def search_now(app: Flask) -> None:
    """A search that somebody asked for; in a thread of the web program."""
    with app.app_context():
        try:
            search_duplicates(clock.now, slot=clock.now())
        except Exception:
            db.session.rollback()
            log.exception("search for duplicates stopped")
        finally:
            db.session.remove()


def search_duplicates(
    moment: Moment, *, slot: datetime, whole: bool = True
) -> dict[str, int] | None:
    """Search the register and keep what is found; None when another worker does this slot. Unless
    whole, only what changed since the last search is looked at, if that is little.

    Reading and comparing hold no lock; pairs are stored in one short transaction.
    """
    if not runs.begin_run(JOB, slot=slot, now=moment()):
        db.session.rollback()
        return None
    db.session.commit()
    try:
        counts = _search(moment, slot, whole)
    except Exception as error:
        db.session.rollback()
        runs.end_run(JOB, slot=slot, outcome={}, error=type(error).__name__, now=moment())
        db.session.commit()
        raise
    runs.end_run(JOB, slot=slot, outcome=counts, now=moment())
    db.session.commit()
    return counts


def _search(moment: Moment, slot: datetime, whole: bool) -> dict[str, int]:
    with reading():
        through = company_changes.newest_event()
        ids, columns = duplicates.register()
        among = None if whole else _changed(slot, len(ids))
        decided = duplicates.judged()
        db.session.rollback()
    fresh = None if among is None else [at for at, row_id in enumerate(ids) if row_id in among]
    found = search(columns, decided=decided, places=codes.places(), fresh=fresh, tell=_teller(slot))
    pairs = [
        FoundPair(
            ids[pair.left],
            ids[pair.right],
            pair.probability,
            [{"clue": each.clue.value, "weight": each.weight} for each in pair.reasons],
            pair.features,
        )
        for pair in found
    ]
    counts = store_found(pairs, among=among, now=moment())
    looked_at = len(ids) if fresh is None else len(fresh)
    return counts | {
        "companies": len(ids),
        "looked_at": looked_at,
        "pairs": len(pairs),
        "whole": int(among is None),
        "through": through,
    }


def _changed(slot: datetime, size: int) -> set[int] | None:
    """Companies that changed since the last search; None when all are to be looked at."""
    runs = questions.good_runs(JOB, since=slot - WHOLE_EVERY, until=slot)
    outcomes = [run.outcome or {} for run in runs]
    if not any(outcome.get("whole") for outcome in outcomes):
        return None
    events = company_changes.events_since(outcomes[0]["through"])
    changed = set(company_changes.changed(events))
    return changed if len(changed) <= size * FEW else None


def _teller(slot: datetime) -> Callable[[int, int], None]:
    """Writes now and then how far the search is, for the page that shows it."""
    told = stopwatch.monotonic()

    def tell(done: int, total: int) -> None:
        nonlocal told
        if stopwatch.monotonic() - told < TOLD_EVERY_S:
            return
        told = stopwatch.monotonic()
        runs.note_progress(JOB, slot=slot, outcome={"done": done, "total": total})
        db.session.commit()

    return tell


def state(now: datetime) -> dict[str, Any]:
    """{"running", "done", "total", "finished_at", "error"} of the newest search."""
    run = questions.last_run(JOB, until=now)
    if run is None:
        return {"running": False, "done": 0, "total": 0, "finished_at": None, "error": None}
    lost = now - run.started_at > LOST_AFTER
    outcome = run.outcome or {}
    return {
        "running": run.finished_at is None and not lost,
        "done": outcome.get("done", 0),
        "total": outcome.get("total", 0),
        "finished_at": run.finished_at,
        "error": run.error,
    }
