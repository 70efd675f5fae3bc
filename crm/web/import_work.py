"""Long work on one import beside the request, with its progress told to whoever looks.

The truth is the import's state in the database: a program that stops half-way leaves it as it was
before, and the page offers the step again.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from crm import clock
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import preview
from crm.db import db, reading
from crm.domain.errors import Invalid, Reason
from crm.models.import_batch import ImportBatch
from crm.models.user import User
from crm.queries import imports

log = logging.getLogger("seutu.imports")
PATIENCE = 0.8


@dataclass
class Work:
    """How far one import's work is; refusal when it came to nothing; undone are the counts of an
    import taken back."""

    done: int = 0
    total: int = 0
    finished: bool = False
    refusal: Invalid | None = None
    undone: dict[str, int] | None = None

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total


_under_way: dict[int, Work] = {}
_lock = threading.Lock()


def of(batch_id: int) -> Work | None:
    """The work under way on an import, or just ended and not yet looked at."""
    return _under_way.get(batch_id)


def forget(batch_id: int) -> None:
    _under_way.pop(batch_id, None)


def start_preview(app: Flask, actor: User, batch_id: int, mapping: dict[str, str | None]) -> Work:
    """Read and compare the rows; small files are done when this returns."""

    def step(user: User, batch: ImportBatch, work: Work) -> None:
        preview(user, batch, mapping, tell=work.tell, keep=db.session.commit)

    return _start(app, actor.id, batch_id, step)


def start_apply(app: Flask, actor: User, batch_id: int) -> Work:
    """Work out what to write while others go on working, then write it in one transaction."""

    def step(user: User, batch: ImportBatch, work: Work) -> None:
        today = clock.today()
        with reading():
            db.session.rollback()
            plan = plan_import(user, batch, today=today, tell=work.tell)
            db.session.rollback()
        apply_import(user, batch, plan, today=today, now=clock.now())
        db.session.commit()

    return _start(app, actor.id, batch_id, step)


def start_undo(app: Flask, actor: User, batch_id: int) -> Work:
    """Take the import back, in one transaction."""

    def step(user: User, batch: ImportBatch, work: Work) -> None:
        work.undone = undo_import(user, batch, now=clock.now(), tell=work.tell)
        db.session.commit()

    return _start(app, actor.id, batch_id, step)


def _start(
    app: Flask, user_id: int, batch_id: int, step: Callable[[User, ImportBatch, Work], None]
) -> Work:
    with _lock:
        work = _under_way.get(batch_id)
        if work is not None and not work.finished:
            return work
        work = _under_way[batch_id] = Work()
    db.session.commit()
    thread = threading.Thread(target=_run, args=(app, user_id, batch_id, step, work), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    return work


def _run(
    app: Flask,
    user_id: int,
    batch_id: int,
    step: Callable[[User, ImportBatch, Work], None],
    work: Work,
) -> None:
    with app.app_context():
        try:
            user = db.session.get_one(User, user_id)
            batch = imports.by_id(user, batch_id)
            if batch is not None:
                step(user, batch, work)
        except Invalid as refusal:
            db.session.rollback()
            work.refusal = refusal
        except Exception:
            db.session.rollback()
            log.exception("import %s stopped", batch_id)
            work.refusal = Invalid("file", Reason.IMPORT_STOPPED)
        finally:
            work.finished = True
            db.session.remove()
