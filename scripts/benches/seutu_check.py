"""One against all: asks a register of many firms about typed ones, before and after edits.

Usage: python scripts/benches/seutu_check.py IN.csv QUESTIONS.csv OUTPUT_FOLDER

Writes answers.json: {"build": seconds, "memory": MiB at most, "edits": seconds,
"before" and "after": {question: [milliseconds, [keys, the likeliest first]]}}. Between the two,
every question whose id starts with "new" is put into the register under that id, and the first
records are changed and removed (EDITS of each).
"""

import csv
import json
import sys
import time
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).resolve().parents[2]))

from crm import codes
from crm.domain.duplicates.records import Columns, Firm
from crm.domain.duplicates.register import Register
from scripts.benches.run_report import spent

FIELDS = ("name", "street", "postcode", "city", "country", "website", "phone", "business_id")
EDITS = 1000
ANSWERS = "answers.json"


def main() -> None:
    source, asked, folder = (Path(argument) for argument in sys.argv[1:])
    begun = time.perf_counter()
    columns = read(source)
    changed = [columns.firm(at) for at in range(EDITS)]
    removed = columns.key[EDITS : 2 * EDITS]
    register = Register(columns, places=codes.places())
    del columns
    questions = list(firms(asked))
    facts: dict[str, Any] = {"build": time.perf_counter() - begun}
    facts["before"] = ask(register, questions)
    begun = time.perf_counter()
    for firm in changed:
        register.put(firm.key, Firm(key=firm.key, name=f"{firm.name} Konserni", city=firm.city))
    for key in removed:
        register.remove(key)
    for firm in questions:
        if firm.key.startswith("new"):
            register.put(firm.key, firm)
    facts["edits"] = time.perf_counter() - begun
    facts["after"] = ask(register, questions)
    facts["memory"] = spent()["memory"]
    (folder / ANSWERS).write_text(json.dumps(facts), encoding="utf-8")


def read(source: Path) -> Columns:
    with source.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        headings = next(rows)
        columns: list[list[str]] = [[] for _ in headings]
        for row in rows:
            for column, cell in zip(columns, row, strict=True):
                column.append(cell)
    named = dict(zip(headings, columns, strict=True))
    return Columns(key=named["record_id"], **{field: named[field] for field in FIELDS})


def firms(asked: Path) -> list[Firm]:
    with asked.open(encoding="utf-8", newline="") as file:
        return [
            Firm(key=row["record_id"], **{field: row[field] for field in FIELDS})
            for row in csv.DictReader(file)
        ]


def ask(register: Register, questions: list[Firm]) -> dict[str, tuple[float, list[str]]]:
    register.check(questions[0])  # the first one ever may still make something ready
    answers = {}
    for firm in questions:
        begun = time.perf_counter()
        found = register.check(firm)
        answers[firm.key] = (time.perf_counter() - begun) * 1000, [match.key for match in found]
    return answers


if __name__ == "__main__":
    main()
