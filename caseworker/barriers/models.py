"""What stands in the way, assessed again and again, never overwritten."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.sealing import SealedText
from caseworker.enrolments.models import CaseRecord


class BarrierAssessment(CaseRecord, Base):
    """One theme on one day. A severity only where there is something; never a zero for not asked."""

    __tablename__ = "barrier_assessment"
    __table_args__ = (
        CheckConstraint("severity IS NULL OR severity BETWEEN 0 AND 4", name="severity_range"),
        CheckConstraint("(state = 'something') = (severity IS NOT NULL)", name="severity_when_something"),
        CheckConstraint("barrier IS NULL OR state = 'something'", name="barrier_when_something"),
        Index("ix_barrier_assessment_enrolment_id_theme", "enrolment_id", "theme", "assessed_on"),
        {"comment": "Barriers by theme, with their history"},
    )

    theme: Mapped[str] = mapped_column(
        String(30), comment="Code list barrier_theme", info={"personal": "barrier"}
    )
    barrier: Mapped[str | None] = mapped_column(
        String(40), comment="Code list barrier_code, within the theme", info={"personal": "barrier"}
    )
    state: Mapped[str] = mapped_column(
        String(20), comment="something, nothing, not_asked or declined", info={"personal": "barrier"}
    )
    severity: Mapped[int | None] = mapped_column(
        SmallInteger, comment="0 resolved to 4 stops progress", info={"personal": "barrier"}
    )
    assessed_on: Mapped[date] = mapped_column(comment="When it was talked about")
    note_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="In their words, sealed", info={"personal": "note"}
    )

    note = SealedText("note_sealed")


class Strength(CaseRecord, Base):
    """What somebody has going for them, in their words."""

    __tablename__ = "strength"
    __table_args__ = (
        Index("ix_strength_enrolment_id", "enrolment_id"),
        {"comment": "Strengths, beside the barriers"},
    )

    kind: Mapped[str] = mapped_column(
        String(30), comment="Code list strength_kind", info={"personal": "note"}
    )
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="In their words, sealed", info={"personal": "note"}
    )
    noted_on: Mapped[date] = mapped_column(comment="When it was talked about")

    words = SealedText("words_sealed")
