"""The first tables

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from caseworker.core.types import Instant, Key

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_event",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
            comment="Place in the chain, from 1, without gaps",
        ),
        sa.Column("at", Instant(), nullable=False, comment="When it was committed"),
        sa.Column("user_id", Key(), nullable=True, comment="Who; empty for the installation itself"),
        sa.Column(
            "action",
            sa.String(length=40),
            nullable=False,
            comment="looked, created, changed, voided, signed in ...",
        ),
        sa.Column("record_kind", sa.String(length=40), nullable=False, comment="Table of the record"),
        sa.Column("record_id", Key(), nullable=True, comment="Key of the record"),
        sa.Column("participant_id", Key(), nullable=True, comment="Whose case it belongs to"),
        sa.Column(
            "fields", sa.String(length=2000), nullable=False, comment="Names of the fields changed, by commas"
        ),
        sa.Column(
            "why", sa.String(length=40), nullable=False, comment="Coded reason, where one was asked for"
        ),
        sa.Column(
            "request_id",
            sa.String(length=32),
            nullable=False,
            comment="The request it came with, as in the log",
        ),
        sa.Column(
            "link",
            sa.LargeBinary(length=32),
            nullable=False,
            comment="HMAC over this row and the link before",
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
        comment="Every change and every look; append-only, chained",
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index("ix_audit_event_participant_id_at", ["participant_id", "at"], unique=False)
        batch_op.create_index("ix_audit_event_record_id", ["record_id"], unique=False)

    op.create_table(
        "installation",
        sa.Column("number", sa.Integer(), nullable=False, comment="Always 1"),
        sa.Column("kind", sa.String(length=10), nullable=False, comment="demo (invented people) or live"),
        sa.Column(
            "key_fingerprint",
            sa.String(length=8),
            nullable=False,
            comment="Which key sealed the text; not the key",
        ),
        sa.Column("created_at", Instant(), nullable=False, comment="When it was set up"),
        sa.Column("loaded_at", Instant(), nullable=True, comment="When the demo's people were loaded"),
        sa.CheckConstraint("number = 1", name=op.f("ck_installation_one_row")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_installation")),
        comment="What this database is",
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column(
            "who_hash", sa.LargeBinary(length=32), nullable=False, comment="Keyed hash of account or address"
        ),
        sa.Column("at", Instant(), nullable=False, comment="When"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_attempt")),
        comment="Failed tries at signing in",
    )
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_sign_in_attempt_who_at", ["who_hash", "at"], unique=False)

    op.create_table(
        "user",
        sa.Column("email", sa.String(length=200), nullable=False, comment="Sign-in name"),
        sa.Column("name", sa.String(length=120), nullable=False, comment="As colleagues see it"),
        sa.Column("password_hash", sa.String(length=200), nullable=False, comment="Argon2id"),
        sa.Column("second_step_sealed", sa.LargeBinary(), nullable=True, comment="TOTP secret, sealed"),
        sa.Column(
            "second_step_counter", sa.Integer(), nullable=True, comment="Last TOTP step used, against replay"
        ),
        sa.Column("shortcuts_on", sa.Boolean(), nullable=False, comment="Single-key shortcuts wanted"),
        sa.Column("active", sa.Boolean(), nullable=False, comment="May sign in"),
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
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_user_email_lower")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_user_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_user_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("email", name=op.f("uq_user_email")),
        comment="People who sign in",
    )
    op.create_table(
        "draft",
        sa.Column("user_id", Key(), nullable=False, comment="Who was typing"),
        sa.Column("path", sa.String(length=400), nullable=False, comment="Address of the form"),
        sa.Column("typed_sealed", sa.LargeBinary(), nullable=False, comment="Field names and text, sealed"),
        sa.Column("saved_at", Instant(), nullable=False, comment="When it was last kept"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_draft_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("user_id", "path", name=op.f("uq_draft_user_id_path")),
        comment="Unsaved typing, offered back; dropped on save or after seven days",
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_draft_saved_at"), ["saved_at"], unique=False)

    op.create_table(
        "organisation",
        sa.Column(
            "code",
            sa.String(length=60),
            nullable=False,
            comment="Stable name in addresses and commands, [a-z0-9-]+",
        ),
        sa.Column("name", sa.String(length=120), nullable=False, comment="As people say it"),
        sa.Column("parent_id", Key(), nullable=True, comment="The organisation above; empty at the top"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_organisation_entered_by_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_organisation_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("code", name=op.f("uq_organisation_code")),
        comment="Controllers, in one tree",
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "post_token",
        sa.Column("token", sa.String(length=43), nullable=False, comment="Random, from the form"),
        sa.Column("user_id", Key(), nullable=True, comment="Who sent it"),
        sa.Column("location", sa.String(length=400), nullable=False, comment="Where the first answer went"),
        sa.Column("spent_at", Instant(), nullable=False, comment="When it was acted on"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_post_token_user_id")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_post_token")),
        comment="Forms acted on, so that a second send does nothing twice",
    )
    with op.batch_alter_table("post_token", schema=None) as batch_op:
        batch_op.create_index("ix_post_token_spent_at", ["spent_at"], unique=False)

    op.create_table(
        "stored_file",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose file, for who may open it"),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Media type, by content"),
        sa.Column("size", sa.Integer(), nullable=False, comment="Bytes before sealing"),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False, comment="File name, sealed"),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True, comment="The bytes, sealed"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_stored_file_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_stored_file_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_file")),
        comment="Uploaded files, sealed",
    )
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stored_file_participant_id"), ["participant_id"], unique=False)

    op.create_table(
        "user_session",
        sa.Column("user_id", Key(), nullable=False, comment="Who signed in"),
        sa.Column(
            "token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the cookie's token"
        ),
        sa.Column("began_at", Instant(), nullable=False, comment="When it was signed in"),
        sa.Column("seen_at", Instant(), nullable=False, comment="Last use, to the minute"),
        sa.Column("ended_at", Instant(), nullable=True, comment="Signed out or revoked"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_user_session_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_session")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_user_session_token_hash")),
        comment="Signed-in browsers",
    )
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.create_index("ix_user_session_user_id", ["user_id"], unique=False)

    op.create_table(
        "participant",
        sa.Column("organisation_id", Key(), nullable=False, comment="Controller of this record"),
        sa.Column(
            "reference", sa.String(length=10), nullable=False, comment="CW- and seven characters, random"
        ),
        sa.Column("given_name", sa.String(length=100), nullable=False, comment="First names"),
        sa.Column("family_name", sa.String(length=100), nullable=False, comment="Surname"),
        sa.Column(
            "preferred_name", sa.String(length=100), nullable=True, comment="What they like to be called"
        ),
        sa.Column("born_on", sa.Date(), nullable=True, comment="Date of birth"),
        sa.Column("birth_not_known", sa.Boolean(), nullable=False, comment="Asked for and not known"),
        sa.Column("postcode", sa.String(length=8), nullable=True, comment="Postcode"),
        sa.Column("phone", sa.String(length=20), nullable=True, comment="Telephone"),
        sa.Column("email", sa.String(length=200), nullable=True, comment="E-mail"),
        sa.Column("no_voicemail", sa.Boolean(), nullable=False, comment="Never leave a message"),
        sa.Column("no_texts", sa.Boolean(), nullable=False, comment="Never text"),
        sa.Column(
            "safe_times_sealed", sa.LargeBinary(), nullable=True, comment="When it is safe to call, sealed"
        ),
        sa.Column(
            "learning_needs_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="What helps them learn, never why, sealed",
        ),
        sa.Column(
            "restricted", sa.Boolean(), nullable=False, comment="Seen by named users only; still counted"
        ),
        sa.Column("keep_until_on", sa.Date(), nullable=True, comment="When to review whether to keep it"),
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
            "born_on IS NULL OR NOT birth_not_known", name=op.f("ck_participant_birth_known_or_not")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_participant_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_participant_organisation_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_participant_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("reference", name=op.f("uq_participant_reference")),
        comment="People helped; one row per human being and controller",
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_born_on", ["born_on"], unique=False)
        batch_op.create_index("ix_participant_organisation_id", ["organisation_id"], unique=False)
        batch_op.create_index("ix_participant_postcode", ["postcode"], unique=False)

    op.create_table(
        "programme",
        sa.Column("organisation_id", Key(), nullable=False, comment="Controller of its records"),
        sa.Column(
            "code",
            sa.String(length=60),
            nullable=False,
            comment="Stable name in addresses and commands, [a-z0-9-]+",
        ),
        sa.Column("name", sa.String(length=120), nullable=False, comment="As people say it"),
        sa.Column("summary", sa.String(length=600), nullable=False, comment="What it does, for whom"),
        sa.Column("funder", sa.String(length=120), nullable=False, comment="Who pays"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("ends_on", sa.Date(), nullable=True, comment="Last day; empty while it runs"),
        sa.Column(
            "report_on",
            sa.Date(),
            nullable=True,
            comment="Date its figures are stated as at; empty: the day one looks",
        ),
        sa.Column(
            "outcome_map", sa.String(length=60), nullable=False, comment="Outcome map its value is read from"
        ),
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
            "ends_on IS NULL OR ends_on >= starts_on", name=op.f("ck_programme_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_programme_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_programme_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("code", name=op.f("uq_programme_code")),
        comment="Funded programmes",
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("programme_id", Key(), nullable=False, comment="Who did it"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="Code list activity_kind"),
        sa.Column("title", sa.String(length=160), nullable=False, comment="What it was"),
        sa.Column("done_on", sa.Date(), nullable=False, comment="Day, or last day of the period it sums up"),
        sa.Column(
            "quantity", sa.Integer(), nullable=False, comment="How many of its kind this row stands for"
        ),
        sa.Column("amount_pence", sa.BigInteger(), nullable=True, comment="Money paid, in pence"),
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
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_activity_not_negative")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_activity_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_activity_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_activity_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        comment="Community activities and grants",
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(
            "ix_activity_programme_id_kind_done_on", ["programme_id", "kind", "done_on"], unique=False
        )

    op.create_table(
        "agreement",
        sa.Column("participant_id", Key(), nullable=False, comment="Who agreed"),
        sa.Column(
            "purpose",
            sa.String(length=40),
            nullable=False,
            comment="notice, take_part, share, photo, contact_after",
        ),
        sa.Column("answer", sa.String(length=20), nullable=False, comment="given, declined, not_asked"),
        sa.Column("given_on", sa.Date(), nullable=False, comment="When they answered"),
        sa.Column(
            "notice_version", sa.String(length=20), nullable=False, comment="Which notice they were given"
        ),
        sa.Column("withdrawn_on", sa.Date(), nullable=True, comment="When they took it back"),
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
            "withdrawn_on IS NULL OR withdrawn_on >= given_on", name=op.f("ck_agreement_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_agreement_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_agreement_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_agreement_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
        comment="Notice given and agreements, purpose by purpose",
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_agreement_participant_id_purpose", ["participant_id", "purpose"], unique=False
        )

    op.create_table(
        "cohort",
        sa.Column("programme_id", Key(), nullable=False, comment="Its programme"),
        sa.Column("name", sa.String(length=80), nullable=False, comment="As people say it"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="First day of starts"),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day of starts"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_cohort_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_cohort_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_cohort_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cohort")),
        sa.UniqueConstraint("programme_id", "name", name=op.f("uq_cohort_programme_id_name")),
        comment="Groups that start together",
    )
    op.create_table(
        "course",
        sa.Column("programme_id", Key(), nullable=False, comment="Who runs it"),
        sa.Column("tutor_id", Key(), nullable=False, comment="Who teaches it"),
        sa.Column("title", sa.String(length=160), nullable=False, comment="As learners know it"),
        sa.Column("subject", sa.String(length=80), nullable=False, comment="Subject"),
        sa.Column("level", sa.String(length=10), nullable=False, comment="Code list course_level"),
        sa.Column("awarding_body", sa.String(length=120), nullable=True, comment="Empty: not accredited"),
        sa.Column("guided_minutes", sa.Integer(), nullable=False, comment="Guided learning, in minutes"),
        sa.Column("starts_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("ends_on", sa.Date(), nullable=False, comment="Last day"),
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
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_course_dates_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_course_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_course_programme_id")),
        sa.ForeignKeyConstraint(["tutor_id"], ["user.id"], name=op.f("fk_course_tutor_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_course_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course")),
        comment="Courses of a programme",
    )
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.create_index("ix_course_programme_id", ["programme_id"], unique=False)
        batch_op.create_index("ix_course_tutor_id", ["tutor_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("programme_id", Key(), nullable=False, comment="Who held it"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="Code list event_kind"),
        sa.Column("title", sa.String(length=160), nullable=False, comment="As it was announced"),
        sa.Column("held_on", sa.Date(), nullable=False, comment="Day"),
        sa.Column("place", sa.String(length=120), nullable=False, comment="Where"),
        sa.Column(
            "head_count", sa.Integer(), nullable=False, comment="Attendances counted by head, named or not"
        ),
        sa.Column(
            "independent_living_count",
            sa.Integer(),
            nullable=False,
            comment="Of these, by tenants of independent living schemes",
        ),
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
            "head_count >= 0 AND independent_living_count >= 0", name=op.f("ck_event_not_negative")
        ),
        sa.CheckConstraint(
            "independent_living_count <= head_count", name=op.f("ck_event_part_of_head_count")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_event_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_event_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_event_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        comment="Job clubs and community events",
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_programme_id_held_on", ["programme_id", "held_on"], unique=False)

    op.create_table(
        "investment",
        sa.Column("programme_id", Key(), nullable=False, comment="What it paid for"),
        sa.Column("spent_on", sa.Date(), nullable=False, comment="When; its year sets the discounting"),
        sa.Column("amount_pence", sa.BigInteger(), nullable=False, comment="Amount in pence"),
        sa.Column("in_kind", sa.Boolean(), nullable=False, comment="Given as time, rooms or goods"),
        sa.Column("from_whom", sa.String(length=120), nullable=False, comment="Who gave it"),
        sa.Column("what_for", sa.String(length=200), nullable=False, comment="What it paid for"),
        sa.Column(
            "internal",
            sa.Boolean(),
            nullable=False,
            comment="Paid by another organisation of the tree: left out of a roll-up",
        ),
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
        sa.CheckConstraint("amount_pence >= 0", name=op.f("ck_investment_not_negative")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_investment_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_investment_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_investment_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_investment")),
        comment="What was put in, from every funder, in cash or in kind",
    )
    with op.batch_alter_table("investment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_investment_programme_id_spent_on", ["programme_id", "spent_on"], unique=False
        )

    op.create_table(
        "name_key",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose name"),
        sa.Column(
            "word",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
            comment="Lower case, no accents or marks",
        ),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_name_key_participant_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_key")),
        sa.UniqueConstraint("participant_id", "word", name=op.f("uq_name_key_participant_id_word")),
        comment="Search words of people's names",
    )
    with op.batch_alter_table("name_key", schema=None) as batch_op:
        batch_op.create_index("ix_name_key_word_participant_id", ["word", "participant_id"], unique=False)

    op.create_table(
        "participant_access",
        sa.Column("participant_id", Key(), nullable=False, comment="Who is seen"),
        sa.Column("user_id", Key(), nullable=True, comment="A named reader"),
        sa.Column("programme_id", Key(), nullable=True, comment="Or those with a role over this programme"),
        sa.Column("scope", sa.String(length=10), nullable=False, comment="case, learner or people"),
        sa.Column(
            "why",
            sa.String(length=30),
            nullable=False,
            comment="enrolment, keyworker, course, team_cover, reason",
        ),
        sa.Column(
            "because_id", Key(), nullable=False, comment="The enrolment, course place or grant behind it"
        ),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it lasts"),
        sa.Column("written_at", Instant(), nullable=False, comment="When the row was written"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.CheckConstraint(
            "(user_id IS NULL) <> (programme_id IS NULL)", name=op.f("ck_participant_access_one_reader")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_participant_access_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_participant_access_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_participant_access_programme_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_participant_access_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant_access")),
        sa.UniqueConstraint(
            "participant_id",
            "programme_id",
            "scope",
            "because_id",
            name=op.f("uq_participant_access_participant_id_programme_id_scope_because_id"),
        ),
        sa.UniqueConstraint(
            "participant_id",
            "user_id",
            "scope",
            "because_id",
            name=op.f("uq_participant_access_participant_id_user_id_scope_because_id"),
        ),
        comment="Who may see whom; also the access list shown on the case page",
    )
    with op.batch_alter_table("participant_access", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participant_access_programme_id_scope",
            ["programme_id", "scope", "participant_id"],
            unique=False,
        )
        batch_op.create_index(
            "ix_participant_access_user_id_scope", ["user_id", "scope", "participant_id"], unique=False
        )

    op.create_table(
        "person_link",
        sa.Column("human_id", Key(), nullable=False, comment="Shared by all the links of one human being"),
        sa.Column("participant_id", Key(), nullable=False, comment="One of them"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_person_link_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_person_link_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_person_link_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_link")),
        sa.UniqueConstraint("participant_id", name=op.f("uq_person_link_participant_id")),
        comment="Participants who are one human being, for counting only",
    )
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.create_index("ix_person_link_human_id", ["human_id"], unique=False)

    op.create_table(
        "programme_rule",
        sa.Column("programme_id", Key(), nullable=False, comment="Whose rule"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="review_clock, into_work, sustained"),
        sa.Column(
            "code",
            sa.String(length=40),
            nullable=False,
            comment="Name of the rule, such as sustained_26_weeks",
        ),
        sa.Column("label", sa.String(length=120), nullable=False, comment="As people and reports say it"),
        sa.Column("settings", sa.JSON(), nullable=False, comment="Thresholds and windows of the rule"),
        sa.Column(
            "source",
            sa.String(length=300),
            nullable=False,
            comment="Where the rule comes from, with its doubts",
        ),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day it holds"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it holds"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_programme_rule_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_programme_rule_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_rule_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_programme_rule_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_rule")),
        sa.UniqueConstraint(
            "programme_id",
            "kind",
            "code",
            "from_on",
            name=op.f("uq_programme_rule_programme_id_kind_code_from_on"),
        ),
        comment="Outcome, review and sustainment rules as dated data",
    )
    op.create_table(
        "published_figure",
        sa.Column("organisation_id", Key(), nullable=False, comment="Shown here"),
        sa.Column("programme_id", Key(), nullable=True, comment="Or here"),
        sa.Column("measure", sa.String(length=60), nullable=False, comment="social_value, ratio, inputs ..."),
        sa.Column("words", sa.String(length=200), nullable=False, comment="The figure as people read it"),
        sa.Column(
            "source",
            sa.String(length=300),
            nullable=False,
            comment="Who published it, when, and why not ours",
        ),
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
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_published_figure_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_published_figure_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_published_figure_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_published_figure_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_figure")),
        sa.UniqueConstraint(
            "organisation_id",
            "measure",
            "programme_id",
            name=op.f("uq_published_figure_organisation_id_measure_programme_id"),
        ),
        comment="Published figures that cannot be recomputed",
    )
    op.create_table(
        "role_grant",
        sa.Column("user_id", Key(), nullable=False, comment="Whose role"),
        sa.Column("role", sa.String(length=30), nullable=False, comment="The role"),
        sa.Column("programme_id", Key(), nullable=True, comment="On this programme only"),
        sa.Column("organisation_id", Key(), nullable=True, comment="On this organisation and those below it"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it lasts"),
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
            "programme_id IS NULL OR organisation_id IS NULL", name=op.f("ck_role_grant_one_place")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_role_grant_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_role_grant_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_role_grant_organisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_role_grant_programme_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_role_grant_user_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_role_grant_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        comment="Who may do what, where, from when to when",
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index("ix_role_grant_user_id", ["user_id"], unique=False)

    op.create_table(
        "status_history",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose status"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="From this day"),
        sa.Column(
            "economic_status",
            sa.String(length=10),
            nullable=False,
            comment="Code list economic_status (ILR EmpStat)",
        ),
        sa.Column(
            "required_to_look",
            sa.Boolean(),
            nullable=True,
            comment="Required to look for work; empty: not known",
        ),
        sa.Column("benefit", sa.String(length=40), nullable=True, comment="Main benefit, code list benefit"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_status_history_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_status_history_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_status_history_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_history")),
        comment="Employment and benefits, dated",
    )
    with op.batch_alter_table("status_history", schema=None) as batch_op:
        batch_op.create_index(
            "ix_status_history_participant_id_from_on", ["participant_id", "from_on"], unique=False
        )

    op.create_table(
        "survey",
        sa.Column("programme_id", Key(), nullable=False, comment="Whose survey"),
        sa.Column("code", sa.String(length=40), nullable=False, comment="Stable name"),
        sa.Column("title", sa.String(length=160), nullable=False, comment="As people were told"),
        sa.Column("asked_from_on", sa.Date(), nullable=False, comment="First day of asking"),
        sa.Column("asked_until_on", sa.Date(), nullable=False, comment="Last day of asking"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_survey_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_survey_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_survey_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_survey_programme_id_code")),
        comment="Surveys of a programme",
    )
    op.create_table(
        "target",
        sa.Column("programme_id", Key(), nullable=False, comment="Whose target"),
        sa.Column(
            "measure", sa.String(length=40), nullable=False, comment="Code of the measure: NT1, into_work ..."
        ),
        sa.Column("framework", sa.String(length=20), nullable=False, comment="toms, or own"),
        sa.Column(
            "label", sa.String(length=160), nullable=False, comment="Our own short words for the measure"
        ),
        sa.Column("unit", sa.String(length=60), nullable=False, comment="people FTE, hours, weeks ..."),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day of the period"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="Last day of the period"),
        sa.Column(
            "target_hundredths", sa.BigInteger(), nullable=False, comment="Target, in hundredths of the unit"
        ),
        sa.Column(
            "actual_hundredths",
            sa.BigInteger(),
            nullable=True,
            comment="Counted by hand, in hundredths of the unit; empty when read from records",
        ),
        sa.Column(
            "counted_how",
            sa.String(length=300),
            nullable=False,
            comment="Where the actual comes from, with doubts",
        ),
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
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_target_dates_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_target_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_target_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_target_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "programme_id", "measure", "from_on", name=op.f("uq_target_programme_id_measure_from_on")
        ),
        comment="Targets of a programme by measure and period",
    )
    op.create_table(
        "valuation_run",
        sa.Column(
            "reference",
            sa.String(length=12),
            nullable=False,
            comment="VR- and characters, printed on the report",
        ),
        sa.Column("name", sa.String(length=120), nullable=True, comment="Name somebody gave it"),
        sa.Column("state", sa.String(length=10), nullable=False, comment="draft or signed"),
        sa.Column("programme_id", Key(), nullable=True, comment="Of this"),
        sa.Column("organisation_id", Key(), nullable=True, comment="Or of this and all below it"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day of the period"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="Last day of the period"),
        sa.Column("as_at_on", sa.Date(), nullable=False, comment="Facts dated up to this day count"),
        sa.Column("seed", sa.Integer(), nullable=False, comment="Seed of the draws"),
        sa.Column("draws", sa.Integer(), nullable=False, comment="Number of draws"),
        sa.Column("map_edition", sa.String(length=60), nullable=False, comment="Outcome map edition"),
        sa.Column("bank_edition", sa.String(length=60), nullable=False, comment="Proxy bank edition"),
        sa.Column(
            "code_version", sa.String(length=40), nullable=False, comment="Versions of caseworker and numpy"
        ),
        sa.Column("frames", sa.JSON(), nullable=False, comment="Quantities and investment, without people"),
        sa.Column("result", sa.JSON(), nullable=False, comment="Every figure as printed"),
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
            "(programme_id IS NULL) <> (organisation_id IS NULL)", name=op.f("ck_valuation_run_one_subject")
        ),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_valuation_run_dates_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_valuation_run_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_valuation_run_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_valuation_run_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_valuation_run_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_valuation_run")),
        sa.UniqueConstraint("reference", name=op.f("uq_valuation_run_reference")),
        comment="Stored valuations",
    )
    with op.batch_alter_table("valuation_run", schema=None) as batch_op:
        batch_op.create_index("ix_valuation_run_programme_id", ["programme_id"], unique=False)

    op.create_table(
        "course_session",
        sa.Column("course_id", Key(), nullable=False, comment="Its course"),
        sa.Column("held_on", sa.Date(), nullable=False, comment="Day"),
        sa.Column("starts_at_time", sa.Time(), nullable=False, comment="Time on the wall clock in the UK"),
        sa.Column("minutes", sa.SmallInteger(), nullable=False, comment="Length, in minutes"),
        sa.Column("room", sa.String(length=80), nullable=False, comment="Where"),
        sa.Column(
            "happened",
            sa.Boolean(),
            nullable=True,
            comment="False: it did not happen and leaves every denominator; empty: not marked yet",
        ),
        sa.Column("marked_on", sa.Date(), nullable=True, comment="When the register was first saved"),
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
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_course_session_minutes_in_a_day")),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_session_course_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_course_session_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_course_session_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_session")),
        sa.UniqueConstraint(
            "course_id",
            "held_on",
            "starts_at_time",
            name=op.f("uq_course_session_course_id_held_on_starts_at_time"),
        ),
        comment="One class on one day",
    )
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.create_index("ix_course_session_held_on", ["held_on"], unique=False)

    op.create_table(
        "enrolment",
        sa.Column("participant_id", Key(), nullable=False, comment="Who"),
        sa.Column("programme_id", Key(), nullable=False, comment="On what"),
        sa.Column("cohort_id", Key(), nullable=True, comment="In which group"),
        sa.Column("keyworker_id", Key(), nullable=True, comment="With whom"),
        sa.Column(
            "referral_source", sa.String(length=40), nullable=False, comment="Code list referral_source"
        ),
        sa.Column("referred_on", sa.Date(), nullable=False, comment="When they were referred"),
        sa.Column("started_on", sa.Date(), nullable=True, comment="Start of support; empty: not started"),
        sa.Column("exited_on", sa.Date(), nullable=True, comment="Last day on the programme"),
        sa.Column("exit_reason", sa.String(length=40), nullable=True, comment="Code list exit_reason"),
        sa.Column(
            "status_at_start",
            sa.String(length=10),
            nullable=False,
            comment="Code list economic_status, on the first day",
        ),
        sa.Column(
            "required_to_look_at_start",
            sa.Boolean(),
            nullable=True,
            comment="Required to look for work on the first day; empty: not known",
        ),
        sa.Column(
            "benefit_at_start", sa.String(length=40), nullable=True, comment="Main benefit on the first day"
        ),
        sa.Column(
            "age_at_start",
            sa.SmallInteger(),
            nullable=True,
            comment="Whole years on the first day; empty: birth not known",
        ),
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
            "(exited_on IS NULL) = (exit_reason IS NULL)", name=op.f("ck_enrolment_exit_has_reason")
        ),
        sa.CheckConstraint(
            "exited_on IS NULL OR exited_on >= coalesce(started_on, referred_on)",
            name=op.f("ck_enrolment_exit_last"),
        ),
        sa.CheckConstraint(
            "started_on IS NULL OR started_on >= referred_on", name=op.f("ck_enrolment_start_after_referral")
        ),
        sa.ForeignKeyConstraint(["cohort_id"], ["cohort.id"], name=op.f("fk_enrolment_cohort_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_enrolment_entered_by_id")),
        sa.ForeignKeyConstraint(["keyworker_id"], ["user.id"], name=op.f("fk_enrolment_keyworker_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_enrolment_participant_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_enrolment_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_enrolment_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment")),
        comment="A person's time on a programme",
    )
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_enrolment_keyworker_id_exited_on", ["keyworker_id", "exited_on"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_enrolment_participant_id"), ["participant_id"], unique=False)
        batch_op.create_index(
            "ix_enrolment_programme_id_started_on", ["programme_id", "started_on"], unique=False
        )
        batch_op.create_index(
            "uq_enrolment_one_open",
            ["participant_id", "programme_id"],
            unique=True,
            sqlite_where=sa.text("exited_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("exited_on IS NULL AND voided_at IS NULL"),
        )

    op.create_table(
        "event_attendance",
        sa.Column("event_id", Key(), nullable=False, comment="Which event"),
        sa.Column("participant_id", Key(), nullable=False, comment="Who came"),
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
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_event_attendance_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_event_attendance_event_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_event_attendance_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_event_attendance_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_attendance")),
        sa.UniqueConstraint(
            "event_id", "participant_id", name=op.f("uq_event_attendance_event_id_participant_id")
        ),
        comment="Named people at an event",
    )
    with op.batch_alter_table("event_attendance", schema=None) as batch_op:
        batch_op.create_index("ix_event_attendance_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "survey_statement",
        sa.Column("survey_id", Key(), nullable=False, comment="Its survey"),
        sa.Column(
            "code", sa.String(length=40), nullable=False, comment="Stable name, such as in_work or valued"
        ),
        sa.Column("words", sa.String(length=300), nullable=False, comment="As it was asked"),
        sa.Column("scale", sa.String(length=20), nullable=False, comment="agreement or yes_no"),
        sa.Column("place", sa.SmallInteger(), nullable=False, comment="Order on the page"),
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
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_survey_statement_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_statement_survey_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_survey_statement_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_statement")),
        sa.UniqueConstraint("survey_id", "code", name=op.f("uq_survey_statement_survey_id_code")),
        comment="Statements of a survey",
    )
    op.create_table(
        "action_plan",
        sa.Column("started_on", sa.Date(), nullable=False, comment="When the first goal was written"),
        sa.Column("agreed_on", sa.Date(), nullable=True, comment="When the participant agreed to it"),
        sa.Column(
            "agreed_how", sa.String(length=20), nullable=True, comment="signature, typed, paper, spoken"
        ),
        sa.Column("reviewed_on", sa.Date(), nullable=True, comment="Last review together"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "agreed_on IS NULL OR agreed_on >= started_on", name=op.f("ck_action_plan_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_action_plan_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_action_plan_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_action_plan_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
        comment="One living plan of an enrolment",
    )
    with op.batch_alter_table("action_plan", schema=None) as batch_op:
        batch_op.create_index(
            "uq_action_plan_one",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "barrier_assessment",
        sa.Column("theme", sa.String(length=30), nullable=False, comment="Code list barrier_theme"),
        sa.Column(
            "barrier", sa.String(length=40), nullable=True, comment="Code list barrier_code, within the theme"
        ),
        sa.Column(
            "state", sa.String(length=20), nullable=False, comment="something, nothing, not_asked or declined"
        ),
        sa.Column("severity", sa.SmallInteger(), nullable=True, comment="0 resolved to 4 stops progress"),
        sa.Column("assessed_on", sa.Date(), nullable=False, comment="When it was talked about"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True, comment="In their words, sealed"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "(state = 'something') = (severity IS NOT NULL)",
            name=op.f("ck_barrier_assessment_severity_when_something"),
        ),
        sa.CheckConstraint(
            "barrier IS NULL OR state = 'something'",
            name=op.f("ck_barrier_assessment_barrier_when_something"),
        ),
        sa.CheckConstraint(
            "severity IS NULL OR severity BETWEEN 0 AND 4", name=op.f("ck_barrier_assessment_severity_range")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_barrier_assessment_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_barrier_assessment_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_barrier_assessment_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barrier_assessment")),
        comment="Barriers by theme, with their history",
    )
    with op.batch_alter_table("barrier_assessment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_barrier_assessment_enrolment_id_theme", ["enrolment_id", "theme", "assessed_on"], unique=False
        )

    op.create_table(
        "contact",
        sa.Column("happened_at", Instant(), nullable=False, comment="When it happened"),
        sa.Column("channel", sa.String(length=30), nullable=False, comment="Code list contact_channel"),
        sa.Column("direction", sa.String(length=10), nullable=False, comment="in or out"),
        sa.Column("result", sa.String(length=30), nullable=False, comment="Code list contact_result"),
        sa.Column(
            "two_way",
            sa.Boolean(),
            nullable=False,
            comment="They spoke or attended: it resets the contact clock",
        ),
        sa.Column("minutes", sa.Integer(), nullable=True, comment="How long, in minutes"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True, comment="What was said, sealed"),
        sa.Column("sensitive", sa.Boolean(), nullable=False, comment="Folded on the page"),
        sa.Column("corrects_id", Key(), nullable=True, comment="The entry this one corrects"),
        sa.Column(
            "correction_reason", sa.String(length=40), nullable=True, comment="Coded reason for correcting"
        ),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "(corrects_id IS NULL) = (correction_reason IS NULL)",
            name=op.f("ck_contact_correction_has_reason"),
        ),
        sa.CheckConstraint(
            "minutes IS NULL OR minutes BETWEEN 0 AND 1440", name=op.f("ck_contact_minutes_in_a_day")
        ),
        sa.ForeignKeyConstraint(["corrects_id"], ["contact.id"], name=op.f("fk_contact_corrects_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_contact_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_contact_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_contact_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        comment="Contacts and attempts, append-only",
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.create_index(
            "ix_contact_enrolment_id_happened_at", ["enrolment_id", "happened_at"], unique=False
        )
        batch_op.create_index(
            "ix_contact_enrolment_id_two_way", ["enrolment_id", "two_way", "happened_at"], unique=False
        )
        batch_op.create_index(
            "uq_contact_corrects_id",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "course_enrolment",
        sa.Column("course_id", Key(), nullable=False, comment="Which course"),
        sa.Column("joined_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("left_on", sa.Date(), nullable=True, comment="Withdrew on; empty: still on it"),
        sa.Column("leave_reason", sa.String(length=40), nullable=True, comment="Coded reason for leaving"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "left_on IS NULL OR left_on >= joined_on", name=op.f("ck_course_enrolment_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name=op.f("fk_course_enrolment_course_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_course_enrolment_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_course_enrolment_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_course_enrolment_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_enrolment")),
        comment="Learners' places on courses",
    )
    with op.batch_alter_table("course_enrolment", schema=None) as batch_op:
        batch_op.create_index("ix_course_enrolment_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index(
            "uq_course_enrolment_one_place",
            ["course_id", "enrolment_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "due_item",
        sa.Column("enrolment_id", Key(), nullable=False, comment="For whom"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="contact, plan, review, sustainment"),
        sa.Column(
            "about_id", Key(), nullable=False, comment="The enrolment, plan or progression it is about"
        ),
        sa.Column("due_on", sa.Date(), nullable=False, comment="Last day it can be done on time"),
        sa.Column("rule", sa.String(length=40), nullable=False, comment="Code of the programme's rule"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="When it was done or stopped mattering"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_due_item_enrolment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_due_item")),
        sa.UniqueConstraint(
            "enrolment_id", "kind", "about_id", name=op.f("uq_due_item_enrolment_id_kind_about_id")
        ),
        comment="What is due, by when, and by which rule",
    )
    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_due_item_enrolment_id_due_on", ["enrolment_id", "closed_on", "due_on", "kind"], unique=False
        )

    op.create_table(
        "goal_declined",
        sa.Column("theme", sa.String(length=30), nullable=False, comment="Code list barrier_theme"),
        sa.Column("declined_on", sa.Date(), nullable=False, comment="When they said so"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_goal_declined_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_goal_declined_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_goal_declined_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_declined")),
        comment="Barrier themes somebody chose to set no goal for",
    )
    with op.batch_alter_table("goal_declined", schema=None) as batch_op:
        batch_op.create_index(
            "uq_goal_declined_one",
            ["enrolment_id", "theme"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "progression",
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Code list progression_kind"),
        sa.Column("started_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column(
            "ended_on", sa.Date(), nullable=True, comment="Last day; empty: as far as we know, still there"
        ),
        sa.Column("end_reason", sa.String(length=40), nullable=True, comment="Why it ended"),
        sa.Column(
            "weekly_minutes", sa.Integer(), nullable=True, comment="Usual week, in minutes; empty: not known"
        ),
        sa.Column(
            "pay_pence", sa.BigInteger(), nullable=True, comment="Pay before tax, in pence, a pay period"
        ),
        sa.Column("pay_period", sa.String(length=10), nullable=True, comment="hour, week, month or year"),
        sa.Column("employer", sa.String(length=160), nullable=True, comment="Employer, college or host"),
        sa.Column("job_title", sa.String(length=120), nullable=True, comment="What they do there"),
        sa.Column("contract", sa.String(length=30), nullable=True, comment="Code list contract_type"),
        sa.Column("evidence_level", sa.String(length=30), nullable=False, comment="Code list evidence_level"),
        sa.Column("evidence_file_id", Key(), nullable=True, comment="The document seen"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "(pay_pence IS NULL) = (pay_period IS NULL)", name=op.f("ck_progression_pay_has_period")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_progression_dates_in_order")
        ),
        sa.CheckConstraint(
            "pay_pence IS NULL OR pay_pence >= 0", name=op.f("ck_progression_pay_not_negative")
        ),
        sa.CheckConstraint(
            "weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080",
            name=op.f("ck_progression_week_range"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_progression_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_progression_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["evidence_file_id"], ["stored_file.id"], name=op.f("fk_progression_evidence_file_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_progression_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression")),
        comment="Steps forward, each from a day to a day",
    )
    with op.batch_alter_table("progression", schema=None) as batch_op:
        batch_op.create_index(
            "ix_progression_enrolment_id_started_on", ["enrolment_id", "started_on"], unique=False
        )

    op.create_table(
        "survey_response",
        sa.Column("survey_id", Key(), nullable=False, comment="Which survey"),
        sa.Column("attempts", sa.SmallInteger(), nullable=False, comment="Times they were asked"),
        sa.Column("answered_on", sa.Date(), nullable=True, comment="When they answered; empty: they did not"),
        sa.Column("mode", sa.String(length=20), nullable=True, comment="telephone, link or paper"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_survey_response_attempts_not_negative")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_survey_response_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_survey_response_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_response_survey_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_survey_response_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
        sa.UniqueConstraint(
            "survey_id", "enrolment_id", name=op.f("uq_survey_response_survey_id_enrolment_id")
        ),
        comment="People asked, and whether they answered",
    )
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.create_index("ix_survey_response_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "wellbeing_assessment",
        sa.Column("instrument", sa.String(length=20), nullable=False, comment="ons4, swemwbs or wheel"),
        sa.Column(
            "stage",
            sa.String(length=20),
            nullable=False,
            comment="Code list wellbeing_stage: start, review, exit",
        ),
        sa.Column("assessed_on", sa.Date(), nullable=False, comment="When they answered"),
        sa.Column(
            "completed_how", sa.String(length=20), nullable=False, comment="alone, with_help, read_aloud"
        ),
        sa.Column(
            "life_satisfaction",
            sa.SmallInteger(),
            nullable=True,
            comment="ONS4: 0 not at all to 10 completely",
        ),
        sa.Column(
            "worthwhile", sa.SmallInteger(), nullable=True, comment="ONS4: 0 not at all to 10 completely"
        ),
        sa.Column(
            "happiness", sa.SmallInteger(), nullable=True, comment="ONS4: 0 not at all to 10 completely"
        ),
        sa.Column(
            "anxiety",
            sa.SmallInteger(),
            nullable=True,
            comment="ONS4: 0 not at all to 10 completely; lower is better",
        ),
        sa.Column(
            "score_hundredths",
            sa.Integer(),
            nullable=True,
            comment="Score of the instrument in hundredths (SWEMWBS: metric)",
        ),
        sa.Column(
            "answers_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Item answers of a licensed instrument, sealed",
        ),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
            "anxiety IS NULL OR anxiety BETWEEN 0 AND 10", name=op.f("ck_wellbeing_assessment_anxiety_range")
        ),
        sa.CheckConstraint(
            "happiness IS NULL OR happiness BETWEEN 0 AND 10",
            name=op.f("ck_wellbeing_assessment_happiness_range"),
        ),
        sa.CheckConstraint(
            "life_satisfaction IS NULL OR life_satisfaction BETWEEN 0 AND 10",
            name=op.f("ck_wellbeing_assessment_life_satisfaction_range"),
        ),
        sa.CheckConstraint(
            "worthwhile IS NULL OR worthwhile BETWEEN 0 AND 10",
            name=op.f("ck_wellbeing_assessment_worthwhile_range"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_wellbeing_assessment_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_wellbeing_assessment_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_wellbeing_assessment_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wellbeing_assessment")),
        comment="Wellbeing scores by instrument, stage and day",
    )
    with op.batch_alter_table("wellbeing_assessment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_wellbeing_assessment_enrolment_id_assessed_on",
            ["enrolment_id", "instrument", "assessed_on"],
            unique=False,
        )

    op.create_table(
        "attendance",
        sa.Column("session_id", Key(), nullable=False, comment="Which class"),
        sa.Column("place_id", Key(), nullable=False, comment="Which learner"),
        sa.Column("mark", sa.String(length=20), nullable=False, comment="Code list register_mark"),
        sa.Column("minutes_late", sa.SmallInteger(), nullable=True, comment="How late, in minutes"),
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
            "minutes_late IS NULL OR minutes_late BETWEEN 1 AND 600", name=op.f("ck_attendance_late_range")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_attendance_entered_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["course_enrolment.id"], name=op.f("fk_attendance_place_id")),
        sa.ForeignKeyConstraint(["session_id"], ["course_session.id"], name=op.f("fk_attendance_session_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_attendance_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("session_id", "place_id", name=op.f("uq_attendance_session_id_place_id")),
        comment="Marks in registers",
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index("ix_attendance_place_id", ["place_id"], unique=False)

    op.create_table(
        "completion",
        sa.Column("place_id", Key(), nullable=False, comment="Whose place"),
        sa.Column("completed_on", sa.Date(), nullable=False, comment="Finished the course"),
        sa.Column("achieved_on", sa.Date(), nullable=True, comment="Achieved the award"),
        sa.Column(
            "grade", sa.String(length=40), nullable=True, comment="Grade, in the awarding body's words"
        ),
        sa.Column("certificate_seen_on", sa.Date(), nullable=True, comment="Somebody saw the certificate"),
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
            "achieved_on IS NULL OR achieved_on >= completed_on", name=op.f("ck_completion_achieved_after")
        ),
        sa.CheckConstraint(
            "certificate_seen_on IS NULL OR certificate_seen_on >= completed_on",
            name=op.f("ck_completion_certificate_after"),
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_completion_entered_by_id")),
        sa.ForeignKeyConstraint(["place_id"], ["course_enrolment.id"], name=op.f("fk_completion_place_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_completion_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completion")),
        sa.UniqueConstraint("place_id", name=op.f("uq_completion_place_id")),
        comment="What learners completed, counted once however it arrived",
    )
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.create_index("ix_completion_completed_on", ["completed_on"], unique=False)

    op.create_table(
        "goal",
        sa.Column("plan_id", Key(), nullable=False, comment="Its plan"),
        sa.Column(
            "words_sealed", sa.LargeBinary(), nullable=False, comment="Specific: what, in their words, sealed"
        ),
        sa.Column("horizon", sa.String(length=10), nullable=False, comment="short, medium or long"),
        sa.Column("target_on", sa.Date(), nullable=False, comment="Time-bound: by when"),
        sa.Column(
            "measure_sealed", sa.LargeBinary(), nullable=True, comment="Measurable: how one will know, sealed"
        ),
        sa.Column(
            "confidence", sa.SmallInteger(), nullable=True, comment="Achievable: 1 to 10, in their view"
        ),
        sa.Column(
            "support_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Achievable: what help it needs, sealed",
        ),
        sa.Column("theme", sa.String(length=30), nullable=True, comment="Relevant: barrier theme it serves"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="Code list goal_state"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="When it was done or dropped"),
        sa.Column("drop_reason", sa.String(length=40), nullable=True, comment="Coded reason it was dropped"),
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
            "(closed_on IS NULL) = (state IN ('not_started', 'in_progress'))",
            name=op.f("ck_goal_closed_state"),
        ),
        sa.CheckConstraint(
            "confidence IS NULL OR confidence BETWEEN 1 AND 10", name=op.f("ck_goal_confidence_range")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_goal_entered_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_goal_plan_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_goal_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
        comment="Goals of a plan",
    )
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.create_index("ix_goal_plan_id_target_on", ["plan_id", "target_on"], unique=False)

    op.create_table(
        "outcome_state",
        sa.Column("enrolment_id", Key(), nullable=False, comment="Whose outcome"),
        sa.Column("rule", sa.String(length=40), nullable=False, comment="Code of the programme's rule"),
        sa.Column(
            "achieved_on", sa.Date(), nullable=True, comment="First day it was true; empty: not so far"
        ),
        sa.Column("matures_on", sa.Date(), nullable=True, comment="First day the answer can be known"),
        sa.Column("unknown_on", sa.Date(), nullable=True, comment="Day a check found nobody could say"),
        sa.Column("evidence_level", sa.String(length=30), nullable=True, comment="Best evidence behind it"),
        sa.Column("progression_id", Key(), nullable=True, comment="The step that achieved it"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_outcome_state_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_outcome_state_progression_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_state")),
        sa.UniqueConstraint("enrolment_id", "rule", name=op.f("uq_outcome_state_enrolment_id_rule")),
        comment="Outcomes of an enrolment as stored dates",
    )
    with op.batch_alter_table("outcome_state", schema=None) as batch_op:
        batch_op.create_index("ix_outcome_state_rule_achieved_on", ["rule", "achieved_on"], unique=False)

    op.create_table(
        "survey_answer",
        sa.Column("response_id", Key(), nullable=False, comment="Whose"),
        sa.Column("statement_id", Key(), nullable=False, comment="To what"),
        sa.Column(
            "value", sa.SmallInteger(), nullable=False, comment="1 strongly disagree to 5 strongly agree"
        ),
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
        sa.CheckConstraint("value BETWEEN 1 AND 5", name=op.f("ck_survey_answer_value_range")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_survey_answer_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["response_id"], ["survey_response.id"], name=op.f("fk_survey_answer_response_id")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["survey_statement.id"], name=op.f("fk_survey_answer_statement_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_survey_answer_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_answer")),
        sa.UniqueConstraint(
            "response_id", "statement_id", name=op.f("uq_survey_answer_response_id_statement_id")
        ),
        comment="Answers; a question left out has no row",
    )
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.create_index("ix_survey_answer_statement_id_value", ["statement_id", "value"], unique=False)

    op.create_table(
        "sustainment_check",
        sa.Column("progression_id", Key(), nullable=False, comment="Which step"),
        sa.Column("checked_on", sa.Date(), nullable=False, comment="Day the answer is about"),
        sa.Column("result", sa.String(length=20), nullable=False, comment="still_there, left or not_known"),
        sa.Column("evidence_level", sa.String(length=30), nullable=False, comment="Code list evidence_level"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="The enrolment it belongs to"),
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
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_sustainment_check_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_sustainment_check_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_sustainment_check_progression_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_sustainment_check_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sustainment_check")),
        comment="Checks that a step forward lasted",
    )
    with op.batch_alter_table("sustainment_check", schema=None) as batch_op:
        batch_op.create_index("ix_sustainment_check_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index("ix_sustainment_check_progression_id", ["progression_id"], unique=False)

    op.create_table(
        "action",
        sa.Column("goal_id", Key(), nullable=False, comment="Its goal"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False, comment="What will be done, sealed"),
        sa.Column("owner", sa.String(length=20), nullable=False, comment="Code list action_owner"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="By when"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="Code list action_state"),
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
        sa.CheckConstraint("(done_on IS NULL) = (state <> 'done')", name=op.f("ck_action_done_has_day")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_action_entered_by_id")),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_action_goal_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_action_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        comment="Steps towards a goal",
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index("ix_action_goal_id_due_on", ["goal_id", "due_on"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index("ix_action_goal_id_due_on")

    op.drop_table("action")
    with op.batch_alter_table("sustainment_check", schema=None) as batch_op:
        batch_op.drop_index("ix_sustainment_check_progression_id")
        batch_op.drop_index("ix_sustainment_check_enrolment_id")

    op.drop_table("sustainment_check")
    with op.batch_alter_table("survey_answer", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_answer_statement_id_value")

    op.drop_table("survey_answer")
    with op.batch_alter_table("outcome_state", schema=None) as batch_op:
        batch_op.drop_index("ix_outcome_state_rule_achieved_on")

    op.drop_table("outcome_state")
    with op.batch_alter_table("goal", schema=None) as batch_op:
        batch_op.drop_index("ix_goal_plan_id_target_on")

    op.drop_table("goal")
    with op.batch_alter_table("completion", schema=None) as batch_op:
        batch_op.drop_index("ix_completion_completed_on")

    op.drop_table("completion")
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_attendance_place_id")

    op.drop_table("attendance")
    with op.batch_alter_table("wellbeing_assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_wellbeing_assessment_enrolment_id_assessed_on")

    op.drop_table("wellbeing_assessment")
    with op.batch_alter_table("survey_response", schema=None) as batch_op:
        batch_op.drop_index("ix_survey_response_enrolment_id")

    op.drop_table("survey_response")
    with op.batch_alter_table("progression", schema=None) as batch_op:
        batch_op.drop_index("ix_progression_enrolment_id_started_on")

    op.drop_table("progression")
    with op.batch_alter_table("goal_declined", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_goal_declined_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("goal_declined")
    with op.batch_alter_table("due_item", schema=None) as batch_op:
        batch_op.drop_index("ix_due_item_enrolment_id_due_on")

    op.drop_table("due_item")
    with op.batch_alter_table("course_enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_course_enrolment_one_place",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_course_enrolment_enrolment_id")

    op.drop_table("course_enrolment")
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contact_corrects_id",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_contact_enrolment_id_two_way")
        batch_op.drop_index("ix_contact_enrolment_id_happened_at")

    op.drop_table("contact")
    with op.batch_alter_table("barrier_assessment", schema=None) as batch_op:
        batch_op.drop_index("ix_barrier_assessment_enrolment_id_theme")

    op.drop_table("barrier_assessment")
    with op.batch_alter_table("action_plan", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_action_plan_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("action_plan")
    op.drop_table("survey_statement")
    with op.batch_alter_table("event_attendance", schema=None) as batch_op:
        batch_op.drop_index("ix_event_attendance_participant_id")

    op.drop_table("event_attendance")
    with op.batch_alter_table("enrolment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolment_one_open",
            sqlite_where=sa.text("exited_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("exited_on IS NULL AND voided_at IS NULL"),
        )
        batch_op.drop_index("ix_enrolment_programme_id_started_on")
        batch_op.drop_index(batch_op.f("ix_enrolment_participant_id"))
        batch_op.drop_index("ix_enrolment_keyworker_id_exited_on")

    op.drop_table("enrolment")
    with op.batch_alter_table("course_session", schema=None) as batch_op:
        batch_op.drop_index("ix_course_session_held_on")

    op.drop_table("course_session")
    with op.batch_alter_table("valuation_run", schema=None) as batch_op:
        batch_op.drop_index("ix_valuation_run_programme_id")

    op.drop_table("valuation_run")
    op.drop_table("target")
    op.drop_table("survey")
    with op.batch_alter_table("status_history", schema=None) as batch_op:
        batch_op.drop_index("ix_status_history_participant_id_from_on")

    op.drop_table("status_history")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index("ix_role_grant_user_id")

    op.drop_table("role_grant")
    op.drop_table("published_figure")
    op.drop_table("programme_rule")
    with op.batch_alter_table("person_link", schema=None) as batch_op:
        batch_op.drop_index("ix_person_link_human_id")

    op.drop_table("person_link")
    with op.batch_alter_table("participant_access", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_access_user_id_scope")
        batch_op.drop_index("ix_participant_access_programme_id_scope")

    op.drop_table("participant_access")
    with op.batch_alter_table("name_key", schema=None) as batch_op:
        batch_op.drop_index("ix_name_key_word_participant_id")

    op.drop_table("name_key")
    with op.batch_alter_table("investment", schema=None) as batch_op:
        batch_op.drop_index("ix_investment_programme_id_spent_on")

    op.drop_table("investment")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_programme_id_held_on")

    op.drop_table("event")
    with op.batch_alter_table("course", schema=None) as batch_op:
        batch_op.drop_index("ix_course_tutor_id")
        batch_op.drop_index("ix_course_programme_id")

    op.drop_table("course")
    op.drop_table("cohort")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_agreement_participant_id_purpose")

    op.drop_table("agreement")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index("ix_activity_programme_id_kind_done_on")

    op.drop_table("activity")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_organisation_id"))

    op.drop_table("programme")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_postcode")
        batch_op.drop_index("ix_participant_organisation_id")
        batch_op.drop_index("ix_participant_born_on")

    op.drop_table("participant")
    with op.batch_alter_table("user_session", schema=None) as batch_op:
        batch_op.drop_index("ix_user_session_user_id")

    op.drop_table("user_session")
    with op.batch_alter_table("stored_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stored_file_participant_id"))

    op.drop_table("stored_file")
    with op.batch_alter_table("post_token", schema=None) as batch_op:
        batch_op.drop_index("ix_post_token_spent_at")

    op.drop_table("post_token")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_parent_id"))

    op.drop_table("organisation")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_draft_saved_at"))

    op.drop_table("draft")
    op.drop_table("user")
    with op.batch_alter_table("sign_in_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_sign_in_attempt_who_at")

    op.drop_table("sign_in_attempt")
    op.drop_table("installation")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_event_record_id")
        batch_op.drop_index("ix_audit_event_participant_id_at")

    op.drop_table("audit_event")
