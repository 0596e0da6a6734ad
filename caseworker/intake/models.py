"""What is asked when somebody comes: equality questions, and whether the programme is for them."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class EqualityAnswer(Record, Base):
    """One equality question and what was said to it. Not asked is the absence of a row or its own answer."""

    __tablename__ = "equality_answer"
    __table_args__ = (
        CheckConstraint("(state = 'answered') = (answer IS NOT NULL)", name="answer_when_answered"),
        Index(
            "uq_equality_answer_one",
            "participant_id",
            "question",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Equality questions, each answered, declined or not asked"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose answer")
    question: Mapped[str] = mapped_column(String(30), comment="ethnicity, sex, disability, religion ...")
    state: Mapped[str] = mapped_column(String(20), comment="answered, declined or not_asked")
    answer: Mapped[str | None] = mapped_column(
        String(40), comment="Code of the question's own list", info={"personal": "equality"}
    )
    asked_on: Mapped[date] = mapped_column(comment="When they were asked")


class EligibilityCheck(CaseRecord, Base):
    """One criterion of the programme, whether it is met, and what showed it."""

    __tablename__ = "eligibility_check"
    __table_args__ = (
        Index(
            "uq_eligibility_check_one",
            "enrolment_id",
            "criterion",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Eligibility by criterion, with its evidence and how long it holds"},
    )

    criterion: Mapped[str] = mapped_column(String(40), comment="Code of the programme's eligibility rule")
    answer: Mapped[str] = mapped_column(String(20), comment="met, not_met or not_known")
    evidence: Mapped[str | None] = mapped_column(String(40), comment="Evidence named by the rule")
    seen_on: Mapped[date | None] = mapped_column(comment="When the evidence was seen")
    valid_until_on: Mapped[date | None] = mapped_column(comment="Last day the evidence holds")
    file_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("stored_file.id"), comment="A copy of it")
