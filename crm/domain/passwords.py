"""Password rules after NIST SP 800-63B-4: long, any characters, no known ones."""

from crm.domain.errors import Invalid, Reason
from crm.domain.names import fold

SHORTEST = 15
LONGEST = 128
KNOWN_PARTS = ("salasana", "losenord", "password", "qwerty", "123456", "seutu")


def check_password(password: str, *, own_words: tuple[str, ...] = ()) -> None:
    """Refuse a password that is too short, too long or easily guessed.

    Length is in code points. own_words are the person's name, e-mail and town.
    Raises Invalid with PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG or PASSWORD_GUESSABLE.
    """
    if len(password) < SHORTEST:
        raise Invalid("password", Reason.PASSWORD_TOO_SHORT, shortest=SHORTEST)
    if len(password) > LONGEST:
        raise Invalid("password", Reason.PASSWORD_TOO_LONG, longest=LONGEST)
    rest = fold(password).replace(" ", "")
    for word in (*KNOWN_PARTS, *map(fold, own_words)):
        rest = rest.replace(word.replace(" ", ""), "") if word.strip() else rest
    if len(set(rest)) < 5 and rest.isascii() and len(set(password)) < 12:
        raise Invalid("password", Reason.PASSWORD_GUESSABLE)
