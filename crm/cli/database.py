"""`seutu db`, `seutu seed`: the tables, and data to try things with."""

import click
import flask_migrate
from sqlalchemy import text

from crm import clock, demo
from crm.cli.running import as_json, say, working
from crm.db import db


@click.group("db")
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


@click.group()
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
