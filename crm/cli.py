"""`seutu …`: results to stdout, messages to stderr, one JSON document with --json.

Exit code 0 when done, 2 for wrong usage, 1 when the work itself failed.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click
import flask_migrate
from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy import func, select, text

from crm import clock, config, dedupe, demo, jobs, models, serving
from crm.actions.import_apply import apply_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import by_heading, preview, stage_import
from crm.actions.towns import add_town
from crm.actions.users import create_user
from crm.adapters.sandbox import read_file
from crm.app import create_app
from crm.db import db, reading
from crm.domain.access import Language, Role
from crm.domain.errors import Invalid, Refusal
from crm.labels import refusal_text
from crm.queries import imports as import_queries
from crm.queries import reminders as reminder_queries
from crm.queries import search as search_queries

Command = Callable[..., Any]
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


def working(command: Command) -> Command:
    """Run a command inside the program; a refusal or a wrong setting is a sentence and exit 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            app = create_app()
        except config.SettingError as error:
            raise click.ClickException(str(error)) from error
        with app.app_context(), force_locale("en"):
            try:
                return command(*args, **kwargs)
            except Invalid as refusal:
                raise click.ClickException(f"{refusal.field}: {refusal_text(refusal)}") from refusal
            except Refusal as refusal:
                raise click.ClickException(repr(refusal)) from refusal

    return run


def this_app() -> Flask:
    return current_app._get_current_object()  # type: ignore[attr-defined]


def say(result: Any, as_json: bool) -> None:
    """Print a result as JSON, or as lines for people."""
    if as_json:
        click.echo(json.dumps(result, ensure_ascii=False, default=str))
        return
    for line in _lines(result):
        click.echo(line)


def _lines(result: Any) -> list[str]:
    if isinstance(result, dict):
        return [f"{key}: {_short(value)}" for key, value in result.items()]
    return ["  ".join(_short(v) for v in row.values()) for row in result]


def _short(value: Any) -> str:
    return (
        json.dumps(value, ensure_ascii=False, default=str)
        if isinstance(value, dict | list)
        else str(value)
    )


@click.group()
def main() -> None:
    """Seutu: a company-engagement CRM for networks of regional towns."""


@main.group("db")
def database() -> None:
    """The database's tables."""


@database.command("upgrade")
@working
def db_upgrade() -> None:
    """Make or renew the tables."""
    flask_migrate.upgrade()
    click.echo("The database is up to date.", err=True)


@database.command("downgrade")
@click.argument("revision", default="-1")
@working
def db_downgrade(revision: str) -> None:
    """Go back to an earlier revision of the tables."""
    flask_migrate.downgrade(revision=revision)


@database.command("current")
@as_json
@working
def db_current(as_json: bool) -> None:
    """The revision the tables are at."""
    revision = db.session.scalar(text("SELECT version_num FROM alembic_version"))
    say({"revision": revision}, as_json)


@main.group()
def seed() -> None:
    """Data to try things with."""


@seed.command("demo")
@click.option("--companies", default=400, show_default=True)
@click.option("--interactions", default=1500, show_default=True)
@click.option("--seed", "number", default=2026, show_default=True)
@as_json
@working
def seed_demo(companies: int, interactions: int, number: int, as_json: bool) -> None:
    """Invented firms and people of the ten towns, also at load-test size."""
    counts = demo.seed(
        db.session,
        companies=companies,
        interactions=interactions,
        seed=number,
        today=clock.today(),
        now=clock.now(),
    )
    db.session.commit()
    say(counts, as_json)


@main.group()
def users() -> None:
    """People who sign in."""


@users.command("create")
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--town", help="Municipality code, for a role in a town.")
@click.option("--name", help="The person's name; the e-mail's first part when left out.")
@click.option("--language", type=click.Choice([code.value for code in Language]), default="fi")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@as_json
@working
def users_create(
    email: str,
    role: str,
    town: str | None,
    name: str | None,
    language: str,
    password_stdin: bool,
    as_json: bool,
) -> None:
    """Make an account."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else _ask_password()
    user = create_user(
        None,
        email=email,
        name=name or email.split("@")[0],
        role=Role(role),
        town_code=town,
        password=password,
        language=Language(language),
        now=clock.now(),
    )
    db.session.commit()
    say({"id": user.id, "email": user.email}, as_json)


def _ask_password() -> str:
    answer = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return str(answer)


@main.group()
def towns() -> None:
    """The member towns of the network."""


@towns.command("add")
@click.argument("code")
@as_json
@working
def towns_add(code: str, as_json: bool) -> None:
    """Make a municipality a member, by its three-digit code."""
    town = add_town(None, code)
    db.session.commit()
    say({"code": town.code, "name": town.name_fi}, as_json)


@towns.command("list")
@as_json
@working
def towns_list(as_json: bool) -> None:
    """The member towns."""
    rows = db.session.scalars(select(models.Town).order_by(models.Town.name_fi))
    say([{"code": row.code, "name": row.name_fi} for row in rows], as_json)


@main.group("import")
def imports() -> None:
    """Bring files in, and take them back."""


@imports.command("companies")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--town", required=True, help="Municipality code of the town.")
@click.option("--dry-run", is_flag=True, help="Look only; nothing is taken in.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON: {"heading": "field"}.',
)
@as_json
@working
def import_companies(
    file: Path, town: str, dry_run: bool, mapping: Path | None, as_json: bool
) -> None:
    """Take in a firm list: CSV, XLSX, or JSON of the PRH register."""
    given = json.loads(mapping.read_text("utf-8")) if mapping else None
    data = file.read_bytes()
    batch = stage_import(
        None,
        read_file(data, file.name),
        town_code=town,
        filename=file.name,
        file_hash=hashlib.sha256(data).hexdigest(),
        now=clock.now(),
    )
    preview(None, batch, by_heading(batch, given) if given else None, tell=_tell)
    if not dry_run:
        apply_import(None, batch, now=clock.now(), today=clock.today(), tell=_tell)
    report = import_queries.report(batch)
    if dry_run:
        db.session.rollback()
    else:
        db.session.commit()
    say(report, as_json)


def _tell(done: int, total: int) -> None:
    """Show on a terminal how far it is."""
    if sys.stderr.isatty():
        click.echo(f"\r{done} / {total}", err=True, nl=done == total)


@imports.command("undo")
@click.argument("batch", type=int)
@as_json
@working
def import_undo(batch: int, as_json: bool) -> None:
    """Take a whole import back."""
    row = db.session.get(models.ImportBatch, batch)
    if row is None:
        raise click.ClickException(f"There is no import {batch}.")
    counts = undo_import(None, row, now=clock.now())
    db.session.commit()
    say(counts, as_json)


@main.command("search")
@click.argument("words")
@click.option("--limit", default=20, show_default=True)
@as_json
@working
def search(words: str, limit: int, as_json: bool) -> None:
    """What the search box finds."""
    with reading():
        say(search_queries.as_rows(words, limit=limit), as_json)


main.add_command(dedupe.commands)


@main.group()
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


@main.command()
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
        rows = {
            word: db.session.scalar(select(func.count()).select_from(table)) or 0
            for word, table in kinds.items()
        }
    say(rows, as_json)


@main.command()
@as_json
@working
def doctor(as_json: bool) -> None:
    """What is set, what is missing, what is late."""
    report = jobs.checkup(this_app(), clock.now())
    say(report, as_json)
    if not report["ok"]:
        sys.exit(1)


@main.command()
@working
def worker() -> None:
    """Plan and send reminders until told to stop."""
    jobs.run_worker(this_app(), jobs.stop_on_signals())


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=5000, show_default=True)
@working
def serve(host: str, port: int) -> None:
    """The web program."""
    serving.serve(this_app(), host, port)


@main.command("demo")
@click.option("--port", default=5000, show_default=True)
@click.option("--db", "path", type=click.Path(path_type=Path), help="Keep the database here.")
def run_demo(port: int, path: Path | None) -> None:
    """A database with demo data, the web and the worker in one program."""
    serving.run_demo(port, path)
