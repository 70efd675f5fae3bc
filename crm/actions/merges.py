"""Making two rows of one firm, or of one person, one. Every changed cell is kept, for undoing."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, select

from crm import audit
from crm.actions.merge_cells import Cells, rows_at, write
from crm.db import Base, db
from crm.domain import merges as rules
from crm.domain.access import Right, require
from crm.domain.errors import Conflict, Invalid, NotAllowed, Reason
from crm.domain.merges import Choices, MergeField, MergeKind, Row, Side, Way
from crm.models.company import Company
from crm.models.merge import Merge
from crm.models.person import Person
from crm.models.search_text import company_search_text, person_search_text
from crm.models.town import Town
from crm.models.user import User
from crm.queries import merges
from crm.queries.merges import Compared

Mergeable = Company | Person


@dataclass(frozen=True)
class Line:
    """What a merge does with the rows that name the loser in one column.

    UNLESS_THERE: a row of the survivor with an equal same(row) is the same thing; the loser's row
    stays where it is, and joined(mine, theirs, choices) are the cells that the survivor's takes
    from it.
    """

    way: Way
    same: Callable[[Row], Hashable] | None = None
    joined: Callable[[Row, Row, Choices], dict[str, Any]] | None = None


# Every column that points to a company or a person; tests/test_house.py refuses one without a
# line. In this order: an edit of an interaction locks it first and its engagement then.
MOVES: dict[str, Line] = {
    "interaction.company_id": Line(Way.MOVE),
    "follow_up.company_id": Line(Way.MOVE),
    "draft.company_id": Line(Way.MOVE),
    "company_name.company_id": Line(Way.UNLESS_THERE, rules.same_name),
    "site.company_id": Line(Way.UNLESS_THERE, rules.same_site, rules.joined_site),
    "figure.company_id": Line(Way.UNLESS_THERE, rules.same_figure, rules.joined_figure),
    "position.company_id": Line(Way.UNLESS_THERE, rules.same_work, rules.joined_position),
    "engagement.company_id": Line(Way.UNLESS_THERE, rules.same_engagement, rules.joined_engagement),
    # What a file did to that company. Taking the import back leaves a merged one alone.
    "import_row.company_id": Line(Way.STAY),
    # A into B, B into C: A goes on pointing to B, and whoever looks follows the chain.
    "company.merged_into_id": Line(Way.STAY),
    # What was asked about the loser waits, hidden; crm.actions.duplicates asks about the survivor.
    "duplicate.left_id": Line(Way.STAY),
    "duplicate.right_id": Line(Way.STAY),
    "interaction_attendee.person_id": Line(Way.UNLESS_THERE, rules.same_meeting),
    "position.person_id": Line(Way.UNLESS_THERE, rules.same_work, rules.joined_position),
    "person.merged_into_id": Line(Way.STAY),
}


def column_of(name: str) -> Column[Any]:
    table, _dot, column = name.partition(".")
    return Base.metadata.tables[table].c[column]


def merge_companies(
    actor: User,
    survivor: Company,
    loser: Company,
    *,
    choices: Mapping[MergeField, Side],
    seen: tuple[int, int],
    agreed: Collection[str] = (),
    reason: str = "",
    now: datetime,
) -> Merge:
    """Make loser part of survivor. choices are the fields a person decided; seen the versions of
    the two when they were compared; agreed the towns whose people have said yes beforehand.

    Merged already the same way, it returns that merge. Raises NotAllowed when the actor may merge
    in none of the towns that know them, Invalid with MERGE_ASK_TOWNS when in some only; Conflict
    when one of them was changed or merged since.
    """
    require(actor, Right.MERGE_COMPANIES)
    if already := _lock(MergeKind.COMPANY, survivor, loser, seen):
        return already
    towns = merges.towns_of_company(survivor, loser)
    require_towns(actor, [code for code in towns if code not in agreed])
    settled = _settled(merges.compare_companies(actor, survivor, loser), choices)
    merge = _begun(MergeKind.COMPANY, actor, survivor, loser, towns, reason, now)
    cells = Cells(merge.id)
    chosen = loser.name if settled.takes(MergeField.NAME) else survivor.name
    _join_names(cells, survivor.id, loser.id, chosen)
    _take_facts(cells, survivor, loser, rules.COMPANY_COLUMNS, settled)
    _follow(cells, Company, survivor.id, loser.id, settled)
    _hide(cells, survivor, loser)
    facts = cells.changed.get(("company", survivor.id), {})
    changes = {"merged": [None, merge.name], **facts}
    audit.record(actor, "company.merged", survivor, now=now, changes=changes)
    return merge


def merge_people(
    actor: User,
    survivor: Person,
    loser: Person,
    *,
    choices: Mapping[MergeField, Side],
    seen: tuple[int, int],
    reason: str = "",
    now: datetime,
) -> Merge:
    """The same for two people; the towns are those that know a firm of either."""
    require(actor, Right.MERGE_COMPANIES)
    if already := _lock(MergeKind.PERSON, survivor, loser, seen):
        return already
    towns = merges.towns_of_person(survivor, loser)
    require_towns(actor, towns)
    firms = {row.company_id: row.company for row in (*survivor.positions, *loser.positions)}
    settled = _settled(merges.compare_people(survivor, loser), choices)
    merge = _begun(MergeKind.PERSON, actor, survivor, loser, towns, reason, now)
    cells = Cells(merge.id)
    _take_facts(cells, survivor, loser, rules.PERSON_COLUMNS, settled)
    _follow(cells, Person, survivor.id, loser.id, settled)
    _hide(cells, survivor, loser)
    record_people(firms.values(), actor, "person.merged", merge.name, survivor.name, now=now)
    return merge


def record_people(
    firms: Iterable[Company], actor: User, act: str, old: str, new: str, *, now: datetime
) -> None:
    """People have no history page of their own: their firms tell."""
    for firm in firms:
        if firm.merged_into_id is None:
            audit.record(actor, act, firm, now=now, changes={"person": [old, new]})


def require_towns(actor: User, towns: list[str]) -> None:
    """Raise unless the actor may merge in each of these towns; name those to be asked."""
    missing = merges.not_allowed(actor, towns)
    if missing and len(missing) == len(towns):
        raise NotAllowed(Right.MERGE_COMPANIES, missing[0])
    if missing:
        rows = db.session.scalars(select(Town).where(Town.code.in_(missing)).order_by(Town.code))
        names = ", ".join(town.name(actor.language) for town in rows)
        raise Invalid("towns", Reason.MERGE_ASK_TOWNS, towns=names)


def lock(kind: MergeKind, *ids: int) -> dict[int, Any]:
    """The rows as they are now, held until the transaction ends: nobody hangs anything new on
    them meanwhile (crm.models.merged)."""
    db.session.flush()
    db.session.expire_all()
    model = model_of(kind)
    held = select(model).where(model.id.in_(ids)).order_by(model.id).with_for_update()
    return {row.id: row for row in db.session.scalars(held)}


def model_of(kind: MergeKind) -> type[Any]:
    return Company if kind is MergeKind.COMPANY else Person


def _lock(
    kind: MergeKind, survivor: Mergeable, loser: Mergeable, seen: tuple[int, int]
) -> Merge | None:
    """Hold both and refuse what cannot be merged; returns the merge made of them before."""
    if survivor.id == loser.id:
        raise Invalid("other", Reason.SAME_COMPANY)
    lock(kind, survivor.id, loser.id)
    if loser.merged_into_id == survivor.id:
        return merges.standing(kind, survivor.id, loser.id)
    if survivor.merged_into_id is not None or loser.merged_into_id is not None:
        raise Conflict("other", Reason.MERGED_SINCE)
    if (survivor.version, loser.version) != seen:
        raise Conflict("other", Reason.CHANGED_SINCE)
    return None


def _settled(compared: list[Compared], choices: Mapping[MergeField, Side]) -> Choices:
    """Whose value each field takes: the person's choice, else the proposal."""
    open_fields = {row.field for row in compared if row.to_choose}
    by_hand = {name: side for name, side in choices.items() if name in open_fields}
    sides = {row.field: row.proposed for row in compared} | by_hand
    return Choices(sides, frozenset(by_hand))


def _begun(
    kind: MergeKind,
    actor: User,
    survivor: Mergeable,
    loser: Mergeable,
    towns: list[str],
    reason: str,
    now: datetime,
) -> Merge:
    merge = Merge(
        kind=kind,
        survivor_id=survivor.id,
        loser_id=loser.id,
        name=loser.name,
        towns=towns,
        reason=reason.strip()[:300] or None,
        merged_at=now,
        merged_by_id=actor.id,
    )
    db.session.add(merge)
    db.session.flush()
    return merge


def _take_facts(
    cells: Cells,
    survivor: Mergeable,
    loser: Mergeable,
    columns: Mapping[MergeField, tuple[str, ...]],
    settled: Choices,
) -> None:
    table: Table = survivor.__table__
    (mine,), (theirs,) = (rows_at(table.c.id, row.id) for row in (survivor, loser))
    taken = [name for field, names in columns.items() if settled.takes(field) for name in names]
    if "business_id" in taken:
        cells.swap(table.c.business_id, mine, theirs)
    cells.set(table, mine, {name: theirs[name] for name in taken if name != "business_id"})


def _join_names(cells: Cells, survivor_id: int, loser_id: int, chosen: str) -> None:
    """Set what kind of name each becomes; MOVES moves them then."""
    column = column_of("company_name.company_id")
    mine, theirs = rows_at(column, survivor_id), rows_at(column, loser_id)
    settled = rules.settled_names(mine, theirs, chosen)
    for row in (*mine, *theirs):
        cells.set(column.table, row, settled.get(row["id"], {}))


def _follow(
    cells: Cells, model: type[Any], survivor_id: int, loser_id: int, settled: Choices
) -> None:
    """Do what MOVES says with every row that names the loser."""
    for name, line in MOVES.items():
        column = column_of(name)
        if line.way is Way.STAY or not column.references(model.__table__.c.id):
            continue
        follow_column(cells, column, line, survivor_id, loser_id, settled)


def follow_column(
    cells: Cells,
    column: Column[Any],
    line: Line,
    survivor_id: int,
    loser_id: int,
    settled: Choices,
    *,
    only: Collection[int] | None = None,
) -> None:
    """Do what the line says with the rows that name the loser, or with those of these keys."""
    theirs = [row for row in rows_at(column, loser_id) if only is None or _key(row) in only]
    stays = _stays(cells, column, line, theirs, survivor_id, settled)
    moves = [each for row in theirs if (each := _key(row)) not in stays]
    cells.move(column, moves, old=loser_id, new=survivor_id)
    cells.stay(column, sorted(stays), loser_id)


def _key(row: Row) -> int:
    key: int = row["id"] if "id" in row else row["interaction_id"]
    return key


def _stays(
    cells: Cells,
    column: Column[Any],
    line: Line,
    theirs: list[Row],
    survivor_id: int,
    settled: Choices,
) -> set[int]:
    """Keys of the loser's rows of which the survivor has the same; its rows take over from them."""
    if line.same is None or not theirs:
        return set()
    table: Any = column.table
    mine = {line.same(row): row for row in reversed(rows_at(column, survivor_id))}
    stays = set()
    for row in theirs:
        there = mine.get(line.same({**row, column.name: survivor_id}))
        if there is None:
            continue
        stays.add(_key(row))
        if line.joined:
            values = line.joined(there, row, settled)
            cells.set(table, there, values)
            mine[line.same(there)] = {**there, **values}
    return stays


def _hide(cells: Cells, survivor: Mergeable, loser: Mergeable) -> None:
    """Point the loser to the survivor, and find it by the survivor's text. The survivor's version
    passes both: an edit of either, begun before, is told of the merge."""
    table: Table = survivor.__table__
    version = max(survivor.version, loser.version) + 1
    (theirs,) = rows_at(table.c.id, loser.id)
    cells.set(table, theirs, {"merged_into_id": survivor.id})
    db.session.expire_all()
    text = renewed_text(survivor)
    write(table, loser.id, {"search_text": ""})
    write(table, survivor.id, {"search_text": text, "version": version})
    db.session.expire_all()


def renewed_text(row: Mergeable) -> str:
    return company_search_text(row) if isinstance(row, Company) else person_search_text(row)
