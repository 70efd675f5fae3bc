import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, Optional

from crm.actions.interactions import NOTE_AT_MOST, NextStep, Said
from crm.domain.access import Visibility
from crm.domain.interactions import Channel, GrowthWill, Topic
from crm.labels import choices
from crm.models.interaction import Interaction
from crm.models.person import Person
from crm.models.town import Town
from crm.models.user import User
from crm.web.forms.base import Form
from crm.web.forms.fields import DayField, at_most, filled_when, options


class Day(StrEnum):
    TODAY = "today"
    YESTERDAY = "yesterday"
    OTHER = "other"


class Step(StrEnum):
    NONE = "none"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    MONTH = "month"
    OTHER = "other"


STEP_DAYS = {Step.WEEK: 7, Step.TWO_WEEKS: 14, Step.MONTH: 30}


def _whole_or_none(value: Any) -> int | None:
    text = str(value if value is not None else "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class InteractionForm(Form):
    """Logging a contact, in the order a phone asks it: firm, way, day, note, next step."""

    form_key = HiddenField()
    version = HiddenField()
    company = StringField(_l("Company"), validators=[Optional(), at_most(200)])
    searched = HiddenField()
    company_id = HiddenField(filters=[_whole_or_none])
    town_code = SelectField(_l("Town"))
    channel = RadioField(_l("How"), coerce=Channel, choices=options(choices(Channel)))
    day = RadioField(
        _l("When"),
        coerce=Day,
        choices=options(
            [
                (Day.TODAY, _l("Today")),
                (Day.YESTERDAY, _l("Yesterday")),
                (Day.OTHER, _l("Another day")),
            ]
        ),
    )
    held_on = DayField(
        _l("Date"), validators=[filled_when("day", "other", _l("Enter the day of the meeting."))]
    )
    note = TextAreaField(
        _l("What was talked about?"),
        validators=[
            DataRequired(_l("Write what was talked about.")),
            Length(max=NOTE_AT_MOST, message=_l("Shorten the note to 20,000 letters.")),
        ],
    )
    step = RadioField(
        _l("Next step"),
        coerce=Step,
        choices=options(
            [
                (Step.NONE, _l("Nothing")),
                (Step.WEEK, _l("1 wk")),
                (Step.TWO_WEEKS, _l("2 wk")),
                (Step.MONTH, _l("1 mo")),
                (Step.OTHER, _l("Other day")),
            ]
        ),
    )
    step_on = DayField(
        _l("Day of the next step"),
        validators=[filled_when("step", "other", _l("Enter the day of the next step."))],
    )
    step_text = StringField(_l("What was promised"), validators=[Optional(), at_most(300)])
    topics = SelectMultipleField(_l("Topics"), coerce=Topic, choices=options(choices(Topic)))
    attendees = SelectMultipleField(_l("Who took part"), coerce=int)
    new_attendee = StringField(_l("Someone else"), validators=[Optional(), at_most(120)])
    advisors = SelectMultipleField(_l("Colleagues who took part"), coerce=int)
    growth_will = RadioField(
        _l("Will to grow"),
        choices=options([("", _l("Not discussed")), *choices(GrowthWill)]),
        default="",
    )
    visibility = RadioField(
        _l("Who can read this"), coerce=Visibility, choices=options(choices(Visibility))
    )
    readers = SelectMultipleField(_l("Named people"), coerce=int)

    @classmethod
    def start(cls, **given: Any) -> "InteractionForm":
        """An empty form with its own key, set to what is most often right."""
        blank: dict[str, Any] = {
            "form_key": str(uuid.uuid4()),
            "channel": Channel.VISIT,
            "day": Day.TODAY,
            "step": Step.NONE,
            "visibility": Visibility.TOWN,
        }
        return cls(**(blank | given))

    @classmethod
    def of(cls, row: Interaction, today: date) -> "InteractionForm":
        ago = (today - row.held_on).days
        return cls(
            version=row.version,
            company_id=row.company_id,
            town_code=row.town_code,
            channel=row.channel,
            day={0: Day.TODAY, 1: Day.YESTERDAY}.get(ago, Day.OTHER),
            held_on=row.held_on,
            note=row.note,
            step=Step.NONE,
            topics=row.topics,
            attendees=[person.id for person in row.attendees],
            advisors=[user.id for user in row.advisors],
            growth_will=row.growth_will or "",
            visibility=row.visibility,
            readers=[user.id for user in row.readers],
        )

    def offer(
        self,
        *,
        towns: Sequence[Town],
        people: Sequence[Person],
        colleagues: Sequence[User],
        language: str,
    ) -> None:
        """Set the choices that depend on who asks and on the company."""
        self.town_code.choices = options((town.code, town.name(language)) for town in towns)
        self.attendees.choices = options((person.id, person.name) for person in people)
        self.advisors.choices = options((user.id, user.name) for user in colleagues)
        self.readers.choices = options((user.id, user.name) for user in colleagues)
        if len(towns) == 1 and not self.town_code.data:
            self.town_code.data = towns[0].code

    def held_day(self, today: date) -> date:
        if self.day.data is Day.OTHER:
            return self.held_on.data or today
        return today - timedelta(days=1) if self.day.data is Day.YESTERDAY else today

    def step_day(self, today: date) -> date | None:
        """The day of the promise, None when nothing was promised."""
        step = self.step.data
        if step is Step.OTHER:
            return self.step_on.data
        return today + timedelta(days=STEP_DAYS[step]) if step in STEP_DAYS else None

    def said(self, today: date, *, people: Sequence[Person], colleagues: Sequence[User]) -> Said:
        by_id = {user.id: user for user in colleagues}
        return Said(
            channel=self.channel.data,
            held_on=self.held_day(today),
            note=self.note.data,
            visibility=self.visibility.data,
            growth_will=GrowthWill(self.growth_will.data) if self.growth_will.data else None,
            topics=self.topics.data,
            attendees=[person for person in people if person.id in self.attendees.data],
            advisors=[by_id[user_id] for user_id in self.advisors.data],
            readers=[by_id[user_id] for user_id in self.readers.data],
            new_attendee=self.new_attendee.data or "",
        )

    def next_step(self, today: date, default_text: str) -> NextStep | None:
        """What was promised, None when nothing was; a day without words promises the default."""
        due_on = self.step_day(today)
        return NextStep(self.step_text.data or default_text, due_on) if due_on else None

    def typed(self) -> dict[str, Any]:
        """What was typed, as plain text, to be kept as a draft."""
        skip = {"csrf_token", "form_key", "version"}
        return {
            name: [str(value) for value in field.raw_data or []]
            if isinstance(field, SelectMultipleField)
            else str((field.raw_data or [""])[0])
            for name, field in self._fields.items()
            if name not in skip
        }
