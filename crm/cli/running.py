"""What every command shares: the program around it, words for what went wrong, its output."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import Flask, current_app
from flask_babel import force_locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from crm import config, jobs
from crm.app import create_app
from crm.db import db, reading
from crm.domain.errors import Invalid, Refusal
from crm.labels import refusal_text

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
            except (OperationalError, ProgrammingError) as error:
                require_tables()
                raise click.ClickException(str(error.orig)) from error

    return run


def require_tables() -> None:
    """Stop with a sentence when the database does not answer or has other tables than these."""
    db.session.rollback()
    with reading():
        found = jobs.tables()
        db.session.rollback()
    if found["state"] != "ok":
        raise click.ClickException(found["message"])


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
