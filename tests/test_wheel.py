"""A release works on a machine that has nothing of ours but the wheel."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hatchling.build import build_editable

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "Scripts" if os.name == "nt" else "bin"
OURS = ("DATABASE_URL", "SECRET_KEY", "BASE_URL", "SEUTU_", "SMTP_", "PYTHON", "VIRTUAL_ENV")

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]


@dataclass
class Installed:
    """The wheel in an environment of its own, used from an empty folder."""

    programs: Path
    folder: Path

    def command(self, *words: str) -> list[str]:
        return [str(self.programs / "seutu"), *words]

    def run(self, *words: str) -> str:
        done = subprocess.run(
            self.command(*words), cwd=self.folder, env=environment(), capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


def run(*command: str | Path) -> None:
    done = subprocess.run(
        [str(word) for word in command], env=environment(), capture_output=True, text=True
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as a release makes it: from the sdist, not from the checkout."""
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    home = tmp_path_factory.mktemp("clean")
    run(sys.executable, "-m", "venv", home / "venv")
    pip = (home / "venv" / FOLDER / "python", "-m", "pip", "install", "--quiet")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.txt")
    run(*pip, "--no-deps", wheel)
    run(home / "venv" / FOLDER / "python", "-m", "pip", "check")
    (home / "empty").mkdir()
    return Installed(home / "venv" / FOLDER, home / "empty")


@pytest.fixture
def demo(installed: Installed) -> Iterator[str]:
    """The address of `seutu demo`, started from the wheel."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = installed.folder / "demo.log"
    command = installed.command("demo", "--port", str(port), "--db", "demo.sqlite")
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=installed.folder, env=environment(), stdout=out, stderr=out
        )
    try:
        wait_until_it_answers(f"http://127.0.0.1:{port}/healthz", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the demo does not answer:\n{log.read_text()[-3000:]}")


def get(address: str) -> tuple[str, str]:
    """The type and the text that the address answers with, asked for in Finnish."""
    request = urllib.request.Request(address, headers={"Accept-Language": "fi"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return answer.headers.get_content_type(), answer.read().decode("utf-8")


def test_the_wheel_carries_what_stands_beside_the_code(wheel):
    names = zipfile.ZipFile(wheel).namelist()

    for part in (
        r"crm/templates/base\.html",
        r"crm/migrations/env\.py",
        r"crm/migrations/versions/0001_\w+\.py",
        r"crm/translations/fi/LC_MESSAGES/messages\.mo",
        r"crm/translations/sv/LC_MESSAGES/messages\.mo",
        r"crm/static/vendor/.+\.css",
        r"crm/static/vendor/.+\.js",
        r"crm/data/.+",
        r"seutu-[\d.]+\.dist-info/licenses/LICENSE",
    ):
        assert [name for name in names if re.fullmatch(part, name)], part
    assert {name.split("/")[0].split("-")[0] for name in names} == {"crm", "seutu"}
    assert [name for name in names if "__pycache__" in name] == []


def test_an_editable_install_keeps_no_copy_of_the_templates(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    names = zipfile.ZipFile(tmp_path / build_editable(str(tmp_path))).namelist()

    assert [name for name in names if name.startswith("crm/")] == []


def test_the_tables_are_made_in_an_empty_folder(installed):
    installed.run("db", "upgrade")

    assert (installed.folder / "instance" / "seutu.sqlite").stat().st_size > 0


def test_the_demo_answers_with_a_finnish_page_in_its_own_style(demo):
    kind, page = get(f"{demo}/sign-in")
    sheets = re.findall(r'href="(/static/vendor/[^"]+\.css[^"]*)"', page)

    assert kind == "text/html"
    assert '<html lang="fi"' in page
    assert "Kirjaudu" in page
    assert sheets
    for sheet in sheets:
        kind, text = get(demo + sheet)
        assert kind == "text/css"
        assert len(text) > 1000
