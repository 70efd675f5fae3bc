"""How good and how fast Seutu is on data of its real size: prints tables, and renews those of the
documentation.

Usage: python scripts/bench.py [options]             pages and imports, with options they share
       python scripts/bench.py pages [options]       pages: milliseconds and queries
       python scripts/bench.py imports [options]     firm lists: seconds, memory, progress
       python scripts/bench.py duplicates [options]  Seutu beside Splink and a plain loop
       python scripts/bench.py NAME --help           what can be chosen
"""

import importlib
import os
import sys
from pathlib import Path

import environment

if Path(sys.prefix).resolve() != environment.PYTHON.parent.parent.resolve():
    os.execv(environment.PYTHON, [str(environment.PYTHON), __file__, *sys.argv[1:]])

sys.path.insert(0, str(environment.ROOT))

SHARED = ("pages", "imports")
BENCHES = (*SHARED, "duplicates")


def main() -> None:
    given = sys.argv[1:]
    if given and given[0] not in BENCHES and not given[0].startswith("--"):
        sys.exit(f"There is no bench {given[0]}. There are: {', '.join(BENCHES)}.")
    if given in (["-h"], ["--help"]):
        print(__doc__)
        return
    names = given[:1] if given and given[0] in BENCHES else SHARED
    for name in names:
        bench = importlib.import_module(f"scripts.benches.{name}")
        bench.main(given[1:] if given[:1] == [name] else given)


if __name__ == "__main__":
    main()
