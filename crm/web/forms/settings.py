from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, PasswordField, RadioField
from wtforms.validators import InputRequired

from crm.domain.access import Language, Theme
from crm.i18n import LANGUAGE_NAMES
from crm.labels import choices
from crm.web.forms.base import Form
from crm.web.forms.fields import ClockField, options


class SettingsForm(Form):
    language = RadioField(
        _l("Language"),
        coerce=Language,
        choices=options((code.value, name) for code, name in LANGUAGE_NAMES.items()),
    )
    theme = RadioField(_l("Looks"), coerce=Theme, choices=options(choices(Theme)))
    digest_wanted = BooleanField(_l("Send me a morning digest on working days"))
    digest_at = ClockField(
        _l("When"), validators=[InputRequired(_l("Enter a time such as 08:00."))]
    )
    single_keys = BooleanField(_l("Keyboard shortcuts of one key (C, M, J, K …)"))


class PasswordForm(Form):
    current = PasswordField(_l("Current password"), render_kw={"autocomplete": "current-password"})
    password = PasswordField(
        _l("New password"),
        validators=[InputRequired(_l("Enter a new password."))],
        render_kw={"autocomplete": "new-password"},
    )
