"""The one folding of names, for searching and for comparing."""

import re
import unicodedata

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})
_MARKS = re.compile(r"[\u0300-\u036f]+")
_GAP = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Lower case, base letters for å ä ö é ü …, punctuation as blanks, blanks collapsed."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return _GAP.sub(" ", _MARKS.sub("", plain.casefold())).strip()
