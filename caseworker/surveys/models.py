"""What people said when asked afterwards, and who was asked and did not answer."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class Survey(Record, Base):
    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("programme_id", "code"), {"comment": "Surveys of a programme"})

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Whose survey")
    code: Mapped[str] = mapped_column(String(40), comment="Stable name")
    title: Mapped[str] = mapped_column(String(160), comment="As people were told")
    asked_from_on: Mapped[date] = mapped_column(comment="First day of asking")
    asked_until_on: Mapped[date] = mapped_column(comment="Last day of asking")

    statements: Mapped[list["SurveyStatement"]] = relationship(
        back_populates="survey", order_by="SurveyStatement.place"
    )


class SurveyStatement(Record, Base):
    """Answered 1 strongly disagree to 5 strongly agree, or yes and no as 5 and 1."""

    __tablename__ = "survey_statement"
    __table_args__ = (UniqueConstraint("survey_id", "code"), {"comment": "Statements of a survey"})

    survey_id: Mapped[UUID] = mapped_column(Key, ForeignKey("survey.id"), comment="Its survey")
    code: Mapped[str] = mapped_column(String(40), comment="Stable name, such as in_work or valued")
    words: Mapped[str] = mapped_column(String(300), comment="As it was asked")
    scale: Mapped[str] = mapped_column(String(20), comment="agreement or yes_no")
    place: Mapped[int] = mapped_column(SmallInteger, comment="Order on the page")

    survey: Mapped[Survey] = relationship(back_populates="statements")


class SurveyResponse(CaseRecord, Base):
    """One person asked. No answer is kept as no answer; it is never a no."""

    __tablename__ = "survey_response"
    __table_args__ = (
        UniqueConstraint("survey_id", "enrolment_id"),
        CheckConstraint("attempts >= 0", name="attempts_not_negative"),
        Index("ix_survey_response_enrolment_id", "enrolment_id"),
        {"comment": "People asked, and whether they answered"},
    )

    survey_id: Mapped[UUID] = mapped_column(Key, ForeignKey("survey.id"), comment="Which survey")
    attempts: Mapped[int] = mapped_column(SmallInteger, comment="Times they were asked")
    answered_on: Mapped[date | None] = mapped_column(comment="When they answered; empty: they did not")
    mode: Mapped[str | None] = mapped_column(String(20), comment="telephone, link or paper")

    answers: Mapped[list["SurveyAnswer"]] = relationship(back_populates="response")


class SurveyAnswer(Record, Base):
    __tablename__ = "survey_answer"
    __table_args__ = (
        UniqueConstraint("response_id", "statement_id"),
        CheckConstraint("value BETWEEN 1 AND 5", name="value_range"),
        Index("ix_survey_answer_statement_id_value", "statement_id", "value"),
        {"comment": "Answers; a question left out has no row"},
    )

    response_id: Mapped[UUID] = mapped_column(Key, ForeignKey("survey_response.id"), comment="Whose")
    statement_id: Mapped[UUID] = mapped_column(Key, ForeignKey("survey_statement.id"), comment="To what")
    value: Mapped[int] = mapped_column(
        SmallInteger, comment="1 strongly disagree to 5 strongly agree", info={"personal": "opinion"}
    )

    response: Mapped[SurveyResponse] = relationship(back_populates="answers")

    @property
    def participant_id(self) -> UUID:
        return self.response.enrolment.participant_id
