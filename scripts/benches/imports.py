"""Seconds, memory and progress of bringing firm lists in and taking them back.

Lists come into a copy of the database of the real size, each in a process of its own, as the web
program and the command line do it: read in a child process with limits, kept, compared, taken in
in one transaction, taken back.
"""

import argparse
import hashlib
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from crm import clock
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import preview, stage_import
from crm.adapters.sandbox import read_file
from crm.db import db, reading
from crm.models import User
from crm.models.import_batch import ImportBatch
from scripts.benches import lists, tables, worst
from scripts.benches.addresses import AINO
from scripts.benches.databases import DATABASES, TITLES, Size, make_app, say, shelf
from scripts.benches.tables import Table

TARGET_S = 20
CHANGED = "every firm changed: "
HEADINGS = (
    *("List", "rows", "new", "changed", "read s", "preview s", "take in s", "in all s"),
    *("in all, of the runs", "target s", "take back s", "told", "longest wait s"),
    *("others wait s", "memory MB"),
)
PROCESSES = multiprocessing.get_context("spawn")


@dataclass
class Figures:
    """One list on one database. told: how often the work said how far it is; longest_wait is the
    longest time between two such words. Memory is the most that the process had."""

    name: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    read_s: float = 0
    preview_s: float = 0
    apply_s: float = 0
    undo_s: float = 0
    told: int = 0
    longest_wait_s: float = 0
    locked_s: float = 0
    memory_mb: int = 0
    batch: int = 0

    @property
    def total_s(self) -> float:
        return self.read_s + self.preview_s + self.apply_s


class Watch:
    """Seconds of each step, and of the silence within it."""

    def __init__(self) -> None:
        self.told = 0
        self.longest_wait = 0.0
        self.locked = 0.0
        self._heard = 0.0

    def tell(self, _done: int, _all: int) -> None:
        self.told += 1
        self._listen()

    def _listen(self) -> None:
        now = time.perf_counter()
        self.longest_wait = max(self.longest_wait, now - self._heard)
        self._heard = now

    def time(self, step: Callable[[], Any]) -> float:
        started = self._heard = time.perf_counter()
        step()
        self._listen()
        return time.perf_counter() - started


def take_in(address: str, name: str, file: Path) -> Figures:
    app = make_app(address)
    with app.app_context():
        figures = _take_in(name, file)
        _leave()
    return figures


def _take_in(name: str, file: Path) -> Figures:
    actor = db.session.scalars(select(User).where(User.email == AINO)).one()
    watch, figures, made = Watch(), Figures(name), []
    figures.read_s = watch.time(lambda: made.append(_stage(actor, file)))
    batch = made[0]
    watch.longest_wait = 0.0  # nothing is told before the file is read
    keep = db.session.commit
    figures.preview_s = watch.time(lambda: preview(actor, batch, tell=watch.tell, keep=keep))
    figures.apply_s = watch.time(lambda: _apply(actor, batch, watch))
    figures.told, figures.longest_wait_s = watch.told, watch.longest_wait
    figures.locked_s = watch.locked
    figures.batch, counts = batch.id, batch.counts
    figures.rows, figures.created = counts["rows"], counts["created"]
    figures.updated = counts["updated"]
    figures.memory_mb = _peak_mb()
    return figures


def _stage(actor: User, file: Path) -> ImportBatch:
    data = file.read_bytes()
    batch = stage_import(
        actor,
        read_file(data, file.name),
        town_code=worst.RAUMA,
        filename=file.name,
        file_hash=hashlib.sha256(data).hexdigest(),
        now=clock.now(),
    )
    db.session.commit()
    return batch


def _apply(actor: User, batch: ImportBatch, watch: Watch) -> None:
    today = clock.today()
    with reading():
        db.session.rollback()
        plan = plan_import(actor, batch, today=today, tell=watch.tell)
        db.session.rollback()
    started = time.perf_counter()
    apply_import(actor, batch, plan, today=today, now=clock.now())
    db.session.commit()
    watch.locked = time.perf_counter() - started


def take_back(address: str, batch_id: int) -> tuple[float, int]:
    """(seconds, most megabytes) of taking an import back."""
    app = make_app(address)
    with app.app_context():
        actor = db.session.scalars(select(User).where(User.email == AINO)).one()
        batch = db.session.get_one(ImportBatch, batch_id)
        started = time.perf_counter()
        undo_import(actor, batch, now=clock.now())
        db.session.commit()
        taken = time.perf_counter() - started
        _leave()
    return taken, _peak_mb()


def _leave() -> None:
    db.session.remove()
    db.engine.dispose()


def _peak_mb() -> int:
    """The most memory a process had; the system counts in kilobytes, macOS in bytes."""
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def alone(work: Callable[..., Any], *arguments: Any) -> Any:
    """The answer of work done in a process of its own, so that memory is its own too."""
    with PROCESSES.Pool(1) as pool:
        return pool.apply(work, arguments)


def bench(address: str, files: dict[str, Path]) -> list[Figures]:
    """Every list once: the changed one while the first is in, each taken back in the end."""
    found = []
    for name, file in files.items():
        if name.startswith(CHANGED):
            continue
        figures = alone(take_in, address, name, file)
        found.append(figures)
        for later in files:
            if later == f"{CHANGED}{name}":
                found.append(alone(take_in, address, later, files[later]))
                _undo(address, found[-1])
        _undo(address, figures)
    return found


def _undo(address: str, figures: Figures) -> None:
    figures.undo_s, memory = alone(take_back, address, figures.batch)
    figures.memory_mb = max(figures.memory_mb, memory)


def write_files(folder: Path, given: argparse.Namespace) -> dict[str, Path]:
    """{what the list is: its file}."""
    # More than the demo's firms, since not every firm there has a number.
    firms = lists.new_firms(given.rows, known=2 * given.companies, today=clock.today())
    made = {
        "CSV": ("list.csv", lists.csv_file(firms)),
        f"{CHANGED}CSV": ("changed.csv", lists.csv_file(lists.moved(firms))),
        "XLSX": ("list.xlsx", lists.xlsx_file(firms)),
        "register (PRH) JSON": ("pages.json", lists.register_file(firms)),
    }
    for name, data in made.values():
        (folder / name).write_bytes(data)
    return {title: folder / name for title, (name, _data) in made.items()}


def table(title: str, runs: list[list[Figures]]) -> Table:
    """The run with the lowest total of each list."""
    rows = []
    for same in zip(*runs, strict=True):
        best = min(same, key=lambda each: each.total_s)
        totals = [each.total_s for each in same]
        spread = f"{tables.said(min(totals))} to {tables.said(max(totals))}"
        target = f"{TARGET_S}{' MISSED' if best.total_s > TARGET_S else ''}"
        rows.append(
            [
                *(best.name, best.rows, best.created, best.updated),
                *(best.read_s, best.preview_s, best.apply_s, best.total_s, spread, target),
                *(best.undo_s, best.told, best.longest_wait_s, best.locked_s, best.memory_mb),
            ]
        )
    return Table(title, HEADINGS, rows)


def line(given: argparse.Namespace) -> str:
    size = (
        f"{tables.said(given.companies)} companies known,"
        f" {tables.said(given.interactions)} interactions"
    )
    return f"{tables.machine_line()}; {size}; the best of {given.repeat} runs."


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py imports", description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=20_000, help="of each list")
    parser.add_argument("--companies", type=int, default=100_000, help="known before")
    parser.add_argument("--interactions", type=int, default=500_000)
    parser.add_argument("--repeat", type=int, default=1, help="runs, of which the best is shown")
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the databases in DIR")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    return parser.parse_args(given)


def main(argv: list[str]) -> None:
    given = arguments(argv)
    found: dict[str, list[list[Figures]]] = {}
    size = Size(given.companies, given.interactions)
    with shelf(given.keep) as databases:
        files = write_files(databases.folder, given)
        for kind in [given.database] if given.database else DATABASES:
            databases.seeded(kind, size)
            with databases.copy(kind, size) as address:
                say(f"Bringing lists in on {kind} …")
                found[TITLES[kind]] = [bench(address, files) for _ in range(given.repeat)]
    shown = [table(title, runs) for title, runs in found.items()]
    if given.json:
        plain = {
            title: [[asdict(each) for each in run] for run in runs] for title, runs in found.items()
        }
        print(json.dumps({"bench": "imports", "machine": tables.machine(), "tables": plain}))
    else:
        print(line(given), *map(tables.plain, shown), sep="\n\n")
    if given.write:
        tables.renew("imports", line(given), shown)
