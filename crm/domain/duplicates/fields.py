"""Addresses, phones, web sites and numbers of firms as values that can be compared."""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from crm.domain.duplicates.folding import Hashes, combine, fold_all, hash_all
from crm.domain.duplicates.towns import TOWN_FORMS
from crm.domain.duplicates.words import DIRECTIONS, FREE_DOMAINS, STREET_ENDINGS, STREET_TYPES

_CALLING = "|".join(
    "358 46 47 45 372 371 370 49 31 32 33 44 353 354 34 39 41 43 48 420 421 36 351 30 7 1".split()
)
_ABROAD = re.compile(rf"(?:\+|00)(?:{_CALLING})")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_NUMBER = re.compile(r"(\d+)[a-z]?")
_SECOND_LEVEL = frozenset("co com org net ac edu gov ltd plc or go".split())
_ID = re.compile(r"(?:FI)?\D{0,2}(\d{6,7})\D{0,2}(\d)")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
_VOWELS = re.compile(r"[aeiouyåäö]")


def each_once(texts: Sequence[str], read: Callable[[str], str]) -> list[str]:
    """read() of every text, called once for equal texts."""
    known = {text: read(text) if text else "" for text in set(texts)}
    return list(map(known.__getitem__, texts))


def phone_key(text: str) -> str:
    """The national number without its zero: the same for 040 123, +358 40 123, (0)40 123."""
    text = re.split(r"[,;/]| tai | or ", text, maxsplit=1)[0]
    digits = re.sub(r"[^\d+]", "", text.replace("(0)", ""))
    abroad = _ABROAD.match(digits)
    if abroad:
        digits = digits[abroad.end() :]
    elif digits.startswith("358") and len(digits) > 9:
        digits = digits[3:]
    digits = digits.strip("+").lstrip("0")
    return digits if len(digits) >= 5 and len(set(digits)) > 1 else ""


def site_key(text: str) -> str:
    """Host and path of a web address, lower case, without scheme, www and last slash."""
    text = re.sub(r"^(?:[a-z]+:)?/*(?:www\d?\.)?", "", text.strip().lower())
    text = re.split(r"[?#\s]", text, maxsplit=1)[0]
    text = re.sub(r"/(?:index\.\w+|en|fi|sv|no|da|de|nl|etusivu|english|home)?/*$", "", text)
    return text.strip("/") if "." in text.split("/")[0] else ""


def domain_key(site: str) -> str:
    """The part of a host that somebody registered; "" where it belongs to a provider."""
    host = site.split("/")[0].split(":")[0].rpartition("@")[2]
    labels = host.split(".")
    deep = len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2
    domain = ".".join(labels[-3 if deep else -2 :])
    return "" if host in FREE_DOMAINS or domain in FREE_DOMAINS or "." not in domain else domain


def email_key(text: str) -> str:
    text = text.strip().lower()
    return text if re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", text) else ""


def id_key(text: str) -> str:
    """A Finnish number as eight digits, any other as its letters and digits."""
    text = text.strip().upper()
    finnish = _ID.fullmatch(text)
    if finnish:
        return finnish[1].zfill(7) + finnish[2]
    return re.sub(r"[\W_]", "", text)


def id_is_valid(key: str) -> bool:
    """Whether an id_key can be right: the check digit of a Finnish one; others when long enough.

    Source: Finnish Tax Administration, check digit of the Business ID.
    """
    if len(key) != 8 or not key.isdigit():
        return len(key) >= 7 and any(letter.isdigit() for letter in key)
    rest = sum(int(digit) * weight for digit, weight in zip(key, _WEIGHTS, strict=False)) % 11
    return rest != 1 and int(key[7]) == (11 - rest) % 11


def city_key(text: str) -> str:
    """The Finnish name of a folded town written in Finnish or Swedish."""
    words = [word for word in text.split() if not word.isdigit()]
    name = TOWN_FORMS.get(words[0], "") if len(words) == 1 else ""
    joined = "".join(words)
    return name or joined.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def street_parts(text: str) -> tuple[str, str]:
    """Street and house number of a folded address: ("kauppa:k", "5"), ("keeler", "2121")."""
    house = street = ""
    for word in text.split():
        number = _NUMBER.fullmatch(word)
        if number and not _ORDINAL.fullmatch(word):
            house = house or number[1].lstrip("0")
        elif not street and word not in DIRECTIONS and word not in STREET_TYPES:
            street = _street_word(word)
    return street, house


def _street_word(word: str) -> str:
    for ending in STREET_ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return f"{word.removesuffix(ending)}:{ending[0]}"
    return word


def column(values: Sequence[str], size: int) -> Sequence[str]:
    """A column, empty where the list has none."""
    return values if len(values) else [""] * size


def hashed(texts: Sequence[str], read: Callable[[str], str]) -> Hashes:
    return hash_all(each_once(texts, read))


def street_hashes(texts: Sequence[str]) -> tuple[Hashes, Hashes, list[str]]:
    """Hashes of the street, of street and house, and the street words themselves."""
    known = {text: street_parts(text) for text in set(texts)}
    parts = list(map(known.__getitem__, texts))
    streets = [street for street, _house in parts]
    street, house = hash_all(streets), hash_all([house for _street, house in parts])
    return street, house, streets


def folded(values: Sequence[str], size: int) -> list[str]:
    return fold_all(column(values, size)) if len(values) else [""] * size


def valid_ids(keys: Sequence[str]) -> NDArray[np.bool_]:
    known = {key: id_is_valid(key) for key in set(keys)}
    return np.fromiter(map(known.__getitem__, keys), dtype=np.bool_, count=len(keys))


def addresses(street: Hashes, house: Hashes) -> Hashes:
    return combine(street, house, 11)
