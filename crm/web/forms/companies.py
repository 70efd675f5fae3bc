from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields import EmailField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from crm.domain.cadence import Tier
from crm.domain.company_fields import CompanyField
from crm.labels import choices
from crm.models.user import User
from crm.web.forms.base import Form
from crm.web.forms.fields import WholeField, at_most, options


class CompanyForm(Form):
    """A new company: the name, and what is known of it now."""

    name = StringField(
        _l("Name"),
        validators=[
            DataRequired(_l("Enter the company's name.")),
            Length(max=200, message=_l("Shorten the name to 200 letters.")),
        ],
    )
    business_id = StringField(_l("Business ID"), validators=[Optional(), at_most(20)])
    town_code = SelectField(_l("Town"))
    street = StringField(_l("Street address"), validators=[Optional(), at_most(200)])
    postcode = StringField(_l("Postal code"), validators=[Optional(), at_most(20)])
    city = StringField(_l("Post office"), validators=[Optional(), at_most(100)])

    def offer(self, towns: Sequence[tuple[str, str]]) -> None:
        self.town_code.choices = options(towns)
        if len(towns) == 1 and not self.town_code.data:
            self.town_code.data = towns[0][0]

    def values(self) -> dict[str, str]:
        return {name: value or "" for name, value in super().values().items()}


class FieldForm(Form):
    """One fact of a company."""

    version = HiddenField()
    text = StringField()


class LongFieldForm(FieldForm):
    text = TextAreaField()


class ChoiceFieldForm(FieldForm):
    text = SelectField()


LONG = {CompanyField.DESCRIPTION}


class PersonForm(Form):
    version = HiddenField()
    name = StringField(
        _l("Name"), validators=[DataRequired(_l("Enter the person's name.")), at_most(120)]
    )
    title = StringField(_l("Title"), validators=[Optional(), at_most(120)])
    phone = TelField(_l("Phone"), validators=[Optional(), at_most(40)])
    email = EmailField(_l("E-mail"), validators=[Optional(), at_most(254)])


class EngagementForm(Form):
    version = HiddenField()
    tier = SelectField(_l("Relationship"), coerce=Tier, choices=options(choices(Tier)))
    owner = SelectField(_l("Person responsible"), coerce=int)
    own_cadence_days = WholeField(
        _l("Days between contacts"),
        validators=[
            Optional(),
            NumberRange(7, 1095, message=_l("Choose between 7 and 1,095 days.")),
        ],
    )

    def offer(self, people: Sequence[User], nobody: str) -> None:
        self.owner.choices = options([(0, nobody), *((user.id, user.name) for user in people)])
