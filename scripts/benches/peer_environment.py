"""The peers' own virtual environment, .venv-bench: Seutu does not need what they need."""

import hashlib
import os
import sys
from pathlib import Path

from scripts import environment

FOLDER = environment.ROOT / ".venv-bench"
PYTHON = FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = environment.ROOT / environment.BENCH
STAMP = FOLDER / "lock.sha256"


def prepare() -> Path:
    """Its Python, with the exact packages of the lock. Raises SetupError with what to do."""
    digest = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="utf-8") == digest:
        return PYTHON
    environment.run(
        "Making .venv-bench",
        [sys.executable, "-m", "venv", "--clear", str(FOLDER)],
        "The folder .venv-bench could not be made. Delete it, or free some disk space.",
    )
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    environment.run(
        "Installing the peers' packages",
        [*pip, "--require-hashes", "-r", str(LOCK)],
        "The packages of the bench could not be installed.",
    )
    STAMP.write_text(digest, encoding="utf-8")
    return PYTHON
