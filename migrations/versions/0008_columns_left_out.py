"""Columns of an imported file that were left out, told in the preview."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "import_batch", sa.Column("left_out", sa.JSON(), nullable=False, server_default="[]")
    )


def downgrade() -> None:
    with op.batch_alter_table("import_batch") as table:
        table.drop_column("left_out")
