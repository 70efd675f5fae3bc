"""Phone numbers as people write them."""

import re
from functools import lru_cache

import phonenumbers

# "puh. 040 123 4567" and "ext. 12" are numbers; a word is not one spelt on the keys.
_WORDS = re.compile(r"\b(puh|puhelin|p|tel|telefon|gsm|tfn|vaihde|växel|ext|alanro)\b\.?", re.I)


@lru_cache(maxsize=10_000)
def to_e164(text: str, region: str = "FI") -> str | None:
    """The number as +358401234567; None when it cannot be one."""
    text = _WORDS.sub(" ", text[:60])
    if any(letter.isalpha() for letter in text):
        return None
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
