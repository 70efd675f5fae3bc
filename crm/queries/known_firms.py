"""Every company in memory, so that a typed one is checked against all of them at once.

Made when it is first wanted, beside the request, and kept up by reading the log: each change of a
company, and each import taken in or back, is an event there.
"""

import threading
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from crm import codes
from crm.db import db
from crm.domain.duplicates.judging import Reason
from crm.domain.duplicates.records import Firm
from crm.domain.duplicates.register import Register
from crm.domain.merges import MergeKind
from crm.models.audit import AuditEvent
from crm.models.company import Company
from crm.models.import_batch import ImportRow
from crm.models.merge import Merge
from crm.queries import duplicates, imports

# Events of one moment may become visible in another order than their numbers.
OVERLAP = 200
IMPORT_UNDONE = "import.undone"


@dataclass(frozen=True)
class Known:
    """A company that may be the one asked for."""

    company_id: int
    probability: float
    reasons: tuple[Reason, ...]


class KnownFirms:
    """One for each program; any number of threads may ask."""

    def __init__(self) -> None:
        self._register: Register | None = None
        self._lock = threading.Lock()
        self._last = 0
        self._seen: set[int] = set()

    @property
    def ready(self) -> bool:
        return self._register is not None

    def load(self) -> None:
        """Read the whole register; does nothing when it is read already."""
        with self._lock:
            if self._register is not None:
                return
            self._last = _newest_event()
            self._seen = {row[0] for row in _events(self._last - OVERLAP)}
            self._register = _read()

    def check(self, firm: Firm, *, limit: int = 5, least: float = 0.3) -> list[Known]:
        """The companies most likely to be this one, as they are now."""
        self.load()
        self._catch_up()
        assert self._register is not None
        found = self._register.check(firm, limit=limit, least=least)
        return [Known(int(each.key), each.probability, each.reasons) for each in found]

    def _catch_up(self) -> None:
        """Take in what was changed since the last time."""
        with self._lock:
            assert self._register is not None
            events = [row for row in _events(self._last - OVERLAP) if row[0] not in self._seen]
            if not events:
                return
            if any(act == IMPORT_UNDONE for *_row, act in events):
                # its companies are gone and no row names them any more: read everything anew
                self._last = _newest_event()
                self._seen = {row[0] for row in _events(self._last - OVERLAP)}
                self._register = _read()
                return
            for chunk in imports.chunks(_touched(events)):
                firms = duplicates.firms_of(chunk)
                for company_id in chunk:
                    if company_id in firms:
                        self._register.put(str(company_id), firms[company_id])
                    else:
                        self._register.remove(str(company_id))
            self._last = max(self._last, *(row[0] for row in events))
            self._seen = {number for number in self._seen if number > self._last - OVERLAP}
            self._seen |= {row[0] for row in events}


def _read() -> Register:
    _ids, columns = duplicates.register()
    return Register(columns, places=codes.places())


def _newest_event() -> int:
    return db.session.scalar(select(func.max(AuditEvent.id))) or 0


def _events(after: int) -> list[Any]:
    """(number, kind of row, its id, act) of what happened to companies and imports."""
    rows = db.session.execute(
        select(AuditEvent.id, AuditEvent.subject, AuditEvent.subject_id, AuditEvent.act).where(
            AuditEvent.id > after, AuditEvent.subject.in_(("company", "import_batch"))
        )
    )
    return list(rows)


def _touched(events: list[Any]) -> list[int]:
    ids = {row_id for _number, subject, row_id, _act in events if subject == Company.__tablename__}
    batches = {
        row_id for _number, subject, row_id, _act in events if subject != Company.__tablename__
    }
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
