"""How good and how fast Seutu is on data of its real size.

Usage: python scripts/bench.py duplicates [options]    Seutu beside Splink and a plain loop
       python scripts/bench.py NAME --help             what can be chosen
"""

import importlib
import os
import sys
from pathlib import Path

import environment

if Path(sys.prefix).resolve() != environment.PYTHON.parent.parent.resolve():
    os.execv(environment.PYTHON, [str(environment.PYTHON), __file__, *sys.argv[1:]])

sys.path.insert(0, str(environment.ROOT))

BENCHES = ("duplicates",)


def main() -> None:
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in BENCHES:
        sys.exit(__doc__)
    importlib.import_module(f"scripts.benches.{name}").main(sys.argv[2:])


if __name__ == "__main__":
    main()
