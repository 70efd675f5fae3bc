"""Merging and taking back in plain Python, written from the rules and not from the program.

Each cell is a stack: what it was at first, then every write with the merge that made it (None: a
person). Its value is the last one. Taking a merge back takes its writes out of the stacks, wherever
they lie. Only what must be unique may have to wait.
"""

from collections import Counter
from typing import Any

Cell = tuple[str, Any, str]
TIERS = ("anchor", "growth", "engaged", "known")
TRACKED = {
    "company": ("name", "business_id", "phone", "email", "merged_into_id"),
    "person": ("name", "phone", "merged_into_id"),
    "company_name": ("company_id",),
    "site": ("company_id", "street"),
    "figure": ("company_id", "value"),
    "interaction": ("company_id",),
    "follow_up": ("company_id",),
    "draft": ("company_id",),
    "import_row": ("company_id",),
    "position": ("company_id", "person_id", "title"),
    "engagement": ("company_id", "owner_id", "own_cadence_days", "tier"),
    "interaction_attendee": ("person_id",),
}
FOLLOWS = {
    "company": [
        *("interaction", "follow_up", "draft", "company_name", "site", "figure", "position"),
        "engagement",
    ],
    "person": ["position", "interaction_attendee"],
}
UNIQUE = ("engagement", "interaction_attendee")
Rows = dict[tuple[str, Any], dict[str, Any]]


class Model:
    def __init__(self, rows: Rows) -> None:
        self.fixed: Rows = {}
        self.stacks: dict[Cell, list[tuple[int | None, Any]]] = {}
        self.moved: dict[int, set[Cell]] = {}
        self.standing: dict[int, tuple[str, int, int]] = {}
        self.learn(rows)

    def learn(self, rows: Rows) -> None:
        """Rows that were made outside of a merge."""
        for key, row in rows.items():
            if key not in self.fixed:
                self.fixed[key] = row
                for column in TRACKED[key[0]]:
                    self.stacks[(*key, column)] = [(None, row[column])]

    def forget(self, rows: Rows) -> None:
        """Rows that were deleted."""
        for key in [key for key in self.fixed if key not in rows]:
            del self.fixed[key]
            for column in TRACKED[key[0]]:
                del self.stacks[(*key, column)]

    def get(self, table: str, row: Any, column: str) -> Any:
        cell = (table, row, column)
        return self.stacks[cell][-1][1] if cell in self.stacks else self.fixed[table, row][column]

    def write(self, table: str, row: Any, column: str, value: Any, by: int | None = None) -> None:
        if self.get(table, row, column) != value:
            self.stacks[table, row, column].append((by, value))

    def at(self, table: str, column: str, place: int) -> list[Any]:
        found = [row for (name, row) in self.fixed if name == table]
        return sorted(row for row in found if self.get(table, row, column) == place)

    def living(self, kind: str) -> list[int]:
        return self.at(kind, "merged_into_id", None)  # type: ignore[arg-type]

    def merge(self, by: int, kind: str, keep: int, lose: int, taken: set[str]) -> None:
        self.standing[by] = (kind, keep, lose)
        self.moved[by] = set()
        for column in sorted(taken):
            mine, theirs = self.get(kind, keep, column), self.get(kind, lose, column)
            self.write(kind, keep, column, theirs, by)
            if column == "business_id":
                self.write(kind, lose, column, mine, by)
        for table in FOLLOWS[kind]:
            self.follow(by, table, f"{kind}_id", keep, lose)
        self.write(kind, lose, "merged_into_id", keep, by)

    def follow(
        self, by: int, table: str, column: str, keep: int, lose: int, only: Any = None
    ) -> None:
        there = self.at(table, column, keep)
        for row in self.at(table, column, lose):
            if only is not None and row not in only:
                continue
            like = next((r for r in there if self.same(table, column, r, row)), None)
            if like is None:
                self.write(table, row, column, keep, by)
                self.moved[by].add((table, row, column))
            else:
                self.join(by, table, like, row)

    def same(self, table: str, column: str, mine: Any, theirs: Any) -> bool:
        """Whether two rows are the same thing once both are of one firm or person."""
        one, two = self.fixed[table, mine], self.fixed[table, theirs]
        for name, columns in (("engagement", "town_code"), ("company_name", "name")):
            if table == name:
                return bool(one[columns] == two[columns])
        if table == "figure":
            return bool((one["kind"], one["year"]) == (two["kind"], two["year"]))
        if table == "site":
            return bool(one["municipality_code"] == two["municipality_code"])
        if table == "interaction_attendee":
            return bool(mine[0] == theirs[0])
        if table == "position":
            other = "person_id" if column == "company_id" else "company_id"
            lasting = one["until_on"] is None and two["until_on"] is None
            alike = self.get(table, mine, other) == self.get(table, theirs, other)
            return lasting and bool(alike)
        return False

    def join(self, by: int, table: str, mine: int, theirs: int) -> None:
        def take(column: str, value: Any) -> None:
            self.write(table, mine, column, value, by)

        if table == "engagement":
            for column in ("owner_id", "own_cadence_days"):
                if self.get(table, mine, column) is None:
                    take(column, self.get(table, theirs, column))
            tiers = [self.get(table, row, "tier") for row in (mine, theirs)]
            take("tier", min(tiers, key=TIERS.index))
        if table == "position" and not self.get(table, mine, "title"):
            take("title", self.get(table, theirs, "title"))

    def refuses(self, by: int) -> bool:
        """Whether a row moved on by another merge, or something unique would stand twice."""
        cells = [cell for cell in self.moved[by] if cell in self.stacks]
        return any(self.is_buried(by, cell) for cell in cells) or bool(self.clashes(by))

    def is_buried(self, by: int, cell: Cell) -> bool:
        """Whether another merge wrote the cell after this one."""
        writers = [writer for writer, _value in self.stacks[cell]]
        mine = max((at for at, writer in enumerate(writers) if writer == by), default=len(writers))
        return any(writer is not None for writer in writers[mine + 1 :])

    def written(self, by: int) -> list[Cell]:
        return [cell for cell, stack in self.stacks.items() if any(w[0] == by for w in stack)]

    def clashes(self, by: int) -> set[Cell]:
        """Cells of this merge that cannot go back alone without standing twice. A Y-tunnus goes
        back together with the one it was exchanged for, or not yet."""
        numbers = {cell for cell in self.written(by) if cell[2] == "business_id"}
        clashing = numbers if any(self.is_buried(by, each) for each in numbers) else set()
        while True:
            after = dict(self.values_without(by, clashing))
            places = Counter(self.place(cell, value) for cell, value in after.items())
            found = {
                cell
                for cell in self.written(by)
                if cell not in clashing
                and self.place(cell, after[cell]) is not None
                and places[self.place(cell, after[cell])] > 1
            }
            if not found:
                return clashing
            clashing |= found | (numbers if found & numbers else set())

    def values_without(self, by: int, keeping: set[Cell]) -> Any:
        for cell, stack in self.stacks.items():
            left = [w for w in stack if w[0] != by or cell in keeping]
            yield cell, left[-1][1]

    def place(self, cell: Cell, value: Any) -> Any:
        """What may be there only once, as far as the cell is such a thing."""
        table, row, column = cell
        if column == "business_id" and value is not None:
            return ("number", value)
        if table == "engagement" and column == "company_id":
            return (table, value, self.fixed[table, row]["town_code"])
        if table == "interaction_attendee":
            return (table, value, row[0])
        return None

    def undo(self, by: int) -> None:
        del self.standing[by]
        self.retry(by)
        for other in sorted(self.moved, reverse=True):
            if other not in self.standing:
                self.retry(other)

    def retry(self, by: int) -> None:
        """Take the merge's writes out, but for those that would stand twice; rows that come to a
        firm merged elsewhere become part of that."""
        clashing = self.clashes(by)
        before = {cell: self.stacks[cell][-1][1] for cell in self.moved[by] if cell in self.stacks}
        for cell in self.written(by):
            if cell not in clashing:
                self.stacks[cell] = [w for w in self.stacks[cell] if w[0] != by]
        for cell, old in before.items():
            table, row, column = cell
            while (here := self.get(*cell)) != old and self.is_hidden(column, here):
                again = next(m for m, s in self.standing.items() if s[2] == here)
                self.follow(again, table, column, self.standing[again][1], here, only={row})
                if self.get(*cell) == here:
                    break

    def is_hidden(self, column: str, row: int) -> bool:
        return self.get(column.removesuffix("_id"), row, "merged_into_id") is not None
