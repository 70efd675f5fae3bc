"""Pins every package with its hashes, from the ranges in pyproject.toml. Needs uv (pip install uv).

Usage: python scripts/lock.py [--upgrade]
"""

import shutil
import subprocess
import sys

from environment import BENCH, NPM, ROOT, RUNTIME, TEST

LOCKS = {
    RUNTIME: ("pyproject.toml", "--extra", "postgresql"),
    TEST: ("--group", "test", "--constraint", RUNTIME),
    NPM: ("--group", "assets"),
    BENCH: ("--group", "bench", "--constraint", RUNTIME),
}
OPTIONS = [
    "--quiet",
    "--system-certs",
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-header",
    "--no-annotate",
]
HEADER = "# Made from pyproject.toml by scripts/lock.py; change the ranges there.\n"


def main() -> int:
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("scripts/lock.py needs uv. Install it with: pip install uv")
    for lock, source in LOCKS.items():
        command = [uv, "pip", "compile", *OPTIONS, *source, "--output-file", lock, *sys.argv[1:]]
        subprocess.run(command, cwd=ROOT, check=True)
        file = ROOT / lock
        file.write_text(HEADER + file.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
