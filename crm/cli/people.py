"""`seutu users`, `seutu towns`: who signs in, and the member towns."""

import sys

import click
from sqlalchemy import select

from crm import clock, models
from crm.actions.towns import add_town
from crm.actions.users import create_user
from crm.cli.running import as_json, say, working
from crm.db import db
from crm.domain.access import Language, Role


@click.group()
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


@click.group()
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
