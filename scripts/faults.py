"""Kill senders at random moments and count what became of every mail.

    python scripts/faults.py --reminders 10000 --workers 4 --kills 200 [--database-url URL]
    python scripts/faults.py --stop                  the same with SIGTERM: a rolling restart

Workers are processes of their own, the mail server is a real one, and every mail carries the key
of its reminder, so the count needs no trust in our tables. Without an address the database is a
SQLite file that goes away afterwards; with one, give an empty database that may be filled.
"""

import argparse
import asyncio
import dataclasses
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import flask_migrate
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from sqlalchemy import func, insert, select

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from crm import jobs, paths  # noqa: E402
from crm.app import create_app  # noqa: E402
from crm.db import db, reading  # noqa: E402
from crm.domain.reminders import DeliveryState  # noqa: E402
from crm.models import Company, FollowUp, Town, User  # noqa: E402
from crm.models.reminder import Delivery, Reminder  # noqa: E402

MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
DUE_ON = date(2026, 11, 24)
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["crm.app"])
LONG_ENOUGH = timedelta(minutes=10)
CHUNK = 500
PASS_S = 0.5


@dataclasses.dataclass(frozen=True)
class Report:
    """doubled: arrived more than once; lost: not arrived and not said to be in doubt; uncertain
    ones are shown to people, and most of them did arrive."""

    reminders: int
    crashes: int
    arrived: int
    lost: int
    doubled: int
    uncertain: int
    uncertain_arrived: int
    seconds: float


class Sink:
    """Keeps the key of each mail, and answers a little later: that widens the moment of doubt."""

    def __init__(self, pause_s: float) -> None:
        self.arrived: Counter[str] = Counter()
        self.pause_s = pause_s

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(envelope.original_content or b"")
        self.arrived[str(mail["X-Seutu-Occurrence"])] += 1
        await asyncio.sleep(self.pause_s)
        return "250 2.0.0 Kept"


class OnFreePort(Controller):
    def _create_server(self) -> Any:
        async def create() -> Any:
            server = await super(OnFreePort, self)._create_server()
            self.port = server.sockets[0].getsockname()[1]
            return server

        return create()


@contextmanager
def mail_server(pause_s: float) -> Iterator[tuple[Sink, int]]:
    sink = Sink(pause_s)
    controller = OnFreePort(sink, hostname="127.0.0.1", port=0, server_hostname="sink")
    controller.start()
    try:
        yield sink, controller.port
    finally:
        controller.stop(no_assert=True)


def make_app(database_url: str, port: int) -> Flask:
    return create_app(
        {
            "DATABASE_URL": database_url,
            "SECRET_KEY": "a key for fault injection, not for anything else",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": port,
            "SMTP_SECURITY": "none",
        }
    )


def fill(reminders: int) -> None:
    """People with one due promise each."""
    flask_migrate.upgrade(directory=str(paths.migrations()))
    db.session.add(Town(code="684", name_fi="Rauma", name_sv="Raumo"))
    company = Company(name="Kuusen Konepaja Oy")
    db.session.add(company)
    db.session.flush()
    for start in range(0, reminders, CHUNK):
        names = [f"u{number}" for number in range(start, min(start + CHUNK, reminders))]
        people = [{"name": name, "email": f"{name}@seutu.example"} for name in names]
        ids = db.session.scalars(insert(User).returning(User.id), people).all()
        usual = {"company_id": company.id, "town_code": "684", "text": "Soita", "due_on": DUE_ON}
        promises = [usual | {"author_id": key, "assignee_id": key} for key in ids]
        db.session.execute(insert(FollowUp), promises)
    db.session.commit()


def moment(started: float, pace: float) -> datetime:
    """The time in the test: it begins in the morning and runs pace times as fast."""
    return MORNING + timedelta(seconds=(time.time() - started) * pace)


def work(database_url: str, port: int, started: float, pace: float) -> None:
    """A worker: ticks until SIGTERM, in short passes so that its leases keep up with the pace."""
    stop = jobs.stop_on_signals()
    app = make_app(database_url, port)
    while not stop.is_set():
        end = time.monotonic() + PASS_S
        over = lambda end=end: stop.is_set() or time.monotonic() > end  # noqa: E731
        jobs.tick(app, moment(started, pace), stopped=over)
        stop.wait(0.05)


@dataclasses.dataclass
class Crew:
    """Worker processes; one that goes down is replaced."""

    order: tuple[str, int, float, float]
    processes: list[BaseProcess] = dataclasses.field(default_factory=list)

    def hire(self) -> None:
        process = PROCESSES.Process(target=work, args=self.order, daemon=True)
        process.start()
        self.processes.append(process)

    def take_down(self, process: BaseProcess, *, kill: bool) -> None:
        process.kill() if kill else process.terminate()
        process.join()
        self.processes.remove(process)

    def dismiss(self) -> None:
        for process in list(self.processes):
            self.take_down(process, kill=False)


def run(
    database_url: str,
    *,
    reminders: int,
    workers: int,
    crashes: int,
    kill: bool = True,
    pause_s: float = 0.01,
    pace: float = 1.0,
    seed: int = 1,
) -> Report:
    """Send reminders while workers go down, spread over the run; then settle and count."""
    dice = random.Random(seed)
    with mail_server(pause_s) as (sink, port):
        app = make_app(database_url, port)
        with app.app_context():
            fill(reminders)
            started = time.time()
            crew = Crew((database_url, port, started, pace))
            for _ in range(workers):
                crew.hire()
            for number in range(1, crashes + 1):
                _wait_for(lambda n=number: sink.arrived.total() >= n * reminders // (crashes + 1))
                time.sleep(dice.uniform(0, 2 * pause_s))
                crew.take_down(dice.choice(crew.processes), kill=kill)
                crew.hire()
            _wait_for(lambda: not _n_waiting())
            crew.dismiss()
            jobs.tick(app, moment(started, pace) + LONG_ENOUGH)
            report = _count(sink, reminders, crashes, time.time() - started)
            db.session.remove()
            db.engine.dispose()
            return report


def _wait_for(come: Any, most_s: float = 900) -> None:
    deadline = time.monotonic() + most_s
    while not come():
        if time.monotonic() > deadline:
            raise TimeoutError("the workers do not get on")
        time.sleep(0.002)


def _n_waiting() -> int:
    with reading():
        known = db.session.scalar(select(func.count(Delivery.id))) or 0
        waiting = select(func.count()).where(Delivery.state == DeliveryState.PENDING)
        n_waiting = int(db.session.scalar(waiting) or 0)
        db.session.rollback()
    time.sleep(0.1)
    return n_waiting or not known


def _count(sink: Sink, reminders: int, crashes: int, seconds: float) -> Report:
    rows = db.session.execute(select(Reminder.key, Delivery.state).join(Reminder.delivery)).all()
    states = dict(iter(rows))
    in_doubt = {key for key, state in states.items() if state is DeliveryState.UNCERTAIN}
    settled = {key for key, state in states.items() if state is DeliveryState.SENT} | in_doubt
    lost = reminders - len(settled) + len(settled - in_doubt - set(sink.arrived))
    return Report(
        reminders=reminders,
        crashes=crashes,
        arrived=len(sink.arrived),
        lost=lost,
        doubled=sum(number > 1 for number in sink.arrived.values()),
        uncertain=len(in_doubt),
        uncertain_arrived=len(in_doubt & set(sink.arrived)),
        seconds=round(seconds, 1),
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--reminders", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--stop", action="store_true", help="SIGTERM in place of kill -9")
    parser.add_argument("--database-url")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="seutu-faults-") as folder:
        report = run(
            given.database_url or f"sqlite:///{folder}/faults.sqlite",
            reminders=given.reminders,
            workers=given.workers,
            crashes=given.kills,
            kill=not given.stop,
        )
    print(json.dumps(dataclasses.asdict(report), indent=2))
    in_doubt_at_most = 0 if given.stop else report.crashes
    good = not report.lost and not report.doubled and report.uncertain <= in_doubt_at_most
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
