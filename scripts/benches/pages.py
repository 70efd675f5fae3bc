"""Milliseconds and queries of the pages, on a database of the real size.

Each request goes through the whole program as a server would hand it over, without a network; with
--http it also goes through `seutu serve`. Pages are asked for in turn, so that none of them finds
the database warm from itself alone.
"""

import argparse
import http.client
import json
import math
import os
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event, select
from werkzeug.test import EnvironBuilder

from crm import clock
from crm.actions.sessions import open_session
from crm.db import db
from crm.models import User
from scripts.benches import tables
from scripts.benches.addresses import WHO, Page, pages
from scripts.benches.databases import DATABASES, KEY, TITLES, Size, make_app, say, shelf
from scripts.benches.tables import Table

SEED = 2026
RARELY = 10  # a rare page is asked for once where another is asked for ten times
MOST_QUERIES = 15
WAYS = {"program": "in the program", "http": "over HTTP"}
OF_THE_CONNECTION = ("PRAGMA", "BEGIN", "SET", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
HEADINGS = (
    *("Page", "Asked by", "p50 ms", "p95 ms", "max ms", "p95 of the runs"),
    *("target", "queries", "x baseline"),
)
Ask = Callable[[str, str], tuple[float, int | None]]


@dataclass
class Figures:
    """One page on one database. Times are milliseconds, those of the run with the lowest p95;
    p95s are those of every run; ratio is p50 against the baseline's."""

    page: Page
    p50: float = 0
    p95: float = float("inf")
    most: float = 0
    p95s: list[float] = field(default_factory=list)
    queries: int | None = None
    ratio: float = 0

    def add(self, times: list[float], queries: list[int | None]) -> None:
        p95 = quantile(times, 0.95)
        self.p95s.append(p95)
        counted = [n for n in queries if n is not None]
        self.queries = max([*counted, self.queries or 0]) if counted else self.queries
        if p95 < self.p95:
            self.p50, self.p95, self.most = statistics.median(times), p95, max(times)

    @property
    def missed(self) -> bool:
        late = self.page.target_ms is not None and self.p95 > self.page.target_ms
        return late or (not self.page.rare and (self.queries or 0) > MOST_QUERIES)


def quantile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(len(ordered) * share) - 1)]


def sign_in(app: Flask, email: str) -> str:
    """The cookie of a browser in which this person has signed in; none for nobody."""
    if not email:
        return ""
    user = db.session.scalars(select(User).where(User.email == email)).one()
    now = clock.now()
    open_session(user, browser="bench", lasts=timedelta(days=1), now=now)
    db.session.commit()
    values = {"_user_id": user.session_token, "_fresh": True}
    signer: Any = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={signer.dumps(values)}"


@contextmanager
def counted() -> Iterator[list[str]]:
    """Gathers what the database is asked."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(OF_THE_CONNECTION):
            asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def inside(app: Flask, cookies: dict[str, str], asked: list[str]) -> Ask:
    """Asks the program itself: server time, without a network."""

    def ask(person: str, address: str) -> tuple[float, int | None]:
        environ = EnvironBuilder(
            path=address, headers={"Cookie": cookies[person], "Accept-Language": "fi"}
        ).get_environ()
        said: list[str] = []
        before = len(asked)
        started = time.perf_counter()
        answer = app(environ, lambda status, _headers, _exc=None: said.append(status))
        for _part in answer:
            pass
        answer.close()
        taken = (time.perf_counter() - started) * 1000
        _expect(said[0][:3], address)
        return taken, len(asked) - before

    return ask


def _expect(status: str, address: str) -> None:
    if status != "200":
        raise RuntimeError(f"{address} answered {status}")


@contextmanager
def served(address: str) -> Iterator[int]:
    """The port of `seutu serve` on this database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    environment = os.environ | {"DATABASE_URL": address, "SECRET_KEY": KEY, "DEMO": "1"}
    command = [sys.executable, "-m", "crm", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _wait_for(port: int, most_s: float = 30) -> None:
    deadline = time.monotonic() + most_s
    while time.monotonic() < deadline:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("seutu serve does not answer")


def outside(port: int, cookies: dict[str, str]) -> Ask:
    """Asks the served program over HTTP, on one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(person: str, address: str) -> tuple[float, int | None]:
        headers = {"Cookie": cookies[person], "Accept-Language": "fi"}
        started = time.perf_counter()
        connection.request("GET", address, headers=headers)
        answer = connection.getresponse()
        answer.read()
        taken = (time.perf_counter() - started) * 1000
        _expect(str(answer.status), address)
        return taken, None

    return ask


def measure(ask: Ask, measured: list[Page], *, requests: int, repeat: int) -> list[Figures]:
    """Every page asked for `requests` times, `repeat` times over, after one that is not counted."""
    figures = [Figures(page) for page in measured]
    for page in measured:
        ask(page.person, page.addresses[0])
    for run in range(repeat):
        for each, times in zip(figures, _run(ask, measured, run * requests, requests), strict=True):
            each.add([taken for taken, _n in times], [n for _taken, n in times])
    for each in figures:
        each.ratio = each.p50 / figures[0].p50
    return figures


def _run(
    ask: Ask, measured: list[Page], first: int, requests: int
) -> list[list[tuple[float, int | None]]]:
    found: list[list[tuple[float, int | None]]] = [[] for _ in measured]
    for turn in range(first, first + requests):
        for page, times in zip(measured, found, strict=True):
            if not page.rare or (turn - first) % RARELY == 0:
                address = page.addresses[turn % len(page.addresses)]
                times.append(ask(page.person, address))
    return found


def bench(address: str, given: argparse.Namespace) -> dict[str, list[Figures]]:
    """{way: figures of every page} for one database; the ways are "program" and "http"."""
    app = make_app(address)
    with app.app_context():
        measured = pages(random.Random(SEED))
        cookies = {email: sign_in(app, email) for email in WHO}
        db.session.remove()
    often = {"requests": given.requests, "repeat": given.repeat}
    with counted() as asked:
        found = {"program": measure(inside(app, cookies, asked), measured, **often)}
    with app.app_context():
        db.engine.dispose()
    if given.http:
        with served(address) as port:
            found["http"] = measure(outside(port, cookies), measured, **often)
    return found


def table(title: str, figures: list[Figures]) -> Table:
    return Table(title, HEADINGS, [_row(each) for each in figures])


def _row(each: Figures) -> list[tables.Cell]:
    runs = f"{tables.said(min(each.p95s))} to {tables.said(max(each.p95s))}"
    target: tables.Cell = each.page.target_ms
    if each.missed:
        target = f"{target or MOST_QUERIES} MISSED"
    return [
        *(each.page.name, WHO[each.page.person], each.p50, each.p95, each.most, runs),
        *(target, each.queries, each.ratio),
    ]


def line(given: argparse.Namespace) -> str:
    size = (
        f"{tables.said(given.companies)} companies, {tables.said(given.interactions)} interactions"
    )
    asked = (
        f"{given.requests} requests for each page, of {given.repeat} runs the one with the lowest"
    )
    return f"{tables.machine_line()}; {size}; {asked} p95."


def as_plain(found: dict[str, list[Figures]], given: argparse.Namespace) -> dict[str, Any]:
    return {
        "bench": "pages",
        "machine": tables.machine(),
        "companies": given.companies,
        "interactions": given.interactions,
        "tables": {
            title: [
                asdict(each)
                | {
                    "page": each.page.name,
                    "person": WHO[each.page.person],
                    "target_ms": each.page.target_ms,
                    "missed": each.missed,
                }
                for each in figures
            ]
            for title, figures in found.items()
        },
    }


def arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench.py pages", description=__doc__.splitlines()[0])
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--interactions", type=int, default=500_000)
    parser.add_argument("--requests", type=int, default=100, help="for each page, in each run")
    parser.add_argument("--repeat", type=int, default=3, help="runs, of which the best is shown")
    parser.add_argument("--database", choices=DATABASES, help="only this one")
    parser.add_argument("--http", action="store_true", help="also through the web server")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the databases in DIR")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md")
    return parser.parse_args(given)


def main(argv: list[str]) -> None:
    given = arguments(argv)
    found: dict[str, list[Figures]] = {}
    with shelf(given.keep) as databases:
        for kind in [given.database] if given.database else DATABASES:
            address = databases.seeded(kind, Size(given.companies, given.interactions))
            say(f"Measuring {kind} …")
            for way, figures in bench(address, given).items():
                found[f"{TITLES[kind]}, {WAYS[way]}"] = figures
    shown = [table(title, figures) for title, figures in found.items()]
    if given.json:
        print(json.dumps(as_plain(found, given), indent=1))
    else:
        print(line(given), *map(tables.plain, shown), sep="\n\n")
    if given.write:
        tables.renew("pages", line(given), shown)
