"""Taking a planned import in: one short transaction of bulk writes, all or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from crm import audit
from crm.actions.changes import plain
from crm.actions.companies import settle_names
from crm.actions.import_plan import Key, Plan
from crm.actions.imports import finish_staging
from crm.db import db
from crm.domain.access import Right, require
from crm.domain.batches import BatchState
from crm.domain.errors import Conflict, Reason
from crm.models.company import Company, CompanyName, Engagement, Figure, Site
from crm.models.import_batch import ImportBatch, ImportRow
from crm.models.person import Person, Position
from crm.models.user import User
from crm.queries import imports

# What is pointed to comes before what points to it.
TABLES: tuple[Any, ...] = (Company, CompanyName, Site, Figure, Engagement, Person, Position)

Ids = Mapping[Any, Sequence[int]]


def apply_import(
    actor: User | None, batch: ImportBatch, plan: Plan, *, today: date, now: datetime
) -> dict[str, int]:
    """Write what was planned; returns the counts by result.

    Raises Conflict, and the caller rolls back, when the import was taken in already or a company
    of it changed since the preview.
    """
    if actor is not None:
        require(actor, Right.IMPORT_COMPANIES, batch.town_code)
    if batch.state is not BatchState.STAGED:
        raise Conflict("batch", Reason.ALREADY_APPLIED)
    _refuse_stale(plan)
    try:
        _write(plan, _reserve(plan), today)
    except IntegrityError as error:  # another import made the same company a moment ago
        raise Conflict("batch", Reason.IMPORT_CHANGED_SINCE) from error
    audit.record_all(actor, "company.imported", Company, plan.history, now=now)
    finish_staging(batch)
    batch.state, batch.applied_at = BatchState.APPLIED, now
    audit.record(actor, "import.applied", batch, now=now, town_code=batch.town_code)
    return dict(batch.counts)


def _refuse_stale(plan: Plan) -> None:
    """Refuse when a new Y-tunnus became known, or a company to change was changed meanwhile."""
    for chunk in imports.chunks(plan.numbers):
        if db.session.scalar(select(Company.id).where(Company.business_id.in_(chunk)).limit(1)):
            raise Conflict("batch", Reason.IMPORT_CHANGED_SINCE)
    for chunk in imports.chunks(list(plan.seen)):
        versions = select(Company.id, Company.version).where(Company.id.in_(chunk))
        found = dict(db.session.execute(versions.with_for_update()).all())
        if any(found.get(company_id) != plan.seen[company_id] for company_id in chunk):
            raise Conflict("batch", Reason.IMPORT_CHANGED_SINCE)


def _reserve(plan: Plan) -> Ids:
    """Ids for every new row: from the sequence where there is one; SQLite has one writer."""
    return {table: _next_ids(table.__table__.name, len(rows)) for table, rows in plan.new.items()}


def _next_ids(name: str, count: int) -> Sequence[int]:
    if db.session.get_bind().dialect.name == "postgresql":
        each = func.nextval(func.pg_get_serial_sequence(name, "id"))
        return list(db.session.scalars(select(each).select_from(func.generate_series(1, count))))
    table = Company.metadata.tables[name]
    last = db.session.scalar(select(func.max(table.c.id))) or 0
    return range(last + 1, last + count + 1)


def _write(plan: Plan, ids: Ids, today: date) -> None:
    for table in TABLES:
        new = plan.new.get(table, [])
        rows = [
            {"id": row_id} | {name: _known(value, ids) for name, value in row.items()}
            for row_id, row in zip(ids.get(table, ()), new, strict=True)
        ]
        if rows:
            _insert(table.__table__, rows)
    for table, changed in plan.changed.items():
        _update(table, changed)
    db.session.flush()
    db.session.expire_all()
    _rename(plan.renamed, today)
    _keep_rows(plan.rows, ids)


def _insert(table: Any, rows: list[dict[str, Any]]) -> None:
    """PostgreSQL takes many rows fastest as a copy; elsewhere `returning` makes SQLAlchemy write a
    thousand with one statement."""
    if db.session.get_bind().dialect.name != "postgresql":
        db.session.execute(insert(table).returning(table.c.id), rows)
        return
    names = list(rows[0])
    quote = db.session.get_bind().dialect.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    driver: Any = db.session.connection().connection.driver_connection
    with (
        driver.cursor() as cursor,
        cursor.copy(f"COPY {quote(table.name)} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row([plain(row[name]) for name in names])


def _known(value: Any, ids: Ids) -> Any:
    return ids[value.table][value.number] if isinstance(value, Key) else value


def _update(table: Any, changed: Mapping[int, Mapping[str, Any]]) -> None:
    """Change rows by their columns: those that change the same columns in one go."""
    alike: dict[frozenset[str], list[dict[str, Any]]] = defaultdict(list)
    for row_id, columns in changed.items():
        values = {f"new_{name}": value for name, value in columns.items()}
        alike[frozenset(columns)].append({"b_id": row_id, **values})
    columns_of = table.__table__.c
    for names, rows in alike.items():
        values = {name: bindparam(f"new_{name}", type_=columns_of[name].type) for name in names}
        statement = update(table.__table__).where(columns_of.id == bindparam("b_id"))
        db.session.execute(statement.values(version=columns_of.version + 1, **values), rows)


def _rename(renamed: Mapping[int, str], today: date) -> None:
    for chunk in imports.chunks(list(renamed)):
        for company in imports.by_ids(chunk).values():
            company.name = renamed[company.id]
            settle_names(company, today=today)
        db.session.flush()


def _keep_rows(rows: Iterable[Mapping[str, Any]], ids: Ids) -> None:
    """Say in each row of the file what became of it, so that it can be taken back."""
    table: Any = ImportRow.__table__
    values = [
        {
            "b_id": row["b_id"],
            "new_company_id": _known(row["company_id"], ids),
            "new_changes": [
                change | {"row_id": _known(change["row_id"], ids)} for change in row["changes"]
            ],
        }
        for row in rows
    ]
    if values:
        statement = update(table).where(table.c.id == bindparam("b_id"))
        new: dict[str, Any] = {
            "company_id": bindparam("new_company_id"),
            "changes": bindparam("new_changes"),
        }
        db.session.execute(statement.values(new), values)
