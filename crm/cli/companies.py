"""`seutu import`, `seutu search`: firms in, taken back, and found."""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import click

from crm import clock, models
from crm.actions.import_apply import apply_import
from crm.actions.import_plan import plan_import
from crm.actions.import_undo import undo_import
from crm.actions.imports import by_heading, discard_import, preview, stage_import
from crm.adapters.sandbox import read_file
from crm.cli.running import as_json, say, working
from crm.db import db, reading
from crm.labels import problem_text
from crm.queries import imports as import_queries
from crm.queries import search as search_queries


@click.group("import")
def imports() -> None:
    """Bring files in, and take them back."""


@imports.command("companies")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--town", required=True, help="Municipality code of the town.")
@click.option("--dry-run", is_flag=True, help="Look only; nothing is taken in.")
@click.option(
    "--mapping",
    "mapping_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='JSON: {"heading": "field"}.',
)
@as_json
@working
def import_companies(
    file: Path, town: str, dry_run: bool, mapping_file: Path | None, as_json: bool
) -> None:
    """Take in a firm list: CSV, XLSX, or JSON of the PRH register."""
    given = json.loads(mapping_file.read_text("utf-8")) if mapping_file else None
    data = file.read_bytes()
    batch = stage_import(
        None,
        read_file(data, file.name),
        town_code=town,
        filename=file.name,
        file_hash=hashlib.sha256(data).hexdigest(),
        now=clock.now(),
    )
    mapping = by_heading(batch, given) if given else None
    preview(None, batch, mapping, tell=_tell, keep=db.session.commit)
    if not dry_run:
        _take_in(batch)
    report = _in_words(import_queries.report(batch))
    if dry_run:
        discard_import(None, batch)
    db.session.commit()
    if as_json:
        say(report, as_json)
        return
    rejected = report.pop("rejected")
    say(report | {"rejected": len(rejected)}, as_json)
    say(rejected, as_json)


def _take_in(batch: models.ImportBatch) -> None:
    """Others go on working while it is worked out what to write."""
    today = clock.today()
    with reading():
        plan = plan_import(None, batch, today=today, tell=_tell)
        db.session.rollback()
    apply_import(None, batch, plan, today=today, now=clock.now())
    db.session.commit()


def _in_words(report: dict[str, Any]) -> dict[str, Any]:
    """The report with a sentence for each rejected row, saying what is wrong and what to do."""
    rejected = [
        {
            "row": problem["row"],
            "column": problem["column"],
            "code": problem["code"],
            "message": problem_text(problem),
        }
        for problem in report["rejected"]
    ]
    return report | {"rejected": rejected}


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


@click.command("search")
@click.argument("words")
@click.option("--limit", default=20, show_default=True)
@as_json
@working
def search(words: str, limit: int, as_json: bool) -> None:
    """What the search box finds."""
    with reading():
        say(search_queries.as_rows(words, limit=limit), as_json)
