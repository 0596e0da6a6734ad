"""Recording how somebody is doing."""

from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import ONS4, WellbeingAssessment


def record_wellbeing(
    enrolment: Enrolment,
    scores: dict[str, int | None],
    *,
    stage: str,
    completed_how: str,
    assessed_on: date,
    recorded_by: User,
    today: date,
) -> WellbeingAssessment:
    """Record one sitting of the ONS questions, 0 to 10 each; a question left out is None.

    Raises RuleBroken when no question was answered, or for a day ahead.
    """
    if assessed_on > today:
        raise RuleBroken("The day must be today or earlier", "assessed_on")
    if all(scores.get(measure) is None for measure in ONS4):
        raise RuleBroken("Answer at least one question, or go back without saving")
    assessment = WellbeingAssessment(
        enrolment=enrolment,
        instrument="ons4",
        stage=stage,
        completed_how=completed_how,
        assessed_on=assessed_on,
        entered_by_id=recorded_by.id,
        **{measure: scores.get(measure) for measure in ONS4},
    )
    db.session.add(assessment)
    return assessment


def take_back_wellbeing(assessment: WellbeingAssessment, *, by: User, now: datetime) -> None:
    """Undo of a sitting. Raises RuleBroken as `take_back`."""
    take_back(assessment, by.id, now)
