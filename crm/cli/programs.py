"""`seutu serve`, `worker`, `demo`, `doctor`, `stats`: the programs, and how they are."""

import sys
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select

from crm import clock, jobs, models, serving
from crm.cli.running import as_json, require_tables, say, this_app, working
from crm.db import db, reading


def _counted(table: Any) -> Any:
    """The rows of a table, without those that were merged."""
    rows = select(func.count()).select_from(table)
    return rows.where(table.merged_into_id.is_(None)) if hasattr(table, "merged_into_id") else rows


@click.command()
@as_json
@working
def stats(as_json: bool) -> None:
    """Rows of each kind."""
    kinds = {
        "towns": models.Town,
        "users": models.User,
        "companies": models.Company,
        "people": models.Person,
        "interactions": models.Interaction,
        "follow_ups": models.FollowUp,
        "imports": models.ImportBatch,
        "reminders": models.Reminder,
    }
    with reading():
        rows = {word: db.session.scalar(_counted(table)) or 0 for word, table in kinds.items()}
    say(rows, as_json)


@click.command()
@as_json
@working
def doctor(as_json: bool) -> None:
    """What is set, what is missing, what is late."""
    report = jobs.checkup(this_app(), clock.now())
    say(report, as_json)
    if not report["ok"]:
        sys.exit(1)


@click.command()
@working
def worker() -> None:
    """Plan and send reminders until told to stop."""
    require_tables()
    jobs.run_worker(this_app(), jobs.stop_on_signals())


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@working
def serve(host: str, port: int) -> None:
    """The web program."""
    require_tables()
    serving.serve(this_app(), host, port)


@click.command("demo")
@click.option("--port", default=5000, show_default=True)
@click.option("--db", "path", type=click.Path(path_type=Path), help="Keep the database here.")
def run_demo(port: int, path: Path | None) -> None:
    """A database with demo data, the web and the worker in one program."""
    serving.run_demo(port, path)
