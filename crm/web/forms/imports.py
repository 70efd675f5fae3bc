from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from crm.web.forms.base import Form
from crm.web.forms.fields import options


class UploadForm(Form):
    file = FileField(
        _l("File"), validators=[FileRequired(_l("Choose a file: Excel, CSV or PRH JSON."))]
    )
    town_code = SelectField(_l("Whose companies are these?"))

    def offer(self, towns: Sequence[tuple[str, str]]) -> None:
        self.town_code.choices = options(towns)
        if len(towns) == 1 and not self.town_code.data:
            self.town_code.data = towns[0][0]
