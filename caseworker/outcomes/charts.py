"""The outcome page's drawings, the same on the page and in the report."""

from caseworker.core import charts
from caseworker.core.charts import Chart
from caseworker.outcomes.queries import Outcomes
from caseworker.outcomes.rules import wilson
from caseworker.surveys.queries import SurveyResults


def journey_chart(outcomes: Outcomes) -> Chart:
    """From start to lasting work, each step as a share of all starts."""
    steps = [charts.Share(each.label, each.n, each.total, each.low, each.high) for each in outcomes.funnel]
    return charts.bars("How far people came", steps, about="Share of all starts")


def wellbeing_chart(outcomes: Outcomes) -> Chart:
    """First and latest mean of the same people, with the nation's."""
    return charts.slope(
        "Wellbeing, first and latest score",
        [
            charts.Measure(
                label=change.label,
                start=change.first_mean,
                latest=change.latest_mean,
                pairs=change.pairs,
                national=change.nation,
                lower_is_better=not change.higher_is_better,
            )
            for change in outcomes.wellbeing
        ],
        start_words="First",
    )


def survey_chart(survey: SurveyResults) -> Chart:
    """How many of those who answered agreed with each statement."""
    bars = []
    for said in survey.statements:
        low, high = wilson(said.agreed, said.answered) or (None, None)
        bars.append(charts.Share(said.words, said.agreed, said.answered, low, high))
    return charts.bars("What people said", bars, about="Share of those who answered")
