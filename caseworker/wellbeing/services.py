"""Recording how somebody is doing."""

import json
from collections.abc import Mapping
from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.instruments import ONS4, SWEMWBS
from caseworker.wellbeing.models import ONS4 as MEASURES
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.swemwbs import metric_hundredths


def record_wellbeing(
    enrolment: Enrolment,
    scores: Mapping[str, int | None],
    *,
    stage: str,
    completed_how: str,
    assessed_on: date,
    recorded_by: User,
    today: date,
    instrument: str = ONS4,
) -> WellbeingAssessment:
    """Record one sitting: the answers of an instrument by question; one left out is None.

    The four ONS scores are plain columns, all other answers are sealed; seven statements are scored when
    all were answered. Raises RuleBroken when nothing was answered, or for a day ahead.
    """
    if assessed_on > today:
        raise RuleBroken("The day must be today or earlier", "assessed_on")
    if all(score is None for score in scores.values()):
        raise RuleBroken("Answer at least one question, or go back without saving")
    assessment = WellbeingAssessment(
        enrolment=enrolment,
        instrument=instrument,
        stage=stage,
        completed_how=completed_how,
        assessed_on=assessed_on,
        entered_by_id=recorded_by.id,
    )
    if instrument == ONS4:
        for measure in MEASURES:
            setattr(assessment, measure, scores.get(measure))
    else:
        assessment.answers = json.dumps(dict(scores), sort_keys=True)
    if instrument == SWEMWBS:
        assessment.score_hundredths = metric_hundredths(scores)
    db.session.add(assessment)
    return assessment


def take_back_wellbeing(assessment: WellbeingAssessment, *, by: User, now: datetime) -> None:
    """Undo of a sitting. Raises RuleBroken as `take_back`."""
    take_back(assessment, by.id, now)
