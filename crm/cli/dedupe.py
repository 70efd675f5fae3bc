"""`seutu dedupe`: the same firm twice, in a file without any database, or in the register."""

import csv
import gc
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from crm import clock, codes
from crm.cli.running import as_json as as_json_option
from crm.cli.running import say, working
from crm.db import reading
from crm.domain.duplicates.finding import Found, find_duplicates
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.errors import Invalid
from crm.formats.dedupe_files import cluster_rows, columns_of, pair_rows, read_csv
from crm.formats.spreadsheets import ZIP, read_table
from crm.jobs import duplicates as searches
from crm.labels import refusal_text
from crm.labels.duplicates import clue_text
from crm.queries import companies
from crm.queries.known_firms import KnownFirms

ENGINES = ("local", "spark")
PROCESSES = 2
STEPS = 20  # how often it is said how far the comparing is


def dedupe_file(
    source: Path,
    target: Path,
    *,
    pairs: Path | None,
    engine: str,
    min_probability: float | None,
    hear: Callable[[str], None],
) -> dict[str, Any]:
    """Write the cluster of every record of source to target; hear() hears how far it is.

    Raises Invalid at "file" when source cannot be read.
    """
    if engine != "local":
        raise click.ClickException("The engine “spark” is not there yet; leave --engine out.")
    begun = time.monotonic()
    gc.disable()  # millions of small objects, none of them in a ring: looking for rings costs most
    columns = read(source)
    hear(f"{len(columns)} records read.")
    found = find_duplicates(
        columns,
        min_probability=min_probability,
        places=codes.places(),
        processes=PROCESSES,
        tell=_telling(hear),
    )
    _write(target, ("record_id", "cluster_id"), cluster_rows(columns, found))
    if pairs:
        _write(pairs, ("left_id", "right_id", "probability"), pair_rows(columns, found))
    return _summary(columns, found, time.monotonic() - begun, hear)


def read(source: Path) -> Columns:
    with source.open("rb") as file:
        zipped = file.read(4) == ZIP
    if zipped:
        table = read_table(source.read_bytes(), source.name)
        return columns_of(table.headings, table.rows)
    with source.open(encoding="utf-8-sig", newline="") as lines:
        try:
            return read_csv(lines)
        except UnicodeDecodeError as error:
            raise click.ClickException(
                f"{source.name} is not UTF-8. In Excel, save it as “CSV UTF-8” or as .xlsx."
            ) from error


def _write(target: Path, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


def _telling(hear: Callable[[str], None]) -> Callable[[int, int], None]:
    """Says it when another twentieth of the pairs is compared."""
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        step = done * STEPS // max(1, total)
        if step > said:
            said = step
            hear(f"{done} of {total} pairs compared ({done * 100 // total} %).")

    return tell


def _summary(
    columns: Columns, found: Found, seconds: float, hear: Callable[[str], None]
) -> dict[str, Any]:
    left_out = found.left_out
    if left_out.keys:
        hear(
            f"Left out: {left_out.keys} keys that too many records share, about "
            f"{left_out.pairs} pairs; each record was compared with its neighbours there."
        )
    return {
        "records": len(columns),
        "candidate_pairs": found.candidate_pairs,
        "pairs": len(found.pairs),
        "clusters": len(set(found.clusters.tolist())),
        "seconds": round(seconds, 2),
        "left_out": {"keys": left_out.keys, "pairs": left_out.pairs},
    }


@click.group("dedupe")
def commands() -> None:
    """The same firm twice: in a file, in the register."""


@commands.command("file")
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--pairs", type=click.Path(dir_okay=False, path_type=Path), help="Write pairs here.")
@click.option("--engine", type=click.Choice(ENGINES), default="local", show_default=True)
@click.option("--min-probability", type=click.FloatRange(0, 1), help="From when it is the same.")
@as_json_option
def file_command(
    source: Path,
    target: Path,
    pairs: Path | None,
    engine: str,
    min_probability: float | None,
    as_json: bool,
) -> None:
    """Number the firms of a CSV or XLSX file: the same number is the same firm."""
    try:
        result = dedupe_file(
            source,
            target,
            pairs=pairs,
            engine=engine,
            min_probability=min_probability,
            hear=lambda text: click.echo(text, err=True),
        )
    except Invalid as refusal:
        raise click.ClickException(refusal_text(refusal)) from refusal
    say(result, as_json)


@commands.command("scan")
@as_json_option
@working
def scan_command(as_json: bool) -> None:
    """Search the whole register now; what is found waits on the page /duplicates."""
    counts = searches.search_duplicates(clock.now, slot=clock.now())
    say(counts or {}, as_json)


@commands.command("check")
@click.argument("name")
@click.option("--town", default="", help="Municipality code of the town.")
@click.option("--business-id", default="", help="Y-tunnus, if it is known.")
@as_json_option
@working
def check_command(name: str, town: str, business_id: str, as_json: bool) -> None:
    """Companies of the register that a new one with this name may be."""
    municipality = codes.municipality(town)
    city = municipality.name_fi if municipality else ""
    with reading():
        found = KnownFirms().check(Firm("", name, city=city, business_id=business_id))
        names = companies.names_of([each.company_id for each in found])
    rows = [
        {
            "company": {"id": each.company_id, "name": names.get(each.company_id, "")},
            "probability": round(each.probability, 4),
            "reasons": [clue_text(reason.clue, reason.weight) for reason in each.reasons],
        }
        for each in found
    ]
    say(rows, as_json)
