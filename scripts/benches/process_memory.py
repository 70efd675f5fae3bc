"""The memory of a process and those it started, where the system tells it (Linux)."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PAUSE = 0.5  # seconds between two looks
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


def family(pid: int) -> Iterator[int]:
    """The process and all that descend from it."""
    yield pid
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from family(int(child))


def shared_out(pid: int) -> float:
    """MiB of the process and its descendants, what they share counted once; 0 where unknown."""
    total = 0
    for each in family(pid):
        with suppress(OSError):
            found = _PSS.search(Path(f"/proc/{each}/smaps_rollup").read_text())
            total += int(found[1]) if found else 0
    return total / 1024


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """The most there was so far, as the only element of a list, looked at until the block ends."""
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(PAUSE):
            most[0] = max(most[0], shared_out(pid))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        over.set()
        watcher.join()
