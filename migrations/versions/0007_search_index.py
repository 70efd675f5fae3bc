"""Trigram indexes on the folded search columns."""

from alembic import op

revision = "0007"
down_revision = "0006"

TABLES = ("company", "person")


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for table in TABLES:
        _trigram_index(table)


def _trigram_index(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE INDEX {table}_search_trgm ON {table} USING gin (search_text gin_trgm_ops)"
        )
        return
    op.execute(
        f"CREATE VIRTUAL TABLE {table}_search USING fts5(search_text, content='{table}',"
        " content_rowid='id', tokenize='trigram', detail='none', columnsize=0)"
    )
    _follow(table)
    op.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")


def _follow(table: str) -> None:
    """Triggers keep the index right whatever writes the column."""
    put = f"INSERT INTO {table}_search (rowid, search_text) VALUES (new.id, new.search_text);"
    take = (
        f"INSERT INTO {table}_search ({table}_search, rowid, search_text)"
        " VALUES ('delete', old.id, old.search_text);"
    )
    for name, when, what in (
        ("insert", f"INSERT ON {table}", put),
        ("delete", f"DELETE ON {table}", take),
        (
            "update",
            f"UPDATE OF search_text ON {table} WHEN old.search_text IS NOT new.search_text",
            take + put,
        ),
    ):
        op.execute(f"CREATE TRIGGER {table}_search_{name} AFTER {when} BEGIN {what} END")


def downgrade() -> None:
    for table in TABLES:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP INDEX {table}_search_trgm")
        else:
            for name in ("insert", "delete", "update"):
                op.execute(f"DROP TRIGGER {table}_search_{name}")
            op.execute(f"DROP TABLE {table}_search")
