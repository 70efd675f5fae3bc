"""One against all: a typed name checked against every company, while the register is edited.

The register is kept in parts. A part never changes: it has its records as arrays and its keys
sorted, and a mark for every record that was changed or removed since. What was put lately is in a
young part, made anew when it is asked and changed, and closed when it is long enough.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.blocking import all_keys
from crm.domain.duplicates.comparing import Features, compare
from crm.domain.duplicates.folding import Hashes
from crm.domain.duplicates.judging import Knowledge, Reason, reasons_of
from crm.domain.duplicates.places import NOWHERE, Places
from crm.domain.duplicates.preparing import Prepared, joined, prepare
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.statistics import Lexicon
from crm.domain.duplicates.vocabulary import Ids, Vocabulary
from crm.domain.duplicates.weights import DEFAULT, Weights, probability

YOUNG = 500  # records put lately before their part is closed
OPENED = 64  # records of one key that are looked at
MOST = 300  # records that one check compares
LEAST = 0.05  # matches less likely are not worth showing


@dataclass
class Part:
    """names: the caller's keys of the records; keys: values sorted and whose they are, one pair a
    kind of key."""

    names: list[str]
    prepared: Prepared
    keys: list[tuple[Hashes, Ids]]
    alive: NDArray[np.bool_]

    @classmethod
    def of(cls, names: list[str], prepared: Prepared, lexicon: Lexicon) -> "Part":
        keys = []
        for key in all_keys(prepared, lexicon):
            known = key.values != 0
            values, record = key.values[known], key.record[known]
            order = np.lexsort((record, values))
            keys.append((values[order], record[order]))
        return cls(names, prepared, keys, np.ones(prepared.size, dtype=np.bool_))

    def near(self, wanted: list[Hashes]) -> Ids:
        """Records that share a key with the wanted, those that share more keys first."""
        found = []
        for (values, record), asked in zip(self.keys, wanted, strict=True):
            low = np.searchsorted(values, asked, side="left")
            high = np.searchsorted(values, asked, side="right")
            for start, end in zip(low, high, strict=True):
                mine = record[start : min(end, start + OPENED * 4)]
                found.append(mine[self.alive[mine]][:OPENED])
        if not found:
            return np.zeros(0, dtype=np.int32)
        records, times = np.unique(np.concatenate(found), return_counts=True)
        order = np.lexsort((records, -times))
        result: Ids = records[order][:MOST]
        return result


@dataclass(frozen=True)
class Match:
    """A company of the register that may be the one asked for. Its reasons name no texts."""

    key: str
    probability: float
    reasons: tuple[Reason, ...]


class Register:
    """Companies to check against. Keys are the caller's own; put() of a known key changes it.

    How common words are is measured when the register is made: make it anew now and then.
    """

    def __init__(
        self,
        firms: Iterable[Firm] | Columns,
        *,
        weights: Weights = DEFAULT,
        places: Places = NOWHERE,
    ) -> None:
        columns = firms if isinstance(firms, Columns) else Columns.of(firms)
        vocabulary = Vocabulary()
        prepared = prepare(columns, vocabulary, places)
        self._weights = weights
        self._knowledge = Knowledge.measured(prepared, vocabulary, places)
        self._parts: list[Part] = []
        self._where: dict[str, tuple[int, int]] = {}
        self._young: dict[str, Prepared] = {}
        self._young_part: Part | None = None
        self._lock = Lock()
        self._close(list(columns.key), prepared)

    def __len__(self) -> int:
        return len(self._where) + len(self._young)

    def put(self, key: str, firm: Firm) -> None:
        """Add a company, or change the one with this key."""
        with self._lock:
            self._forget(key)
            self._young[key] = self._knowledge.read(Columns.of([firm]))
            if len(self._young) >= YOUNG:
                young, self._young = self._young, {}
                self._close(list(young), joined(list(young.values())))

    def remove(self, key: str) -> None:
        """Forget a company; an unknown key is no fault."""
        with self._lock:
            self._forget(key)

    def check(self, firm: Firm, limit: int = 5, least: float = LEAST) -> list[Match]:
        """The companies most likely to be this firm, the likeliest first."""
        with self._lock:
            asked = self._knowledge.read(Columns.of([firm]))
            wanted = [
                key.values[key.values != 0] for key in all_keys(asked, self._knowledge.lexicon)
            ]
            found = self._compared(asked, wanted)
        found.sort(key=lambda row: (-row[0], row[1]))
        return [
            Match(key, likely, reasons_of(features, self._weights))
            for likely, key, features in found[:limit]
            if likely >= least
        ]

    def _compared(self, asked: Prepared, wanted: list[Hashes]) -> list[tuple[float, str, Features]]:
        """How likely each record that shares a key is the one asked for, its key and features."""
        near = [(part, part.near(wanted)) for part in (*self._parts, *self._youngest())]
        names = [part.names[row] for part, rows in near for row in rows]
        if not names:
            return []
        prepared = joined([asked, *(part.prepared.take(rows) for part, rows in near)])
        others = np.arange(1, len(names) + 1, dtype=np.int32)
        table = self._knowledge.table(prepared)
        features = compare(table, np.zeros_like(others), others)
        likely = probability(self._weights.odds(features)).tolist()
        return [(likely[at], name, features[at : at + 1]) for at, name in enumerate(names)]

    def _youngest(self) -> list[Part]:
        if self._young and self._young_part is None:
            prepared = joined(list(self._young.values()))
            self._young_part = Part.of(list(self._young), prepared, self._knowledge.lexicon)
        return [self._young_part] if self._young_part else []

    def _close(self, keys: list[str], prepared: Prepared) -> None:
        """A part that will not change any more, but for records that die in it."""
        part = Part.of(keys, prepared, self._knowledge.lexicon)
        for row, key in enumerate(keys):
            self._where[key] = (len(self._parts), row)
        self._parts.append(part)
        self._young_part = None

    def _forget(self, key: str) -> None:
        if key in self._young:
            del self._young[key]
        elif key in self._where:
            part, row = self._where.pop(key)
            self._parts[part].alive[row] = False
        self._young_part = None
