"""The documents say what the program does: settings, commands, links, layers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from crm.cli import main
from crm.config import SETTINGS, Setting
from tests.test_house import CRM, LAYERS

ROOT = Path(__file__).resolve().parents[1]
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
# What a default is in words where it is not one value.
IN_WORDS = {
    "DATABASE_URL": "a SQLite file in the instance folder",
    "SECRET_KEY": "made once, kept in the instance folder",
    "SECURE_COOKIES": "on when `BASE_URL` is https",
}


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table_rows(name: str) -> Iterator[list[str]]:
    for line in text_of(name).splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


def said_default(setting: Setting) -> str:
    if setting.name in IN_WORDS:
        return IN_WORDS[setting.name]
    if setting.default is None:
        return "–"
    if isinstance(setting.default, bool):
        return "on" if setting.default else "off"
    return str(setting.default)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_the_operator_s_page_has_every_setting_with_its_default(setting: Setting):
    rows = {row[0].strip("`"): row for row in table_rows("docs/operator.md") if len(row) == 3}
    assert setting.name in rows
    default = rows[setting.name][2]
    assert default == said_default(setting) or default.strip("`") == said_default(setting)


def test_the_operator_s_page_names_no_setting_that_is_gone():
    rows = [row[0].strip("`") for row in table_rows("docs/operator.md") if len(row) == 3]
    named = {name for name in rows if re.fullmatch(r"[A-Z][A-Z_]+", name)}
    assert named - {"SEUTU_INSTANCE"} == {setting.name for setting in SETTINGS}


def commands(group: Any = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        path = f"{before} {name}".strip()
        yield path, command
        if isinstance(command, click.Group):
            yield from commands(command, path)


def named_commands() -> set[tuple[str, str]]:
    """(document, words after `seutu` as far as they look like a command)."""
    found = set()
    for path in DOCS:
        text = path.read_text("utf-8")
        for words in re.findall(r"(?:`|\$ )seutu ((?:[a-z]+(?: (?=[a-z]))?)+)", text):
            found.add((path.name, words.strip()))
    return found


def test_every_command_a_document_names_is_there():
    known = dict(commands())
    assert named_commands()
    for document, words in named_commands():
        parts = words.split()
        command = next((c for n in (2, 1) if (c := known.get(" ".join(parts[:n])))), None)
        assert command is not None, f"{document}: seutu {words}"
        assert not isinstance(command, click.Group) or len(parts) == 1, f"{document}: {words}"


def test_every_option_of_a_command_in_a_document_is_there():
    known = dict(commands())
    for path in DOCS:
        for line in re.findall(r"(?:`|\$ )seutu ([^`#\n]+)", path.read_text("utf-8")):
            words = line.split()
            command = known.get(" ".join(words[:2])) or known.get(words[0])
            assert command is not None, line
            options = {option for param in command.params for option in param.opts}
            assert {word for word in words if word.startswith("--")} <= options | {"--help"}, line


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_to_a_file_of_ours_leads_somewhere(path: Path):
    links = [link for link in LINK.findall(path.read_text("utf-8")) if "://" not in link]
    broken = [link for link in links if not (path.parent / link.split("#")[0]).exists()]
    assert not broken


def test_the_first_screen_of_the_readme_has_the_two_commands_and_no_other():
    first_screen = text_of("README.md").split("\n## ")[0]
    assert len(first_screen.splitlines()) <= 40
    commands = re.findall(r"^\$ (\S+ \S+)", first_screen, re.M)
    assert commands == ["python scripts/run.py", "python scripts/test.py"]
    for command in commands:
        assert (ROOT / command.split()[1]).exists()


def test_the_table_of_layers_names_every_room_and_what_it_may_use():
    rows = [row for row in table_rows("docs/architecture.md") if len(row) == 3]
    told = {name: row[2] for row in rows for name in re.findall(r"`(\w+)`", row[0])}
    rooms = {path.stem for path in CRM.glob("*.py")} | {
        path.name for path in CRM.iterdir() if (path / "__init__.py").exists()
    }
    small = {"__init__", "__main__", "clock", "config", "paths"}
    assert rooms - small <= told.keys()
    assert set(LAYERS) <= told.keys()
    for row in rows:
        here = {name for name in re.findall(r"`(\w+)`", row[0]) if name in LAYERS}
        named = set(re.findall(r"\w+", row[2])) & set(LAYERS)
        assert named <= here.union(*(LAYERS[name] for name in here)) or not here, row[0]


def test_files_that_the_documents_name_are_there():
    missing = [
        f"{path.name}: {name}"
        for path in DOCS
        if path.name != "CHANGELOG.md"
        for name in re.findall(
            r"`((?:crm|tests|scripts|docs|migrations|templates)/[\w./-]+)`", path.read_text("utf-8")
        )
        if not (ROOT / name).exists()
    ]
    assert not missing
