"""Which companies have changed lately, read from the log: each change of a company, and each import
taken in or back, is an event there."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import func, select

from crm.db import db
from crm.domain.merges import MergeKind
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.import_batch import ImportRow
from crm.models.merge import Merge

# Events of one moment may become visible in another order than their numbers.
OVERLAP = 200


class Event(NamedTuple):
    """What happened to a company or an import."""

    id: int
    subject: str
    subject_id: int
    act: str


def newest_event() -> int:
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def events_since(number: int) -> list[Event]:
    """Events after this one, and some before it that may have been invisible then."""
    rows = db.session.execute(
        select(AuditEvent.id, AuditEvent.subject, AuditEvent.subject_id, AuditEvent.act).where(
            AuditEvent.id > number - OVERLAP, AuditEvent.subject.in_(("company", "import_batch"))
        )
    )
    return [Event(*row) for row in rows]


def changed(events: Collection[Event]) -> list[int]:
    """Ids of the companies that events are about, also of those that are gone by now."""
    of_company = {event for event in events if event.subject == Company.__tablename__}
    ids = {event.subject_id for event in of_company}
    batches = {event.subject_id for event in set(events) - of_company}
    if batches:
        rows = select(ImportRow.company_id).where(
            ImportRow.batch_id.in_(batches), ImportRow.company_id.is_not(None)
        )
        ids |= set(db.session.scalars(rows))
    return sorted(ids | _merged(ids))


def _merged(ids: set[int]) -> set[int]:
    """The other companies of merges, standing or taken back: the log names one of the two."""
    company = Merge.kind == MergeKind.COMPANY
    losers = select(Merge.loser_id).where(company, Merge.survivor_id.in_(ids))
    survivors = select(Merge.survivor_id).where(company, Merge.loser_id.in_(ids))
    return set(db.session.scalars(losers)) | set(db.session.scalars(survivors))
