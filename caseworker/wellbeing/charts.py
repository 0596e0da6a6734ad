"""Somebody's scores over time."""

from collections.abc import Sequence

from caseworker.core import charts
from caseworker.core.charts import Chart
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.questions import QUESTIONS


def scores_chart(assessments: Sequence[WellbeingAssessment]) -> Chart:
    """The four scores, one line each, 0 to 10."""
    series = [
        charts.Series(
            question.short,
            tuple(charts.Point(each.assessed_on, getattr(each, question.measure)) for each in assessments),
        )
        for question in QUESTIONS
    ]
    return charts.over_time("Scores over time", series)
