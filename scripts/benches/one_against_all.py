"""One firm against a whole register: how long a check takes, what it finds, what it costs.

Three kinds of question: a name and a town, as somebody types a firm that is there; a whole record
of a firm that is there; and a firm that is not there, until the edits put it in.
"""

import json
import math
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.benches import firms

Rows = list[dict[str, str]]
EACH = 500  # questions of a kind
TYPED, WHOLE, NEW = "typed", "whole", "new"
WORDS = {
    TYPED: "name and town of a firm that is there",
    WHOLE: "a record of a firm that is there",
    NEW: "a firm that is put in by the edits",
}
HERE = Path(__file__).resolve().parent


def measure(rows: Rows, seed: int, folder: Path) -> str:
    """A table in Markdown. Raises CalledProcessError when the register fails."""
    held, questions, owners = questions_of(rows, seed)
    columns = tuple(column for column in firms.COLUMNS if column != "entity_id")
    firms.save(held, folder / "register.csv", columns)
    firms.save(questions, folder / "questions.csv", columns)
    subprocess.run(
        [
            *(sys.executable, str(HERE / "seutu_check.py"), str(folder / "register.csv")),
            *(str(folder / "questions.csv"), str(folder)),
        ],
        check=True,
    )
    facts = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    return text_of(facts, owners, len(held))


def questions_of(rows: Rows, seed: int) -> tuple[Rows, Rows, dict[str, set[str]]]:
    """The register's rows, the questions, and for each question the keys that are right.

    A question about a firm that is there is a record held back from the register. Rows that are
    right answers come last, out of the way of the edits.
    """
    records: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        records.setdefault(row["entity_id"], []).append(row)
    known = [found for found in records.values() if len(found) > 1][: 2 * EACH]
    questions, owners = [], {}
    for at, (asked, *others) in enumerate(known):
        kind = TYPED if at % 2 else WHOLE
        question = dict.fromkeys(firms.COLUMNS, "") | {"name": asked["name"], "city": asked["city"]}
        if kind == WHOLE:
            question = {column: asked[column] for column in firms.COLUMNS}
        question["record_id"] = f"{kind}{at}"
        questions.append(question)
        owners[question["record_id"]] = {row["record_id"] for row in others}
    new = firms.records(EACH, seed + 1)
    for at, row in enumerate(new):
        questions.append(row | {"record_id": f"{NEW}{at}"})
        same = (n for n, other in enumerate(new) if other["entity_id"] == row["entity_id"])
        owners[f"{NEW}{at}"] = {f"{NEW}{n}" for n in same}
    back = {asked["record_id"] for asked, *_others in known}
    right = set().union(*owners.values())
    held = [row for row in rows if row["record_id"] not in back]
    held.sort(key=lambda row: row["record_id"] in right)  # the edits change the first ones
    return held, questions, owners


def percentile(values: Sequence[float], share: float) -> float:
    """The least value that so large a share of the values does not exceed."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def text_of(facts: dict[str, Any], owners: dict[str, set[str]], n: int) -> str:
    lines = [
        f"\n### One against all: {n:,} firms\n",
        f"Made in {facts['build']:.1f} s with the file read, {facts['memory']:,.0f} MiB at most;"
        f" edits took {facts['edits']:.1f} s.\n",
        "| Question | When | Median ms | p95 ms | Worst ms | Among the five | First |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for kind, words in WORDS.items():
        for when in ("before", "after"):
            lines.append(_line(kind, words, when, facts[when], owners))
    return "\n".join(lines)


def _line(
    kind: str, words: str, when: str, answers: dict[str, Any], owners: dict[str, set[str]]
) -> str:
    mine = {asked: answer for asked, answer in answers.items() if asked.startswith(kind)}
    times = [milliseconds for milliseconds, _keys in mine.values()]
    among = sum(bool(owners[asked] & set(keys)) for asked, (_ms, keys) in mine.items())
    first = sum(bool(owners[asked] & set(keys[:1])) for asked, (_ms, keys) in mine.items())
    shown = "–", "–"
    if kind != NEW or when == "after":
        shown = f"{among / len(mine):.3f}", f"{first / len(mine):.3f}"
    cells = (
        *(words, f"{when} the edits", f"{percentile(times, 0.5):.1f}"),
        *(f"{percentile(times, 0.95):.1f}", f"{max(times):.1f}", *shown),
    )
    return f"| {' | '.join(cells)} |"
