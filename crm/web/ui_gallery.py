"""All components in all their states on one page, for people who build pages."""

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional

from crm.web.access import members
from crm.web.forms.base import Form
from crm.web.forms.fields import DayField

bp = Blueprint("ui_gallery", __name__)

WAYS = [
    SelectChoice("visit", _l("Visit")),
    SelectChoice("teams", "Teams"),
    SelectChoice("call", _l("Call")),
    SelectChoice("other", _l("Other")),
]
TOPICS = [
    SelectChoice("recruiting", _l("Recruiting")),
    SelectChoice("investment", _l("Investment")),
    SelectChoice("export", _l("Export")),
]


class SampleForm(Form):
    company = StringField(_l("Company"), validators=[DataRequired(_l("Choose the company."))])
    company_id = HiddenField()
    name = StringField(_l("Name"), validators=[DataRequired(_l("Write the name."))])
    title = StringField(_l("Title"), validators=[Optional()])
    note = TextAreaField(
        _l("What was talked about?"),
        validators=[DataRequired(_l("Write what was talked about."))],
    )
    way = RadioField(_l("How"), choices=WAYS, default="visit")
    held_on = DayField(_l("Date"), validators=[DataRequired(_l("Enter a day."))])
    town = SelectField(_l("Town"), choices=[SelectChoice("684", "Rauma")])
    topics = SelectMultipleField(_l("Topics"), choices=TOPICS, default=["recruiting"])
    digest = BooleanField(_l("Morning mail"), default=True)
    file = FileField(_l("File"))


@bp.get("/ui")
@members
def show() -> str:
    typed = MultiDict({"wrong-held_on": "31.2.2026", "wrong-town": "684"})
    wrong = SampleForm(typed, prefix="wrong-", meta={"csrf": False})
    wrong.validate()
    plain = SampleForm(formdata=None, prefix="plain-")
    return render_template("ui_gallery/show.html", plain=plain, wrong=wrong)
