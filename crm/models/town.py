from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from crm.db import db
from crm.domain.access import Language
from crm.models.stamped import Stamped


class Town(Stamped, db.Model):
    """A member municipality of the network; its key is the municipality code, three digits."""

    code: Mapped[str] = mapped_column(String(3), primary_key=True)
    name_fi: Mapped[str] = mapped_column(String(80))
    name_sv: Mapped[str] = mapped_column(String(80))
    language: Mapped[Language] = mapped_column(default=Language.FI)

    def name(self, language: str) -> str:
        return self.name_sv if language == Language.SV else self.name_fi
