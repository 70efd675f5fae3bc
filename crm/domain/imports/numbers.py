"""Numbers as Finns write them: 1 234,5 and 14,2 milj. € and 1.234.567,00."""

import re
from decimal import Decimal, InvalidOperation

_MILLIONS = r"(?<![^\W\d_])(?:milj(?:oonaa|oner|ons?)?|mn|m)\.?\s*"
_THOUSANDS = r"(?<![^\W\d_])(?:t|k|tuhatta|tuhansia|tusen|tn)\.?\s*"
_EUROS = r"(?:€|eur(?:oa|os?)?|e)"
_MILLION = re.compile(rf"{_MILLIONS}{_EUROS}?$")
_THOUSAND = re.compile(rf"{_THOUSANDS}{_EUROS}?$")
_IN_HEADING = (
    (re.compile(rf"{_MILLIONS}{_EUROS}(?!\w)|(?<!\w)milj"), 1_000_000),
    (re.compile(rf"{_THOUSANDS}{_EUROS}(?!\w)|1[\s.]?000|(?<!\w)(tuha|tusen)"), 1_000),
)
_MONEY = re.compile(r"\s*(€|eur|euroa|euro)$")


def read_number(text: str) -> Decimal | None:
    """A number with blanks or points between thousands and a decimal comma or point; None when
    it is not one. 1.234 is a thousand and more, 12.5 has a decimal."""
    plain = re.sub(r"[\s\u00a0\u202f']", "", text).replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]*", plain):
        plain = plain.replace(",", "")
    elif re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]*", plain):
        plain = plain.replace(".", "").replace(",", ".")
    elif "," in plain:
        plain = _one_comma(plain)
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", plain):
        return None
    try:
        return Decimal(plain)
    except InvalidOperation:
        return None


def _one_comma(plain: str) -> str:
    """A comma is the decimal one; several are between thousands when every group has three."""
    grouped = re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3}){2,}", plain)
    return plain.replace(",", "" if grouped else ".")


def read_whole(text: str) -> int | None:
    """A whole number of persons; "noin 5" and "5 hlö" are read, 4,5 is rounded."""
    plain = re.sub(
        r"(?i)^(noin|n|ca|~)\b\.?|\b(hlö|henkilöä|pers|personer|htv)\b\.?", "", text
    ).strip()
    number = read_number(plain)
    return None if number is None else int(number.to_integral_value())


def read_euros(text: str, heading: str = "") -> int | None:
    """Whole euros; thousands or millions as the cell or its heading says."""
    plain = " ".join(text.lower().replace("\u00a0", " ").split())
    factor = _factor(plain) or _factor_of_heading(heading.lower())
    for unit in (_MILLION, _THOUSAND, _MONEY):
        plain = unit.sub("", plain).strip()
    number = read_number(plain)
    return None if number is None else int((number * factor).to_integral_value())


def _factor(text: str) -> int | None:
    if _MILLION.search(text):
        return 1_000_000
    return 1_000 if _THOUSAND.search(text) else None


def _factor_of_heading(heading: str) -> int:
    """1,000 for "Liikevaihto (t€) 2025" or "1 000 eur", 1,000,000 for "M€"."""
    return next((factor for unit, factor in _IN_HEADING if unit.search(heading)), 1)
