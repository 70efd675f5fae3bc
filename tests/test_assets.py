"""The front-end files: what the lock names, what the pages name, and what the program ships."""

import gzip
import json
import re
import sys
import time
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))
import assets  # noqa: E402

TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STATIC = ROOT / "crm" / "static"
FIRST_LOAD = (
    "vendor/designsystemet-css-1.22.0/designsystemet.css",
    "vendor/designsystemet-web-1.22.0/designsystemet-web.js",
    "vendor/htmx-2.0.11/htmx.min.js",
    "vendor/tabler-icons-3.51.0/icons.svg",
    "seutu.css",
    "app.css",
    "app.js",
    "print.css",
    "logo.svg",
)
FONT = "vendor/source-sans-3-5.3.0/source-sans-3.woff2"
WHERE_THE_ICON_IS = {
    "icon": 0,
    "timeline_item": 0,
    "empty_state": 0,
    "icon_button": 1,
    "button": 2,
    "tag": 2,
    "link_button": 3,
    "post_button": 4,
}
NAMED_STATIC = re.compile(r"url_for\(\s*['\"]static['\"]\s*,\s*filename=['\"]([^'\"]+)['\"]")


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def lock() -> dict[str, dict[str, object]]:
    packages = json.loads(text_of(assets.LOCK))["packages"]
    return {name: entry for name, entry in packages.items() if name}


def test_the_lock_names_a_host():
    assert not re.findall(r"https?://|\"resolved\"", text_of(assets.LOCK))


def test_a_locked_package_has_no_integrity_sum():
    bundled = {name for name, entry in lock().items() if entry.get("inBundle")}
    without = {name for name, entry in lock().items() if not entry.get("integrity")}
    assert without - bundled == set()


def test_the_manifest_leaves_a_version_open():
    manifest = json.loads(text_of(assets.MANIFEST))
    versions = manifest["dependencies"] | manifest["devDependencies"]
    assert [name for name, wanted in versions.items() if not re.fullmatch(r"[\d.]+", wanted)] == []


def test_the_lock_and_the_manifest_disagree():
    locked = {name: lock()[f"node_modules/{name}"]["version"] for name in assets.versions()}
    assert locked == assets.versions()


def test_a_page_names_a_file_that_is_not_there():
    named = {
        (path.name, name) for path in TEMPLATES for name in NAMED_STATIC.findall(text_of(path))
    }
    assert named, "no template names a static file: the pattern is out of date"
    assert [one for one in sorted(named) if not (STATIC / one[1]).is_file()] == []


def test_a_style_sheet_names_a_file_that_is_not_there():
    named = re.findall(r"url\(\"(?!data:)([^\"]+)\"\)", text_of(STATIC / "app.css"))
    assert FONT in named
    assert [name for name in named if not (STATIC / name).is_file()] == []


def icons_in(template: str) -> set[str]:
    """The icon names that a template writes out, also as one of two in an if-expression."""
    tree = Environment(extensions=["jinja2.ext.i18n"]).parse(template)
    named = []
    for call in tree.find_all(nodes.Call):
        position = WHERE_THE_ICON_IS.get(getattr(call.node, "name", ""))
        if position is not None:
            named += call.args[position : position + 1]
        named += [given.value for given in call.kwargs if given.key == "icon_name"]
    return {text for node in named for text in texts_in(node)}


def texts_in(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.CondExpr):
        return [text for part in (node.expr1, node.expr2) if part for text in texts_in(part)]
    return [node.value] if isinstance(node, nodes.Const) and isinstance(node.value, str) else []


def test_a_template_uses_an_icon_that_the_sprite_lacks():
    used = {(path.name, name) for path in TEMPLATES for name in icons_in(text_of(path))}
    assert ("_timeline.html", "calendar-event") in used
    assert [one for one in sorted(used) if one[1] not in assets.icon_names()] == []


def test_a_menu_uses_an_icon_that_the_sprite_lacks():
    menus = text_of(ROOT / "crm" / "web" / "shell.py")
    used = re.findall(r'self\.item\(_\("[^"]+"\), "([^"]+)"', menus)
    assert "home" in used
    assert [name for name in used if name not in assets.icon_names()] == []


def test_the_sprite_lacks_an_icon_of_the_list():
    symbols = re.findall(r'<symbol id="([^"]+)"', text_of(assets.sprite_in(assets.VENDOR)))
    assert sorted(symbols) == sorted(assets.icon_names())
    assert len(set(symbols)) == len(symbols)


def test_a_shipped_package_lacks_its_licence():
    folders = {assets.VENDOR / assets.folder_of(package) for package in assets.SHIPPED}
    assert {folder for folder in assets.VENDOR.iterdir() if folder.is_dir()} == folders
    assert [folder.name for folder in folders if not (folder / "LICENSE").is_file()] == []


def test_axe_is_shipped_with_the_program():
    assert [path for path in assets.VENDOR.rglob("*") if "axe" in path.name] == []
    assert (assets.AXE / "axe.min.js").is_file()


def test_a_second_call_starts_npm(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda _name: None)
    begun = time.perf_counter()
    assets.ensure_assets()
    assert time.perf_counter() - begun < 5


def test_a_machine_without_npm_is_not_told_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(assets.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(assets.AssetError, match=r"requirements-assets\.txt"):
        assets.npm_command()


def test_a_changed_lock_leaves_the_old_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    changed = tmp_path / "package-lock.json"
    changed.write_text(text_of(assets.LOCK) + "\n", encoding="utf-8")
    assert assets.is_complete()
    monkeypatch.setattr(assets, "LOCK", changed)
    assert not assets.is_complete()


def test_a_missing_file_goes_unnoticed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(assets, "AXE", tmp_path)
    assert not assets.is_complete()


def test_the_own_style_sheet_has_a_colour_that_is_no_token():
    rules = re.sub(r"/\*.*?\*/", "", text_of(STATIC / "app.css"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", rules) == []


def test_a_rule_of_the_own_style_sheet_is_outside_the_layer():
    rules = re.sub(r"/\*.*?\*/", "", text_of(STATIC / "app.css"), flags=re.DOTALL)
    outside = re.sub(r"@font-face\s*\{[^}]*\}|@layer [\w, ]+;", "", rules).strip()
    assert outside.startswith("@layer seutu {")
    assert outside.endswith("}")
    assert outside.count("{") == outside.count("}")
    assert outside.count("\n}") == 1


def test_the_first_load_outgrows_its_budget():
    packed = sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in FIRST_LOAD)
    with_font = packed + (STATIC / FONT).stat().st_size
    assert with_font < 125_000, "130 KB with 5 KB left for the page itself"
