"""Each row of a file beside what is known: which company it is, and what it would change."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from crm.db import db
from crm.domain.batches import RowResult
from crm.domain.errors import Reason
from crm.domain.imports.changes import Change, Known, changes
from crm.domain.imports.plain import plain_problem, plain_record
from crm.domain.imports.records import Problem, ReadRow, Record
from crm.domain.names import fold
from crm.models.company import Company
from crm.models.import_batch import ImportBatch, ImportRow
from crm.queries import imports


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
    merged = imports.merged_names({c.id for c in numbered.values()} | named_ids)
    for row in chunk:
        company, row = _match(row, numbered, by_name, named)
        if row.record is None:
            yield _kept(batch, row, RowResult.REJECTED)
        elif company is None:
            yield _kept(batch, row, RowResult.CREATED)
        else:
            known = imports.known(company, batch.town_code, contacts.get(company.id, ()))
            record = _as_survivor(row.record, company, merged.get(company.id, set()))
            yield _kept(batch, row, *_judged(known, record), company=company)


def _judged(known: Known, record: Record) -> tuple[RowResult, Sequence[Change]]:
    changed = changes(known, record)
    return RowResult.UPDATED if changed else RowResult.UNCHANGED, changed


def against_known(
    batch: ImportBatch, company: Company, record: Record
) -> tuple[RowResult, Sequence[Change]]:
    """What becomes of a row that somebody said is this company, under whatever name."""
    contacts = imports.contacts_of({company.id})
    merged = imports.merged_names({company.id})
    known = imports.known(company, batch.town_code, contacts.get(company.id, ()))
    names = {fold(record.name), *merged.get(company.id, set())}
    return _judged(known, _as_survivor(record, company, names))


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


def _kept(
    batch: ImportBatch,
    row: ReadRow,
    result: RowResult,
    changed: Sequence[Change] = (),
    *,
    company: Company | None = None,
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
