"""Fields whose typed text becomes a value by a rule of the domain."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectChoice, StringField, TimeField, ValidationError
from wtforms.validators import Length

from crm import clock, i18n
from crm.domain.days import parse_day
from crm.domain.errors import Invalid
from crm.labels import refusal_text


class DayField(StringField):
    """A Finnish day typed as 27.11. or 27.11.2026, or picked; data is a date or None."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return i18n.day(self.data) if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if text:
            try:
                self.data = parse_day(text, clock.today())
            except Invalid as refusal:
                raise ValueError(refusal_text(refusal)) from refusal


def at_most(letters: int) -> Length:
    """A validator: no more letters than this."""
    return Length(max=letters, message=_l("Shorten this to %(max)d letters."))


class ClockField(TimeField):
    """A time of day such as 08:00."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Enter a time such as 08:00.")) from error


class WholeField(IntegerField):
    """A whole number, or nothing."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Write a whole number, zero or more.")) from error


def options(pairs: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Choices of a field from (value, words)."""
    return [SelectChoice(value, words) for value, words in pairs]


def filled_when(other: str, value: str, message: Any) -> Callable[[Any, Any], None]:
    """A validator: the field must have a value when the field `other` holds value."""

    def check(form: Any, field: Any) -> None:
        if str(form[other].data or "") == value and not field.data and not field.errors:
            raise ValidationError(message)

    return check
