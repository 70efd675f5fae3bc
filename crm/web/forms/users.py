from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectField, StringField
from wtforms.fields import EmailField
from wtforms.validators import DataRequired, InputRequired

from crm.domain.access import Language, Role
from crm.i18n import LANGUAGE_NAMES
from crm.labels import LABELS
from crm.web.forms.base import Form
from crm.web.forms.fields import at_most, options


class UserForm(Form):
    name = StringField(
        _l("Name"), validators=[DataRequired(_l("Enter the person's name.")), at_most(120)]
    )
    email = EmailField(
        _l("E-mail"), validators=[DataRequired(_l("Enter an e-mail address.")), at_most(254)]
    )
    role = SelectField(_l("Role"), coerce=Role)
    town_code = SelectField(_l("Town"))
    language = RadioField(
        _l("Language"),
        coerce=Language,
        choices=options((code.value, name) for code, name in LANGUAGE_NAMES.items()),
        default=Language.FI,
    )
    password = PasswordField(
        _l("First password"),
        validators=[InputRequired(_l("Enter a password of at least 15 letters."))],
        render_kw={"autocomplete": "new-password"},
    )

    def offer(self, *, roles: Sequence[Role], towns: Sequence[tuple[str, str]]) -> None:
        self.role.choices = options((role.value, LABELS[Role][role]) for role in roles)
        self.town_code.choices = options(towns)
