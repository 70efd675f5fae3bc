"""Keeps the Finnish and Swedish catalogues; English is the source text.

Usage: python scripts/translations.py extract   print every text the program shows
       python scripts/translations.py update    bring new texts into the catalogues
       python scripts/translations.py compile   make the files that the program reads
       python scripts/translations.py check     say what is missing, unsure or out of date

Catalogues carry no line numbers and no dates and are sorted by text, so two branches merge.
"""

import io
import re
import sys
import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "crm" / "translations"
LANGUAGES = ("fi", "sv")
SHOWN_IN = ("crm", "templates")
KEYWORDS = DEFAULT_KEYWORDS | {
    "_l": None,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%?%[sd]")
HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def catalogue_file(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def extract() -> Catalog:
    """Every text in the code and the templates, by the mappings in pyproject.toml."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = settings["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    source = Catalog()
    found = extract_from_dir(
        ROOT, methods, keywords=KEYWORDS, comment_tags=("Translators:",), directory_filter=is_shown
    )
    for _file, _line, text, comments, context in found:
        source.add(text, auto_comments=comments, context=context)
    return source


def is_shown(folder: str) -> bool:
    parts = Path(folder).resolve().relative_to(ROOT).parts
    return not parts or (parts[0] in SHOWN_IN and parts[:3] != ("crm", "static", "vendor"))


def read(language: str) -> Catalog:
    file = catalogue_file(language)
    text = file.read_bytes() if file.exists() else b""
    return read_po(io.BytesIO(text), locale=language)


def merged(language: str, source: Catalog) -> Catalog:
    """The catalogue with the texts of today: new ones are empty, old ones are gone."""
    catalogue = read(language)
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    return catalogue


def as_text(catalogue: Catalog) -> str:
    out = io.BytesIO()
    write_po(
        out, catalogue, width=100, no_location=True, omit_header=True, sort_output=True,
        include_previous=False,
    )  # fmt: skip
    header = HEADER.format(language=catalogue.locale or "en")
    return f"{header}{out.getvalue().decode('utf-8').strip()}\n"


def update() -> list[str]:
    source = extract()
    for language in LANGUAGES:
        file = catalogue_file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_text(merged(language, source)), encoding="utf-8")
    return []


def compile_all() -> list[str]:
    """Write each .mo that is missing or older than its .po; a fuzzy text is left out."""
    for language in LANGUAGES:
        text = catalogue_file(language)
        compiled = text.with_suffix(".mo")
        if text.exists() and not is_newer(compiled, text):
            unfinished = compiled.with_suffix(".part")
            with unfinished.open("wb") as out:
                write_mo(out, read(language))
            unfinished.replace(compiled)
    return []


def is_newer(compiled: Path, text: Path) -> bool:
    return compiled.exists() and compiled.stat().st_mtime >= text.stat().st_mtime


def check() -> list[str]:
    """What is wrong, a sentence each; empty when both languages are whole."""
    source = extract()
    return [problem for language in LANGUAGES for problem in problems(language, source)]


def problems(language: str, source: Catalog) -> list[str]:
    file = catalogue_file(language)
    catalogue = merged(language, source)
    found = [
        f"{language}: {reason}: {first_form(message)!r}"
        for message in catalogue
        if message.id and (reason := what_is_wrong(message))
    ]
    if not file.exists() or as_text(catalogue) != file.read_text(encoding="utf-8"):
        found.append(f"{language}: out of date, run: python scripts/translations.py update")
    return found


def first_form(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def what_is_wrong(message: Message) -> str | None:
    sources = [message.id] if isinstance(message.id, str) else list(message.id)
    said = message.string or ""
    forms = [said] if isinstance(said, str) else list(said)
    if not all(forms):
        return "missing"
    if message.fuzzy:
        return "fuzzy, somebody has to look"
    allowed = set().union(*map(placeholders, sources))
    if placeholders(forms[-1]) != placeholders(sources[-1]):
        return "other placeholders than the source text"
    if any(placeholders(form) - allowed for form in forms):
        return "a placeholder that the source text does not have"
    return None


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def show() -> list[str]:
    print(as_text(extract()), end="")
    return []


COMMANDS = {"extract": show, "update": update, "compile": compile_all, "check": check}


def main() -> int:
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 2
    found = COMMANDS[sys.argv[1]]()
    print("\n".join(found[:50]), end="\n" if found else "")
    if len(found) > 50:
        print(f"and {len(found) - 50} more")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
