"""One record of a firm: by whom it was written decides what is there and how well it is spelled."""

from bisect import bisect
from itertools import accumulate
from typing import NamedTuple

from scripts.benches import firm_fields, firm_spellings
from scripts.benches.firm_making import Firm
from scripts.benches.firm_names import Chance, pick
from scripts.benches.firm_spellings import Spelling, official

FIELDS = ("street", "postcode", "city", "website", "phone", "business_id")
ENOUGH = 3.0  # how much must speak for a record's firm, see _evidence
CARELESS = 0.04  # the share of records that nobody looked through


class Source(NamedTuple):
    """Who wrote the record: how sloppily, and how often each of FIELDS is there."""

    share: float
    sloppy: float
    upper: float
    umlauts: float
    country: tuple[str, ...]
    present: tuple[float, ...]


SOURCES = {
    "register": Source(26, 0.15, 0.02, 0.01, ("FI",), (0.97, 0.98, 0.99, 0.3, 0.15, 0.96)),
    "advisor": Source(36, 1.0, 0.04, 0.05, ("", "", ""), (0.45, 0.4, 0.85, 0.25, 0.6, 0.3)),
    "directory": Source(
        23, 0.8, 0.05, 0.04, ("", "Suomi", "Finland"), (0.85, 0.75, 0.95, 0.6, 0.9, 0.08)
    ),
    "old list": Source(15, 1.3, 0.35, 0.3, ("", "FI", "FIN"), (0.7, 0.75, 0.85, 0.1, 0.5, 0.3)),
}
_SOURCES = list(SOURCES.values())
_SOURCE_WEIGHTS = list(accumulate(source.share for source in _SOURCES))

# The kind, its share among records it can apply to (an advisor's), how it is made, and how much
# less the name tells afterwards.
CORE: tuple[tuple[str, float, Spelling, float], ...] = (
    ("translated", 0.15, firm_spellings.translated, 0.5),
    ("abbreviated", 0.12, firm_spellings.abbreviated, 0.0),
    ("initials", 0.18, firm_spellings.initials, 0.5),
    ("first_name_dropped", 0.1, firm_spellings.first_name_dropped, 1.0),
    ("town_turned", 0.15, firm_spellings.town_turned, 0.0),
    ("town_added", 0.05, firm_spellings.town_added, 0.0),
    ("trade_dropped", 0.1, firm_spellings.trade_dropped, 1.0),
    ("trade_added", 0.06, firm_spellings.trade_added, 0.5),
    ("trade_changed", 0.12, firm_spellings.trade_changed, 0.5),
    ("ampersand", 0.45, firm_spellings.ampersand, 0.0),
    ("number_written", 0.4, firm_spellings.number_written, 0.0),
    ("joined", 0.05, firm_spellings.joined, 0.0),
    ("split", 0.08, firm_spellings.split, 0.0),
    ("token_order", 0.08, firm_spellings.token_order, 0.0),
    ("contact_added", 0.02, firm_spellings.contact_added, 0.0),
    ("name_beside", 0.1, firm_spellings.name_beside, 0.0),
)
FORM: tuple[tuple[str, float, Spelling], ...] = (
    ("form_dropped", 0.3, firm_spellings.form_dropped),
    ("form_spelled", 0.22, firm_spellings.form_spelled),
    ("form_translated", 0.15, firm_spellings.form_translated),
)
LETTERS: tuple[tuple[str, float, Spelling, float], ...] = (
    ("typo", 0.09, firm_spellings.typo, 0.5),
    ("second_typo", 0.012, firm_spellings.typo, 0.5),
    ("lower", 0.02, firm_spellings.lower, 0.0),
    ("spacing", 0.025, firm_spellings.spacing, 0.0),
)
UMLAUTS: tuple[tuple[str, float, Spelling], ...] = (
    ("umlauts_lost", 0.7, firm_spellings.umlauts_lost),
    ("umlauts_spelled", 0.2, firm_spellings.umlauts_spelled),
    ("umlauts_garbled", 0.1, firm_spellings.umlauts_garbled),
)
_UMLAUTS = [
    (last, kind, spell)
    for last, (kind, _, spell) in zip(
        accumulate(share for _, share, _ in UMLAUTS), UMLAUTS, strict=True
    )
]
OTHER_NAME = 0.2  # the share of records under another name, of firms that have one


def write(r: Chance, firm: Firm) -> tuple[dict[str, str], list[str]]:
    """A record without its ids, and the kinds of difference that are in it."""
    source = _SOURCES[bisect(_SOURCE_WEIGHTS, r() * _SOURCE_WEIGHTS[-1])]
    kinds: list[str] = []
    name, clear = _name(r, firm, source, kinds)
    there, wrong = _choice(r, firm, source, clear)
    record = {"name": name}
    record |= _fields(r, firm, there, wrong, kinds)
    record["country"] = pick(r, source.country)
    _spell_letters(r, firm, source, record, kinds)
    return record, kinds


def _name(r: Chance, firm: Firm, source: Source, kinds: list[str]) -> tuple[str, float]:
    """The name as written, and how clearly it tells the firm: 2 is as the register has it."""
    if firm.others and r() < OTHER_NAME * (0.2 + 0.8 * source.sloppy):
        kind, core = pick(r, firm.others)
        kinds.append(kind)
        if kind == "parallel_name":
            return core, 1.0
        return official(firm, core) if kind == "former_name" and r() < 0.7 else core, -1.0
    core, clear = firm.name.core, 1.0 if firm.strict else 2.0
    for kind, share, spell, less in CORE:
        if r() < share * source.sloppy and len(kinds) < 3:
            changed = spell(r, firm, core)
            if changed and changed != core:
                core, clear = changed, clear - less
                kinds.append(kind)
    text = _with_form(r, firm, source, core, kinds)
    for kind, share, spell, less in LETTERS:
        if r() < share * source.sloppy:
            changed = spell(r, firm, text)
            if changed and changed != text:
                text, clear = changed, clear - less
                kinds.append(kind)
    return text, clear


def _with_form(r: Chance, firm: Firm, source: Source, core: str, kinds: list[str]) -> str:
    for kind, share, spell in FORM:
        if r() < share * source.sloppy:
            text = spell(r, firm, core)
            if text and text != official(firm, core):
                kinds.append(kind)
                return text
    return official(firm, core)


def _choice(r: Chance, firm: Firm, source: Source, clear: float) -> tuple[set[str], set[str]]:
    """The fields the record has and those of them that are wrong.

    Fields are added until a careful human could tell whose record it is; few stay as they were.
    """
    can = {
        **{"street": bool(firm.box) or firm.street >= 0, "postcode": True, "city": True},
        **{"website": bool(firm.domain), "phone": bool(firm.phone or firm.second_phone)},
        "business_id": bool(firm.business_id),
    }
    there = {
        field
        for field, share in zip(FIELDS, source.present, strict=True)
        if can[field] and r() < share
    }
    wrong = set()
    if r() < (0.45 if firm.near else 0.035):
        wrong.add("business_id")
    if firm.second_phone and (not firm.phone or r() < 0.15):
        wrong.add("phone")
    if firm.street >= 0 and r() < 0.03:
        wrong.add("street")
    if r() < CARELESS:
        return there, wrong
    if firm.placed and not there & {"city", "postcode"}:
        there.add("city")
    missing = [field for field in FIELDS if can[field] and field not in there]
    while missing and _evidence(firm, there, wrong, clear) < ENOUGH:
        there.add(missing.pop(int(r() * len(missing))))
    if _evidence(firm, there, wrong, clear) < ENOUGH:
        wrong.clear()
    return there, wrong


def _evidence(firm: Firm, there: set[str], wrong: set[str], clear: float) -> float:
    """How much tells whose record it is; what a relative has too counts for nothing."""
    right = there - wrong
    points = clear + (0.5 if firm.strict else 1.0) * bool(there & {"city", "postcode"})
    if "business_id" in there:
        points += 3.0 if "business_id" in right else 1.0
    if firm.shared:
        return points
    points += 2.0 * ("phone" in right) + 1.5 * ("street" in right)
    return points + 2.0 * ("website" in right and not firm.path)


def _fields(
    r: Chance, firm: Firm, there: set[str], wrong: set[str], kinds: list[str]
) -> dict[str, str]:
    record = dict.fromkeys(FIELDS, "")
    for field, junk in firm_fields.JUNK.items():
        if field not in there and r() < 0.01:
            kinds.append("junk")
            record[field] = pick(r, junk)
    if "street" in there:
        record["street"] = firm_fields.street(r, firm, kinds, "street" in wrong)
    if "postcode" in there:
        record["postcode"] = firm_fields.postcode(r, firm, kinds)
    if "city" in there:
        record["city"] = firm_fields.city(r, firm, kinds)
    if len(there & {"street", "postcode", "city"}) == 3 and r() < 0.025:
        kinds.append("address_together")
        record["street"] = "{street}, {postcode} {city}".format(**record)
        record["postcode"] = record["city"] = ""
    if "phone" in there:
        record["phone"] = firm_fields.phone(r, firm, kinds, "phone" in wrong)
    if "website" in there:
        record["website"] = firm_fields.site(r, firm, kinds)
    if "business_id" in there:
        record["business_id"] = firm_fields.business_id(r, firm, kinds, "business_id" in wrong)
    return record


def _spell_letters(
    r: Chance, firm: Firm, source: Source, record: dict[str, str], kinds: list[str]
) -> None:
    """What a machine did to all texts of a record: umlauts and capitals."""
    if r() < source.umlauts:
        at = r()
        kind, spell = next((kind, spell) for last, kind, spell in _UMLAUTS if at <= last)
        before = record["name"], record["street"], record["city"]
        for field in ("name", "street", "city"):
            record[field] = spell(r, firm, record[field]) or record[field]
        if before != (record["name"], record["street"], record["city"]):
            kinds.append(kind)
    if r() < source.upper:
        kinds.append("upper")
        for field in ("name", "street", "city"):
            record[field] = record[field].upper()
