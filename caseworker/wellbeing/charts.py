"""Somebody's answers as pictures: over time against the nation, and first against latest."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from caseworker.core import charts
from caseworker.core.charts import Chart
from caseworker.core.formatting import number
from caseworker.wellbeing.instruments import READINESS_WHEEL
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.norms import national_mean
from caseworker.wellbeing.questions import QUESTIONS, Question
from caseworker.wellbeing.swemwbs import HIGHEST, LOWEST, norms


def score_charts(assessments: Sequence[WellbeingAssessment], on: date) -> list[Chart]:
    """One for each of the four questions, 0 to 10, with the mean of the latest year there is."""
    return [_score_chart(question, assessments, on) for question in QUESTIONS]


def _score_chart(question: Question, assessments: Sequence[WellbeingAssessment], on: date) -> Chart:
    measure, short = question.measure, question.short
    nation = national_mean(measure, on)
    theirs = [charts.Point(each.assessed_on, getattr(each, measure)) for each in assessments]
    title = _("%(what)s: lower is better", what=short) if question.low_is_better else short
    words = _("UK mean %(mean)s, %(period)s", mean=number(nation.mean, 2), period=nation.period)
    level = tuple(charts.Point(point.on, float(nation.mean)) for point in theirs)
    series = [charts.Series(_("Their answer"), tuple(theirs)), charts.Series(words, level)]
    return charts.over_time(title, series, between=(0, 10))


def metric_chart(assessments: Sequence[WellbeingAssessment]) -> Chart:
    """Metric scores, 7 to 35, with the median of adults in England."""
    scored = [each for each in assessments if each.score_hundredths is not None]
    theirs = tuple(charts.Point(each.assessed_on, (each.score_hundredths or 0) / 100) for each in scored)
    median = float(norms()["median"].value)
    words = _("Half of adults in England score below %(median)s", median=number(median, 1))
    level = tuple(charts.Point(point.on, median) for point in theirs)
    series = [charts.Series(_("Their score"), theirs), charts.Series(words, level)]
    return charts.over_time(_("Score over time"), series, between=(float(LOWEST), float(HIGHEST)))


def wheel_chart(lines: Sequence[charts.Answer]) -> Chart:
    """The eight areas. Not a star, and no total: each area has a bar of its own."""
    return charts.first_and_latest(_("The eight areas, 1 to 10"), lines, high=READINESS_WHEEL.high)
