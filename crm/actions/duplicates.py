"""Pairs of companies that may be one firm: kept as a search found them, decided by people."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from crm import audit
from crm.actions.changes import change
from crm.actions.merges import merge_companies
from crm.db import db
from crm.domain.access import Right, require_in_any
from crm.domain.duplicates.decisions import (
    LATER_DAYS,
    WAITING,
    DifferentBecause,
    Identifiers,
    PairState,
    fingerprint,
)
from crm.domain.errors import Conflict, Invalid, Reason
from crm.domain.merges import Standing, better_survivor
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.duplicate import Duplicate
from crm.models.merge import Merge
from crm.models.user import User
from crm.queries import duplicates
from crm.queries.merged import survivors

NOTE_AT_MOST = 300
CHUNK = 500


@dataclass(frozen=True)
class FoundPair:
    """Two companies, left_id < right_id, how likely they are one firm, and why in plain values:
    reasons are {"clue", "weight"}, features the numbers behind them."""

    left_id: int
    right_id: int
    probability: float
    reasons: list[dict[str, Any]]
    features: dict[str, float]

    @property
    def key(self) -> tuple[int, int]:
        return self.left_id, self.right_id


def store_found(
    found: Collection[FoundPair], *, now: datetime, among: Collection[int] | None = None
) -> dict[str, int]:
    """Keep what a search found; returns how many pairs are new, asked again, kept and gone.

    A pair judged different, also before one of the two was merged into another, is asked about
    again only when an identifier of either changed since. Waiting pairs that are not found any
    more are forgotten; of these companies only, when among says whose pairs were searched for.
    """
    counts = {"new": 0, "again": 0, "kept": 0, "gone": 0}
    different = _judged_different()
    for chunk in _chunks(found):
        known = duplicates.by_keys([pair.key for pair in chunk])
        for pair in chunk:
            row = known.get(pair.key)
            if row is None and different.get(pair.key) is not None:
                continue
            counts[_keep(row, pair, now)] += 1
        db.session.flush()
    counts["gone"] = _forget({pair.key for pair in found}, among)
    return counts


def _chunks(found: Collection[FoundPair]) -> Iterable[list[FoundPair]]:
    pairs = sorted(found, key=lambda pair: pair.key)
    return (pairs[at : at + CHUNK] for at in range(0, len(pairs), CHUNK))


def _judged_different() -> dict[tuple[int, int], int]:
    """{pair as it is after merges: id of the decision} of pairs that are two firms."""
    rows = db.session.execute(
        select(Duplicate.id, Duplicate.left_id, Duplicate.right_id).where(
            Duplicate.state == PairState.DIFFERENT
        )
    ).all()
    ends = survivors(Company, {row_id for row in rows for row_id in row[1:]})
    return {
        key: row.id
        for row in rows
        if (key := _sorted(ends, row.left_id, row.right_id)) != (row.left_id, row.right_id)
    }


def _sorted(ends: Mapping[int, int], left_id: int, right_id: int) -> tuple[int, int]:
    left, right = sorted((ends.get(left_id, left_id), ends.get(right_id, right_id)))
    return left, right


def _keep(row: Duplicate | None, pair: FoundPair, now: datetime) -> str:
    fresh = {
        "probability": pair.probability,
        "reasons": pair.reasons,
        "features": pair.features,
        "found_at": now,
    }
    if row is None:
        db.session.add(Duplicate(left_id=pair.left_id, right_id=pair.right_id, **fresh))
        return "new"
    for name, value in fresh.items():
        setattr(row, name, value)
    if row.state is PairState.DIFFERENT and row.fingerprint != fingerprint_of(row):
        row.state = PairState.OPEN
        return "again"
    return "kept"


def _forget(found: set[tuple[int, int]], among: Collection[int] | None) -> int:
    searched = None if among is None else set(among)
    waiting = select(Duplicate.id, Duplicate.left_id, Duplicate.right_id).where(
        Duplicate.state.in_(WAITING)
    )
    gone = [
        row.id
        for row in db.session.execute(waiting)
        if (row.left_id, row.right_id) not in found
        and (searched is None or not searched.isdisjoint((row.left_id, row.right_id)))
    ]
    for at in range(0, len(gone), CHUNK):
        db.session.execute(delete(Duplicate).where(Duplicate.id.in_(gone[at : at + CHUNK])))
    return len(gone)


def fingerprint_of(row: Duplicate) -> str:
    return fingerprint(*(_identifiers(firm) for firm in (row.left, row.right)))


def _identifiers(firm: Company) -> Identifiers:
    return Identifiers(firm.business_id, firm.phone, firm.email, firm.website)


def judge_different(
    actor: User,
    row: Duplicate,
    *,
    because: DifferentBecause,
    note: str = "",
    version: int,
    now: datetime,
) -> AuditEvent:
    """Say that the two are two firms, and why."""
    require_waiting(actor, row, version)
    if because is DifferentBecause.OTHER and not note.strip():
        raise Invalid("note", Reason.REQUIRED)
    row.note = _checked(note)
    return _decide(
        actor, row, PairState.DIFFERENT, now, because=because, fingerprint=fingerprint_of(row)
    )


def postpone(
    actor: User, row: Duplicate, *, version: int, today: date, now: datetime
) -> AuditEvent:
    """Ask again in two weeks."""
    require_waiting(actor, row, version)
    until = today + timedelta(days=LATER_DAYS)
    return _decide(actor, row, PairState.LATER, now, later_until=until)


def ask_towns(
    actor: User, row: Duplicate, *, note: str = "", version: int, now: datetime
) -> AuditEvent:
    """Say that it is the same firm and let the other towns that know it agree."""
    require_waiting(actor, row, version)
    row.note = _checked(note)
    return _decide(actor, row, PairState.ASKED, now, asked_by_id=actor.id)


def judge_same(actor: User, row: Duplicate, *, version: int, now: datetime) -> Merge:
    """Make the two one, each field with the value that is proposed. A town whose person asked has
    agreed. Pairs of the one that goes are asked about the one that stays.

    Raises Invalid with MERGE_ASK_TOWNS when other towns have to agree first.
    """
    require_waiting(actor, row, version)
    survivor, loser = _better(row.left, row.right)
    merge = merge_companies(
        actor,
        survivor,
        loser,
        choices={},
        seen=(survivor.version, loser.version),
        agreed=agreed_towns(row),
        now=now,
    )
    _decide(actor, row, PairState.SAME, now)
    _hand_on(survivor.id, loser.id)
    return merge


def agreed_towns(row: Duplicate) -> list[str]:
    """Towns that have said "same" by asking the others."""
    if row.state is not PairState.ASKED or row.asked_by is None:
        return []
    return row.asked_by.towns_with(Right.MERGE_COMPANIES)


def _better(left: Company, right: Company) -> tuple[Company, Company]:
    kept = better_survivor(_standing(left), _standing(right))
    return (left, right) if kept == left.id else (right, left)


def _standing(firm: Company) -> Standing:
    return Standing(firm.id, firm.business_id, firm.source, len(firm.engagements))


def _hand_on(survivor_id: int, loser_id: int) -> None:
    """Ask about the survivor what was still asked about the loser. The loser's pairs stay, hidden,
    for the day the merge is taken back."""
    others = {
        (row.right_id if row.left_id == loser_id else row.left_id): row
        for row in duplicates.waiting_of(loser_id)
    }
    others.pop(survivor_id, None)
    keys = {_sorted({}, survivor_id, other): row for other, row in others.items()}
    known = duplicates.by_keys(list(keys))
    for (left_id, right_id), row in keys.items():
        if (left_id, right_id) not in known:
            db.session.add(
                Duplicate(
                    left_id=left_id,
                    right_id=right_id,
                    probability=row.probability,
                    reasons=row.reasons,
                    features=row.features,
                    found_at=row.found_at,
                )
            )
    db.session.flush()


def _decide(
    actor: User, row: Duplicate, state: PairState, now: datetime, **columns: Any
) -> AuditEvent:
    changes = change(row, state=state, decided_by_id=actor.id, decided_at=now, **columns)
    db.session.flush()
    return audit.record(actor, f"duplicate.{state}", row, now=now, changes=changes)


def _checked(note: str) -> str | None:
    note = " ".join(note.split())
    if len(note) > NOTE_AT_MOST:
        raise Invalid("note", Reason.TOO_LONG, most=NOTE_AT_MOST)
    return note or None


def require_waiting(actor: User, row: Duplicate, version: int) -> None:
    require_in_any(actor, Right.MERGE_COMPANIES, duplicates.towns_of(row))
    merged = row.left.merged_into_id or row.right.merged_into_id
    if row.state is PairState.DIFFERENT or merged:
        raise Conflict("version", Reason.ALREADY_DONE)
    if row.version != version:
        raise Conflict("version", Reason.CHANGED_SINCE)
