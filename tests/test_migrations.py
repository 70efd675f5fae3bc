"""The migrations make what the models say, on both databases, and can be taken back."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

from crm import paths
from crm.db import Base, db
from tests.fixtures.databases import make_app

SEARCH_TABLES = ("company_search", "person_search")


def differences() -> list[object]:
    def is_ours(_object, name, kind, reflected, *_):  # type: ignore[no-untyped-def]
        search = str(name).startswith(SEARCH_TABLES) or str(name).endswith("_trigrams")
        return not (reflected and kind in {"table", "index"} and search)

    with db.engine.connect() as connection:
        options = {"include_object": is_ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, Base.metadata)


def test_the_migrated_tables_are_those_of_the_models(app):
    assert differences() == []


def test_migrations_go_up_from_nothing_down_again_and_up(empty_database_url):
    app = make_app(empty_database_url)
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        left = set(inspect(db.engine).get_table_names()) - {"alembic_version"}
        assert left == set()
        upgrade()
        assert differences() == []
        db.engine.dispose()


def test_there_is_one_head_and_the_numbers_are_in_order():
    script = ScriptDirectory(str(paths.migrations()))
    revisions = [row.revision for row in script.walk_revisions()][::-1]
    assert revisions == [f"{number:04}" for number in range(1, len(revisions) + 1)]
