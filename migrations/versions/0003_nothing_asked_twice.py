"""nothing asked twice

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from caseworker.core.types import Instant, Key

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_spelling",
        sa.Column(
            "less",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
            comment="The word, or the word less one of its letters",
        ),
        sa.Column(
            "word",
            sa.String(length=100).with_variant(sa.String(length=100, collation="C"), "postgresql"),
            nullable=False,
            comment="As name_key has it",
        ),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_name_spelling")),
        sa.UniqueConstraint("less", "word", name=op.f("uq_name_spelling_less_word")),
        comment="Words of names by their spellings with a letter missing",
    )
    with op.batch_alter_table("name_spelling", schema=None) as batch_op:
        batch_op.create_index("ix_name_spelling_word", ["word"], unique=False)

    op.create_table(
        "handover",
        sa.Column(
            "kind", sa.String(length=20), nullable=False, comment="for_good, for_a_while or team_cover"
        ),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list handover_reason"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day of a while or a cover"),
        sa.Column("ended_on", sa.Date(), nullable=True, comment="When somebody ended it before its last day"),
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
            "(kind = 'for_good') = (until_on IS NULL)", name=op.f("ck_handover_for_good_has_no_end")
        ),
        sa.CheckConstraint(
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_handover_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_handover_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_handover_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover")),
        comment="Handovers and covers; voided when undone",
    )
    op.create_table(
        "saved_filter",
        sa.Column("user_id", Key(), nullable=False, comment="Whose"),
        sa.Column("name", sa.String(length=60), nullable=False, comment="As they call it"),
        sa.Column(
            "filters", sa.String(length=500), nullable=False, comment="The filters as the address has them"
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_saved_filter_entered_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_saved_filter_user_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_saved_filter_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
        sa.UniqueConstraint("user_id", "name", name=op.f("uq_saved_filter_user_id_name")),
        comment="Filters of the caseload somebody named",
    )
    op.create_table(
        "employer",
        sa.Column("organisation_id", Key(), nullable=False, comment="Who works with them"),
        sa.Column("name", sa.String(length=160), nullable=False, comment="As people say it"),
        sa.Column(
            "name_key",
            sa.String(length=200),
            nullable=False,
            comment="The name for finding and for telling twins: small letters, single spaces",
        ),
        sa.Column("sector", sa.String(length=40), nullable=True, comment="Code list sector"),
        sa.Column("town", sa.String(length=80), nullable=True, comment="Where"),
        sa.Column(
            "contact_sealed", sa.LargeBinary(), nullable=True, comment="Whom to speak to and how, sealed"
        ),
        sa.Column(
            "good_to_know",
            sa.String(length=600),
            nullable=True,
            comment="What helps an applicant: adjustments, hours, buses",
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
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_employer_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_employer_organisation_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_employer_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_employer")),
        comment="Employers and hosts an organisation works with",
    )
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_employer_name_key",
            ["organisation_id", "name_key"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "instrument_wording",
        sa.Column("organisation_id", Key(), nullable=False, comment="Who holds the licence"),
        sa.Column("instrument", sa.String(length=20), nullable=False, comment="swemwbs"),
        sa.Column("wording", sa.JSON(), nullable=False, comment="Introduction, items and scale, as loaded"),
        sa.Column("licence", sa.String(length=120), nullable=False, comment="Reference of the registration"),
        sa.Column("loaded_on", sa.Date(), nullable=False, comment="When it was loaded"),
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
            ["entered_by_id"], ["user.id"], name=op.f("fk_instrument_wording_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_instrument_wording_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_instrument_wording_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_wording")),
        sa.UniqueConstraint(
            "organisation_id", "instrument", name=op.f("uq_instrument_wording_organisation_id_instrument")
        ),
        comment="Licensed wording of an instrument, loaded by its licensee",
    )
    op.create_table(
        "budget_head",
        sa.Column("programme_id", Key(), nullable=False, comment="Whose budget"),
        sa.Column("name", sa.String(length=80), nullable=False, comment="As people say it"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="Last day"),
        sa.Column("limit_pence", sa.BigInteger(), nullable=False, comment="All of it, in pence"),
        sa.Column(
            "person_limit_pence",
            sa.BigInteger(),
            nullable=True,
            comment="Most for one person, in pence; empty: no limit",
        ),
        sa.Column(
            "approval_over_pence",
            sa.BigInteger(),
            nullable=True,
            comment="More than this at once needs a lead's yes, in pence; empty: never",
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
        sa.CheckConstraint("limit_pence >= 0", name=op.f("ck_budget_head_limit_not_negative")),
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_budget_head_dates_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_budget_head_entered_by_id")),
        sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], name=op.f("fk_budget_head_programme_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_budget_head_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_head")),
        comment="Budgets for help given, with their limits",
    )
    with op.batch_alter_table("budget_head", schema=None) as batch_op:
        batch_op.create_index("ix_budget_head_programme_id", ["programme_id", "from_on"], unique=False)

    op.create_table(
        "caseload_import",
        sa.Column("programme_id", Key(), nullable=False, comment="Onto what"),
        sa.Column("file_name", sa.String(length=200), nullable=False, comment="Name of the sheet"),
        sa.Column(
            "sheet_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="The rows as read, sealed JSON; emptied once read in",
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="preview, done or undone"),
        sa.Column("made", sa.Integer(), nullable=False, comment="People or enrolments it made"),
        sa.Column("unchanged", sa.Integer(), nullable=False, comment="Rows that were here already"),
        sa.Column("skipped", sa.Integer(), nullable=False, comment="Rows left out because a cell was wrong"),
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
            ["entered_by_id"], ["user.id"], name=op.f("fk_caseload_import_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_caseload_import_programme_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_caseload_import_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_caseload_import")),
        comment="Sheets of people read in",
    )
    with op.batch_alter_table("caseload_import", schema=None) as batch_op:
        batch_op.create_index("ix_caseload_import_programme_id", ["programme_id"], unique=False)

    op.create_table(
        "equality_answer",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose answer"),
        sa.Column(
            "question",
            sa.String(length=30),
            nullable=False,
            comment="ethnicity, sex, disability, religion ...",
        ),
        sa.Column("state", sa.String(length=20), nullable=False, comment="answered, declined or not_asked"),
        sa.Column("answer", sa.String(length=40), nullable=True, comment="Code of the question's own list"),
        sa.Column("asked_on", sa.Date(), nullable=False, comment="When they were asked"),
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
            "(state = 'answered') = (answer IS NOT NULL)",
            name=op.f("ck_equality_answer_answer_when_answered"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_equality_answer_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_equality_answer_participant_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_equality_answer_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equality_answer")),
        comment="Equality questions, each answered, declined or not asked",
    )
    with op.batch_alter_table("equality_answer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_equality_answer_one",
            ["participant_id", "question"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "merge",
        sa.Column("kept_id", Key(), nullable=False, comment="The record that stays"),
        sa.Column("absorbed_id", Key(), nullable=False, comment="The record that went into it"),
        sa.Column("merged_on", sa.Date(), nullable=False, comment="When"),
        sa.Column("moved", sa.JSON(), nullable=False, comment="Keys of the rows that moved, by table"),
        sa.Column(
            "before_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="What the kept record said before, sealed JSON",
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
        sa.CheckConstraint("kept_id <> absorbed_id", name=op.f("ck_merge_two_people")),
        sa.ForeignKeyConstraint(["absorbed_id"], ["participant.id"], name=op.f("fk_merge_absorbed_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_merge_entered_by_id")),
        sa.ForeignKeyConstraint(["kept_id"], ["participant.id"], name=op.f("fk_merge_kept_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_merge_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merge")),
        comment="Two records made one, with what moved; voided when taken apart again",
    )
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.create_index("ix_merge_kept_id", ["kept_id"], unique=False)
        batch_op.create_index(
            "uq_merge_absorbed_id",
            ["absorbed_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "stated_reason",
        sa.Column("participant_id", Key(), nullable=False, comment="Whose case"),
        sa.Column("user_id", Key(), nullable=False, comment="Who opened it"),
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list access_reason"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="More, in their words, sealed"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day"),
        sa.Column("until_on", sa.Date(), nullable=False, comment="Last day it opens the case"),
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
        sa.CheckConstraint("until_on >= from_on", name=op.f("ck_stated_reason_dates_in_order")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_stated_reason_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["participant.id"], name=op.f("fk_stated_reason_participant_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_stated_reason_user_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_stated_reason_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stated_reason")),
        comment="Reasons stated for opening somebody else's case",
    )
    with op.batch_alter_table("stated_reason", schema=None) as batch_op:
        batch_op.create_index("ix_stated_reason_participant_id", ["participant_id"], unique=False)

    op.create_table(
        "vacancy",
        sa.Column("employer_id", Key(), nullable=False, comment="Whose"),
        sa.Column("title", sa.String(length=120), nullable=False, comment="What they would do"),
        sa.Column(
            "kind",
            sa.String(length=40),
            nullable=False,
            comment="Code list progression_kind it would lead to",
        ),
        sa.Column(
            "closes_on", sa.Date(), nullable=True, comment="Last day to apply; empty: open until filled"
        ),
        sa.Column("filled_on", sa.Date(), nullable=True, comment="When it was filled or taken down"),
        sa.Column("places", sa.Integer(), nullable=False, comment="How many people"),
        sa.Column(
            "weekly_minutes", sa.Integer(), nullable=True, comment="Usual week, in minutes; empty: not said"
        ),
        sa.Column(
            "pay_pence", sa.BigInteger(), nullable=True, comment="Pay before tax, in pence, a pay period"
        ),
        sa.Column("pay_period", sa.String(length=10), nullable=True, comment="hour, week, month or year"),
        sa.Column("words", sa.String(length=1000), nullable=True, comment="What it asks for"),
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
            "(pay_pence IS NULL) = (pay_period IS NULL)", name=op.f("ck_vacancy_pay_has_period")
        ),
        sa.CheckConstraint("places >= 1", name=op.f("ck_vacancy_at_least_one_place")),
        sa.CheckConstraint(
            "weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080", name=op.f("ck_vacancy_week_range")
        ),
        sa.ForeignKeyConstraint(["employer_id"], ["employer.id"], name=op.f("fk_vacancy_employer_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_vacancy_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_vacancy_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vacancy")),
        comment="Vacancies and placements on offer",
    )
    with op.batch_alter_table("vacancy", schema=None) as batch_op:
        batch_op.create_index("ix_vacancy_closes_on", ["closes_on"], unique=False)
        batch_op.create_index("ix_vacancy_employer_id", ["employer_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("vacancy_id", Key(), nullable=True, comment="Which of ours; empty: one they found"),
        sa.Column(
            "employer_words",
            sa.String(length=160),
            nullable=True,
            comment="Employer, where it is not one of ours",
        ),
        sa.Column("job_title", sa.String(length=120), nullable=True, comment="What they would do"),
        sa.Column(
            "stage", sa.String(length=20), nullable=False, comment="Code list application_stage, as it is now"
        ),
        sa.Column("stage_on", sa.Date(), nullable=False, comment="Since when"),
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
            "(vacancy_id IS NOT NULL) OR (employer_words IS NOT NULL)",
            name=op.f("ck_application_vacancy_or_words"),
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_application_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_application_entered_by_id")),
        sa.ForeignKeyConstraint(["vacancy_id"], ["vacancy.id"], name=op.f("fk_application_vacancy_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_application_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application")),
        comment="Applications for work, by person",
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("ix_application_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index("ix_application_vacancy_id", ["vacancy_id"], unique=False)

    op.create_table(
        "case_work",
        sa.Column("done_on", sa.Date(), nullable=False, comment="When it was done"),
        sa.Column("kind", sa.String(length=30), nullable=False, comment="Code list case_work_kind"),
        sa.Column("minutes", sa.Integer(), nullable=False, comment="How long, in minutes"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True, comment="What was done, sealed"),
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
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_case_work_minutes_in_a_day")),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_case_work_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_case_work_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_case_work_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_work")),
        comment="Work on a case that was not a contact",
    )
    with op.batch_alter_table("case_work", schema=None) as batch_op:
        batch_op.create_index("ix_case_work_enrolment_id_done_on", ["enrolment_id", "done_on"], unique=False)

    op.create_table(
        "eligibility_check",
        sa.Column(
            "criterion",
            sa.String(length=40),
            nullable=False,
            comment="Code of the programme's eligibility rule",
        ),
        sa.Column("answer", sa.String(length=20), nullable=False, comment="met, not_met or not_known"),
        sa.Column("evidence", sa.String(length=40), nullable=True, comment="Evidence named by the rule"),
        sa.Column("seen_on", sa.Date(), nullable=True, comment="When the evidence was seen"),
        sa.Column("valid_until_on", sa.Date(), nullable=True, comment="Last day the evidence holds"),
        sa.Column("file_id", Key(), nullable=True, comment="A copy of it"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_eligibility_check_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_eligibility_check_entered_by_id")
        ),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_eligibility_check_file_id")),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_eligibility_check_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_eligibility_check")),
        comment="Eligibility by criterion, with its evidence and how long it holds",
    )
    with op.batch_alter_table("eligibility_check", schema=None) as batch_op:
        batch_op.create_index(
            "uq_eligibility_check_one",
            ["enrolment_id", "criterion"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "enrolment_exit",
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_enrolment_exit_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_enrolment_exit_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_enrolment_exit_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_enrolment_exit")),
        comment="Exits as they were recorded; voided when undone",
    )
    with op.batch_alter_table("enrolment_exit", schema=None) as batch_op:
        batch_op.create_index(
            "uq_enrolment_exit_one",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.create_table(
        "handed_case",
        sa.Column("handover_id", Key(), nullable=False, comment="Its handover"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="Which case"),
        sa.Column("was_with_id", Key(), nullable=True, comment="Keyworker before; empty: nobody was"),
        sa.Column("to_id", Key(), nullable=False, comment="Who works it now"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_handed_case_enrolment_id")),
        sa.ForeignKeyConstraint(["handover_id"], ["handover.id"], name=op.f("fk_handed_case_handover_id")),
        sa.ForeignKeyConstraint(["to_id"], ["user.id"], name=op.f("fk_handed_case_to_id")),
        sa.ForeignKeyConstraint(["was_with_id"], ["user.id"], name=op.f("fk_handed_case_was_with_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_case")),
        sa.UniqueConstraint(
            "handover_id", "enrolment_id", "to_id", name=op.f("uq_handed_case_handover_id_enrolment_id_to_id")
        ),
        comment="Cases handed over, with who had them before",
    )
    with op.batch_alter_table("handed_case", schema=None) as batch_op:
        batch_op.create_index("ix_handed_case_enrolment_id", ["enrolment_id"], unique=False)
        batch_op.create_index("ix_handed_case_to_id", ["to_id"], unique=False)

    op.create_table(
        "imported_row",
        sa.Column("import_id", Key(), nullable=False, comment="Its sheet"),
        sa.Column("line", sa.Integer(), nullable=False, comment="Line of the sheet, counting its head"),
        sa.Column("enrolment_id", Key(), nullable=False, comment="What it made"),
        sa.Column("made_person", sa.Boolean(), nullable=False, comment="The person was new too"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_imported_row_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["caseload_import.id"], name=op.f("fk_imported_row_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imported_row")),
        sa.UniqueConstraint("import_id", "line", name=op.f("uq_imported_row_import_id_line")),
        comment="Rows of an import and what they made",
    )
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.create_index("ix_imported_row_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "readiness_item",
        sa.Column("item", sa.String(length=30), nullable=False, comment="Code list readiness_item"),
        sa.Column(
            "state",
            sa.String(length=20),
            nullable=False,
            comment="have, getting, need, not_needed or declined",
        ),
        sa.Column("noted_on", sa.Date(), nullable=False, comment="As it stood on this day"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_readiness_item_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_readiness_item_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_readiness_item_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readiness_item")),
        comment="Ready for work, item by item, with its history",
    )
    with op.batch_alter_table("readiness_item", schema=None) as batch_op:
        batch_op.create_index("ix_readiness_item_enrolment_id", ["enrolment_id", "item"], unique=False)

    op.create_table(
        "review_pause",
        sa.Column("reason", sa.String(length=40), nullable=False, comment="Code list pause_reason"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day of the pause"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it lasts"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_review_pause_dates_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_review_pause_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_review_pause_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_review_pause_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_pause")),
        comment="Coded pauses of the review clock",
    )
    with op.batch_alter_table("review_pause", schema=None) as batch_op:
        batch_op.create_index("ix_review_pause_enrolment_id", ["enrolment_id", "from_on"], unique=False)
        batch_op.create_index(
            "uq_review_pause_one_open",
            ["enrolment_id"],
            unique=True,
            sqlite_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
        )

    op.create_table(
        "strength",
        sa.Column("kind", sa.String(length=30), nullable=False, comment="Code list strength_kind"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="In their words, sealed"),
        sa.Column("noted_on", sa.Date(), nullable=False, comment="When it was talked about"),
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
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_strength_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_strength_entered_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_strength_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength")),
        comment="Strengths, beside the barriers",
    )
    with op.batch_alter_table("strength", schema=None) as batch_op:
        batch_op.create_index("ix_strength_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "taken_message",
        sa.Column("taken_at", Instant(), nullable=False, comment="When it came"),
        sa.Column("wants", sa.String(length=30), nullable=False, comment="Code list message_wants"),
        sa.Column("words_sealed", sa.LargeBinary(), nullable=True, comment="What they said, sealed"),
        sa.Column("read_at", Instant(), nullable=True, comment="When a colleague had read it"),
        sa.Column("read_by_id", Key(), nullable=True, comment="Who had read it"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_taken_message_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_taken_message_entered_by_id")),
        sa.ForeignKeyConstraint(["read_by_id"], ["user.id"], name=op.f("fk_taken_message_read_by_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_taken_message_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taken_message")),
        comment="Messages taken for a colleague",
    )
    with op.batch_alter_table("taken_message", schema=None) as batch_op:
        batch_op.create_index(
            "ix_taken_message_enrolment_id_read_at", ["enrolment_id", "read_at"], unique=False
        )

    op.create_table(
        "application_stage",
        sa.Column("application_id", Key(), nullable=False, comment="Which"),
        sa.Column("stage", sa.String(length=20), nullable=False, comment="Code list application_stage"),
        sa.Column("reached_on", sa.Date(), nullable=False, comment="When"),
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
            ["application_id"], ["application.id"], name=op.f("fk_application_stage_application_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_application_stage_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_application_stage_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_application_stage_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_stage")),
        comment="Stages an application went through",
    )
    with op.batch_alter_table("application_stage", schema=None) as batch_op:
        batch_op.create_index("ix_application_stage_application_id", ["application_id"], unique=False)

    op.create_table(
        "closed_by_exit",
        sa.Column("exit_id", Key(), nullable=False, comment="The exit"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="goal, action, appointment or task"),
        sa.Column("thing_id", Key(), nullable=False, comment="Its key"),
        sa.Column(
            "was",
            sa.String(length=20),
            nullable=False,
            comment="State of a goal or action before; else empty",
        ),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["exit_id"], ["enrolment_exit.id"], name=op.f("fk_closed_by_exit_exit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_closed_by_exit")),
        sa.UniqueConstraint("exit_id", "thing_id", name=op.f("uq_closed_by_exit_exit_id_thing_id")),
        comment="What an exit closed",
    )
    op.create_table(
        "contact_part",
        sa.Column("contact_id", Key(), nullable=False, comment="The contact"),
        sa.Column(
            "kind",
            sa.String(length=20),
            nullable=False,
            comment="written_up, booked, action_done, action_added, support or task",
        ),
        sa.Column(
            "about_id",
            Key(),
            nullable=False,
            comment="The appointment, action, help given or task that it made or changed",
        ),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_part_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_part")),
        sa.UniqueConstraint("contact_id", "about_id", name=op.f("uq_contact_part_contact_id_about_id")),
        comment="What was saved together with a contact",
    )
    op.create_table(
        "contact_theme",
        sa.Column("contact_id", Key(), nullable=False, comment="The contact"),
        sa.Column("theme", sa.String(length=30), nullable=False, comment="Code list barrier_theme"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_contact_theme_contact_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_theme")),
        sa.UniqueConstraint("contact_id", "theme", name=op.f("uq_contact_theme_contact_id_theme")),
        comment="Barrier themes a contact touched",
    )
    op.create_table(
        "handed_screen",
        sa.Column(
            "session_id",
            Key(),
            nullable=True,
            comment="The signed-in browser; empty once its session is forgotten",
        ),
        sa.Column("enrolment_id", Key(), nullable=False, comment="Whose questions"),
        sa.Column("instrument", sa.String(length=20), nullable=False, comment="ons4, swemwbs or wheel"),
        sa.Column("stage", sa.String(length=20), nullable=False, comment="Code list wellbeing_stage"),
        sa.Column("handed_at", Instant(), nullable=False, comment="When it was handed over"),
        sa.Column("answered_at", Instant(), nullable=True, comment="When the answers were saved"),
        sa.Column("ended_at", Instant(), nullable=True, comment="When the worker unlocked it"),
        sa.Column("assessment_id", Key(), nullable=True, comment="The answers saved on it"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["wellbeing_assessment.id"], name=op.f("fk_handed_screen_assessment_id")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_handed_screen_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["user_session.id"], name=op.f("fk_handed_screen_session_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_screen")),
        comment="Screens handed to a participant, until they are unlocked",
    )
    with op.batch_alter_table("handed_screen", schema=None) as batch_op:
        batch_op.create_index("ix_handed_screen_session_id", ["session_id", "ended_at"], unique=False)

    op.create_table(
        "handed_thing",
        sa.Column("handed_case_id", Key(), nullable=False, comment="The case it went along with"),
        sa.Column("kind", sa.String(length=20), nullable=False, comment="appointment or task"),
        sa.Column("thing_id", Key(), nullable=False, comment="Its key"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["handed_case_id"], ["handed_case.id"], name=op.f("fk_handed_thing_handed_case_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handed_thing")),
        sa.UniqueConstraint(
            "handed_case_id", "thing_id", name=op.f("uq_handed_thing_handed_case_id_thing_id")
        ),
        comment="Appointments and tasks that went along with a case",
    )
    op.create_table(
        "plan_version",
        sa.Column("plan_id", Key(), nullable=False, comment="Which plan"),
        sa.Column("number", sa.SmallInteger(), nullable=False, comment="1 for the first agreement"),
        sa.Column("agreed_on", sa.Date(), nullable=False, comment="When they agreed to it"),
        sa.Column("agreed_how", sa.String(length=20), nullable=False, comment="Code list agreed_how"),
        sa.Column(
            "content_sealed",
            sa.LargeBinary(),
            nullable=False,
            comment="Goals and actions as they were, sealed JSON",
        ),
        sa.Column(
            "before",
            sa.String(length=200),
            nullable=False,
            comment="The plan's days before this agreement, JSON, for its undo",
        ),
        sa.Column(
            "signature_sealed", sa.LargeBinary(), nullable=True, comment="Strokes drawn or name typed, sealed"
        ),
        sa.Column("file_id", Key(), nullable=True, comment="The paper that was signed"),
        sa.Column("copy_given_on", sa.Date(), nullable=True, comment="When they were given their copy"),
        sa.Column("copy_how", sa.String(length=20), nullable=True, comment="Code list copy_how"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_plan_version_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_plan_version_entered_by_id")),
        sa.ForeignKeyConstraint(["file_id"], ["stored_file.id"], name=op.f("fk_plan_version_file_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["action_plan.id"], name=op.f("fk_plan_version_plan_id")),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_plan_version_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_plan_version_plan_id_number")),
        comment="The plan as agreed, each time it was",
    )
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.create_index("ix_plan_version_enrolment_id", ["enrolment_id"], unique=False)

    op.create_table(
        "progression_employer",
        sa.Column("progression_id", Key(), nullable=False, comment="The step forward"),
        sa.Column("employer_id", Key(), nullable=False, comment="With whom"),
        sa.Column("id", Key(), nullable=False, comment="Key: UUID version 7"),
        sa.ForeignKeyConstraint(
            ["employer_id"], ["employer.id"], name=op.f("fk_progression_employer_employer_id")
        ),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_progression_employer_progression_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression_employer")),
        sa.UniqueConstraint("progression_id", name=op.f("uq_progression_employer_progression_id")),
        comment="Progressions with an employer we know",
    )
    with op.batch_alter_table("progression_employer", schema=None) as batch_op:
        batch_op.create_index("ix_progression_employer_employer_id", ["employer_id"], unique=False)

    op.create_table(
        "progression_evidence",
        sa.Column("progression_id", Key(), nullable=False, comment="Which step"),
        sa.Column("seen_on", sa.Date(), nullable=False, comment="When it was seen or said"),
        sa.Column("evidence_level", sa.String(length=30), nullable=False, comment="Code list evidence_level"),
        sa.Column(
            "level_before",
            sa.String(length=30),
            nullable=False,
            comment="The level of the step as it was then",
        ),
        sa.Column("file_id", Key(), nullable=True, comment="The document; empty: somebody said so"),
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
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_progression_evidence_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_progression_evidence_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_file.id"], name=op.f("fk_progression_evidence_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_progression_evidence_progression_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_progression_evidence_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression_evidence")),
        comment="Evidence of a progression, as it came in",
    )
    with op.batch_alter_table("progression_evidence", schema=None) as batch_op:
        batch_op.create_index("ix_progression_evidence_progression_id", ["progression_id"], unique=False)

    op.create_table(
        "progression_terms",
        sa.Column("progression_id", Key(), nullable=False, comment="Which step"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="From this day"),
        sa.Column(
            "weekly_minutes", sa.Integer(), nullable=True, comment="Usual week, in minutes; empty: not known"
        ),
        sa.Column(
            "pay_pence", sa.BigInteger(), nullable=True, comment="Pay before tax, in pence, a pay period"
        ),
        sa.Column("pay_period", sa.String(length=10), nullable=True, comment="hour, week, month or year"),
        sa.Column("contract", sa.String(length=30), nullable=True, comment="Code list contract_type"),
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
            "(pay_pence IS NULL) = (pay_period IS NULL)", name=op.f("ck_progression_terms_pay_has_period")
        ),
        sa.CheckConstraint(
            "pay_pence IS NULL OR pay_pence >= 0", name=op.f("ck_progression_terms_pay_not_negative")
        ),
        sa.CheckConstraint(
            "weekly_minutes IS NULL OR weekly_minutes BETWEEN 0 AND 10080",
            name=op.f("ck_progression_terms_week_range"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_progression_terms_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["user.id"], name=op.f("fk_progression_terms_entered_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_progression_terms_progression_id")
        ),
        sa.ForeignKeyConstraint(
            ["voided_by_id"], ["user.id"], name=op.f("fk_progression_terms_voided_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progression_terms")),
        comment="Dated changes of hours, pay and contract",
    )
    with op.batch_alter_table("progression_terms", schema=None) as batch_op:
        batch_op.create_index(
            "ix_progression_terms_progression_id", ["progression_id", "from_on"], unique=False
        )

    op.create_table(
        "support_given",
        sa.Column("kind", sa.String(length=30), nullable=False, comment="Code list support_kind"),
        sa.Column("state", sa.String(length=20), nullable=False, comment="asked, approved, given or refused"),
        sa.Column("asked_on", sa.Date(), nullable=False, comment="When it was asked for or given"),
        sa.Column("given_on", sa.Date(), nullable=True, comment="When they had it"),
        sa.Column("amount_pence", sa.BigInteger(), nullable=True, comment="Cost in pence; empty: no money"),
        sa.Column(
            "units_hundredths",
            sa.Integer(),
            nullable=True,
            comment="How much, in hundredths of the kind's unit; empty: counted in money",
        ),
        sa.Column("theme", sa.String(length=30), nullable=True, comment="Barrier theme it is for"),
        sa.Column("budget_id", Key(), nullable=True, comment="What pays for it; empty: none of our budgets"),
        sa.Column("decided_by_id", Key(), nullable=True, comment="Lead who said yes or no"),
        sa.Column("decided_on", sa.Date(), nullable=True, comment="When they said so"),
        sa.Column("refusal_reason", sa.String(length=40), nullable=True, comment="Code list support_refusal"),
        sa.Column("receipt_file_id", Key(), nullable=True, comment="The receipt"),
        sa.Column("contact_id", Key(), nullable=True, comment="The contact it was given in"),
        sa.Column("note_sealed", sa.LargeBinary(), nullable=True, comment="What for, sealed"),
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
            "(state = 'given') = (given_on IS NOT NULL)", name=op.f("ck_support_given_given_has_day")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (refusal_reason IS NOT NULL)",
            name=op.f("ck_support_given_refusal_has_reason"),
        ),
        sa.CheckConstraint(
            "amount_pence IS NOT NULL OR units_hundredths IS NOT NULL",
            name=op.f("ck_support_given_pounds_or_units"),
        ),
        sa.CheckConstraint(
            "amount_pence IS NULL OR amount_pence >= 0", name=op.f("ck_support_given_amount_not_negative")
        ),
        sa.CheckConstraint(
            "units_hundredths IS NULL OR units_hundredths > 0", name=op.f("ck_support_given_units_positive")
        ),
        sa.ForeignKeyConstraint(["budget_id"], ["budget_head.id"], name=op.f("fk_support_given_budget_id")),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_support_given_contact_id")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["user.id"], name=op.f("fk_support_given_decided_by_id")),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_support_given_enrolment_id")
        ),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_support_given_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["receipt_file_id"], ["stored_file.id"], name=op.f("fk_support_given_receipt_file_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_support_given_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_given")),
        comment="Help given in goods, money and hours",
    )
    with op.batch_alter_table("support_given", schema=None) as batch_op:
        batch_op.create_index("ix_support_given_budget_id_state", ["budget_id", "state"], unique=False)
        batch_op.create_index(
            "ix_support_given_enrolment_id_asked_on", ["enrolment_id", "asked_on"], unique=False
        )

    op.create_table(
        "work_break",
        sa.Column("progression_id", Key(), nullable=False, comment="Which step"),
        sa.Column("from_on", sa.Date(), nullable=False, comment="First day without work"),
        sa.Column("until_on", sa.Date(), nullable=True, comment="Last day; empty while it lasts"),
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
            "until_on IS NULL OR until_on >= from_on", name=op.f("ck_work_break_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["enrolment_id"], ["enrolment.id"], name=op.f("fk_work_break_enrolment_id")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["user.id"], name=op.f("fk_work_break_entered_by_id")),
        sa.ForeignKeyConstraint(
            ["progression_id"], ["progression.id"], name=op.f("fk_work_break_progression_id")
        ),
        sa.ForeignKeyConstraint(["voided_by_id"], ["user.id"], name=op.f("fk_work_break_voided_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_break")),
        comment="Breaks inside a job that goes on",
    )
    with op.batch_alter_table("work_break", schema=None) as batch_op:
        batch_op.create_index("ix_work_break_progression_id", ["progression_id"], unique=False)

    op.add_column(
        "action",
        sa.Column(
            "drop_reason",
            sa.String(length=40),
            nullable=True,
            comment="Coded reason it no longer matters, such as left_programme",
        ),
    )
    op.add_column(
        "action", sa.Column("dropped_on", sa.Date(), nullable=True, comment="When it stopped mattering")
    )

    op.add_column(
        "action_plan",
        sa.Column(
            "unsigned_changes",
            sa.SmallInteger(),
            nullable=True,
            comment="How much changed since they last agreed; empty: nothing to compare with",
        ),
    )

    op.add_column(
        "agreement",
        sa.Column(
            "how", sa.String(length=20), nullable=True, comment="Code list agreed_how; empty: not recorded"
        ),
    )
    op.add_column(
        "agreement",
        sa.Column(
            "agency",
            sa.String(length=120),
            nullable=True,
            comment="Named agency somebody agreed to share with",
        ),
    )

    op.add_column(
        "contact",
        sa.Column(
            "not_attended_reason",
            sa.String(length=30),
            nullable=True,
            comment="Code list not_attended_reason, where they did not come",
        ),
    )
    op.add_column(
        "contact",
        sa.Column(
            "message_kind",
            sa.String(length=30),
            nullable=True,
            comment="Code list message_wording, where a ready wording was sent",
        ),
    )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("uq_contact_corrects_id"), sqlite_where=sa.text("voided_at IS NULL"))
        batch_op.create_index(
            "uq_contact_corrected_once",
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL AND corrects_id IS NOT NULL"),
            postgresql_where=sa.text("voided_at IS NULL AND corrects_id IS NOT NULL"),
        )

    op.add_column(
        "enrolment",
        sa.Column(
            "non_start_reason",
            sa.String(length=40),
            nullable=True,
            comment="Code list non_start_reason, where they never began",
        ),
    )
    op.add_column(
        "enrolment",
        sa.Column(
            "exit_note_sealed",
            sa.LargeBinary(),
            nullable=True,
            comment="What to know if they come back, sealed",
        ),
    )

    op.add_column(
        "goal",
        sa.Column(
            "measure_from_hundredths",
            sa.Integer(),
            nullable=True,
            comment="Measurable: where they start, in hundredths of the unit",
        ),
    )
    op.add_column(
        "goal",
        sa.Column(
            "measure_to_hundredths",
            sa.Integer(),
            nullable=True,
            comment="Measurable: where they want to be, in hundredths of the unit",
        ),
    )
    op.add_column(
        "goal",
        sa.Column(
            "measure_unit",
            sa.String(length=40),
            nullable=True,
            comment="Measurable: hours, pounds, calls ...",
        ),
    )
    op.add_column(
        "goal",
        sa.Column("outcome_sealed", sa.LargeBinary(), nullable=True, comment="What came of it, sealed"),
    )
    op.add_column(
        "goal",
        sa.Column(
            "outcome_evidence",
            sa.String(length=30),
            nullable=True,
            comment="Code list evidence_level, of the outcome",
        ),
    )
    op.add_column(
        "goal",
        sa.Column(
            "printed",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Ticked to be printed although it serves safety, health or justice",
        ),
    )

    op.add_column(
        "name_key",
        sa.Column(
            "sound",
            sa.String(length=20),
            nullable=True,
            comment="How the word sounds, for warning of the same person twice",
        ),
    )
    with op.batch_alter_table("name_key", schema=None) as batch_op:
        batch_op.create_index("ix_name_key_sound", ["sound", "participant_id"], unique=False)

    op.add_column(
        "participant",
        sa.Column(
            "no_letters",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Never post anything",
        ),
    )
    op.add_column(
        "participant",
        sa.Column(
            "no_emails",
            sa.Boolean(),
            server_default=sa.false(),
            nullable=False,
            comment="Never send an e-mail",
        ),
    )
    op.add_column(
        "participant",
        sa.Column(
            "safety_asked_on",
            sa.Date(),
            nullable=True,
            comment="When they were last asked how to reach them safely; empty: not asked yet",
        ),
    )
    op.add_column(
        "participant",
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True, comment="Postal address, sealed"),
    )
    op.add_column(
        "participant",
        sa.Column(
            "ni_number_sealed", sa.LargeBinary(), nullable=True, comment="National Insurance number, sealed"
        ),
    )
    op.add_column(
        "participant",
        sa.Column(
            "ni_number_mark", sa.LargeBinary(length=32), nullable=True, comment="Keyed hash of the NI number"
        ),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_ni_number_mark", ["ni_number_mark"], unique=False)

    op.add_column(
        "progression", sa.Column("sector", sa.String(length=40), nullable=True, comment="Code list sector")
    )
    op.add_column(
        "progression",
        sa.Column(
            "priority_sector", sa.Boolean(), nullable=True, comment="A priority sector; empty: not said"
        ),
    )
    op.add_column(
        "progression",
        sa.Column("green", sa.Boolean(), nullable=True, comment="A green job or course; empty: not said"),
    )
    op.add_column(
        "progression",
        sa.Column("planned_until_on", sa.Date(), nullable=True, comment="Last day as agreed, of a placement"),
    )


def downgrade() -> None:
    op.drop_column("progression", "planned_until_on")
    op.drop_column("progression", "green")
    op.drop_column("progression", "priority_sector")
    op.drop_column("progression", "sector")

    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_ni_number_mark")
    op.drop_column("participant", "ni_number_mark")
    op.drop_column("participant", "ni_number_sealed")
    op.drop_column("participant", "address_sealed")
    op.drop_column("participant", "safety_asked_on")
    op.drop_column("participant", "no_emails")
    op.drop_column("participant", "no_letters")

    with op.batch_alter_table("name_key", schema=None) as batch_op:
        batch_op.drop_index("ix_name_key_sound")
    op.drop_column("name_key", "sound")

    op.drop_column("goal", "printed")
    op.drop_column("goal", "outcome_evidence")
    op.drop_column("goal", "outcome_sealed")
    op.drop_column("goal", "measure_unit")
    op.drop_column("goal", "measure_to_hundredths")
    op.drop_column("goal", "measure_from_hundredths")

    op.drop_column("enrolment", "exit_note_sealed")
    op.drop_column("enrolment", "non_start_reason")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_contact_corrected_once",
            sqlite_where=sa.text("voided_at IS NULL AND corrects_id IS NOT NULL"),
            postgresql_where=sa.text("voided_at IS NULL AND corrects_id IS NOT NULL"),
        )
        batch_op.create_index(
            batch_op.f("uq_contact_corrects_id"),
            ["corrects_id"],
            unique=True,
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
    op.drop_column("contact", "message_kind")
    op.drop_column("contact", "not_attended_reason")

    op.drop_column("agreement", "agency")
    op.drop_column("agreement", "how")

    op.drop_column("action_plan", "unsigned_changes")

    op.drop_column("action", "dropped_on")
    op.drop_column("action", "drop_reason")

    with op.batch_alter_table("work_break", schema=None) as batch_op:
        batch_op.drop_index("ix_work_break_progression_id")

    op.drop_table("work_break")
    with op.batch_alter_table("support_given", schema=None) as batch_op:
        batch_op.drop_index("ix_support_given_enrolment_id_asked_on")
        batch_op.drop_index("ix_support_given_budget_id_state")

    op.drop_table("support_given")
    with op.batch_alter_table("progression_terms", schema=None) as batch_op:
        batch_op.drop_index("ix_progression_terms_progression_id")

    op.drop_table("progression_terms")
    with op.batch_alter_table("progression_evidence", schema=None) as batch_op:
        batch_op.drop_index("ix_progression_evidence_progression_id")

    op.drop_table("progression_evidence")
    with op.batch_alter_table("progression_employer", schema=None) as batch_op:
        batch_op.drop_index("ix_progression_employer_employer_id")

    op.drop_table("progression_employer")
    with op.batch_alter_table("plan_version", schema=None) as batch_op:
        batch_op.drop_index("ix_plan_version_enrolment_id")

    op.drop_table("plan_version")
    op.drop_table("handed_thing")
    with op.batch_alter_table("handed_screen", schema=None) as batch_op:
        batch_op.drop_index("ix_handed_screen_session_id")

    op.drop_table("handed_screen")
    op.drop_table("contact_theme")
    op.drop_table("contact_part")
    op.drop_table("closed_by_exit")
    with op.batch_alter_table("application_stage", schema=None) as batch_op:
        batch_op.drop_index("ix_application_stage_application_id")

    op.drop_table("application_stage")
    with op.batch_alter_table("taken_message", schema=None) as batch_op:
        batch_op.drop_index("ix_taken_message_enrolment_id_read_at")

    op.drop_table("taken_message")
    with op.batch_alter_table("strength", schema=None) as batch_op:
        batch_op.drop_index("ix_strength_enrolment_id")

    op.drop_table("strength")
    with op.batch_alter_table("review_pause", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_pause_one_open",
            sqlite_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
            postgresql_where=sa.text("until_on IS NULL AND voided_at IS NULL"),
        )
        batch_op.drop_index("ix_review_pause_enrolment_id")

    op.drop_table("review_pause")
    with op.batch_alter_table("readiness_item", schema=None) as batch_op:
        batch_op.drop_index("ix_readiness_item_enrolment_id")

    op.drop_table("readiness_item")
    with op.batch_alter_table("imported_row", schema=None) as batch_op:
        batch_op.drop_index("ix_imported_row_enrolment_id")

    op.drop_table("imported_row")
    with op.batch_alter_table("handed_case", schema=None) as batch_op:
        batch_op.drop_index("ix_handed_case_to_id")
        batch_op.drop_index("ix_handed_case_enrolment_id")

    op.drop_table("handed_case")
    with op.batch_alter_table("enrolment_exit", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_enrolment_exit_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("enrolment_exit")
    with op.batch_alter_table("eligibility_check", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_eligibility_check_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("eligibility_check")
    with op.batch_alter_table("case_work", schema=None) as batch_op:
        batch_op.drop_index("ix_case_work_enrolment_id_done_on")

    op.drop_table("case_work")
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.drop_index("ix_application_vacancy_id")
        batch_op.drop_index("ix_application_enrolment_id")

    op.drop_table("application")
    with op.batch_alter_table("vacancy", schema=None) as batch_op:
        batch_op.drop_index("ix_vacancy_employer_id")
        batch_op.drop_index("ix_vacancy_closes_on")

    op.drop_table("vacancy")
    with op.batch_alter_table("stated_reason", schema=None) as batch_op:
        batch_op.drop_index("ix_stated_reason_participant_id")

    op.drop_table("stated_reason")
    with op.batch_alter_table("merge", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_merge_absorbed_id",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )
        batch_op.drop_index("ix_merge_kept_id")

    op.drop_table("merge")
    with op.batch_alter_table("equality_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_equality_answer_one",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("equality_answer")
    with op.batch_alter_table("caseload_import", schema=None) as batch_op:
        batch_op.drop_index("ix_caseload_import_programme_id")

    op.drop_table("caseload_import")
    with op.batch_alter_table("budget_head", schema=None) as batch_op:
        batch_op.drop_index("ix_budget_head_programme_id")

    op.drop_table("budget_head")
    op.drop_table("instrument_wording")
    with op.batch_alter_table("employer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_employer_name_key",
            sqlite_where=sa.text("voided_at IS NULL"),
            postgresql_where=sa.text("voided_at IS NULL"),
        )

    op.drop_table("employer")
    op.drop_table("saved_filter")
    op.drop_table("handover")
    with op.batch_alter_table("name_spelling", schema=None) as batch_op:
        batch_op.drop_index("ix_name_spelling_word")

    op.drop_table("name_spelling")
