"""people kept safe

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from caseworker.core.types import Instant, Key

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_review",
        sa.Column("reviewed_on", sa.Date(), nullable=False, comment="When"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="What was found, sealed"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_access_review_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_access_review_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_review")),
        comment="Reviews of who has access",
    )
    op.create_table(
        "agency",
        sa.Column("organisation_id", Key(), nullable=False, comment="Whose list"),
        sa.Column("name", sa.String(length=120), nullable=False, comment="As agreements to share name it"),
        sa.Column("helps_with", sa.String(length=200), nullable=False, comment="What they help with"),
        sa.Column("phone", sa.String(length=20), nullable=True, comment="Telephone of the agency"),
        sa.Column("email", sa.String(length=200), nullable=True, comment="E-mail of the agency"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_agency_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_agency_organisation_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_agency_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("organisation_id", "name", name=op.f("uq_agency_organisation_id_name")),
        comment="Agencies people are referred to",
    )
    op.create_table(
        "notice",
        sa.Column("organisation_id", Key(), nullable=False, comment="Whose notice"),
        sa.Column("version_name", sa.String(length=20), nullable=False, comment="As agreements name it"),
        sa.Column("language", sa.String(length=40), nullable=False, comment="Code list language"),
        sa.Column("easy_read", sa.Boolean(), nullable=False, comment="The easy-read form of it"),
        sa.Column("words", sa.Text(), nullable=False, comment="The whole text"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day it is given"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_notice_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_notice_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        comment="Privacy notices by edition",
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(
            "uq_notice_one",
            ["organisation_id", "version_name", "language", "easy_read"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "sharing_agreement",
        sa.Column("giver_id", Key(), nullable=False, comment="Whose records are shown"),
        sa.Column("receiver_id", Key(), nullable=False, comment="Who sees them"),
        sa.Column(
            "covers", sa.String(length=40), nullable=False, comment="What is shared: duplicate_warning"
        ),
        sa.Column(
            "reference", sa.String(length=120), nullable=False, comment="Where the signed agreement is kept"
        ),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
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
        sa.CheckConstraint("giver_id <> receiver_id", name=op.f("ck_sharing_agreement_two_controllers")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_sharing_agreement_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_sharing_agreement_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["giver_id"], ["organisation.id"], name=op.f("fk_sharing_agreement_giver_id")
        ),
        sa.ForeignKeyConstraint(
            ["receiver_id"], ["organisation.id"], name=op.f("fk_sharing_agreement_receiver_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_sharing_agreement_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sharing_agreement")),
        comment="Agreements between controllers to share data",
    )
    with op.batch_alter_table("sharing_agreement", schema=None) as batch_op:
        batch_op.create_index("ix_sharing_agreement_receiver_id", ["receiver_id"], unique=False)

    op.create_table(
        "collected_field",
        sa.Column("programme_id", Key(), nullable=False, comment="Which programme"),
        sa.Column("field", sa.String(length=40), nullable=False, comment="Code list sensitive_field"),
        sa.Column("why", sa.String(length=300), nullable=False, comment="Why it is needed, and who decided"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day it may be asked"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it may be asked"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_collected_field_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_collected_field_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_collected_field_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_collected_field_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collected_field")),
        comment="Sensitive fields switched on, by programme",
    )
    with op.batch_alter_table("collected_field", schema=None) as batch_op:
        batch_op.create_index(
            "uq_collected_field_one",
            ["programme_id", "field", "from_on"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "communication_needs",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose"),
        sa.Column("asked_on", sa.Date(), nullable=False, comment="When they were asked"),
        sa.Column("language", sa.String(length=40), nullable=False, comment="Code list language"),
        sa.Column("interpreter", sa.String(length=20), nullable=False, comment="Code list interpreter"),
        sa.Column("large_print", sa.Boolean(), nullable=False, comment="Print large"),
        sa.Column("easy_read", sa.Boolean(), nullable=False, comment="Easy read"),
        sa.Column("reads_with_help", sa.Boolean(), nullable=False, comment="Reads with somebody's help"),
        sa.Column(
            "helps_sealed", sa.LargeBinary(), nullable=True, comment="What else helps, never why, sealed"
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
            ["entered_by_id"], ["user.id"], name=op.f("fk_communication_needs_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_communication_needs_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_communication_needs_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communication_needs")),
        comment="Language, interpreter and print that people need",
    )
    with op.batch_alter_table("communication_needs", schema=None) as batch_op:
        batch_op.create_index(
            "ix_communication_needs_participant_id", ["participant_id", "asked_on"], unique=False
        )

    op.create_table(
        "concern",
        sa.Column("organisation_id", Key(), nullable=False, comment="Whose safeguarding leads it goes to"),
        sa.Column(
            "programme_id",
            Key(),
            nullable=True,
            comment="Programme it was raised on; empty: not on one alone",
        ),
        sa.Column(
            "about_participant_id",
            Key(),
            nullable=True,
            comment="Whom it is about; empty: somebody not on record",
        ),
        sa.Column(
            "about_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Whom it is about in words, where they are not on record, sealed",
        ),
        sa.Column(
            "about_user_id", Key(), nullable=True, comment="A colleague it is about: they never see it"
        ),
        sa.Column(
            "category",
            sa.String(length=40),
            nullable=True,
            comment="Code list concern_category; empty: not chosen",
        ),
        sa.Column("in_danger_now", sa.Boolean(), nullable=False, comment="Somebody may be in danger now"),
        sa.Column(
            "said_sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="What was seen or said, in the person's own words, sealed",
        ),
        sa.Column("happened_on", sa.Date(), nullable=False, comment="Day it was seen or said"),
        sa.Column(
            "done_at_once_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="What was done straight away, sealed",
        ),
        sa.Column("told_sealed", sa.LargeBinary(), nullable=True, comment="Who has been told, sealed"),
        sa.Column(
            "acknowledged_at",
            Instant(),
            nullable=True,
            comment="When a safeguarding lead took it; empty: unread, and it keeps alerting",
        ),
        sa.Column("acknowledged_by_id", Key(), nullable=True, comment="The lead who took it"),
        sa.Column("outcome", sa.String(length=40), nullable=True, comment="Code list concern_outcome"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="When it was closed; empty: open"),
        sa.Column(
            "last_step_at",
            Instant(),
            nullable=True,
            comment="When something was last done about it; raises the version with each step",
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
            "(closed_on IS NULL) = (outcome IS NULL)", name=op.f("ck_concern_closed_has_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["about_participant_id"], ["participant.id"], name=op.f("fk_concern_about_participant_id")
        ),
        sa.ForeignKeyConstraint(["about_user_id"], ["user.id"], name=op.f("fk_concern_about_user_id")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"], ["user.id"], name=op.f("fk_concern_acknowledged_by_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_concern_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_concern_organisation_id")
        ),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_concern_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_concern_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        comment="Safeguarding concerns; read by safeguarding leads and those they name",
    )
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.create_index(
            "ix_concern_about_participant_id",
            ["about_participant_id"],
            unique=False,
            sqlite_where=sa.text("about_participant_id IS NOT NULL"),
            postgresql_where=sa.text("about_participant_id IS NOT NULL"),
        )
        batch_op.create_index("ix_concern_organisation_id", ["organisation_id", "closed_on"], unique=False)
        batch_op.create_index(
            "ix_concern_unread",
            ["acknowledged_at"],
            unique=False,
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )

    op.create_table(
        "contact_stop",
        sa.Column("participant_id", Key(), nullable=False, comment="Whom"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="died or do_not_contact"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="Last day, where they changed their mind"),
        sa.Column(
            "because_id",
            Key(),
            nullable=True,
            comment="Enrolment whose exit told of it; empty: it was recorded by itself",
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_contact_stop_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_contact_stop_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_contact_stop_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_stop")),
        comment="People who must not be contacted at all",
    )
    with op.batch_alter_table("contact_stop", schema=None) as batch_op:
        batch_op.create_index(
            "uq_contact_stop_one",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND voided_at IS NULL"),
        )

    op.create_table(
        "emergency_card",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose"),
        sa.Column("who_sealed", sa.LargeBinary(), nullable=False, comment="Whom to ring, sealed"),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False, comment="Their telephone, sealed"),
        sa.Column(
            "what_to_do_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="What to do, in the person's words, sealed",
        ),
        sa.Column(
            "shown_to_staff",
            sa.Boolean(),
            nullable=False,
            comment="They agreed that course and event staff may open it",
        ),
        sa.Column(
            "agreed_on", sa.Date(), nullable=False, comment="When they gave it and said who may open it"
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_emergency_card_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_emergency_card_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_emergency_card_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_card")),
        comment="Emergency cards",
    )
    with op.batch_alter_table("emergency_card", schema=None) as batch_op:
        batch_op.create_index("ix_emergency_card_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "erasure",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose record"),
        sa.Column("together_id", Key(), nullable=False, comment="Shared by those proposed together"),
        sa.Column("because", sa.String(length=40), nullable=False, comment="Code list erasure_reason"),
        sa.Column("request_id", Key(), nullable=True, comment="The request for erasure behind it"),
        sa.Column(
            "proposed_on", sa.Date(), nullable=False, comment="When it was proposed, by who entered it"
        ),
        sa.Column("keep_until_on", sa.Date(), nullable=True, comment="Keep-until date as it was then"),
        sa.Column(
            "basis",
            sa.JSON(),
            nullable=False,
            comment="By programme and purpose: the basis in law and the day it gave",
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="proposed, kept, erased, withdrawn"),
        sa.Column("decided_by_id", Key(), nullable=True, comment="The second person, never the first"),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="When the second person decided"),
        sa.Column("kept_reason", sa.String(length=40), nullable=True, comment="Code list kept_reason"),
        sa.Column("look_again_on", sa.Date(), nullable=True, comment="Kept: when to look again"),
        sa.Column("erased_at", Instant(), nullable=True, comment="When it was erased"),
        sa.Column("counts", sa.JSON(), nullable=True, comment="Rows emptied and removed, by table"),
        sa.Column(
            "chain_number", sa.Integer(), nullable=True, comment="Head of the audit before the erasure"
        ),
        sa.Column("chain_link", sa.String(length=64), nullable=True, comment="Its link, in hexadecimal"),
        sa.Column(
            "certificate", sa.String(length=64), nullable=True, comment="SHA-256 of what the certificate says"
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
            "state <> 'erased' OR (decided_by_id <> entered_by_id AND decided_by_id IS NOT NULL AND entered_by_id IS NOT NULL AND erased_at IS NOT NULL)",
            name=op.f("ck_erasure_two_people"),
        ),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_erasure_decided_by_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_erasure_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_erasure_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_erasure_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        comment="Erasures proposed, refused and done; a done one is the tombstone",
    )
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.create_index("ix_erasure_participant_id", ["participant_id"], unique=False)
        batch_op.create_index("ix_erasure_together_id", ["together_id"], unique=False)
        batch_op.create_index(
            "uq_erasure_one_open",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
            postgresql_where=sa.text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
        )

    op.create_table(
        "keep_apart",
        sa.Column("one_id", Key(), nullable=False, comment="One of them"),
        sa.Column("other_id", Key(), nullable=False, comment="The other"),
        sa.Column("reason_sealed", sa.LargeBinary(), nullable=True, comment="Why, for leads alone, sealed"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
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
        sa.CheckConstraint("one_id <> other_id", name=op.f("ck_keep_apart_two_people")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_keep_apart_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_keep_apart_entered_by_id")),
        sa.ForeignKeyConstraint(["one_id"], ["participant.id"], name=op.f("fk_keep_apart_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["participant.id"], name=op.f("fk_keep_apart_other_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_keep_apart_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_keep_apart")),
        comment="Pairs of people who must not meet",
    )
    with op.batch_alter_table("keep_apart", schema=None) as batch_op:
        batch_op.create_index("ix_keep_apart_one_id", ["one_id"], unique=False)
        batch_op.create_index("ix_keep_apart_other_id", ["other_id"], unique=False)

    op.create_table(
        "lawful_basis",
        sa.Column("programme_id", Key(), nullable=False, comment="Which programme"),
        sa.Column("purpose", sa.String(length=40), nullable=False, comment="Code list processing_purpose"),
        sa.Column("article_6", sa.String(length=40), nullable=False, comment="Code list article_6_basis"),
        sa.Column("article_9", sa.String(length=40), nullable=True, comment="Code list article_9_condition"),
        sa.Column(
            "offence_condition", sa.String(length=40), nullable=True, comment="Code list offence_condition"
        ),
        sa.Column(
            "keep_from",
            sa.String(length=20),
            nullable=False,
            comment="Code list keep_from: exit, last contact ...",
        ),
        sa.Column("keep_months", sa.SmallInteger(), nullable=False, comment="Months to keep from that day"),
        sa.Column(
            "source",
            sa.String(length=300),
            nullable=False,
            comment="Who decided it, where it is written, doubts",
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
        sa.CheckConstraint("keep_months BETWEEN 0 AND 1200", name=op.f("ck_lawful_basis_keep_in_bounds")),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_lawful_basis_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_lawful_basis_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_lawful_basis_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_lawful_basis_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lawful_basis")),
        comment="Lawful basis and keep-until rule by programme and purpose",
    )
    with op.batch_alter_table("lawful_basis", schema=None) as batch_op:
        batch_op.create_index(
            "uq_lawful_basis_one",
            ["programme_id", "purpose", "from_on"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "learner_message",
        sa.Column("participant_id", Key(), nullable=False, comment="About whom"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="Code list learner_message_kind"),
        sa.Column("written_at", Instant(), nullable=False, comment="When"),
        sa.Column("written_on", sa.Date(), nullable=False, comment="The same as a day in the UK"),
        sa.Column(
            "words_sealed", sa.LargeBinary(), nullable=False, comment="The message; tutors read it, sealed"
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
            ["entered_by_id"], ["user.id"], name=op.f("fk_learner_message_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_learner_message_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_learner_message_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_message")),
        comment="Messages between tutors and keyworkers about one learner",
    )
    with op.batch_alter_table("learner_message", schema=None) as batch_op:
        batch_op.create_index("ix_learner_message_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "legal_hold",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose record"),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list hold_reason"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="More on why, sealed"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_legal_hold_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_legal_hold_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_legal_hold_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_legal_hold_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_hold")),
        comment="Legal holds",
    )
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.create_index("ix_legal_hold_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "not_the_same",
        sa.Column("one_id", Key(), nullable=False, comment="One of the two records, the lower key"),
        sa.Column("other_id", Key(), nullable=False, comment="The other of the two records"),
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
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_not_the_same_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_not_the_same_entered_by_id")),
        sa.ForeignKeyConstraint(["one_id"], ["participant.id"], name=op.f("fk_not_the_same_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["participant.id"], name=op.f("fk_not_the_same_other_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_not_the_same_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_the_same")),
        comment="Pairs of records that look alike and are two people",
    )
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.create_index("ix_not_the_same_other_id", ["other_id"], unique=False)
        batch_op.create_index(
            "uq_not_the_same_pair",
            ["one_id", "other_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "processing_limit",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose data"),
        sa.Column("request_id", Key(), nullable=True, comment="Key of the request behind it"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="restriction or objection"),
        sa.Column(
            "purpose", sa.String(length=40), nullable=True, comment="Code list processing_purpose; empty: all"
        ),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list limit_reason"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_processing_limit_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_processing_limit_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_processing_limit_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_processing_limit_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_processing_limit")),
        comment="Restrictions of and objections to processing",
    )
    with op.batch_alter_table("processing_limit", schema=None) as batch_op:
        batch_op.create_index("ix_processing_limit_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "restricted_mark",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose record"),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list restricted_reason"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="More on why, sealed"),
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
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_restricted_mark_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_restricted_mark_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_restricted_mark_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restricted_mark")),
        comment="Records seen by named people only, with why",
    )
    with op.batch_alter_table("restricted_mark", schema=None) as batch_op:
        batch_op.create_index(
            "uq_restricted_mark_one",
            ["participant_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
        )

    op.create_table(
        "rights_request",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose record"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="Code list rights_kind"),
        sa.Column("received_on", sa.Date(), nullable=False, comment="When it reached us"),
        sa.Column("how", sa.String(length=20), nullable=False, comment="Code list request_channel"),
        sa.Column("asked_by", sa.String(length=20), nullable=False, comment="Code list request_asker"),
        sa.Column(
            "asker_sealed", sa.LargeBinary(), nullable=True, comment="Who asked, where not the person, sealed"
        ),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="What they asked for, sealed"),
        sa.Column(
            "identity_on",
            sa.Date(),
            nullable=True,
            comment="When we were sure who asks, or for whom; empty: still asking",
        ),
        sa.Column(
            "due_on",
            sa.Date(),
            nullable=True,
            comment="Last day to answer, as last reckoned; empty until we are sure who asks",
        ),
        sa.Column(
            "extended_on", sa.Date(), nullable=True, comment="When two further months were taken, and said so"
        ),
        sa.Column(
            "extension_reason", sa.String(length=40), nullable=True, comment="Code list extension_reason"
        ),
        sa.Column("answered_on", sa.Date(), nullable=True, comment="When it was answered; empty: open"),
        sa.Column("outcome", sa.String(length=40), nullable=True, comment="Code list rights_outcome"),
        sa.Column(
            "answer_sealed", sa.LargeBinary(), nullable=True, comment="What was answered, and why, sealed"
        ),
        sa.Column(
            "about_kind",
            sa.String(length=40),
            nullable=True,
            comment="Table of the entry they want changed, where they named one",
        ),
        sa.Column("about_id", Key(), nullable=True, comment="Its key"),
        sa.Column("wanted_sealed", sa.LargeBinary(), nullable=True, comment="What it should say, sealed"),
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
            "(outcome IS NULL) = (answered_on IS NULL)", name=op.f("ck_rights_request_answered_has_outcome")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_rights_request_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_rights_request_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_rights_request_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rights_request")),
        comment="Requests people make about their own records",
    )
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.create_index("ix_rights_request_due_on", ["answered_on", "due_on"], unique=False)
        batch_op.create_index("ix_rights_request_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "risk_flag",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose visit or meeting it concerns"),
        sa.Column("what_to_do", sa.String(length=40), nullable=False, comment="Code list risk_measure"),
        sa.Column("source", sa.String(length=40), nullable=False, comment="Code list risk_source"),
        sa.Column(
            "fact_sealed", sa.LargeBinary(), nullable=False, comment="What happened or was said, sealed"
        ),
        sa.Column("more_sealed", sa.LargeBinary(), nullable=True, comment="More on what to do, sealed"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("review_on", sa.Date(), nullable=False, comment="By when to look at it again"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="Last day; empty while it holds"),
        sa.Column("end_reason", sa.String(length=40), nullable=True, comment="Code list risk_end_reason"),
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
            "(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_risk_flag_ended_has_reason")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_risk_flag_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_risk_flag_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_risk_flag_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_flag")),
        comment="Risks, with what to do and when to look again",
    )
    with op.batch_alter_table("risk_flag", schema=None) as batch_op:
        batch_op.create_index("ix_risk_flag_participant_id", ["participant_id"], unique=False)
        batch_op.create_index("ix_risk_flag_review_on", ["review_on"], unique=False)

    op.create_table(
        "access_decision",
        sa.Column("review_id", Key(), nullable=False, comment="Its review"),
        sa.Column("grant_id", Key(), nullable=False, comment="Which grant"),
        sa.Column("ended", sa.Boolean(), nullable=False, comment="Ended by this review; otherwise kept"),
        sa.Column(
            "was_until_on", sa.Date(), nullable=True, comment="Its last day before; empty: none was set"
        ),
        sa.Column(
            "given_back_at",
            Instant(),
            nullable=True,
            comment="When the ended role was given back; empty: it was not",
        ),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grant.id"], name=op.f("fk_access_decision_grant_id")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["access_review.id"], name=op.f("fk_access_decision_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_decision")),
        sa.UniqueConstraint("review_id", "grant_id", name=op.f("uq_access_decision_review_id_grant_id")),
        comment="What a review of access decided on each role grant",
    )
    with op.batch_alter_table("access_decision", schema=None) as batch_op:
        batch_op.create_index("ix_access_decision_grant_id", ["grant_id"], unique=False)

    op.create_table(
        "access_pack",
        sa.Column("request_id", Key(), nullable=False, comment="Which request"),
        sa.Column("file_id", Key(), nullable=False, comment="The pack, one archive"),
        sa.Column("made_at", Instant(), nullable=False, comment="When"),
        sa.Column("counts", sa.JSON(), nullable=False, comment="Rows in it, by table"),
        sa.Column("given_on", sa.Date(), nullable=True, comment="When it was handed over"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_access_pack_entered_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_access_pack_file_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_request.id"], name=op.f("fk_access_pack_request_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_access_pack_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_access_pack")),
        comment="Access packs made, with what was counted",
    )
    with op.batch_alter_table("access_pack", schema=None) as batch_op:
        batch_op.create_index("ix_access_pack_request_id", ["request_id"], unique=False)

    op.create_table(
        "agreement_decision",
        sa.Column("agreement_id", Key(), nullable=False, comment="Which agreement"),
        sa.Column("decided_by", sa.String(length=20), nullable=False, comment="Code list decided_by"),
        sa.Column(
            "name_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Name of who decided, where not the person, sealed",
        ),
        sa.Column(
            "judged_sealed", sa.LargeBinary(), nullable=True, comment="How age or capacity was judged, sealed"
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
            ["agreement_id"], ["agreement.id"], name=op.f("fk_agreement_decision_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_agreement_decision_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_agreement_decision_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_decision")),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_agreement_decision_agreement_id")),
        comment="Who decided an agreement, and how that was judged",
    )
    op.create_table(
        "closed_by_stop",
        sa.Column("stop_id", Key(), nullable=False, comment="The stop"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="appointment or task"),
        sa.Column("thing_id", Key(), nullable=False, comment="Its key"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["stop_id"], ["contact_stop.id"], name=op.f("fk_closed_by_stop_stop_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_by_stop")),
        sa.UniqueConstraint("stop_id", "thing_id", name=op.f("uq_closed_by_stop_stop_id_thing_id")),
        comment="Appointments and tasks called off by a contact stop",
    )
    op.create_table(
        "concern_alert",
        sa.Column("concern_id", Key(), nullable=False, comment="Which concern"),
        sa.Column("user_id", Key(), nullable=False, comment="Which lead"),
        sa.Column("sent_at", Instant(), nullable=False, comment="When it was sent"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_alert_concern_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_concern_alert_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_alert")),
        comment="Alerts sent about unread concerns",
    )
    with op.batch_alter_table("concern_alert", schema=None) as batch_op:
        batch_op.create_index("ix_concern_alert_concern_id", ["concern_id", "user_id"], unique=False)

    op.create_table(
        "concern_reader",
        sa.Column("concern_id", Key(), nullable=False, comment="Which concern"),
        sa.Column("user_id", Key(), nullable=False, comment="Who may read it"),
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
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_reader_concern_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_concern_reader_entered_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_concern_reader_user_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_concern_reader_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_reader")),
        comment="Who else may read a concern",
    )
    with op.batch_alter_table("concern_reader", schema=None) as batch_op:
        batch_op.create_index("ix_concern_reader_user_id", ["user_id"], unique=False)
        batch_op.create_index(
            "uq_concern_reader_one",
            ["concern_id", "user_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "concern_step",
        sa.Column("concern_id", Key(), nullable=False, comment="Its concern"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="Code list concern_step"),
        sa.Column("happened_at", Instant(), nullable=False, comment="When it happened"),
        sa.Column(
            "words_sealed", sa.LargeBinary(), nullable=True, comment="What was decided, done or said, sealed"
        ),
        sa.Column(
            "agency_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="Whom it was told or referred to, sealed",
        ),
        sa.Column("due_on", sa.Date(), nullable=True, comment="An action: by when"),
        sa.Column("settles_id", Key(), nullable=True, comment="The action that this step says was done"),
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
        sa.ForeignKeyConstraint(["concern_id"], ["concern.id"], name=op.f("fk_concern_step_concern_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_concern_step_entered_by_id")),
        sa.ForeignKeyConstraint(["settles_id"], ["concern_step.id"], name=op.f("fk_concern_step_settles_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_concern_step_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_step")),
        comment="What was done about a concern, in order; never changed",
    )
    with op.batch_alter_table("concern_step", schema=None) as batch_op:
        batch_op.create_index("ix_concern_step_concern_id", ["concern_id"], unique=False)
        batch_op.create_index(
            "uq_concern_step_settles_id",
            ["settles_id"],
            unique=True,
            sqlite_where=sa.text("settles_id IS NOT NULL"),
            postgresql_where=sa.text("settles_id IS NOT NULL"),
        )

    op.create_table(
        "learner_message_read",
        sa.Column("message_id", Key(), nullable=False, comment="Which message"),
        sa.Column("user_id", Key(), nullable=False, comment="Who read it"),
        sa.Column("read_at", Instant(), nullable=False, comment="When"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["message_id"], ["learner_message.id"], name=op.f("fk_learner_message_read_message_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_learner_message_read_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learner_message_read")),
        sa.UniqueConstraint("message_id", "user_id", name=op.f("uq_learner_message_read_message_id_user_id")),
        comment="Messages that were read, by whom",
    )
    with op.batch_alter_table("learner_message_read", schema=None) as batch_op:
        batch_op.create_index("ix_learner_message_read_user_id", ["user_id"], unique=False)

    op.create_table(
        "passage_mark",
        sa.Column("request_id", Key(), nullable=False, comment="Which request"),
        sa.Column("record_kind", sa.String(length=40), nullable=False, comment="Table of the entry"),
        sa.Column("record_id", Key(), nullable=False, comment="Key of the entry"),
        sa.Column("field", sa.String(length=40), nullable=False, comment="Which of its texts"),
        sa.Column("begins", sa.Integer(), nullable=False, comment="First character of the passage, from 0"),
        sa.Column("ends", sa.Integer(), nullable=False, comment="Character after the last"),
        sa.Column(
            "length", sa.Integer(), nullable=False, comment="Characters of the whole text when it was marked"
        ),
        sa.Column("decision", sa.String(length=20), nullable=False, comment="Code list passage_decision"),
        sa.Column("reason", sa.String(length=40), nullable=True, comment="Code list passage_reason"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_passage_mark_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_request.id"], name=op.f("fk_passage_mark_request_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_passage_mark_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passage_mark")),
        comment="Third-party passages marked in an access request",
    )
    with op.batch_alter_table("passage_mark", schema=None) as batch_op:
        batch_op.create_index("ix_passage_mark_request_id", ["request_id"], unique=False)

    op.create_table(
        "request_pause",
        sa.Column("request_id", Key(), nullable=False, comment="Which request"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="Day we asked what they mean"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Day they said; empty: still waiting"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_request_pause_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_request_pause_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["request_id"], ["rights_request.id"], name=op.f("fk_request_pause_request_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_request_pause_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_request_pause")),
        comment="Pauses of a request's clock",
    )
    with op.batch_alter_table("request_pause", schema=None) as batch_op:
        batch_op.create_index("ix_request_pause_request_id", ["request_id"], unique=False)

    op.create_table(
        "risk_review",
        sa.Column("flag_id", Key(), nullable=False, comment="Which risk"),
        sa.Column("due_on", sa.Date(), nullable=False, comment="By when it was to be done"),
        sa.Column("reviewed_on", sa.Date(), nullable=False, comment="When"),
        sa.Column("next_on", sa.Date(), nullable=True, comment="Next review; empty: the risk ended"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="What was found, sealed"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_risk_review_entered_by_id")),
        sa.ForeignKeyConstraint(["flag_id"], ["risk_flag.id"], name=op.f("fk_risk_review_flag_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_risk_review_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_risk_review")),
        comment="Reviews of risks",
    )
    with op.batch_alter_table("risk_review", schema=None) as batch_op:
        batch_op.create_index("ix_risk_review_flag_id", ["flag_id"], unique=False)

    op.create_table(
        "document",
        sa.Column("kind", sa.String(length=40), nullable=False, comment="Code list document_kind"),
        sa.Column("issued_on", sa.Date(), nullable=True, comment="Date on it"),
        sa.Column(
            "expires_on", sa.Date(), nullable=True, comment="Last day it holds; empty: it does not expire"
        ),
        sa.Column(
            "original_seen_on", sa.Date(), nullable=True, comment="When the original was seen; empty: not yet"
        ),
        sa.Column("original_seen_by_id", Key(), nullable=True, comment="Who saw the original"),
        sa.Column("file_id", Key(), nullable=True, comment="A copy, where one is kept"),
        sa.Column(
            "note_sealed", sa.LargeBinary(), nullable=True, comment="Anything to know about it, sealed"
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
            "(original_seen_on IS NULL) = (original_seen_by_id IS NULL)",
            name=op.f("ck_document_seen_by_somebody"),
        ),
        sa.CheckConstraint(
            "expires_on IS NULL OR issued_on IS NULL OR expires_on >= issued_on",
            name=op.f("ck_document_dates_in_order"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_document_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_document_entered_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_document_file_id")),
        sa.ForeignKeyConstraint(
            ["original_seen_by_id"], ["user.id"], name=op.f("fk_document_original_seen_by_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_document_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        comment="Documents seen or copied",
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index(
            "ix_document_expires_on",
            ["expires_on"],
            unique=False,
            sqlite_where=sa.text("expires_on IS NOT NULL"),
            postgresql_where=sa.text("expires_on IS NOT NULL"),
        )

    op.create_table(
        "entry_statement",
        sa.Column("record_kind", sa.String(length=40), nullable=False, comment="Table of the entry"),
        sa.Column("record_id", Key(), nullable=False, comment="Key of the entry"),
        sa.Column("title", sa.String(length=120), nullable=False, comment="What the entry is, and its day"),
        sa.Column("happened_at", Instant(), nullable=False, comment="When the entry was, to stand beside it"),
        sa.Column("said_on", sa.Date(), nullable=False, comment="When they said it"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=False, comment="Sealed"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_entry_statement_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_entry_statement_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_entry_statement_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_statement")),
        comment="People's own words about entries they do not agree with",
    )
    with op.batch_alter_table("entry_statement", schema=None) as batch_op:
        batch_op.create_index("ix_entry_statement_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "moved_entry",
        sa.Column("from_participant_id", Key(), nullable=False, comment="On whom it was wrongly written"),
        sa.Column("from_enrolment_id", Key(), nullable=True, comment="In which enrolment it stood"),
        sa.Column("to_participant_id", Key(), nullable=False, comment="Whose it is"),
        sa.Column("record_kind", sa.String(length=40), nullable=False, comment="Table of the entry"),
        sa.Column("record_id", Key(), nullable=False, comment="Key of the entry in its old place"),
        sa.Column("new_id", Key(), nullable=True, comment="Key of the entry in its right place"),
        sa.Column(
            "happened_on", sa.Date(), nullable=False, comment="Day of the entry, shown at the old place"
        ),
        sa.Column("moved_on", sa.Date(), nullable=False, comment="When it was moved"),
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_moved_entry_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["from_enrolment_id"], ["enrolment.id"], name=op.f("fk_moved_entry_from_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["from_participant_id"], ["participant.id"], name=op.f("fk_moved_entry_from_participant_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_participant_id"], ["participant.id"], name=op.f("fk_moved_entry_to_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_moved_entry_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moved_entry")),
        comment="Entries moved to the right person",
    )
    with op.batch_alter_table("moved_entry", schema=None) as batch_op:
        batch_op.create_index("ix_moved_entry_from_enrolment_id", ["from_enrolment_id"], unique=False)
        batch_op.create_index("ix_moved_entry_from_participant_id", ["from_participant_id"], unique=False)
        batch_op.create_index("ix_moved_entry_record_id", ["record_id"], unique=False)

    op.create_table(
        "onward_referral",
        sa.Column("agency_id", Key(), nullable=False, comment="To whom"),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list referral_reason"),
        sa.Column(
            "signposted_only", sa.Boolean(), nullable=False, comment="Told about it; nothing was shared"
        ),
        sa.Column("shared", sa.JSON(), nullable=False, comment="Codes of list shared_kind: what was shared"),
        sa.Column("agreement_id", Key(), nullable=True, comment="The agreement to share that was checked"),
        sa.Column(
            "words_sealed", sa.LargeBinary(), nullable=True, comment="More on why and what was shared, sealed"
        ),
        sa.Column("sent_on", sa.Date(), nullable=True, comment="When it was sent; empty: signposted only"),
        sa.Column("accepted_on", sa.Date(), nullable=True, comment="When the agency said yes"),
        sa.Column("attended_on", sa.Date(), nullable=True, comment="When they first went"),
        sa.Column("result", sa.String(length=40), nullable=True, comment="Code list referral_result"),
        sa.Column("closed_on", sa.Date(), nullable=True, comment="When the result was known"),
        sa.Column("chase_on", sa.Date(), nullable=True, comment="When to ask the agency; empty: no need"),
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
            "(result IS NULL) = (closed_on IS NULL)", name=op.f("ck_onward_referral_closed_has_result")
        ),
        sa.CheckConstraint(
            "signposted_only OR sent_on IS NOT NULL", name=op.f("ck_onward_referral_sent_or_signposted")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_onward_referral_agency_id")),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreement.id"], name=op.f("fk_onward_referral_agreement_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_onward_referral_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_onward_referral_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_onward_referral_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_onward_referral")),
        comment="Onward referrals, with what was shared and what came of it",
    )
    with op.batch_alter_table("onward_referral", schema=None) as batch_op:
        batch_op.create_index(
            "ix_onward_referral_chase_on",
            ["chase_on"],
            unique=False,
            sqlite_where=sa.text("chase_on IS NOT NULL"),
            postgresql_where=sa.text("chase_on IS NOT NULL"),
        )
        batch_op.create_index("ix_onward_referral_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "document_use",
        sa.Column("document_id", Key(), nullable=False, comment="Which document"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="eligibility"),
        sa.Column("about_id", Key(), nullable=False, comment="Key of what it shows"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_use_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_use")),
        sa.UniqueConstraint("document_id", "about_id", name=op.f("uq_document_use_document_id_about_id")),
        comment="What a document is evidence of",
    )
    with op.batch_alter_table("document_use", schema=None) as batch_op:
        batch_op.create_index("ix_document_use_about_id", ["about_id"], unique=False)

    op.create_table(
        "visit",
        sa.Column("visitor_id", Key(), nullable=False, comment="Who is out"),
        sa.Column("buddy_id", Key(), nullable=False, comment="Who is told when they are not back"),
        sa.Column("enrolment_id", Key(), nullable=True, comment="Whom they visit; empty: nobody on record"),
        sa.Column("appointment_id", Key(), nullable=True, comment="The appointment behind it"),
        sa.Column("place_sealed", sa.LargeBinary(), nullable=False, comment="Where, sealed"),
        sa.Column(
            "phone_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="The colleague's telephone for this visit, sealed",
        ),
        sa.Column("out_at", Instant(), nullable=False, comment="When they set out"),
        sa.Column("expected_back_at", Instant(), nullable=False, comment="When they should be back"),
        sa.Column("back_at", Instant(), nullable=True, comment="When they were back; empty: still out"),
        sa.Column("alerted_at", Instant(), nullable=True, comment="When the buddy was last told"),
        sa.Column("answered_at", Instant(), nullable=True, comment="When the buddy took the alert"),
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
        sa.CheckConstraint("buddy_id <> visitor_id", name=op.f("ck_visit_somebody_else")),
        sa.CheckConstraint("expected_back_at > out_at", name=op.f("ck_visit_back_after_out")),
        sa.ForeignKeyConstraint(["appointment_id"], ["appointment.id"], name=op.f("fk_visit_appointment_id")),
        sa.ForeignKeyConstraint(["buddy_id"], ["user.id"], name=op.f("fk_visit_buddy_id")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_visit_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_visit_entered_by_id")),
        sa.ForeignKeyConstraint(["visitor_id"], ["user.id"], name=op.f("fk_visit_visitor_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_visit_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        comment="Visits checked out and in",
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_visit_expected_back_at",
            ["expected_back_at"],
            unique=False,
            sqlite_where=sa.text("back_at IS NULL"),
            postgresql_where=sa.text("back_at IS NULL"),
        )
        batch_op.create_index("ix_visit_visitor_id", ["visitor_id"], unique=False)
        batch_op.create_index(
            "uq_visit_one_out",
            ["visitor_id"],
            unique=True,
            sqlite_where=sa.text("back_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("back_at IS NULL AND voided_at IS NULL"),
        )

    op.add_column(
        "agreement",
        sa.Column(
            "used_for",
            sa.String(length=80),
            nullable=True,
            comment="Code list picture_use, by commas: what a photo or story may be used for",
        ),
    )

    op.add_column(
        "appointment",
        sa.Column(
            "interpreter",
            sa.String(length=20),
            nullable=True,
            comment="Code list interpreter_state; empty: not asked",
        ),
    )

    op.add_column(
        "participant",
        sa.Column(
            "own_reference",
            sa.String(length=40),
            nullable=True,
            comment="The organisation's own number for them, in capitals; empty: none",
        ),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index(
            "ix_participant_own_reference",
            ["own_reference"],
            unique=False,
            sqlite_where=sa.text("own_reference IS NOT NULL"),
            postgresql_where=sa.text("own_reference IS NOT NULL"),
        )

    with op.batch_alter_table("programme_rule", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("uq_programme_rule_programme_id_kind_code_from_on"), type_="unique"
        )
        batch_op.create_index(
            "uq_programme_rule_one",
            ["programme_id", "kind", "code", "from_on"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.add_column(
        "support_given",
        sa.Column(
            "handed_out_by_id",
            Key(),
            nullable=True,
            comment="The user who recorded that what was agreed to was given",
        ),
    )


def downgrade() -> None:
    op.drop_column("support_given", "handed_out_by_id")

    with op.batch_alter_table("programme_rule", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_programme_rule_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_programme_rule_programme_id_kind_code_from_on"),
            ["programme_id", "kind", "code", "from_on"],
        )

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_participant_own_reference",
            sqlite_where=sa.text("own_reference IS NOT NULL"),
            postgresql_where=sa.text("own_reference IS NOT NULL"),
        )
    op.drop_column("participant", "own_reference")

    op.drop_column("appointment", "interpreter")

    op.drop_column("agreement", "used_for")

    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_visit_one_out",
            sqlite_where=sa.text("back_at IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("back_at IS NULL AND voided_at IS NULL"),
        )
        batch_op.drop_index("ix_visit_visitor_id")
        batch_op.drop_index(
            "ix_visit_expected_back_at",
            sqlite_where=sa.text("back_at IS NULL"),
            postgresql_where=sa.text("back_at IS NULL"),
        )

    op.drop_table("visit")
    with op.batch_alter_table("document_use", schema=None) as batch_op:
        batch_op.drop_index("ix_document_use_about_id")

    op.drop_table("document_use")
    with op.batch_alter_table("onward_referral", schema=None) as batch_op:
        batch_op.drop_index("ix_onward_referral_enrolment_id")
        batch_op.drop_index(
            "ix_onward_referral_chase_on",
            sqlite_where=sa.text("chase_on IS NOT NULL"),
            postgresql_where=sa.text("chase_on IS NOT NULL"),
        )

    op.drop_table("onward_referral")
    with op.batch_alter_table("moved_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_moved_entry_record_id")
        batch_op.drop_index("ix_moved_entry_from_participant_id")
        batch_op.drop_index("ix_moved_entry_from_enrolment_id")

    op.drop_table("moved_entry")
    with op.batch_alter_table("entry_statement", schema=None) as batch_op:
        batch_op.drop_index("ix_entry_statement_enrolment_id")

    op.drop_table("entry_statement")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_document_expires_on",
            sqlite_where=sa.text("expires_on IS NOT NULL"),
            postgresql_where=sa.text("expires_on IS NOT NULL"),
        )
        batch_op.drop_index("ix_document_enrolment_id")

    op.drop_table("document")
    with op.batch_alter_table("risk_review", schema=None) as batch_op:
        batch_op.drop_index("ix_risk_review_flag_id")

    op.drop_table("risk_review")
    with op.batch_alter_table("request_pause", schema=None) as batch_op:
        batch_op.drop_index("ix_request_pause_request_id")

    op.drop_table("request_pause")
    with op.batch_alter_table("passage_mark", schema=None) as batch_op:
        batch_op.drop_index("ix_passage_mark_request_id")

    op.drop_table("passage_mark")
    with op.batch_alter_table("learner_message_read", schema=None) as batch_op:
        batch_op.drop_index("ix_learner_message_read_user_id")

    op.drop_table("learner_message_read")
    with op.batch_alter_table("concern_step", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_concern_step_settles_id",
            sqlite_where=sa.text("settles_id IS NOT NULL"),
            postgresql_where=sa.text("settles_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_concern_step_concern_id")

    op.drop_table("concern_step")
    with op.batch_alter_table("concern_reader", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_concern_reader_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_concern_reader_user_id")

    op.drop_table("concern_reader")
    with op.batch_alter_table("concern_alert", schema=None) as batch_op:
        batch_op.drop_index("ix_concern_alert_concern_id")

    op.drop_table("concern_alert")
    op.drop_table("closed_by_stop")
    op.drop_table("agreement_decision")
    with op.batch_alter_table("access_pack", schema=None) as batch_op:
        batch_op.drop_index("ix_access_pack_request_id")

    op.drop_table("access_pack")
    with op.batch_alter_table("access_decision", schema=None) as batch_op:
        batch_op.drop_index("ix_access_decision_grant_id")

    op.drop_table("access_decision")
    with op.batch_alter_table("risk_flag", schema=None) as batch_op:
        batch_op.drop_index("ix_risk_flag_review_on")
        batch_op.drop_index("ix_risk_flag_participant_id")

    op.drop_table("risk_flag")
    with op.batch_alter_table("rights_request", schema=None) as batch_op:
        batch_op.drop_index("ix_rights_request_participant_id")
        batch_op.drop_index("ix_rights_request_due_on")

    op.drop_table("rights_request")
    with op.batch_alter_table("restricted_mark", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_restricted_mark_one",
            sqlite_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
        )

    op.drop_table("restricted_mark")
    with op.batch_alter_table("processing_limit", schema=None) as batch_op:
        batch_op.drop_index("ix_processing_limit_participant_id")

    op.drop_table("processing_limit")
    with op.batch_alter_table("not_the_same", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_not_the_same_pair",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_not_the_same_other_id")

    op.drop_table("not_the_same")
    with op.batch_alter_table("legal_hold", schema=None) as batch_op:
        batch_op.drop_index("ix_legal_hold_participant_id")

    op.drop_table("legal_hold")
    with op.batch_alter_table("learner_message", schema=None) as batch_op:
        batch_op.drop_index("ix_learner_message_participant_id")

    op.drop_table("learner_message")
    with op.batch_alter_table("lawful_basis", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_lawful_basis_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("lawful_basis")
    with op.batch_alter_table("keep_apart", schema=None) as batch_op:
        batch_op.drop_index("ix_keep_apart_other_id")
        batch_op.drop_index("ix_keep_apart_one_id")

    op.drop_table("keep_apart")
    with op.batch_alter_table("erasure", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_erasure_one_open",
            sqlite_where=sa.text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
            postgresql_where=sa.text("state IN ('proposed', 'erased') AND voided_at IS NULL"),
        )
        batch_op.drop_index("ix_erasure_together_id")
        batch_op.drop_index("ix_erasure_participant_id")

    op.drop_table("erasure")
    with op.batch_alter_table("emergency_card", schema=None) as batch_op:
        batch_op.drop_index("ix_emergency_card_participant_id")

    op.drop_table("emergency_card")
    with op.batch_alter_table("contact_stop", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contact_stop_one",
            sqlite_where=sa.text("ended_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL AND voided_at IS NULL"),
        )

    op.drop_table("contact_stop")
    with op.batch_alter_table("concern", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_concern_unread",
            sqlite_where=sa.text("acknowledged_at IS NULL"),
            postgresql_where=sa.text("acknowledged_at IS NULL"),
        )
        batch_op.drop_index("ix_concern_organisation_id")
        batch_op.drop_index(
            "ix_concern_about_participant_id",
            sqlite_where=sa.text("about_participant_id IS NOT NULL"),
            postgresql_where=sa.text("about_participant_id IS NOT NULL"),
        )

    op.drop_table("concern")
    with op.batch_alter_table("communication_needs", schema=None) as batch_op:
        batch_op.drop_index("ix_communication_needs_participant_id")

    op.drop_table("communication_needs")
    with op.batch_alter_table("collected_field", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_collected_field_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("collected_field")
    with op.batch_alter_table("sharing_agreement", schema=None) as batch_op:
        batch_op.drop_index("ix_sharing_agreement_receiver_id")

    op.drop_table("sharing_agreement")
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_notice_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("notice")
    op.drop_table("agency")
    op.drop_table("access_review")
