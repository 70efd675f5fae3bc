"""Bringing a firm list in: kept as read, then compared row by row with what is known."""

import gzip
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from crm import audit, codes
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState, RowResult
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.imports.changes import Change, changes
from crm.domain.imports.mapping import guess_mapping, left_out
from crm.domain.imports.plain import plain_problem, plain_record, plain_row, read_row
from crm.domain.imports.records import Column, Lookups, Problem, ReadRow, Record
from crm.domain.imports.rows import read_rows
from crm.domain.names import fold
from crm.formats.tables import Table
from crm.models.company import Company
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


def compare_rows(batch: ImportBatch, rows: Sequence[ReadRow]) -> Iterator[int]:
    """Compare rows with what is known, in chunks; yields how many are done after each, so that
    the door can commit and tell."""
    by_name = imports.names_of_town(batch.town_code)
    done = 0
    for chunk in imports.chunks(rows):
        db.session.add_all(_compared(batch, chunk, by_name))
        db.session.flush()
        done += len(chunk)
        yield done


def _compared(
    batch: ImportBatch, chunk: Sequence[ReadRow], by_name: Mapping[str, list[int]]
) -> Iterator[ImportRow]:
    records = [row.record for row in chunk if row.record]
    numbered = imports.by_business_ids({r.business_id for r in records if r.business_id})
    named_ids = {i for r in records for i in by_name.get(fold(r.name), ())}
    named = imports.by_ids(named_ids)
    contacts = imports.contacts_of({c.id for c in numbered.values()} | named_ids)
    elsewhere = imports.same_names({r.name for r in records})
    merged = imports.merged_names({c.id for c in numbered.values()} | named_ids)
    for row in chunk:
        company, row = _match(row, numbered, by_name, named)
        if row.record is None:
            yield _kept(batch, row, RowResult.REJECTED)
        elif company is None:
            yield _kept(batch, _warned(row, row.record, elsewhere), RowResult.CREATED)
        else:
            known = imports.known(company, batch.town_code, contacts.get(company.id, ()))
            record = _as_survivor(row.record, company, merged.get(company.id, set()))
            changed = changes(known, record)
            result = RowResult.UPDATED if changed else RowResult.UNCHANGED
            yield _kept(batch, row, result, company, changed)


def _as_survivor(record: Record, company: Company, merged: set[str]) -> Record:
    """The name or the Y-tunnus of a merged company does not rename what it was merged into."""
    if fold(record.name) in merged:
        record = replace(record, name=company.name)
    if company.business_id and record.business_id:
        record = replace(record, business_id=company.business_id)
    return record


def _match(
    row: ReadRow,
    numbered: Mapping[str, Company],
    by_name: Mapping[str, list[int]],
    named: Mapping[int, Company],
) -> tuple[Company | None, ReadRow]:
    """The known company a row is about: by its Y-tunnus, else by its name in the same town when
    the two have no different Y-tunnus. Two companies of one name are for a person to tell apart."""
    record = row.record
    if record is None:
        return None, row
    if record.business_id and record.business_id in numbered:
        return numbered[record.business_id], row
    alike = [named[i] for i in by_name.get(fold(record.name), ()) if i in named]
    alike = [c for c in alike if not (c.business_id and record.business_id)]
    if len(alike) > 1:
        problem = Problem("name", Reason.AMBIGUOUS_COMPANY, {"name": record.name}, True)
        return None, replace(row, record=None, problems=(*row.problems, problem))
    if alike:
        note = Problem("name", Reason.MATCHED_BY_NAME, {"company": alike[0].name})
        return alike[0], replace(row, problems=(*row.problems, note))
    return None, row


def _warned(
    row: ReadRow, record: Record, elsewhere: Mapping[str, tuple[int, str | None]]
) -> ReadRow:
    """Say so when a new company has the very name of one that is known."""
    other = elsewhere.get(record.name)
    if other is None:
        return row
    details = {"company": record.name, "business_id": other[1] or "–", "company_id": other[0]}
    note = Problem("name", Reason.POSSIBLE_DUPLICATE, details)
    return replace(row, problems=(*row.problems, note))


def _kept(
    batch: ImportBatch,
    row: ReadRow,
    result: RowResult,
    company: Company | None = None,
    changed: Sequence[Change] = (),
) -> ImportRow:
    return ImportRow(
        batch_id=batch.id,
        number=row.number,
        result=result,
        shown=row.shown[:200],
        company_id=company.id if company else None,
        seen=company.version if company else None,
        values=plain_record(row.record) if row.record else {},
        problems=[plain_problem(problem) for problem in row.problems],
        changes=[dict(vars(each)) for each in changed],
    )


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
    """Read and compare every row. tell(done, all) hears how far it is; keep() is called after
    each chunk by a door that commits there."""
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    rows = map_columns(actor, batch, batch.mapping if mapping is None else mapping)
    keep()
    for done in compare_rows(batch, rows):
        keep()
        tell(done, len(rows))
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
