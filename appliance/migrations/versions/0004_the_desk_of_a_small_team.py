"""the desk of a small team"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import appliance.models.base
from appliance.models.folding import fold

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "contact_template",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("retired_at", appliance.models.base.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_template")),
    )
    op.create_table(
        "field",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("retired_at", appliance.models.base.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_field")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name", name=op.f("uq_organisation_name")),
    )
    op.create_table(
        "arrangement",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", appliance.models.base.Instant(), nullable=False),
        sa.Column("undone_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_arrangement_agent_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrangement")),
    )
    with op.batch_alter_table("arrangement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrangement_from_id"), ["from_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_arrangement_into_id"), ["into_id"], unique=False)

    op.create_table(
        "bulk_job",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("total", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("ended_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_bulk_job_agent_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_job")),
    )
    with op.batch_alter_table("bulk_job", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bulk_job_agent_id"), ["agent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_job_state"), ["state"], unique=False)

    op.create_table(
        "contact_template_field",
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"], ["field.id"], name=op.f("fk_contact_template_field_field_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"],
            ["contact_template.id"],
            name=op.f("fk_contact_template_field_template_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("template_id", "field_id", name=op.f("pk_contact_template_field")),
    )
    with op.batch_alter_table("contact_template_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_template_field_field_id"), ["field_id"], unique=False)

    op.create_table(
        "saved_reply",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("used", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("used_at", appliance.models.base.Instant(), nullable=True),
        sa.Column("changed_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("deleted_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_saved_reply_agent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply")),
    )
    with op.batch_alter_table("saved_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_reply_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "saved_view",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("sort", sa.String(length=24), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("created_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("deleted_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_saved_view_agent_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
    )
    with op.batch_alter_table("saved_view", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_view_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "staff_code",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("teams", sa.JSON(), nullable=False),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("expires_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("used_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_staff_code_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["created_by"], ["agent.id"], name=op.f("fk_staff_code_created_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_staff_code_code_hash")),
    )
    with op.batch_alter_table("staff_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_staff_code_agent_id"), ["agent_id"], unique=False)

    op.create_table(
        "contact_field",
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_field_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_contact_field_field_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "field_id", name=op.f("pk_contact_field")),
    )
    with op.batch_alter_table("contact_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_field_field_id"), ["field_id"], unique=False)

    op.create_table(
        "contact_tag",
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("tag_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_contact_tag_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tag.id"], name=op.f("fk_contact_tag_tag_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("contact_id", "tag_id", name=op.f("pk_contact_tag")),
    )
    with op.batch_alter_table("contact_tag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_contact_tag_tag_id"), ["tag_id"], unique=False)

    op.create_table(
        "template_field",
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["field_id"], ["field.id"], name=op.f("fk_template_field_field_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["ticket_template.id"], name=op.f("fk_template_field_template_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("template_id", "field_id", name=op.f("pk_template_field")),
    )
    with op.batch_alter_table("template_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_template_field_field_id"), ["field_id"], unique=False)

    op.create_table(
        "saved_reply_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reply_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("file_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_saved_reply_file_file_id")),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["saved_reply.id"], name=op.f("fk_saved_reply_file_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply_file")),
    )
    with op.batch_alter_table("saved_reply_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_saved_reply_file_file_id"), ["file_id"], unique=False)
        batch_op.create_index("ix_saved_reply_file_reply", ["reply_id", "position"], unique=False)

    op.create_table(
        "bulk_item",
        sa.Column("job_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["bulk_job.id"], name=op.f("fk_bulk_item_job_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_bulk_item_ticket_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job_id", "ticket_id", name=op.f("pk_bulk_item")),
    )
    with op.batch_alter_table("bulk_item", schema=None) as batch_op:
        batch_op.create_index("ix_bulk_item_state", ["job_id", "state"], unique=False)
        batch_op.create_index(batch_op.f("ix_bulk_item_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "presence",
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("doing", sa.String(length=8), nullable=False),
        sa.Column("changed_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("until", appliance.models.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_presence_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_presence_ticket_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("agent_id", "ticket_id", name=op.f("pk_presence")),
    )
    with op.batch_alter_table("presence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_presence_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_presence_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("of_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", appliance.models.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_search_entry_contact_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_search_entry_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index("ix_search_entry_contact", ["contact_id"], unique=False)
        batch_op.create_index("ix_search_entry_of", ["kind", "of_id"], unique=True)
        batch_op.create_index("ix_search_entry_ticket", ["ticket_id"], unique=False)

    op.create_table(
        "ticket_field",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("field_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("number", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["field_id"], ["field.id"], name=op.f("fk_ticket_field_field_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_field_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "field_id", name=op.f("pk_ticket_field")),
    )
    with op.batch_alter_table("ticket_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_field_field_id"), ["field_id"], unique=False)

    op.create_table(
        "ticket_link",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", appliance.models.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_ticket_link_agent_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["other_id"], ["ticket.id"], name=op.f("fk_ticket_link_other_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["ticket.id"], name=op.f("fk_ticket_link_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "other_id", name=op.f("pk_ticket_link")),
    )
    with op.batch_alter_table("ticket_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_link_other_id"), ["other_id"], unique=False)

    op.create_table(
        "mention",
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", appliance.models.base.Instant(), nullable=False),
        sa.Column("seen_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_mention_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_mention_message_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_mention_ticket_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("message_id", "agent_id", name=op.f("pk_mention")),
    )
    with op.batch_alter_table("mention", schema=None) as batch_op:
        batch_op.create_index("ix_mention_agent", ["agent_id", "message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mention_ticket_id"), ["ticket_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", appliance.models.base.Instant(), nullable=False),
        sa.Column("read_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_notice_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_notice_message_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.id"], name=op.f("fk_notice_ticket_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("agent_id", "event_id", name=op.f("uq_notice_agent_id_event_id")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_message_id"), ["message_id"], unique=False)
        batch_op.create_index("ix_notice_open", ["agent_id", "read_at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_ticket_id"), ["ticket_id"], unique=False)

    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.add_column(sa.Column("away", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("preferences", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))

    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("contact_template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_connection_contact_template_id"),
            "contact_template",
            ["contact_template_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("organisation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("named", sa.Boolean(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("words", sa.String(length=300), server_default="", nullable=False))
        batch_op.add_column(sa.Column("barred_at", appliance.models.base.Instant(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "barred_count", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), server_default="0", nullable=False
            )
        )
        batch_op.add_column(
            sa.Column("merged_into_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(batch_op.f("ix_contact_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_contact_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index("ix_contact_words", ["words", "id"], unique=False)
        batch_op.create_index("ix_contact_barred", ["barred_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_merged_into_id"), "contact", ["merged_into_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_organisation_id"), "organisation", ["organisation_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_template_id"), "contact_template", ["template_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("entrance", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("contact_template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_entrance_contact_template_id"),
            "contact_template",
            ["contact_template_id"],
            ["id"],
            ondelete="SET NULL",
        )

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_kind", ["kind", "id"], unique=False)
        batch_op.drop_index("ix_event_ticket")
        batch_op.create_index("ix_event_ticket", ["ticket_id", "kind", "id"], unique=False)

    with op.batch_alter_table("start_code", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_start_code_ticket_id"), "ticket", ["ticket_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_start_code_contact_id"), "contact", ["contact_id"], ["id"], ondelete="CASCADE"
        )

    with op.batch_alter_table("team", schema=None) as batch_op:
        batch_op.add_column(sa.Column("closed", sa.Boolean(), server_default=sa.text("1"), nullable=False))
        batch_op.add_column(sa.Column("sharing", sa.String(length=12), server_default="", nullable=False))
        batch_op.add_column(
            sa.Column("last_agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_team_last_agent_id"), "agent", ["last_agent_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("offered_at", appliance.models.base.Instant(), nullable=True))
        batch_op.add_column(
            sa.Column("source_message_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(
            sa.Column("done_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.drop_index("ix_ticket_assignee")
        batch_op.create_index("ix_ticket_assignee", ["assignee_id", "shelf", "stage", "last_message_at"], unique=False)
        batch_op.create_index("ix_ticket_stage", ["shelf", "stage", "last_message_at"], unique=False)
        batch_op.create_index("ix_ticket_finished", ["shelf", "stage", "done_at"], unique=False)
        batch_op.create_index("ix_ticket_created", ["created_at"], unique=False)
        batch_op.create_index("ix_ticket_done", ["done_at"], unique=False)
        batch_op.create_index("ix_ticket_due", ["due_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_done_by_id"), "agent", ["done_by_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("ticket_template", schema=None) as batch_op:
        batch_op.add_column(sa.Column("retired_at", appliance.models.base.Instant(), nullable=True))

    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(stems, prefix='2 3 4 5', tokenize='unicode61 remove_diacritics 0')"
    )
    op.execute(
        "CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry"
        " BEGIN DELETE FROM search_text WHERE rowid = old.id; END"
    )
    _fold_names()


def _fold_names() -> None:
    """What lists of customers look through, for those who are there already."""
    contact = sa.table("contact", *(sa.column(name) for name in ("id", "name", "username", "phone", "words")))
    known = op.get_bind().execute(sa.select(contact.c.id, contact.c.name, contact.c.username, contact.c.phone)).all()
    change = contact.update().where(contact.c.id == sa.bindparam("of")).values(words=sa.bindparam("folded"))
    folded = [{"of": row.id, "folded": fold(row.name, row.username, row.phone)} for row in known]
    if folded:
        op.get_bind().execute(change, folded)
