from collections.abc import Sequence

from wtforms import HiddenField, RadioField

from crm.domain.errors import Conflict, Reason
from crm.domain.merges import MergeField, Side
from crm.labels import choices, label
from crm.queries.merges import Compared
from crm.web.forms.base import Form
from crm.web.forms.fields import options

PREFIX = "take_"


class MergeForm(Form):
    """Whose value survives, a field for each that differs. seen: the versions compared."""

    seen = HiddenField()

    @classmethod
    def of(cls, compared: Sequence[Compared], versions: tuple[int, int]) -> "MergeForm":
        """A form with the proposals chosen."""
        fields = {
            PREFIX + row.field.value: RadioField(
                label(row.field),
                coerce=Side,
                choices=options(choices(Side)),
                default=row.proposed,
            )
            for row in compared
            if row.to_choose
        }
        form: MergeForm = type("FilledMergeForm", (cls,), fields)()
        if not form.is_submitted():
            form.show_as_now(versions)
        return form

    def show_as_now(self, versions: tuple[int, int]) -> None:
        self.seen.data = ":".join(map(str, versions))

    def choices(self) -> dict[MergeField, Side]:
        return {
            MergeField(field.name.removeprefix(PREFIX)): field.data
            for field in self
            if field.name.startswith(PREFIX)
        }

    def versions(self) -> tuple[int, int]:
        """Raises Conflict for what no page of ours sends."""
        first, _colon, second = (self.seen.data or "").partition(":")
        if not (first.isdecimal() and second.isdecimal()):
            raise Conflict("other", Reason.CHANGED_SINCE)
        return int(first), int(second)
