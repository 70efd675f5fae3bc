"""Taking a merge back: every cell as it was, but for those that somebody changed since.

What a later merge took on from this one waits for that one: when it is taken back too, the rest of
this one follows by itself. So merges may be taken back in any order and leave the same behind.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import PrimaryKeyConstraint, Table, UniqueConstraint, select, update

from crm import audit
from crm.actions.changes import plain, typed
from crm.actions.companies import settle_names
from crm.actions.engagements import begin_where_met, renew_last_contacts
from crm.actions.merge_cells import Cells, chunks, row_key, rows_at, write
from crm.actions.merges import (
    MOVES,
    follow_column,
    lock,
    model_of,
    record_people,
    renewed_text,
    require_towns,
)
from crm.db import Base, db
from crm.domain.access import Right, require
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.merges import UNDO_FOR, Choices, Done, MergeKind
from crm.models.company import Company
from crm.models.follow_up import FollowUp
from crm.models.interaction import Interaction
from crm.models.merge import Merge, MergeChange
from crm.models.person import Person
from crm.models.user import User
from crm.queries import merges
from crm.queries.merged import survivors

Changes = list[MergeChange]


@dataclass
class _Plan:
    """back goes as it was; on are rows that were moved further, or whose old place is taken, and
    waiting what a later merge made of a fact. What people changed since is in none of them."""

    back: Changes = field(default_factory=list)
    on: Changes = field(default_factory=list)
    waiting: Changes = field(default_factory=list)

    def add(self, other: "_Plan") -> None:
        self.back += other.back
        self.on += other.on
        self.waiting += other.waiting

    @property
    def left(self) -> dict[str, int] | None:
        """How many rows of each table wait, None when all is done."""
        rows = {(each.table_name, each.row_id) for each in (*self.on, *self.waiting)}
        tables = sorted(table for table, _row_id in rows)
        return {table: tables.count(table) for table in tables} or None


def undo_merge(actor: User, merge: Merge, *, partial: bool = False, now: datetime) -> Merge:
    """Put back what the merge changed; done before, nothing happens.

    What was added to the survivor since stays with it; promises made in an interaction go where
    the interaction goes. Raises Invalid when 90 days have passed; Conflict, changing nothing, when
    rows were moved on since. partial=True puts back all others, and merge.left says how many rows,
    by table, wait for the merge that moved them on to be taken back.
    """
    require(actor, Right.MERGE_COMPANIES)
    require_towns(actor, merge.towns)
    held = lock(merge.kind, merge.survivor_id, merge.loser_id)
    if merge.undone_at is not None:
        return merge
    if now - merge.merged_at > UNDO_FOR:
        raise Invalid("merge", Reason.MERGE_UNDO_TOO_LATE)
    plan = _planned(merge)
    if plan.on and not partial:
        _refuse(held[merge.survivor_id], plan)
    merge.undone_at, merge.undone_by_id = now, actor.id
    touched = _carry_out(merge, plan)
    for earlier in _waiting(merge.kind):
        touched |= _carry_out(earlier, _planned(earlier))
    _tidy(merge.kind, touched, now)
    _record(actor, merge, now)
    return merge


def _refuse(survivor: Any, plan: _Plan) -> None:
    if survivor.merged_into_id is not None:
        into = db.session.get_one(type(survivor), survivor.merged_into_id)
        raise Conflict("merge", Reason.MERGED_ON, company=survivor.name, into=into.name)
    n = len({(each.table_name, each.row_id) for each in plan.on})
    raise Conflict("merge", Reason.MERGE_ROWS_MOVED, n=n)


def _waiting(kind: MergeKind) -> list[Merge]:
    """Merges taken back in part, the newest first: rows come back the way they went."""
    db.session.flush()
    rows = select(Merge).where(Merge.kind == kind, Merge.left.is_not(None))
    return list(db.session.scalars(rows.order_by(Merge.id.desc())))


def _planned(merge: Merge) -> _Plan:
    """Compare each cell with what the merge made of it."""
    changes = db.session.scalars(
        select(MergeChange)
        .where(
            MergeChange.merge_id == merge.id,
            MergeChange.done != Done.STAYED,
            MergeChange.settled.is_(False),
        )
        .order_by(MergeChange.id)
    )
    plan = _Plan()
    for (table, column), group in _by_cell(changes).items():
        plan.add(_plan_of(Base.metadata.tables[table], column, group))
    on = {(each.table_name, each.row_id) for each in plan.on if each.done is Done.MOVED}
    plan.waiting += [each for each in plan.back if (each.table_name, each.row_id) in on]
    plan.back = [each for each in plan.back if (each.table_name, each.row_id) not in on]
    return plan


def _by_cell(changes: Iterable[MergeChange]) -> dict[tuple[str, str], Changes]:
    groups: dict[tuple[str, str], Changes] = {}
    for change in changes:
        groups.setdefault((change.table_name, change.column_name), []).append(change)
    return groups


def _plan_of(table: Table, column_name: str, group: Changes) -> _Plan:
    """Rows that were deleted since, cells that are back already, and those that people changed are
    left out."""
    buried = _changed_by_merges(table, group)
    current = _current(table, column_name, [each for each in group if each.id not in buried])
    as_made = [
        each
        for each in group
        if each.row_id in current and current[each.row_id] == each.new and each.id not in buried
    ]
    later = [each for each in group if each.id in buried]
    if table.c[column_name].unique:
        taken = bool(later) or _is_taken(table.c[column_name], as_made)
        return _Plan(on=[*later, *as_made]) if taken else _Plan(back=as_made)
    twice = _taken_places(as_made)
    plan = _Plan(back=[each for each in as_made if each.row_id not in twice])
    plan.on = [each for each in as_made if each.row_id in twice]
    for each in later:
        (plan.on if each.done is Done.MOVED else plan.waiting).append(each)
    return plan


def _current(table: Table, column_name: str, group: Changes) -> dict[int, Any]:
    """{row: plain value} of those rows that are still there. A row told by the moved column itself
    is there only as the merge left it."""
    key, column = row_key(table), table.c[column_name]
    found: dict[int, Any] = {}
    for chunk in chunks([each.row_id for each in group]):
        query = select(key, column).where(key.in_(chunk))
        if column.primary_key:
            query = query.where(column == group[0].new)
        found |= {row[0]: plain(row[1]) for row in db.session.execute(query)}
    return found


def _changed_by_merges(table: Table, group: Changes) -> set[int]:
    """Ids of those changes whose cell a later merge, one that stands, changed too."""
    first = group[0]
    told_by_itself = table.c[first.column_name].primary_key
    newest: dict[int, int] = {}
    for chunk in chunks([each.row_id for each in group]):
        rows = db.session.execute(
            select(MergeChange.row_id, MergeChange.id, MergeChange.old)
            .where(
                MergeChange.table_name == first.table_name,
                MergeChange.column_name == first.column_name,
                MergeChange.row_id.in_(chunk),
                MergeChange.merge_id != first.merge_id,
                MergeChange.done != Done.STAYED,
                MergeChange.settled.is_(False),
            )
            .order_by(MergeChange.id)
        )
        for row_id, change_id, old in rows:
            if not told_by_itself or old == first.new:
                newest[row_id] = change_id
    return {each.id for each in group if newest.get(each.row_id, 0) > each.id}


def _is_taken(column: Any, as_made: Changes) -> bool:
    """Whether another row has one of the Y-tunnus that would come back."""
    olds = [each.old for each in as_made if each.old is not None]
    own = [each.row_id for each in as_made]
    held = select(column).where(column.in_(olds), row_key(column.table).not_in(own))
    return db.session.scalar(held.limit(1)) is not None


def _taken_places(as_made: Changes) -> set[int]:
    """Rows that would stand twice where they were: a town's second relationship, a seat taken."""
    if not as_made:
        return set()
    first = as_made[0]
    line = MOVES.get(f"{first.table_name}.{first.column_name}")
    table = Base.metadata.tables[first.table_name]
    if line is None or line.same is None or not _is_unique(table, first.column_name):
        return set()
    column, key = table.c[first.column_name], row_key(table).name
    own = {each.row_id for each in as_made}
    there = {line.same(row) for row in rows_at(column, first.old)}
    return {
        row[key]
        for row in rows_at(column, first.new)
        if row[key] in own and line.same({**row, column.name: first.old}) in there
    }


def _is_unique(table: Table, column_name: str) -> bool:
    """Whether the database refuses two rows that differ in nothing but this column."""
    return any(
        column_name in each.columns
        for each in table.constraints
        if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)
    )


def _carry_out(merge: Merge, plan: _Plan) -> set[int]:
    """Write the old values; returns the ids of the companies or people that rows came to."""
    merge.left = plan.left
    db.session.flush()
    _settle(merge, [each.id for each in (*plan.on, *plan.waiting)])
    places = {merge.survivor_id, merge.loser_id}
    for (table_name, column_name), group in reversed(_by_cell(plan.back).items()):
        table = Base.metadata.tables[table_name]
        moved = [each for each in group if each.done is Done.MOVED]
        if moved:
            places |= _move_back(merge.kind, table, column_name, moved)
        _set_back(table, column_name, [each for each in group if each.done is Done.SET])
    return places


def _settle(merge: Merge, waiting: list[int]) -> None:
    changes = update(MergeChange).where(MergeChange.merge_id == merge.id)
    db.session.execute(changes.values(settled=True))
    for chunk in chunks(waiting):
        db.session.execute(changes.where(MergeChange.id.in_(chunk)).values(settled=False))


def _move_back(kind: MergeKind, table: Table, column_name: str, rows: Changes) -> set[int]:
    """Return rows to the loser. One that was merged again since has them at once part of that."""
    old, new = rows[0].old, rows[0].new
    column, key = table.c[column_name], row_key(table)
    for chunk in chunks([each.row_id for each in rows]):
        _run(update(table).where(column == new, key.in_(chunk)).values({column: old}))
        if table is Interaction.__table__:
            promises = FollowUp.__table__.c
            made_there = promises.interaction_id.in_(chunk)
            here = promises.company_id == new
            _run(update(FollowUp.__table__).where(made_there, here).values(company_id=old))
    places, keys = {old}, {each.row_id for each in rows}
    while again := merges.standing_of(kind, old):
        line = MOVES[f"{table.name}.{column_name}"]
        ends = (again.survivor_id, again.loser_id)
        follow_column(Cells(again.id), column, line, *ends, Choices({}), only=keys)
        old = again.survivor_id
        places.add(old)
    return places


def _set_back(table: Table, column_name: str, rows: Changes) -> None:
    column = table.c[column_name]
    if column.unique:
        for each in rows:
            write(table, each.row_id, {column_name: None})
    for each in rows:
        write(table, each.row_id, {column_name: typed(column, each.old)})


def _run(statement: Any) -> None:
    db.session.execute(statement.execution_options(synchronize_session=False))


def _tidy(kind: MergeKind, ids: set[int], now: datetime) -> None:
    """Bring in line what is derived: main names, last contacts, search texts, for these rows and
    for what some of them are part of. Every version passes, so that no old form is saved."""
    model = model_of(kind)
    db.session.flush()
    for row_id in ids:
        write(model.__table__, row_id, {})
    db.session.expire_all()
    ids = ids | set(survivors(model, ids).values())
    related = merges.related(kind, ids)
    rows: Mapping[int, Any] = {row_id: db.session.get_one(model, row_id) for row_id in ids}
    for row in rows.values():
        if isinstance(row, Company):
            renew_last_contacts(row, parted_from=related)
            if row.merged_into_id is None:
                begin_where_met(row)
                settle_names(row, today=now.date())
    db.session.flush()
    for row in rows.values():
        row.search_text = renewed_text(row)
    db.session.flush()


def _record(actor: User, merge: Merge, now: datetime) -> None:
    if merge.kind is MergeKind.COMPANY:
        company = db.session.get_one(Company, merge.survivor_id)
        changes = {"merged": [merge.name, None]}
        audit.record(actor, "company.unmerged", company, now=now, changes=changes)
        return
    loser = db.session.get_one(Person, merge.loser_id)
    firms = {row.company_id: row.company for row in loser.positions}
    record_people(firms.values(), actor, "person.unmerged", merge.name, loser.name, now=now)
