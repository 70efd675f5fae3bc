"""Phone numbers as people write them."""

import phonenumbers


def to_e164(text: str, region: str = "FI") -> str | None:
    """The number as +358401234567; None when it cannot be one."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
