"""Companies and people merged into one, with every cell that a merge changed."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

TABLES = ("company", "person")


def upgrade() -> None:
    for table in TABLES:
        # Plain SQL: SQLite adds the column with its key in place, keeping the search triggers.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN merged_into_id INTEGER"
            f" CONSTRAINT fk_{table}_merged_into_id_{table} REFERENCES {table} (id)"
        )
        merged = sa.text("merged_into_id IS NOT NULL")
        op.create_index(
            f"ix_{table}_merged_into_id",
            table,
            ["merged_into_id"],
            sqlite_where=merged,
            postgresql_where=merged,
        )
    _merge()
    _merge_change()


def _merge() -> None:
    op.create_table(
        "merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("survivor_id", sa.Integer(), nullable=False),
        sa.Column("loser_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("towns", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.Column("left", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merged_by_id"], ["user.id"], name=op.f("fk_merge_merged_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["user.id"], name=op.f("fk_merge_undone_by_id_user")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
    )
    op.create_index("ix_merge_kind_survivor_id", "merge", ["kind", "survivor_id"])
    op.create_index("ix_merge_kind_loser_id", "merge", ["kind", "loser_id"])


def _merge_change() -> None:
    op.create_table(
        "merge_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("column_name", sa.String(length=40), nullable=False),
        sa.Column("old", sa.JSON(), nullable=False),
        sa.Column("new", sa.JSON(), nullable=False),
        sa.Column("done", sa.String(20), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merge_id"],
            ["merge.id"],
            name=op.f("fk_merge_change_merge_id_merge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge_change")),
    )
    op.create_index("ix_merge_change_merge_id", "merge_change", ["merge_id", "id"])
    op.create_index("ix_merge_change_cell", "merge_change", ["table_name", "row_id", "column_name"])


def downgrade() -> None:
    """Merged companies come back as they were hidden: take merges back before going down."""
    op.drop_table("merge_change")
    op.drop_table("merge")
    for table in TABLES:
        op.drop_index(f"ix_{table}_merged_into_id", table)
        op.execute(f"ALTER TABLE {table} DROP COLUMN merged_into_id")
