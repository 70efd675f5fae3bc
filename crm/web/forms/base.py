"""What every form shares: typed values out, refusals in, and the answer's status."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm

from crm.db import db
from crm.domain.errors import Conflict, Invalid
from crm.labels import refusal_text


class Form(FlaskForm):
    """A form whose field names are the keywords of its action."""

    refused: int | None = None

    def values(self) -> dict[str, Any]:
        skip = {"csrf_token", "submit"}
        return {name: field.data for name, field in self._fields.items() if name not in skip}

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Turn an action's Invalid into an error at its field, and keep nothing of the action."""
        with self.refusals_at(None):
            yield

    @contextmanager
    def refusals_at(self, field_name: str | None) -> Iterator[None]:
        """The same, with every refusal shown at one field."""
        try:
            yield
        except Invalid as refusal:
            db.session.rollback()
            status = 409 if isinstance(refusal, Conflict) else 422
            self._show(field_name or refusal.field, refusal_text(refusal), status)

    def _show(self, field_name: str, text: str, status: int) -> None:
        self.refused = status
        field = self._fields.get(field_name)
        if field is None:
            self.form_errors: list[str] = [*self.form_errors, text]
        else:
            field.errors = [*field.errors, text]

    @property
    def status(self) -> int:
        return self.refused or (422 if self.is_submitted() and self.errors else 200)
