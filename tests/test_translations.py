"""Finnish and Swedish are whole: scripts/translations.py finds nothing to say."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

SCRIPT = Path(__file__).resolve().parents[1] / "scripts" / "translations.py"


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_text_is_missing_fuzzy_or_has_other_placeholders(translations, language):
    assert translations.problems(language, translations.extract()) == []


def test_the_extraction_reads_code_and_templates(translations):
    texts = {message.id for message in translations.extract() if message.id}

    assert "Business advisor" in texts
    assert len(texts) > 100


def test_a_word_that_both_languages_keep_in_english_shows_in_the_page(translations):
    """Nothing is copied over from the source text by a slip: long texts differ from English."""
    for language in translations.LANGUAGES:
        same = [m.id for m in translations.read(language) if m.id and m.string == m.id]
        same = [
            text for text in same if re.search(r"[a-z]{3}", re.sub(r"%\(\w+\)s", "", str(text)))
        ]
        assert [text for text in same if isinstance(text, str) and text.count(" ") > 2] == []


@pytest.mark.parametrize(
    ("text", "said", "problem"),
    [
        ("%(n)s firms", "%(n)s yritystä", None),
        ("%(n)s firms", "%(m)s yritystä", "other placeholders than the source text"),
        ("%(n)s firms", "", "missing"),
        (("%(n)s firm", "%(n)s firms"), ("Yksi yritys", "%(n)s yritystä"), None),
        (("%(n)s firm", "%(n)s firms"), ("%(n)s yritys", ""), "missing"),
        (
            ("One firm", "%(n)s firms"),
            ("%(name)s", "%(n)s yritystä"),
            "a placeholder that the source text does not have",
        ),
    ],
)
def test_the_check_sees_what_is_wrong_with_one_text(translations, text, said, problem):
    catalogue = Catalog(locale="fi")
    message = catalogue.add(text, said)

    assert translations.what_is_wrong(message) == problem


def test_a_fuzzy_text_is_reported(translations):
    message = Catalog(locale="fi").add("Firm", "Yritys", flags=["fuzzy"])

    assert translations.what_is_wrong(message) == "fuzzy, somebody has to look"


def test_a_catalogue_carries_nothing_that_makes_two_branches_collide(translations):
    for language in translations.LANGUAGES:
        text = translations.catalogue_file(language).read_text(encoding="utf-8")
        assert "POT-Creation-Date" not in text
        assert "\n#:" not in text
