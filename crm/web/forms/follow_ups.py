import uuid
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import DataRequired, Length

from crm.models.user import User
from crm.web.forms.base import Form
from crm.web.forms.fields import DayField, options

AT_MOST = Length(max=300, message=_l("Shorten the text to 300 letters."))


class FollowUpForm(Form):
    form_key = HiddenField()
    version = HiddenField()
    text = StringField(
        _l("What was promised"),
        validators=[DataRequired(_l("Write what was promised.")), AT_MOST],
    )
    due_on = DayField(_l("By when"), validators=[DataRequired(_l("Enter a day."))])
    assignee = SelectField(_l("Who does it"), coerce=int)
    town_code = SelectField(_l("Town"))

    @classmethod
    def start(cls, **given: Any) -> "FollowUpForm":
        return cls(form_key=str(uuid.uuid4()), **given)

    def offer(self, *, people: Sequence[User], towns: Sequence[tuple[str, str]]) -> None:
        self.assignee.choices = options((user.id, user.name) for user in people)
        self.town_code.choices = options(towns)
        if len(towns) == 1 and not self.town_code.data:
            self.town_code.data = towns[0][0]


class MoveForm(Form):
    version = HiddenField()
    due_on = DayField(_l("New day"), validators=[DataRequired(_l("Enter a day."))])


class DropForm(Form):
    version = HiddenField()
    reason = StringField(
        _l("Why is it dropped?"),
        validators=[DataRequired(_l("Write why, so that colleagues know.")), AT_MOST],
    )
