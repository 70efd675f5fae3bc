"""Words for what speaks for and against two records being one firm."""

from typing import Any

from flask_babel import lazy_gettext as _l

from crm.domain.duplicates.clues import Clue

# What is said when the clue speaks for one firm, and when it speaks for two.
CLUES = {
    Clue.NAME: (_l("The names are alike"), _l("The names differ")),
    Clue.NAME_COMMON: (_l("The name is rare"), _l("The same name stands in several towns")),
    Clue.NUMBER: (_l("The number in the name is the same"), _l("The number in the name differs")),
    Clue.MARKER: (
        _l("The same kind of firm"),
        _l("One name has a word of a parent or sister firm, such as Holding"),
    ),
    Clue.FORM: (_l("The same legal form"), _l("The legal form differs")),
    Clue.FIRST_NAME: (_l("The same first name"), _l("The first name differs")),
    Clue.TOWN_IN_NAME: (_l("The same town in the name"), _l("Another town in the name")),
    Clue.ACRONYM: (_l("One name is the other's initials"), _l("The initials differ")),
    Clue.ADDRESS: (_l("The same address"), _l("Many firms have this address")),
    Clue.HOUSE: (_l("The same house"), _l("Another house in the same street")),
    Clue.STREET: (_l("The same street"), _l("Another street")),
    Clue.POSTCODE: (_l("The same postal code"), _l("Another postal code")),
    Clue.CITY: (_l("The same town"), _l("Another town")),
    Clue.COUNTRY: (_l("The same country"), _l("Another country")),
    Clue.PHONE: (_l("The same telephone number"), _l("Another telephone number")),
    Clue.SITE: (_l("The same website"), _l("Another website")),
    Clue.SITE_IS_NAME: (
        _l("The website of one is the name of the other"),
        _l("The website has another name"),
    ),
    Clue.EMAIL: (_l("The same e-mail address"), _l("Another e-mail address")),
    Clue.BUSINESS_ID: (_l("The same business ID"), _l("Two different valid business IDs")),
    Clue.BUSINESS_ID_NEAR: (
        _l("The business IDs differ by a slip"),
        _l("The business IDs are far apart"),
    ),
}


def reason_rows(reasons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The reasons of a pair as rows for people: text, supports, and how strongly in words."""
    return [
        {
            "text": clue_text(each["clue"], each["weight"]),
            "supports": each["weight"] >= 0,
            "strength": str(STRENGTHS[sum(abs(each["weight"]) >= least for least in STEPS)]),
        }
        for each in reasons
    ]


def reason_texts(reasons: list[dict[str, Any]], most: int) -> list[str]:
    """The weightiest reasons in words."""
    return [clue_text(each["clue"], each["weight"]) for each in reasons[:most]]


def reasons_in_a_row(reasons: list[dict[str, Any]], most: int) -> str:
    """The weightiest reasons, to stand inside a sentence."""
    return ", ".join(text[:1].lower() + text[1:] for text in reason_texts(reasons, most))


STEPS = (1.0, 2.5)
STRENGTHS = (_l("a little"), _l("clearly"), _l("strongly"))


def clue_text(clue: Clue | str, weight: float) -> str:
    """The words of a clue for the side its weight is on."""
    supporting, opposing = CLUES[Clue(clue)]
    return str(supporting if weight >= 0 else opposing)
