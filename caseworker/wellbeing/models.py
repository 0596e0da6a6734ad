"""How somebody is doing, in their own scores."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.sealing import SealedText
from caseworker.enrolments.models import CaseRecord

ONS4 = ("life_satisfaction", "worthwhile", "happiness", "anxiety")


def _score(what: str) -> Mapped[int | None]:
    return mapped_column(SmallInteger, comment=what, info={"personal": "wellbeing"})


class WellbeingAssessment(CaseRecord, Base):
    """One sitting. A question left out is empty, never a zero.

    The four ONS scores are plain so that the database can count them; item answers of licensed or
    clinical instruments are sealed as JSON.
    """

    __tablename__ = "wellbeing_assessment"
    __table_args__ = (
        *(
            CheckConstraint(f"{name} IS NULL OR {name} BETWEEN 0 AND 10", name=f"{name}_range")
            for name in ONS4
        ),
        Index(
            "ix_wellbeing_assessment_enrolment_id_assessed_on", "enrolment_id", "instrument", "assessed_on"
        ),
        {"comment": "Wellbeing scores by instrument, stage and day"},
    )

    instrument: Mapped[str] = mapped_column(String(20), comment="ons4, swemwbs or wheel")
    stage: Mapped[str] = mapped_column(String(20), comment="Code list wellbeing_stage: start, review, exit")
    assessed_on: Mapped[date] = mapped_column(comment="When they answered")
    completed_how: Mapped[str] = mapped_column(String(20), comment="alone, with_help, read_aloud")
    life_satisfaction: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    worthwhile: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    happiness: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely")
    anxiety: Mapped[int | None] = _score("ONS4: 0 not at all to 10 completely; lower is better")
    score_hundredths: Mapped[int | None] = mapped_column(
        comment="Score of the instrument in hundredths (SWEMWBS: metric)", info={"personal": "wellbeing"}
    )
    answers_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Item answers of a licensed instrument, sealed", info={"personal": "wellbeing"}
    )

    answers = SealedText("answers_sealed")
