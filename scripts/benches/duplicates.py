"""Duplicates found: Seutu, Splink and a plain rapidfuzz loop on the same records, in one run.

    python scripts/bench.py duplicates                    100,000 and 1,000,000 invented records
    python scripts/bench.py duplicates --size 20000       one size, for a quick look
    python scripts/bench.py duplicates --data FOLDER      and each labelled *.csv, *.csv.gz in it
    python scripts/bench.py duplicates --kinds            and which kinds of difference are missed
    python scripts/bench.py duplicates --check            one firm against the register, too

Every method is a process of its own. Seconds and memory (the most that it and those it started
ever had) hold reading the file; Seutu's also writing its results. Ratios are to the baseline of
the same run. F1 is over the pairs of records in the clusters. Seutu is measured as it comes; the
peers also at the threshold that is best for them, which only a file whose truth is known can tell.
"""

import argparse
import csv
import gzip
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scripts.benches import (
    firms,
    one_against_all,
    pairwise,
    peer_environment,
    process_memory,
    run_report,
)
from scripts.benches.duplicate_kinds import kinds_text
from scripts.benches.pairwise import Pairs, Score

SIZES = (100_000, 1_000_000)
SEED = 2026
SURE = 0.98
HERE = Path(__file__).resolve().parent
HEAD = ("Method", "Seconds", "to {}", "MiB", "Precision", "Recall", "F1", "Threshold")


class Line(NamedTuple):
    """One line of the table. clusters are what its F1 was counted of."""

    method: str
    seconds: float
    memory: float
    score: Score
    threshold: str
    clusters: Sequence[int]


class Run(NamedTuple):
    pairs: Pairs
    clusters: Sequence[int]
    facts: dict[str, float]


METHODS = {"Seutu": "seutu_file.py", "Splink": "peer_splink.py", "loop": "peer_loop.py"}


def main(arguments: Sequence[str]) -> None:
    given = _parser().parse_args(arguments)
    peers = peer_environment.prepare() if set(given.methods) - {"Seutu"} else Path(sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        for name, make in _sets(given, Path(folder)):
            rows = make()
            print(f"\n## {name}: {len(rows):,} records\n", flush=True)
            _bench(rows, Path(folder), given, peers)
            if given.check:
                print(one_against_all.measure(rows, given.seed, Path(folder)), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="bench.py duplicates",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--size", type=int, action="append", help="invented records; may be repeated"
    )
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--data", type=Path, help="a folder of labelled CSV files")
    parser.add_argument("--no-invented", action="store_true", help="only the files of --data")
    parser.add_argument("--kinds", action="store_true", help="what was missed, by kind")
    parser.add_argument("--examples", type=int, default=0, help="so many examples of each kind")
    parser.add_argument("--check", action="store_true", help="also one firm against all others")
    parser.add_argument("--baseline", choices=METHODS, default="Splink")
    parser.add_argument("--methods", nargs="*", choices=METHODS, default=list(METHODS))
    return parser


def _sets(
    given: argparse.Namespace, folder: Path
) -> Iterator[tuple[str, Callable[[], list[dict[str, str]]]]]:
    if not given.no_invented:
        for size in given.size or SIZES:
            yield f"Invented firms, seed {given.seed}", lambda n=size: firms.labelled(n, given.seed)
    if given.data:
        for path in sorted(given.data.glob("*.csv*")):
            rows = read_labelled(path)
            if rows and "entity_id" in rows[0]:
                yield path.name, lambda found=rows: found


def read_labelled(path: Path) -> list[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _bench(
    rows: list[dict[str, str]], folder: Path, given: argparse.Namespace, peers: Path
) -> None:
    source = folder / "records.csv"
    firms.save(rows, source, tuple(column for column in firms.COLUMNS if column != "entity_id"))
    truth = [row["entity_id"] for row in rows]
    lines: list[Line] = []
    notes: list[str] = []
    for method in given.methods:
        python = Path(sys.executable) if method == "Seutu" else peers
        run = measure(python, METHODS[method], source, folder / method)
        if run is None:
            notes.append(f"{method} cannot judge such records.")
            continue
        lines += lines_of(method, run, truth)
        if method == "Seutu":
            n, share = pairwise.right_share(truth, run.pairs, SURE)
            notes.append(f"Seutu: of {n:,} pairs at {SURE} or more {share:.2%} are right.")
    print(table(lines, given.baseline))
    print("", *notes, sep="\n", flush=True)
    if given.kinds or given.examples:
        for line in lines:
            print(kinds_text(rows, line.clusters, line.method, given.examples), flush=True)


def measure(python: Path, script: str, source: Path, folder: Path) -> Run | None:
    """Run one method in a process of its own; None when it cannot judge such records.

    Raises CalledProcessError when it fails.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    command = [str(python), str(HERE / script), str(source), str(folder)]
    with (folder / "said.txt").open("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        with process_memory.watched(process.pid) as most:
            process.wait()
        if process.returncode == run_report.CANNOT:
            return None
        if process.returncode:
            said.seek(0)
            print(said.read(), file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, command)
    run = Run(*run_report.read(folder))
    run.facts["memory"] = max(run.facts["memory"], most[0])  # with the processes it started
    return run


def lines_of(method: str, run: Run, truth: Sequence[str]) -> list[Line]:
    """At the method's own default and, for a peer, at the threshold that is best for it."""
    cost = run.facts["seconds"], run.facts["memory"]
    own = Line(method, *cost, pairwise.score(truth, run.clusters), "its default", run.clusters)
    if method == "Seutu":
        return [own]
    level, score = pairwise.best_threshold(truth, run.pairs)
    sure = (
        (left, right) for left, right, points in zip(*run.pairs, strict=True) if points >= level
    )
    clusters = pairwise.clusters_of(len(truth), sure)
    best = Line(f"{method} at best", *cost, score, f"{level:.3g}", clusters)
    return [best] if method == "loop" else [own, best]


def table(lines: Sequence[Line], baseline: str) -> str:
    """In Markdown; seconds also as a multiple of the baseline's."""
    base = next((line.seconds for line in lines if line.method.startswith(baseline)), 0.0)
    heads = [head.format(baseline) for head in HEAD]
    text = [f"| {' | '.join(heads)} |", f"|{'|'.join(['---', *['--:'] * (len(heads) - 1)])}|"]
    for line in lines:
        ratio = f"{line.seconds / base:.2f}" if base else "–"
        cells = (
            *(line.method, f"{line.seconds:.1f}", ratio, f"{line.memory:,.0f}"),
            *(f"{figure:.4f}" for figure in line.score),
            line.threshold,
        )
        text.append(f"| {' | '.join(cells)} |")
    return "\n".join(text)


if __name__ == "__main__":
    main(sys.argv[1:])
