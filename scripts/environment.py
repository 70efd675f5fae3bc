"""Sets Seutu up in .venv: packages, front-end files, translations.

run.py and test.py call prepare(). What is done is remembered in .venv, so the next start asks
nobody. Standard library only: this runs before anything is installed.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / "seutu-setup.json"
RUNTIME = "requirements.txt"
TEST = "requirements-test.txt"
NPM = "requirements-assets.txt"
BENCH = "requirements-bench.txt"
OFFLINE = re.compile(
    r"NewConnectionError|NameResolution|name resolution|Network is unreachable|Connection refused"
    r"|timed? ?out|ProxyError|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH",
    re.IGNORECASE,
)


class SetupError(Exception):
    """Setting up cannot go on; the text tells the person what to do."""


def prepare(*locks: str) -> None:
    """Make .venv hold the packages of the locks, the front-end files and the translations."""
    make_venv()
    if shutil.which("npm") is None:
        locks = (*locks, NPM)
    install([ROOT / lock for lock in locks])
    fetch_assets()
    compile_translations()


def make_venv() -> None:
    if PYTHON.exists() and _venv_version() >= (3, 11):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SetupError(
            "This Python cannot make a virtual environment. Install the missing part and try"
            f" again; on Debian and Ubuntu: apt install python{version}-venv"
        )
    run(
        "Making .venv",
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        "The folder .venv could not be made. Delete it, or free some disk space, and try again.",
    )


def _venv_version() -> tuple[int, ...]:
    with contextlib.suppress(OSError):
        found = re.search(r"^version\S* = (\d+)\.(\d+)", _read(VENV / "pyvenv.cfg"), re.MULTILINE)
        if found:
            return tuple(map(int, found.groups()))
    return (0, 0)


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def install(locks: Sequence[Path]) -> None:
    """Bring the locks' exact packages into .venv, each checked against its hash."""
    wanted = {lock.name: hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks}
    done = _stamps()
    if all(done.get(name) == digest for name, digest in wanted.items()):
        return
    files = [part for lock in locks for part in ("-r", str(lock))]
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run(
        "Installing the packages",
        [*pip, "--retries", "2", "--require-hashes", *files],
        "The packages could not be installed.",
    )
    STAMPS.write_text(json.dumps(done | wanted, indent=1), encoding="utf-8")


def _stamps() -> dict[str, str]:
    try:
        return dict(json.loads(_read(STAMPS)))
    except (OSError, ValueError):
        return {}


def fetch_assets() -> None:
    run(
        "Fetching the front-end files",
        [str(PYTHON), str(ROOT / "scripts" / "assets.py")],
        "The front-end files could not be fetched.",
    )


def compile_translations() -> None:
    """Compile the catalogues that are newer than their compiled file."""
    for text in sorted((ROOT / "crm" / "translations").glob("*/LC_MESSAGES/*.po")):
        compiled = text.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < text.stat().st_mtime:
            run(
                "Compiling the translations",
                [str(PYTHON), str(ROOT / "scripts" / "translations.py"), "compile"],
                "The translations could not be compiled.",
            )
            return


def run(label: str, command: Sequence[str], failure: str) -> None:
    """Run one step of the set-up, say so when it is slow; raises SetupError with its last words."""
    with progress(label):
        done = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    if done.returncode == 0:
        return
    last = "\n".join(done.stdout.strip().splitlines()[-12:])
    if OFFLINE.search(done.stdout):
        failure += " The network did not answer: check that this machine is online and try again."
    raise SetupError(f"{failure}\n\nIts last lines were:\n{last}")


@contextlib.contextmanager
def progress(label: str) -> Iterator[None]:
    """Say what goes on once it has taken a second, and again while it goes on."""
    over = threading.Event()
    begun = time.monotonic()

    def report() -> None:
        if over.wait(1):
            return
        print(f"{label} …", flush=True)
        while not over.wait(15):
            print(f"{label} … {time.monotonic() - begun:.0f} s", flush=True)

    reporter = threading.Thread(target=report, daemon=True)
    reporter.start()
    try:
        yield
    finally:
        over.set()
        reporter.join()
