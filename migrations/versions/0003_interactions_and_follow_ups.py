"""Meetings, their drafts, and the promises made in them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "interaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=3), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(20), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("growth_will", sa.String(20), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_interaction_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_interaction_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["town_code"], ["town.code"], name=op.f("fk_interaction_town_code_town")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interaction")),
        sa.UniqueConstraint("form_key", name=op.f("uq_interaction_form_key")),
    )
    op.create_index(
        "ix_interaction_author_id_held_on",
        "interaction",
        ["author_id", "held_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_interaction_company_id_held_on",
        "interaction",
        ["company_id", "held_on", "id"],
        unique=False,
    )
    op.create_index("ix_interaction_held_on", "interaction", ["held_on", "id"], unique=False)
    op.create_index(
        "ix_interaction_town_code_held_on",
        "interaction",
        ["town_code", "held_on", "id"],
        unique=False,
    )
    op.create_table(
        "interaction_topic",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_topic_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("interaction_id", "topic", name=op.f("pk_interaction_topic")),
    )
    op.create_table(
        "interaction_advisor",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_advisor_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_interaction_advisor_user_id_user")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "user_id", name=op.f("pk_interaction_advisor")),
    )
    op.create_index(
        op.f("ix_interaction_advisor_user_id"), "interaction_advisor", ["user_id"], unique=False
    )
    op.create_table(
        "interaction_attendee",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_attendee_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_interaction_attendee_person_id_person")
        ),
        sa.PrimaryKeyConstraint(
            "interaction_id", "person_id", name=op.f("pk_interaction_attendee")
        ),
    )
    op.create_index(
        op.f("ix_interaction_attendee_person_id"),
        "interaction_attendee",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "interaction_reader",
        sa.Column("interaction_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_interaction_reader_interaction_id_interaction"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user.id"], name=op.f("fk_interaction_reader_user_id_user")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "user_id", name=op.f("pk_interaction_reader")),
    )
    op.create_index(
        op.f("ix_interaction_reader_user_id"), "interaction_reader", ["user_id"], unique=False
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["company_id"],
            ["company.id"],
            name=op.f("fk_draft_company_id_company"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("form_key", name=op.f("uq_draft_form_key")),
    )
    op.create_index(op.f("ix_draft_company_id"), "draft", ["company_id"], unique=False)
    op.create_index(op.f("ix_draft_user_id"), "draft", ["user_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column("town_code", sa.String(length=3), nullable=False),
        sa.Column("interaction_id", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("assignee_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("visibility", sa.String(20), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by_id", sa.Integer(), nullable=True),
        sa.Column("drop_reason", sa.String(length=300), nullable=True),
        sa.Column("form_key", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column(
            "created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["assignee_id"], ["user.id"], name=op.f("fk_follow_up_assignee_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["user.id"], name=op.f("fk_follow_up_author_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_id"], ["user.id"], name=op.f("fk_follow_up_closed_by_id_user")
        ),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name=op.f("fk_follow_up_company_id_company")
        ),
        sa.ForeignKeyConstraint(
            ["interaction_id"],
            ["interaction.id"],
            name=op.f("fk_follow_up_interaction_id_interaction"),
        ),
        sa.ForeignKeyConstraint(
            ["town_code"], ["town.code"], name=op.f("fk_follow_up_town_code_town")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("form_key", name=op.f("uq_follow_up_form_key")),
    )
    op.create_index(
        "ix_follow_up_assignee_id_state_due_on",
        "follow_up",
        ["assignee_id", "state", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        "ix_follow_up_company_id_state_due_on",
        "follow_up",
        ["company_id", "state", "due_on", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_follow_up_interaction_id"), "follow_up", ["interaction_id"], unique=False
    )
    op.create_index(
        "ix_follow_up_state_closed_at", "follow_up", ["state", "closed_at", "id"], unique=False
    )
    op.create_index(
        "ix_follow_up_state_due_on", "follow_up", ["state", "due_on", "id"], unique=False
    )
    op.create_index(
        "ix_follow_up_town_code_state_due_on",
        "follow_up",
        ["town_code", "state", "due_on", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("follow_up")
    op.drop_table("draft")
    op.drop_table("interaction_reader")
    op.drop_table("interaction_attendee")
    op.drop_table("interaction_advisor")
    op.drop_table("interaction_topic")
    op.drop_table("interaction")
