"""When a row was made, and which edit of it this is."""

from datetime import datetime

from sqlalchemy import func
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class Stamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Versioned(Stamped):
    """A row that people edit. A second edit of the same version is refused by the database."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]
