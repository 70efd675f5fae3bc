"""What a method leaves for the bench: pairs, clusters, seconds, memory. Standard library only."""

import json
import resource
import time
from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scripts.benches.pairwise import Pairs

PAIRS, CLUSTERS, FACTS = "pairs.bin", "clusters.bin", "facts.json"
CANNOT = 3  # the exit code of a method that has nothing to say about such records
_BEGUN = time.perf_counter()


def spent() -> dict[str, float]:
    """Seconds since this was imported, nearly since the program's start, so that they hold reading
    the file; and the most memory the process ever had, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - _BEGUN, "memory": peak}


def report(
    folder: Path, pairs: Pairs, clusters: Sequence[int], facts: dict[str, Any] | None = None
) -> None:
    """Call it when the clusters are made: the clock stops before anything is written here."""
    facts = facts or spent()
    pairs.save(folder / PAIRS)
    (folder / CLUSTERS).write_bytes(array("i", clusters).tobytes())
    (folder / FACTS).write_text(json.dumps(facts), encoding="utf-8")


def read(folder: Path) -> tuple[Pairs, "array[int]", dict[str, Any]]:
    clusters = array("i")
    clusters.frombytes((folder / CLUSTERS).read_bytes())
    facts = json.loads((folder / FACTS).read_text(encoding="utf-8"))
    return Pairs.load(folder / PAIRS), clusters, facts
