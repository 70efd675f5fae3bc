"""Bringing a firm list in: kept as read, then compared row by row with what is known."""

import gzip
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from crm import audit, codes
from crm.actions.import_compare import compare_rows
from crm.actions.import_twins import point_out_twins
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.imports.mapping import guess_mapping, left_out
from crm.domain.imports.plain import plain_row, read_row
from crm.domain.imports.records import Column, Lookups, ReadRow
from crm.domain.imports.rows import read_rows
from crm.formats.tables import Table
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.town import Town
from crm.models.user import User
from crm.queries import imports

Content = Table | list[ReadRow]

LOOKUPS = Lookups(
    municipality_of_postcode=lambda code: (
        found.municipality_code if (found := codes.postal_code(code)) else None
    ),
    municipality_named=lambda name: (
        found.code if (found := codes.municipality_by_name(name)) else None
    ),
    industry_named=codes.industry_by_name,
)


def stage_import(
    actor: User | None,
    content: Content,
    *,
    town_code: str,
    filename: str,
    file_hash: str,
    now: datetime,
) -> ImportBatch:
    """Keep a file as it was read, with a guess of what its columns are. Nothing is taken in.

    actor is None on the command line. Raises NotAllowed outside the actor's towns.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, town_code)
    if db.session.get(Town, town_code) is None:
        raise Invalid("town_code", Reason.UNKNOWN_TOWN, town=town_code)
    batch = ImportBatch(
        town_code=town_code,
        user_id=actor.id if actor else None,
        filename=shown_name(filename),
        kind=content.kind if isinstance(content, Table) else "json",
        file_hash=file_hash,
        table=_packed(content),
        mapping=_guessed(content),
        counts={},
    )
    db.session.add(batch)
    db.session.flush()
    audit.record(actor, "import.staged", batch, now=now, town_code=town_code)
    return batch


def shown_name(filename: str) -> str:
    """A file's name without folders and without letters that no page or database can show."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-200:] or "-"


def _guessed(content: Content) -> dict[str, str | None]:
    if not isinstance(content, Table):
        return {}
    guess = guess_mapping(content.headings, content.rows[:200])
    return {str(index): column.value if column else None for index, column in guess.items()}


def _packed(content: Content) -> bytes:
    if isinstance(content, Table):
        plain: dict[str, Any] = {"table": asdict(content)}
    else:
        plain = {"rows": [plain_row(row) for row in content]}
    return gzip.compress(json.dumps(plain).encode(), compresslevel=3)


def content_of(batch: ImportBatch) -> Content:
    plain = json.loads(gzip.decompress(batch.table))
    if "table" in plain:
        return Table(**plain["table"])
    return [read_row(row) for row in plain["rows"]]


def map_columns(
    actor: User | None, batch: ImportBatch, mapping: Mapping[str, str | None]
) -> list[ReadRow]:
    """Say what the columns are and read every row; an earlier preview is thrown away.

    Raises Invalid when a column is named twice or no column holds the name.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state not in {BatchState.READ, BatchState.STAGED}:
        raise Conflict("mapping", Reason.ALREADY_APPLIED)
    content = content_of(batch)
    if isinstance(content, Table):
        chosen = {int(index): Column(name) for index, name in mapping.items() if name}
        rows = _read(content, chosen)
        batch.mapping = dict(mapping)
        batch.left_out = left_out(content.headings, content.rows, chosen)
    else:
        rows, batch.mapping = content, {}
    batch.state = BatchState.READ
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    return rows


def by_heading(batch: ImportBatch, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """The guessed mapping, corrected by {heading: column} as somebody wrote it in a file.

    Raises Invalid for a heading the file does not have or a column nobody knows.
    """
    content = content_of(batch)
    headings = content.headings if isinstance(content, Table) else []
    mapping = dict(batch.mapping)
    for heading, column in given.items():
        if heading not in headings or (column and column not in set(Column)):
            raise Invalid("mapping", Reason.UNKNOWN_CHOICE)
        mapping[str(headings.index(heading))] = column
    return mapping


def _read(table: Table, chosen: Mapping[int, Column]) -> list[ReadRow]:
    if len(set(chosen.values())) < len(chosen):
        raise Invalid("mapping", Reason.COLUMN_UNKNOWN)
    return read_rows(table.headings, table.rows, chosen, first_row=table.first_row, lookups=LOOKUPS)


def finish_staging(batch: ImportBatch) -> None:
    """The preview is whole: it can be looked at and taken in."""
    batch.counts = imports.counts(batch)
    batch.state = BatchState.STAGED


def preview(
    actor: User | None,
    batch: ImportBatch,
    mapping: Mapping[str, str | None] | None = None,
    *,
    tell: Callable[[int, int], None] = lambda _done, _all: None,
    keep: Callable[[], None] = lambda: None,
) -> None:
    """Read and compare every row, then look for known firms among the new ones. tell(done, all)
    hears how far it is; keep() is called after each chunk by a door that commits there."""
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    rows = map_columns(actor, batch, batch.mapping if mapping is None else mapping)
    keep()
    for done in compare_rows(batch, rows):
        keep()
        tell(done, 2 * len(rows))
    point_out_twins(
        batch, lambda done, all_: tell(len(rows) * (all_ + done) // all_, 2 * len(rows))
    )
    finish_staging(batch)
    keep()


def discard_import(actor: User | None, batch: ImportBatch) -> None:
    """Forget a file that was looked at and not taken in."""
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state not in {BatchState.READ, BatchState.STAGED}:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    db.session.execute(delete(ImportRow).where(ImportRow.batch_id == batch.id))
    db.session.delete(batch)
