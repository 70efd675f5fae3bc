"""Reads a file somebody brought in a child process with limits, so that a hostile one costs
nobody else anything.

The child is this module run as a program: the file comes on its standard input, one JSON document
goes out. It imports no Flask and no database.
"""

import json
import logging
import os
import re
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from crm.domain.errors import Invalid, Reason
from crm.domain.imports.plain import plain_row, read_row
from crm.domain.imports.records import ReadRow
from crm.formats.register import looks_like_register, read_register
from crm.formats.spreadsheets import MOST_BYTES, read_table
from crm.formats.tables import Table

MEMORY_BYTES = 768 * 1024 * 1024
CPU_SECONDS = 30
WALL_SECONDS = 60
CRASHED = 1  # how Python ends after an exception that nobody expected

log = logging.getLogger(__name__)


def read_file(data: bytes, filename: str) -> Table | list[ReadRow]:
    """A table of cells, or the rows of a register answer.

    Raises Invalid at "file", with FILE_TOO_HEAVY when the child went over its limits.
    """
    if len(data) > MOST_BYTES:
        raise Invalid("file", Reason.FILE_TOO_LARGE, most=MOST_BYTES // 1024 // 1024)
    suffix = re.sub(r"[^a-z.]", "", filename[-8:].lower())
    command = [sys.executable, "-m", "crm.adapters.sandbox", suffix]
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=WALL_SECONDS, check=False,
            cwd=Path(__file__).resolve().parents[2], env=_bare_environment(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Invalid("file", Reason.FILE_TOO_HEAVY) from error
    if child.returncode == CRASHED:
        log.error("reading a file crashed: %s", child.stderr[-4000:].decode("utf-8", "replace"))
        raise Invalid("file", Reason.FILE_UNREADABLE)
    if child.returncode != 0:
        raise Invalid("file", Reason.FILE_TOO_HEAVY)
    return _result(json.loads(child.stdout))


def _bare_environment() -> dict[str, str]:
    """What Python needs to start; the settings and their secrets stay with the parent."""
    kept = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "LANG", "VIRTUAL_ENV")
    return {name: os.environ[name] for name in kept if name in os.environ}


def _result(answer: dict[str, Any]) -> Table | list[ReadRow]:
    if "refused" in answer:
        field, reason, details = answer["refused"]
        raise Invalid(field, Reason(reason), **details)
    if "table" in answer:
        return Table(**answer["table"])
    return [read_row(row) for row in answer["rows"]]


def _limit() -> None:
    """Cap memory and processor time where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent's time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(data: bytes, filename: str) -> dict[str, Any]:
    try:
        if looks_like_register(data):
            return {"rows": [plain_row(row) for row in read_register(data)]}
        return {"table": asdict(read_table(data, filename))}
    except Invalid as refusal:
        return {"refused": [refusal.field, refusal.reason.value, refusal.details]}
    except MemoryError:
        return {"refused": ["file", Reason.FILE_TOO_HEAVY.value, {}]}


def main() -> None:
    _limit()
    filename = sys.argv[1] if len(sys.argv) > 1 else ""
    answer = _read(sys.stdin.buffer.read(), filename)
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
