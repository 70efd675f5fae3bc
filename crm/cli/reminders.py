"""`seutu reminders`: one pass by hand, and what has become of each mail."""

from datetime import datetime

import click

from crm import clock, jobs
from crm.cli.running import as_json, say, this_app, working
from crm.db import reading
from crm.queries import reminders as reminder_queries


@click.group()
def reminders() -> None:
    """Reminders and their mails."""


@reminders.command("run")
@click.option("--now", "at", help="A moment in ISO 8601; without a zone it is Finnish time.")
@as_json
@working
def reminders_run(at: str | None, as_json: bool) -> None:
    """One pass of planning and sending."""
    say(jobs.tick(this_app(), _moment(at) if at else clock.now()), as_json)


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter("write it as 2026-11-27T08:00", param_hint="--now") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=clock.HELSINKI)


@reminders.command("outbox")
@as_json
@working
def reminders_outbox(as_json: bool) -> None:
    """Every reminder and its delivery."""
    with reading():
        say(reminder_queries.outbox_rows(), as_json)
