"""Proves Seutu: sets everything up, runs the checks and then the whole suite.

Usage: python scripts/test.py             checks and suite
       python scripts/test.py ARGUMENTS   only pytest, with these arguments
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Seutu needs Python 3.11 or newer, and this is %d.%d." % sys.version_info[:2])

import subprocess

import check
import environment

SUITE = ("-n", "2", "--dist", "loadgroup")


def main() -> int:
    given = sys.argv[1:]
    try:
        environment.prepare(environment.RUNTIME, environment.TEST)
    except environment.SetupError as error:
        print(f"{error}", file=sys.stderr)
        return 1
    failed = [] if given else check.failures()
    code = pytest(given or SUITE)
    if failed:
        print(f"These checks failed before the tests: {', '.join(failed)}.", file=sys.stderr)
    return code or int(bool(failed))


def pytest(arguments: tuple[str, ...] | list[str]) -> int:
    command = [str(environment.PYTHON), "-m", "pytest", *arguments]
    try:
        return subprocess.run(command, cwd=environment.ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
