"""Every kind of message both ways"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import appliance.models.base

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "entrance",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.String(length=32), nullable=False),
        sa.Column("connection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("template_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("retired_at", appliance.models.base.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_entrance_connection_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["created_by"], ["agent.id"], name=op.f("fk_entrance_created_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_entrance_team_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["template_id"], ["ticket_template.id"], name=op.f("fk_entrance_template_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entrance")),
        sa.UniqueConstraint("code", name=op.f("uq_entrance_code")),
    )
    with op.batch_alter_table("entrance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entrance_connection_id"), ["connection_id"], unique=False)

    op.create_table(
        "outage",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("connection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("began_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("ended_at", appliance.models.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_outage_connection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage")),
    )
    with op.batch_alter_table("outage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outage_connection_id"), ["connection_id"], unique=False)

    op.create_table(
        "agent_address",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("connection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("address_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("linked_at", appliance.models.base.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_agent_address_address_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_agent_address_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_agent_address_connection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_address")),
        sa.UniqueConstraint("address_id", name=op.f("uq_agent_address_address_id")),
        sa.UniqueConstraint("agent_id", "connection_id", name=op.f("uq_agent_address_agent_id_connection_id")),
    )
    op.create_table(
        "start_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=8), nullable=False),
        sa.Column("agent_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("connection_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", appliance.models.base.Instant(), nullable=False),
        sa.Column("used_at", appliance.models.base.Instant(), nullable=True),
        sa.Column("address_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_start_code_address_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_start_code_agent_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["connection_id"], ["connection.id"], name=op.f("fk_start_code_connection_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_start_code")),
    )
    with op.batch_alter_table("start_code", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_start_code_agent_id"), ["agent_id"], unique=False)

    with op.batch_alter_table("address", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("entrance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("approval", sa.String(length=8), server_default="", nullable=False))
        batch_op.add_column(sa.Column("added_by", sa.String(length=200), server_default="", nullable=False))
        batch_op.create_foreign_key(
            batch_op.f("fk_address_entrance_id"), "entrance", ["entrance_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("agent", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("undo_seconds", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )

    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signature", sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column("privacy_notice", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone_verified", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", sa.String(length=8), server_default="send", nullable=False))

    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("thumbnail_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_file_thumbnail_id"), "file", ["thumbnail_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_index(batch_op.f("ix_file_thumbnail_id"), ["thumbnail_id"], unique=False)

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("deleted_at", appliance.models.base.Instant(), nullable=True))
        batch_op.add_column(sa.Column("options", sa.JSON(), server_default=sa.text("'{}'"), nullable=False))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("entrance_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_entrance_id"), "entrance", ["entrance_id"], ["id"], ondelete="SET NULL"
        )
