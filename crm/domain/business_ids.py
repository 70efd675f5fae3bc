"""The Finnish Business ID (Y-tunnus): seven digits, a hyphen, a check digit."""

import re

from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.fi import ytunnus

from crm.domain.errors import Invalid, Reason

_OLD = re.compile(r"[0-9]{6}-[0-9]")  # an old number, or one whose zero Excel ate
_VAT = re.compile(r"^FI[\s-]*(?=\d)", re.IGNORECASE)


def parse_business_id(text: str, field: str = "business_id") -> str:
    """The number as 1234567-8, from any usual spelling, also a VAT number.

    Raises Invalid with BUSINESS_ID_FORM or BUSINESS_ID_CHECK_DIGIT.
    """
    digits = _VAT.sub("", text.strip()).replace("\N{EN DASH}", "-")
    if _OLD.fullmatch(digits):
        digits = f"0{digits}"
    try:
        return ytunnus.format(ytunnus.validate(digits))
    except InvalidChecksum as error:
        raise Invalid(field, Reason.BUSINESS_ID_CHECK_DIGIT, text=text) from error
    except ValidationError as error:
        raise Invalid(field, Reason.BUSINESS_ID_FORM, text=text) from error
