"""Rows of an import that look new and perhaps are not: pointed out in the preview, and settled
there in one step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import update

from crm import codes
from crm.actions.import_compare import against_known
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState, RowResult
from crm.domain.companies import SiteKind
from crm.domain.duplicates.clues import Clue
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.searching import Twin, twins
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.imports.plain import plain_problem, read_record
from crm.domain.imports.records import Problem, Record
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.user import User
from crm.queries import companies, duplicates, imports

CLUES_TOLD = 3


def point_out_twins(batch: ImportBatch, tell: Callable[[int, int], None]) -> None:
    """Say at each row of a new company which known one it may be; tell(done, all) hears how far
    the comparing is."""
    rows = imports.row_parts(batch, RowResult.CREATED)
    ids, known = duplicates.register()
    if not rows or not ids:
        return
    records = [read_record(row.values) for row in rows]
    new = Columns.of(_firm(record) for record in records)
    found = twins(known, new, decided=duplicates.judged(), places=codes.places(), tell=tell)
    notes = {at: _note(ids[twin.known], _clues(twin)) for at, twin in found.items()}
    for at, company_id in _same_names(records).items():
        notes.setdefault(at, _note(company_id, [{"clue": Clue.NAME.value, "weight": 1.0}]))
    _write(rows, notes)


def _firm(record: Record) -> Firm:
    address = min(
        record.addresses, key=lambda each: each.kind is not SiteKind.VISITING, default=None
    )
    return Firm(
        key="",
        name=record.name,
        other_names=tuple(other.name for other in record.other_names),
        business_id=record.business_id or "",
        phone=record.phone or "",
        email=record.email or "",
        website=record.website or "",
        street=(address and address.street) or "",
        postcode=(address and address.postcode) or "",
        city=(address and address.city) or "",
    )


def _clues(twin: Twin) -> list[dict[str, Any]]:
    for_it = [reason for reason in twin.reasons if reason.weight > 0]
    return [{"clue": each.clue.value, "weight": each.weight} for each in for_it[:CLUES_TOLD]]


def _same_names(records: Sequence[Record]) -> dict[int, int]:
    """{position: id of a company of the very same name} where no two Y-tunnus speak against it."""
    same = imports.same_names({record.name for record in records})
    return {
        at: same[record.name][0]
        for at, record in enumerate(records)
        if record.name in same and not (record.business_id and same[record.name][1])
    }


def _note(company_id: int, clues: list[dict[str, Any]]) -> dict[str, Any]:
    return {"company_id": company_id, "clues": clues}


def _write(rows: Sequence[imports.RowParts], notes: Mapping[int, dict[str, Any]]) -> None:
    facts = companies.names_and_numbers({note["company_id"] for note in notes.values()})
    for chunk in imports.chunks(sorted(notes)):
        ids = [rows[at].id for at in chunk]
        before = imports.problems_of(ids)
        changed = []
        for at in chunk:
            name, number = facts[notes[at]["company_id"]]
            details = {"company": name, "business_id": number or "–", **notes[at]}
            problem = plain_problem(Problem("name", Reason.POSSIBLE_DUPLICATE, details))
            changed.append({"id": rows[at].id, "problems": [*before[rows[at].id], problem]})
        db.session.execute(update(ImportRow), changed)


def use_known(actor: User, batch: ImportBatch, row: ImportRow) -> None:
    """Say that a row is the known company it was pointed out to be.

    Raises Conflict when the import was taken in or the company is gone; Invalid when another row of
    the file is that company already.
    """
    _require_open(actor, batch, row, RowResult.CREATED)
    twin = twin_of(row)
    company = imports.by_ids([twin["company_id"]]).get(twin["company_id"]) if twin else None
    if twin is None or company is None or company.merged_into_id:
        raise Conflict("row", Reason.CHANGED_SINCE)
    taken = imports.row_number_of(batch, company.id)
    if taken is not None:
        raise Invalid("row", Reason.COMPANY_IN_ROW, row=taken, company=company.name)
    row.result, changed = against_known(batch, company, read_record(row.values))
    row.company_id, row.seen = company.id, company.version
    row.changes = [dict(vars(each)) for each in changed]
    said = Problem("name", Reason.MATCHED_BY_HAND, dict(twin))
    row.problems = [*_without_twin(row.problems), plain_problem(said)]
    _count_again(batch)


def use_new(actor: User, batch: ImportBatch, row: ImportRow) -> None:
    """Take back use_known: the row is a new company after all."""
    _require_open(actor, batch, row, RowResult.UPDATED, RowResult.UNCHANGED)
    said = chosen_of(row)
    if said is None:
        raise Conflict("row", Reason.CHANGED_SINCE)
    row.result, row.company_id, row.seen, row.changes = RowResult.CREATED, None, None, []
    note = plain_problem(Problem("name", Reason.POSSIBLE_DUPLICATE, dict(said)))
    row.problems = [*_without_twin(row.problems), note]
    _count_again(batch)


def twin_of(row: ImportRow) -> dict[str, Any] | None:
    """The known company that a new row may be, as it was pointed out."""
    return _details(row.problems, Reason.POSSIBLE_DUPLICATE)


def chosen_of(row: ImportRow) -> dict[str, Any] | None:
    """The known company that somebody said a row is."""
    return _details(row.problems, Reason.MATCHED_BY_HAND)


def _details(problems: Iterable[dict[str, Any]], code: Reason) -> dict[str, Any] | None:
    return next((each["details"] for each in problems if each["code"] == code), None)


def _without_twin(problems: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    codes_of_twins = {Reason.POSSIBLE_DUPLICATE, Reason.MATCHED_BY_HAND}
    return [each for each in problems if each["code"] not in codes_of_twins]


def _require_open(actor: User, batch: ImportBatch, row: ImportRow, *results: RowResult) -> None:
    require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state is not BatchState.STAGED:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    if row.result not in results:
        raise Conflict("row", Reason.CHANGED_SINCE)


def _count_again(batch: ImportBatch) -> None:
    db.session.flush()
    batch.counts = imports.counts(batch)
