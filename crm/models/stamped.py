"""When a row was made, and which edit of it this is."""

from datetime import datetime

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column


class Stamped:
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Versioned(Stamped):
    """A row that people edit. A second edit of the same version is refused by the database."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, object]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def index_of_merged(name: str) -> Index:
    """Only the few rows that were merged are in it: as a whole index SQLite would take it for the
    quickest way to all the others, and sort them every time."""
    merged = text("merged_into_id IS NOT NULL")
    return Index(name, "merged_into_id", sqlite_where=merged, postgresql_where=merged)
