"""The house rules, as tests: layers, marks, words, sizes. The table is docs/architecture.md's."""

import ast
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parents[1]
CRM = ROOT / "crm"
TEMPLATES = ROOT / "templates"

LAYERS = {
    "domain": set(),
    "formats": {"domain"},
    "codes": {"domain"},
    "db": set(),
    "models": {"db", "domain"},
    "queries": {"db", "domain", "models", "codes"},
    "audit": {"db", "models"},
    "adapters": {"domain", "formats"},
    "labels": {"domain"},
    "i18n": {"domain", "clock"},
    "emails": {"domain", "models", "queries", "labels", "i18n"},
    "actions": {"audit", "db", "domain", "formats", "models", "queries", "codes", "adapters"},
    "demo": {"codes", "db", "domain", "models"},
    "web": {
        *("actions", "adapters", "audit", "clock", "codes", "db", "domain", "formats", "i18n"),
        *("labels", "models", "queries", "jobs"),
    },
    "jobs": {
        *("actions", "adapters", "clock", "codes", "config", "db", "domain", "emails", "i18n"),
        *("labels", "models", "queries"),
    },
}
PURE = {"domain", "formats"}
NOT_IN_PURE = {"flask", "sqlalchemy", "flask_babel", "flask_login", "wtforms", "urllib.request"}
DOORS = {"web", "jobs", "cli", "serving", "app", "i18n"}


def modules(folder: Path = CRM) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*.py") if "static" not in path.parts)


def layer_of(path: Path) -> str:
    return path.relative_to(CRM).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.update({node.module} | {f"{node.module}.{alias.name}" for alias in node.names})
    return names


def test_a_layer_imports_only_the_layers_below_it():
    wrong = []
    for path in modules():
        layer = layer_of(path)
        if layer not in LAYERS:
            continue
        for name in imported(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "crm" and len(parts) > 1 else None
            if other and other != layer and other not in LAYERS[layer]:
                wrong.append(f"{path.relative_to(ROOT)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_rules_and_formats_touch_neither_flask_nor_database_nor_files():
    wrong = []
    for path in modules():
        if layer_of(path) in PURE:
            wrong += [f"{path}: {n}" for n in imported(path) if n.split(".")[0] in NOT_IN_PURE]
            calls = re.findall(r"(?<![\w.])open\(|\.now\(|\.today\(", path.read_text("utf-8"))
            wrong += [f"{path}: {call}" for call in calls]
    assert not wrong, "\n".join(wrong)


def test_the_clock_is_read_only_in_doors():
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules()
        if layer_of(path) not in DOORS | {"clock"}
        and re.search(r"\bclock\.|datetime\.now|date\.today|time\.time\(", path.read_text("utf-8"))
    ]
    assert not wrong


def test_actions_never_commit():
    wrong = [
        str(path.relative_to(ROOT))
        for path in modules(CRM / "actions")
        if re.search(r"\.commit\(|\.rollback\(", path.read_text("utf-8"))
    ]
    assert not wrong


def test_an_action_with_an_actor_asks_for_a_right():
    wrong = []
    for path in modules(CRM / "actions"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            if not node.args.args or node.args.args[0].arg != "actor":
                continue
            text = ast.unparse(node)
            if not re.search(r"\brequire|_close\(|_require_open\(", text):
                wrong.append(f"{path.name}: {node.name}")
    assert not wrong, "\n".join(wrong)


def test_notes_promises_drafts_and_the_log_are_read_through_the_scope_only():
    """Counting or showing them another way would leak what a town keeps to itself."""
    scoped = r"select\(\s*(Interaction|FollowUp|Draft|AuditEvent)\b|(Interaction|FollowUp)\.query"
    allowed = {
        "queries/scope.py",
        "actions/interactions.py",  # looks for the form's own key, of its own author
        "actions/follow_ups.py",
        "actions/drafts.py",
        "queries/company_changes.py",  # reads which companies were changed, and nothing of it
    }
    wrong = []
    for path in modules():
        name = str(path.relative_to(CRM))
        if name in allowed or layer_of(path) == "demo":
            continue
        if re.search(scoped, path.read_text("utf-8")):
            wrong.append(name)
    assert not wrong


def test_every_route_has_an_access_mark(app: Flask):
    bare = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not hasattr(app.view_functions[rule.endpoint], "access")
    ]
    assert not bare


def test_every_enum_value_has_words(app: Flask):
    from crm.domain import (
        access,
        batches,
        cadence,
        companies,
        followups,
        interactions,
        merges,
        reminders,
    )
    from crm.domain.errors import Reason
    from crm.labels import LABELS, REFUSALS

    rooms = (
        *(access, batches, cadence, companies, followups, interactions, merges),
        reminders,
    )
    skip = {access.Right, access.Language, merges.Done, merges.MergeKind, merges.Way}
    kinds = {
        value
        for room in rooms
        for value in vars(room).values()
        if isinstance(value, type) and issubclass(value, Enum) and value.__module__ == room.__name__
    }
    missing = [
        member for kind in kinds - skip for member in kind if member not in LABELS.get(kind, {})
    ]
    assert not missing
    assert not [reason for reason in Reason if reason not in REFUSALS]


def test_every_column_that_points_to_a_company_or_a_person_says_what_a_merge_does_with_it():
    from crm.actions.merges import MOVES
    from crm.db import Base

    pointing = {
        f"{table.name}.{key.parent.name}"
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"company", "person"}
    }
    assert pointing - set(MOVES) == set(), "write a line for it into crm/actions/merges.py"
    assert set(MOVES) - pointing == set()


def test_what_the_database_keeps_unique_is_settled_when_two_companies_are_merged():
    """A row of the loser that would break the survivor's uniqueness stays, by the same columns."""
    from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

    from crm.actions.merges import MOVES, column_of
    from crm.domain.merges import Way

    wrong = []
    for name, line in MOVES.items():
        column = column_of(name)
        for rule in column.table.constraints:
            if (
                isinstance(rule, UniqueConstraint | PrimaryKeyConstraint)
                and column.name in rule.columns
            ):
                others = {each.name: each.name for each in rule.columns if each is not column}
                settled = line.way is Way.STAY or (
                    line.same is not None and line.same(others) in others.values()
                )
                wrong += [] if settled else [name]
    assert not wrong, "\n".join(wrong)


def test_every_column_of_a_company_or_a_person_can_be_chosen_in_a_merge_or_is_known_not_to():
    from crm.domain.merges import COMPANY_COLUMNS, NOT_CHOSEN, PERSON_COLUMNS
    from crm.models import Company, Person

    for model, fields in ((Company, COMPANY_COLUMNS), (Person, PERSON_COLUMNS)):
        chosen = {name for names in fields.values() for name in names}
        assert set(model.__table__.columns.keys()) - NOT_CHOSEN == chosen


def test_every_column_of_a_relationship_is_settled_when_both_companies_have_one():
    from crm.domain.cadence import Tier
    from crm.domain.merges import Choices, joined_engagement
    from crm.models import Engagement

    row = dict.fromkeys(Engagement.__table__.columns.keys()) | {"tier": Tier.KNOWN}
    settled = set(joined_engagement(row, row, Choices({})))
    left = set(row) - settled
    assert left == {"id", "company_id", "town_code", "version", "created_at"}


def test_a_template_folder_has_a_blueprint(app: Flask):
    rooms = {path.name for path in TEMPLATES.iterdir() if path.is_dir()}
    assert rooms - set(app.blueprints) <= {"ui", "errors", "emails"}


@pytest.mark.parametrize("folder", ["crm", "scripts", "tests", "migrations"])
def test_files_and_functions_stay_small(folder: str):
    wrong = []
    for path in modules(ROOT / folder):
        text = path.read_text("utf-8")
        if len(text.splitlines()) > 400:
            wrong.append(f"{path.relative_to(ROOT)}: {len(text.splitlines())} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and folder != "migrations":
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > 45:
                    wrong.append(f"{path.relative_to(ROOT)}: {node.name} has {length} lines")
    assert not wrong, "\n".join(wrong)


def test_templates_stay_small_and_without_inline_code():
    wrong = []
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES)
        text = path.read_text("utf-8")
        if len(text.splitlines()) > 100 and name.parts[0] != "ui":
            wrong.append(f"{name}: {len(text.splitlines())} lines")
        if name.parts[0] == "emails":
            continue
        if re.search(r"<style|\sstyle=|<script(?![^>]*\bsrc=)|\son[a-z]+=", text):
            wrong.append(f"{name}: inline style or script")
        if name.parts[0] not in {"ui"} and re.search(r"class=\"[^\"]*\bds-", text):
            wrong.append(f"{name}: a design-system class outside ui/")
    assert not wrong, "\n".join(wrong)


def test_no_vague_file_names():
    vague = {"utils.py", "util.py", "helpers.py", "helper.py", "misc.py", "common.py"}
    assert not [path for path in modules() if path.name in vague]
