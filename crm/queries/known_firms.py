"""Every company in memory, so that a typed one is checked against all of them at once.

Made when it is first wanted, beside the request, and kept up by reading the log.
"""

import threading
from dataclasses import dataclass

from crm import codes
from crm.domain.duplicates.judging import Reason
from crm.domain.duplicates.records import Firm
from crm.domain.duplicates.register import Register
from crm.queries import duplicates, imports
from crm.queries.company_changes import OVERLAP, changed, events_since, newest_event

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
            self._last = newest_event()
            self._seen = {event.id for event in events_since(self._last)}
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
            events = [each for each in events_since(self._last) if each.id not in self._seen]
            if not events:
                return
            if any(event.act == IMPORT_UNDONE for event in events):
                # its companies are gone and no row names them any more: read everything anew
                self._last = newest_event()
                self._seen = {event.id for event in events_since(self._last)}
                self._register = _read()
                return
            for chunk in imports.chunks(changed(events)):
                firms = duplicates.firms_of(chunk)
                for company_id in chunk:
                    if company_id in firms:
                        self._register.put(str(company_id), firms[company_id])
                    else:
                        self._register.remove(str(company_id))
            self._last = max(self._last, *(event.id for event in events))
            self._seen = {number for number in self._seen if number > self._last - OVERLAP}
            self._seen |= {event.id for event in events}


def _read() -> Register:
    _ids, columns = duplicates.register()
    return Register(columns, places=codes.places())
