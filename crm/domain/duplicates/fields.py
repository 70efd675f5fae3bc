"""Addresses, phones, web sites and numbers of firms as values that can be compared."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, combine, fold_all, hash_all
from crm.domain.duplicates.places import Places
from crm.domain.duplicates.streets import (
    A_BOX,
    BOX,
    BOXES,
    DIRECTIONS,
    STREET_ENDINGS,
    STREET_STEMS,
    STREET_TYPES,
)
from crm.domain.duplicates.towns import TOWN_FORMS
from crm.domain.duplicates.words import COUNTRIES, FREE_DOMAINS, NOTHING

_CALLING = "|".join(
    "358 46 47 45 372 371 370 49 31 32 33 44 353 354 34 39 41 43 48 420 421 36 351 30 7 1".split()
)
_ABROAD = re.compile(rf"(?:\+|00)(?:{_CALLING})")
_SEVERAL = re.compile(r"[,;]| / | tai | or ")
_NOT_DIGITS = {code: None for code in range(0x250) if chr(code) not in "+0123456789"}
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NUMBER = re.compile(r"(\d+)(?:[a-z]{0,2}\d{0,3})?$")
LONGEST_NOTHING = max(map(len, NOTHING)) + 2
_SECOND_LEVEL = frozenset("co com org net ac edu gov ltd plc or go".split())
_ID = re.compile(r"(?:FI)?\D{0,2}(\d{6,7})\D{0,2}(\d)")
_ID_WORDS = re.compile(r"^(?:Y-?TUNNUS|FO-?NUMMER|ALV-?(?:NRO|NUMERO)|VAT)\W*")
_IN_ORDER = "0123456789", "9876543210"


def each_once(texts: Sequence[str], read: Callable[[str], str]) -> list[str]:
    """read() of every text, called once for equal texts."""
    known = {text: read(text) if text else "" for text in set(texts)}
    return list(map(known.__getitem__, texts))


def phone_key(text: str) -> str:
    """The national number without its zero: the same for 040 123, +358 40 123, (0)40 123."""
    if _SEVERAL.search(text):
        text = _SEVERAL.split(text, maxsplit=1)[0]
    digits = text.replace("(0)", "").translate(_NOT_DIGITS)
    abroad = _ABROAD.match(digits)
    if abroad:
        digits = digits[abroad.end() :]
    elif digits.startswith("358") and len(digits) > 9:
        digits = digits[3:]
    digits = digits.strip("+").lstrip("0")
    known = len(digits) >= 5 and digits.isascii() and digits != digits[0] * len(digits)
    return "" if not known or digits in _IN_ORDER[0] else digits


def site_key(text: str) -> str:
    """Host and path of a web address, lower case, without scheme, www and last slash."""
    text = re.sub(r"^(?:[a-z]+:)?/*(?:www\d?\.)?", "", text.strip().lower())
    text = re.split(r"[?#\s]", text, maxsplit=1)[0]
    text = re.sub(r"/(?:index\.\w+|en|fi|sv|no|da|de|nl|etusivu|english|home)?/*$", "", text)
    return text.strip("/") if "." in text.split("/")[0] else ""


def domain_key(site: str) -> str:
    """The name in a host that somebody registered, without its ending and hyphens: one firm has
    it under .fi and .com. "" where the host belongs to a provider."""
    host = site.split("/")[0].split(":")[0].rpartition("@")[2]
    labels = host.split(".")
    deep = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    parts = labels[-3 if deep else -2 :]
    if len(labels) < 2 or host in FREE_DOMAINS or ".".join(parts) in FREE_DOMAINS:
        return ""
    return parts[0].replace("-", "") if len(parts[0]) > 3 else ".".join(parts)


def email_key(text: str) -> str:
    text = text.strip().lower()
    return text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", text) else ""


def id_key(text: str) -> str:
    """A Finnish number as eight digits, any other as its letters and digits."""
    text = _ID_WORDS.sub("", text.strip().upper())
    if text.endswith(".0") and len(text) > 8:  # a number that a spreadsheet took for a sum
        text = text.removesuffix(".0")
    finnish = _ID.fullmatch(text)
    if finnish and finnish[1].strip("0"):
        number = finnish[1].zfill(7)
        return "" if _made_up(number) else number + finnish[2]
    key = re.sub(r"[\W_]", "", text)
    return "" if _made_up(re.sub(r"\D", "", key)) else key


def _made_up(digits: str) -> bool:
    """0000000, 9999999, 1234567: what people type to fill a field."""
    return len(set(digits)) < 2 or any(digits in order for order in _IN_ORDER)


def id_is_valid(key: str) -> bool:
    """Whether an id_key is a Finnish number with the right check digit. Other lands' numbers come
    in too many forms to say that two of them differ.

    Source: Finnish Tax Administration, check digit of the Business ID.
    """
    if len(key) != 8 or not key.isdigit():
        return False
    a, b, c, d, e, f, g, check = map(int, key)
    rest = (7 * a + 9 * b + 10 * c + 5 * d + 8 * e + 4 * f + 2 * g) % 11
    return rest != 1 and check == (11 - rest) % 11


def city_key(text: str) -> str:
    """The Finnish name of a folded town written in Finnish or Swedish."""
    words = [word for word in text.split() if not word.isdigit()]
    joined = "".join(words)
    return TOWN_FORMS.get(joined) or joined.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def postcode_key(text: str) -> str:
    """A folded postcode without the letters of the country, blanks, ".0" and zeros that a
    spreadsheet loses."""
    text = re.sub(r"^[a-z]{1,2} ?(?=\d{4,5}$)", "", text.removesuffix(" 0")).replace(" ", "")
    return text.lstrip("0") if len(text) > 2 else ""


def area_key(postcode: str) -> str:
    """The part of a land a postcode_key is in: its first two digits, of five."""
    return postcode.zfill(5)[:2] if postcode.isdigit() else postcode[:2]


def country_key(text: str) -> str:
    return COUNTRIES.get(text, text)


def street_parts(text: str) -> tuple[str, str, int]:
    """Street, house number and language of a folded address: ("kauppa:K", "5", FINNISH),
    ("keeler", "2121", 0). A box is the street BOX, in no language."""
    house = street = ""
    written = 0
    for word in text.split():
        number = _NUMBER.match(word)
        if number and not _ORDINAL.fullmatch(word):
            house = house or number[1].lstrip("0")
        elif word in BOXES and not street:
            street, written = BOX, A_BOX
        elif not street and word not in DIRECTIONS and word not in STREET_TYPES:
            street, written = _street_word(word)
    return street, house, written


@lru_cache(maxsize=100_000)
def _street_word(word: str) -> tuple[str, int]:
    for ending, kind, language in STREET_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            stem = word.removesuffix(ending).removesuffix("n")
            return f"{STREET_STEMS.get(stem, stem)}:{kind}", language
    return word, 0


_TOGETHER = re.compile(r"^(.*\d.*?),?\s+(\d{5})\s+([^\d,]+)$")


def taken_apart(
    streets: Sequence[str], postcodes: Sequence[str], cities: Sequence[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Streets, postcodes and cities where some streets hold all three: Torikatu 1, 26100 Rauma."""
    found = [
        (at, match)
        for at, street in enumerate(streets)
        if len(street) > 12 and not postcodes[at] and (match := _TOGETHER.match(street.strip()))
    ]
    if not found:
        return streets, postcodes, cities
    streets, postcodes, cities = list(streets), list(postcodes), list(cities)
    for at, match in found:
        streets[at], postcodes[at] = match[1], match[2]
        cities[at] = cities[at] or match[3]
    return streets, postcodes, cities


def towns(
    cities: Sequence[str], postcodes: Sequence[str], countries: Sequence[str], places: Places
) -> list[str]:
    """The town of every record, of the land whose places are known."""
    if not places.names:
        return list(cities)
    return [
        places.town(city, postcode) if country in ("", "fi") else city
        for city, postcode, country in zip(cities, postcodes, countries, strict=True)
    ]


def column(values: Sequence[str], size: int) -> Sequence[str]:
    """A column, empty where the list has none or says in words that nothing is known."""
    if not len(values):
        return [""] * size
    short = {text for text in set(values) if len(text) <= LONGEST_NOTHING}
    junk = {text for text in short if text and text.strip().lower() in NOTHING}
    return ["" if text in junk else text for text in values] if junk else values


def hashed(texts: Sequence[str], read: Callable[[str], str]) -> Hashes:
    return hash_all(each_once(texts, read))


@dataclass(frozen=True)
class Streets:
    """words: the streets as street_parts has them; written: in which language, or A_BOX."""

    street: Hashes
    house: Hashes
    words: list[str]
    written: NDArray[np.uint8]


def read_streets(texts: Sequence[str]) -> Streets:
    """All folded addresses, equal ones once."""
    known = {text: street_parts(text) for text in set(texts)}
    words, houses, written = (
        zip(*map(known.__getitem__, texts), strict=True) if texts else ((), (), ())
    )
    return Streets(
        hash_all(words), hash_all(houses), list(words), np.array(written, dtype=np.uint8)
    )


def folded(values: Sequence[str], size: int) -> list[str]:
    return fold_all(values) if len(values) else [""] * size


def valid_ids(keys: Sequence[str]) -> NDArray[np.bool_]:
    known = {key: id_is_valid(key) for key in set(keys)}
    return np.fromiter(map(known.__getitem__, keys), dtype=np.bool_, count=len(keys))


def addresses(street: Hashes, house: Hashes) -> Hashes:
    return combine(street, house, 11)
