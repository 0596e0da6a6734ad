"""The keyworkers day

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

from caseworker.core.types import Instant, Key

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("user_id", Key(), nullable=False, comment="Whose calendar"),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the secret"),
        sa.Column("made_at", Instant(), nullable=False, comment="When it was made"),
        sa.Column("ended_at", Instant(), nullable=True, comment="When it was revoked or replaced"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_calendar_address_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_address_token_hash")),
        comment="Private addresses of calendars, by the hash of their secret",
    )
    with op.batch_alter_table("calendar_address", schema=None) as batch_op:
        batch_op.create_index(
            "uq_calendar_address_one",
            ["user_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "task",
        sa.Column("user_id", Key(), nullable=False, comment="Who is to do it"),
        sa.Column("enrolment_id", Key(), nullable=True, comment="For whose case; empty: for none"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False, comment="What is to be done, sealed"),
        sa.Column("due_on", sa.Date(), nullable=True, comment="By when; empty: no day was set"),
        sa.Column("done_on", sa.Date(), nullable=True, comment="When it was done"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Raised by every change; forms carry it back"
        ),
        sa.Column(
            "entered_at",
            Instant(),
            nullable=False,
            comment="When it was entered, which may be long after it happened",
        ),
        sa.Column("voided_at", Instant(), nullable=True, comment="When it was taken back"),
        sa.Column(
            "void_reason", sa.String(length=40), nullable=True, comment="Coded reason it was taken back"
        ),
        sa.Column("entered_by_id", Key(), nullable=True, comment="Who entered it; empty for a loaded file"),
        sa.Column("voided_by_id", Key(), nullable=True, comment="Who took it back"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_task_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_task_entered_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_task_user_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_task_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        comment="Things to do, each somebody's",
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index("ix_task_user_id_done_on", ["user_id", "done_on", "due_on"], unique=False)

    op.create_table(
        "appointment",
        sa.Column(
            "enrolment_id", Key(), nullable=True, comment="Whose case; empty: about nobody in particular"
        ),
        sa.Column("with_id", Key(), nullable=False, comment="With which colleague"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="Day on a wall calendar in the UK"),
        sa.Column(
            "starts_time", sa.Time(), nullable=False, comment="Time on a UK wall clock, as it was agreed"
        ),
        sa.Column("starts_at", Instant(), nullable=False, comment="The same as an instant"),
        sa.Column("length_minutes", sa.Integer(), nullable=False, comment="How long, in minutes"),
        sa.Column("channel", sa.String(length=30), nullable=False, comment="Code list contact_channel"),
        sa.Column(
            "place_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Where, sealed: it may be somebody's home",
        ),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True, comment="What to remember, sealed"),
        sa.Column(
            "result",
            sa.String(length=30),
            nullable=True,
            comment="Code list contact_result; empty: not written up",
        ),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="The real day of what came of it"),
        sa.Column("contact_id", Key(), nullable=True, comment="The contact that says what came of it"),
        sa.Column("rebooked_from_id", Key(), nullable=True, comment="The appointment this one replaces"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="Raised by every change; forms carry it back"
        ),
        sa.Column(
            "entered_at",
            Instant(),
            nullable=False,
            comment="When it was entered, which may be long after it happened",
        ),
        sa.Column("voided_at", Instant(), nullable=True, comment="When it was taken back"),
        sa.Column(
            "void_reason", sa.String(length=40), nullable=True, comment="Coded reason it was taken back"
        ),
        sa.Column("entered_by_id", Key(), nullable=True, comment="Who entered it; empty for a loaded file"),
        sa.Column("voided_by_id", Key(), nullable=True, comment="Who took it back"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.CheckConstraint(
            "(result IS NULL) = (closed_on IS NULL)", name=op.f("ck_appointment_closed_has_result")
        ),
        sa.CheckConstraint(
            "contact_id IS NULL OR result IS NOT NULL", name=op.f("ck_appointment_contact_has_result")
        ),
        sa.CheckConstraint("length_minutes BETWEEN 5 AND 720", name=op.f("ck_appointment_length_in_a_day")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_appointment_contact_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_appointment_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_appointment_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["rebooked_from_id"], ["appointment.id"], name=op.f("fk_appointment_rebooked_from_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_appointment_voided_by_id")),
        sa.ForeignKeyConstraint(["with_id"], ["user.id"], name=op.f("fk_appointment_with_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
        comment="Appointments, each with its result once it is known",
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_appointment_enrolment_id_starts_at", ["enrolment_id", "starts_at"], unique=False
        )
        batch_op.create_index("ix_appointment_with_id_starts_on", ["with_id", "starts_on"], unique=False)
        batch_op.create_index(
            "uq_appointment_rebooked_from_id",
            ["rebooked_from_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_appointment_rebooked_from_id",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_appointment_with_id_starts_on")
        batch_op.drop_index("ix_appointment_enrolment_id_starts_at")

    op.drop_table("appointment")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index("ix_task_user_id_done_on")
        batch_op.drop_index("ix_task_enrolment_id")

    op.drop_table("task")
    with op.batch_alter_table("calendar_address", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_calendar_address_one",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.drop_table("calendar_address")
