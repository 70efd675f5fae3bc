"""The quick checks before a commit: lint, format, types, translations."""

import subprocess
import sys
import time

import environment

CHECKS = {
    "ruff check": ("ruff", "check", "--no-fix"),
    "ruff format": ("ruff", "format", "--check"),
    "mypy": ("mypy", "crm"),
    "translations": ("scripts/translations.py", "check"),
}


def main() -> int:
    return 1 if failures() else 0


def failures() -> list[str]:
    """Run every check, show what it says, and return the names of those that failed."""
    return [name for name, command in CHECKS.items() if not passes(name, command)]


def passes(name: str, command: tuple[str, ...]) -> bool:
    begun = time.monotonic()
    flag = () if command[0].endswith(".py") else ("-m",)
    done = subprocess.run(
        [str(environment.PYTHON), *flag, *command], cwd=environment.ROOT, check=False
    )
    result = "ok" if done.returncode == 0 else "FAILED"
    print(f"{name}: {result} ({time.monotonic() - begun:.1f} s)", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
