"""The language of this request, and dates and numbers as that language writes them."""

from datetime import date, datetime

import phonenumbers
from babel.dates import format_date
from flask import current_app, has_request_context, request, session
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from crm.clock import HELSINKI
from crm.domain.access import Language

LANGUAGE_NAMES = {Language.FI: "Suomi", Language.SV: "Svenska", Language.EN: "English"}
WEEKDAYS = {
    "fi": ("ma", "ti", "ke", "to", "pe", "la", "su"),
    "sv": ("mån", "tis", "ons", "tors", "fre", "lör", "sön"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


def choose_language() -> str:
    """The signed-in person's language, else the one picked on this browser, else the browser's."""
    if not has_request_context():
        return str(current_app.config["LANGUAGE_DEFAULT"])
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    picked = session.get("language")
    if picked in set(Language):
        return str(picked)
    known = request.accept_languages.best_match([str(code) for code in Language])
    return known or str(current_app.config["LANGUAGE_DEFAULT"])


def language() -> str:
    return str(get_locale() or "fi")[:2]


def day(value: date | None) -> str:
    """27.11.2026, in every language."""
    return f"{value.day}.{value.month}.{value.year}" if value else ""


def short_day(value: date | None) -> str:
    """pe 27.11. (Fri 27 Nov in English, where a sentence may go on after it)."""
    if value is None:
        return ""
    if language() == "en":
        return format_date(value, "EEE d MMM", locale="en")
    return f"{WEEKDAYS[language()][value.weekday()]} {value.day}.{value.month}."


def this_day(value: date) -> str:
    """pe 27.11.2026 (Fri 27 Nov 2026 in English)."""
    gap = " " if language() == "en" else ""
    return f"{short_day(value)}{gap}{value.year}"


def clock_time(value: datetime) -> str:
    """14.32, in Finland (14:32 in English)."""
    local = value.astimezone(HELSINKI)
    return local.strftime("%H:%M" if language() == "en" else "%H.%M")


def moment(value: datetime | None) -> str:
    return f"{day(value.astimezone(HELSINKI).date())} {clock_time(value)}" if value else ""


def number(value: int | float | None) -> str:
    """Thousands parted by a no-break space, a real minus sign."""
    if value is None:
        return "–"
    return f"{value:,}".replace(",", "\N{NO-BREAK SPACE}").replace("-", "\N{MINUS SIGN}")


def month(value: date) -> str:
    """Marraskuu 2026"""
    return format_date(value, "LLLL y", locale=language()).capitalize()


def ago(value: date | None, today: date) -> str:
    """6 days ago; after 13 days the date itself."""
    if value is None:
        return _("Never")
    days = (today - value).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    return ngettext("%(num)s day ago", "%(num)s days ago", days) if 1 < days < 14 else day(value)


def late(days: int) -> str:
    return ngettext("%(num)s day late", "%(num)s days late", days)


def euros(value: int | None) -> str:
    """14,2 M€ for millions, 320 000 € below; a comma or a point as the language has it."""
    if value is None:
        return "–"
    if abs(value) < 1_000_000:
        return f"{number(value)}\N{NO-BREAK SPACE}€"
    point = "." if language() == "en" else ","
    millions = f"{value / 1_000_000:.1f}".replace(".", point)
    return _("%(millions)s M€", millions=millions)


def phone(value: str | None) -> str:
    """+358401234567 as 040 123 4567; a foreign number in the international form."""
    if not value:
        return ""
    try:
        number = phonenumbers.parse(value)
    except phonenumbers.NumberParseException:
        return value
    home = number.country_code == 358
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if home else form.INTERNATIONAL)
