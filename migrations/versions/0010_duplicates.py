"""Pairs of companies that may be one firm, and what people said of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "duplicate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("right_id", sa.Integer(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("features", sa.JSON(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("because", sa.String(20), nullable=True),
        sa.Column("note", sa.String(300), nullable=True),
        sa.Column("fingerprint", sa.String(64), nullable=True),
        sa.Column("later_until", sa.Date(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["left_id"], ["company.id"], "fk_duplicate_left_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["right_id"], ["company.id"], "fk_duplicate_right_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user.id"], "fk_duplicate_asked_by_id_user"),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], "fk_duplicate_decided_by_id_user"),
        sa.PrimaryKeyConstraint("id", name="pk_duplicate"),
        sa.UniqueConstraint("left_id", "right_id", name="uq_duplicate_left_id"),
    )
    op.create_index("ix_duplicate_right_id", "duplicate", ["right_id"])
    op.create_index("ix_duplicate_state_probability", "duplicate", ["state", "probability", "id"])


def downgrade() -> None:
    op.drop_table("duplicate")
