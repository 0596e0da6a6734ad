"""Courses, their sessions and registers, and what learners completed."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.accounts.models import User
from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord, Enrolment
from caseworker.programmes.models import Programme


class Course(Record, Base):
    __tablename__ = "course"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates_in_order"),
        Index("ix_course_programme_id", "programme_id"),
        Index("ix_course_tutor_id", "tutor_id"),
        {"comment": "Courses of a programme"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Who runs it")
    tutor_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who teaches it")
    title: Mapped[str] = mapped_column(String(160), comment="As learners know it")
    subject: Mapped[str] = mapped_column(String(80), comment="Subject")
    level: Mapped[str] = mapped_column(String(10), comment="Code list course_level")
    awarding_body: Mapped[str | None] = mapped_column(String(120), comment="Empty: not accredited")
    guided_minutes: Mapped[int] = mapped_column(comment="Guided learning, in minutes")
    starts_on: Mapped[date] = mapped_column(comment="First day")
    ends_on: Mapped[date] = mapped_column(comment="Last day")

    programme: Mapped[Programme] = relationship()
    tutor: Mapped[User] = relationship(foreign_keys=[tutor_id])


class CourseSession(Record, Base):
    __tablename__ = "course_session"
    __table_args__ = (
        UniqueConstraint("course_id", "held_on", "starts_at_time"),
        CheckConstraint("minutes BETWEEN 1 AND 1440", name="minutes_in_a_day"),
        Index("ix_course_session_held_on", "held_on"),
        {"comment": "One class on one day"},
    )

    course_id: Mapped[UUID] = mapped_column(Key, ForeignKey("course.id"), comment="Its course")
    held_on: Mapped[date] = mapped_column(comment="Day")
    starts_at_time: Mapped[time] = mapped_column(comment="Time on the wall clock in the UK")
    minutes: Mapped[int] = mapped_column(SmallInteger, comment="Length, in minutes")
    room: Mapped[str] = mapped_column(String(80), default="", comment="Where")
    happened: Mapped[bool | None] = mapped_column(
        comment="False: it did not happen and leaves every denominator; empty: not marked yet"
    )
    marked_on: Mapped[date | None] = mapped_column(comment="When the register was first saved")

    course: Mapped[Course] = relationship()

    @property
    def ends_at_time(self) -> time:
        return (datetime.combine(self.held_on, self.starts_at_time) + timedelta(minutes=self.minutes)).time()


class CourseEnrolment(CaseRecord, Base):
    """A learner's place on a course."""

    __tablename__ = "course_enrolment"
    __table_args__ = (
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="dates_in_order"),
        Index(
            "uq_course_enrolment_one_place",
            "course_id",
            "enrolment_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index("ix_course_enrolment_enrolment_id", "enrolment_id"),
        {"comment": "Learners' places on courses"},
    )

    course_id: Mapped[UUID] = mapped_column(Key, ForeignKey("course.id"), comment="Which course")
    joined_on: Mapped[date] = mapped_column(comment="First day")
    left_on: Mapped[date | None] = mapped_column(comment="Withdrew on; empty: still on it")
    leave_reason: Mapped[str | None] = mapped_column(String(40), comment="Coded reason for leaving")

    course: Mapped[Course] = relationship()
    completion: Mapped["Completion | None"] = relationship(viewonly=True)

    @property
    def finished(self) -> "Completion | None":
        """The completion that stands: one that was taken back is kept and does not count."""
        return self.completion if self.completion and self.completion.voided_at is None else None


class Attendance(Record, Base):
    __tablename__ = "attendance"
    __table_args__ = (
        UniqueConstraint("session_id", "place_id"),
        CheckConstraint("minutes_late IS NULL OR minutes_late BETWEEN 1 AND 600", name="late_range"),
        Index("ix_attendance_place_id", "place_id"),
        {"comment": "Marks in registers"},
    )

    session_id: Mapped[UUID] = mapped_column(Key, ForeignKey("course_session.id"), comment="Which class")
    place_id: Mapped[UUID] = mapped_column(Key, ForeignKey("course_enrolment.id"), comment="Which learner")
    mark: Mapped[str] = mapped_column(String(20), comment="Code list register_mark")
    minutes_late: Mapped[int | None] = mapped_column(SmallInteger, comment="How late, in minutes")

    session: Mapped[CourseSession] = relationship()
    place: Mapped[CourseEnrolment] = relationship()

    @property
    def participant_id(self) -> UUID:
        return self.place.enrolment.participant_id


class Completion(Record, Base):
    """Completed, achieved and certificate seen are three facts, each with its day."""

    __tablename__ = "completion"
    __table_args__ = (
        UniqueConstraint("place_id"),
        CheckConstraint("achieved_on IS NULL OR achieved_on >= completed_on", name="achieved_after"),
        CheckConstraint(
            "certificate_seen_on IS NULL OR certificate_seen_on >= completed_on", name="certificate_after"
        ),
        Index("ix_completion_completed_on", "completed_on"),
        {"comment": "What learners completed, counted once however it arrived"},
    )

    place_id: Mapped[UUID] = mapped_column(Key, ForeignKey("course_enrolment.id"), comment="Whose place")
    completed_on: Mapped[date] = mapped_column(comment="Finished the course")
    achieved_on: Mapped[date | None] = mapped_column(comment="Achieved the award")
    grade: Mapped[str | None] = mapped_column(String(40), comment="Grade, in the awarding body's words")
    certificate_seen_on: Mapped[date | None] = mapped_column(comment="Somebody saw the certificate")

    place: Mapped[CourseEnrolment] = relationship()

    @property
    def enrolment(self) -> Enrolment:
        return self.place.enrolment

    @property
    def participant_id(self) -> UUID:
        return self.place.enrolment.participant_id
