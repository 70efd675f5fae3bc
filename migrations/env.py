"""Runs the migrations inside the application, on the database it is set up for."""

from alembic import context
from flask import current_app

from crm.db import Base

engine = current_app.extensions["migrate"].db.engine

# FTS5 keeps its rows in shadow tables; the models know only the column it follows.
SEARCH_TABLES = ("company_search", "person_search")


def is_ours(_object: object, name: str | None, kind: str, reflected: bool, *_: object) -> bool:
    return not (kind in {"table", "index"} and reflected and str(name).startswith(SEARCH_TABLES))


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        include_object=is_ours,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
