"""How barriers went over time, as a picture with its table."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from caseworker.barriers.rules import Stand
from caseworker.core import charts
from caseworker.core.charts import Chart
from caseworker.core.codes import label

# So many lines can be told apart.
LINES = 4


def course_chart(courses: Mapping[str, Sequence[Stand]]) -> Chart | None:
    """The themes talked about on two days or more, those that were worst first; None where there is none.

    A day without a severity leaves a gap: no answer is a nought.
    """
    often = {
        theme: course
        for theme, course in courses.items()
        if sum(stand.severity is not None for stand in course) > 1
    }
    worst = sorted(often, key=lambda theme: (-max(stand.severity or 0 for stand in often[theme]), theme))
    if not worst:
        return None
    lines = [
        charts.Series(
            label("barrier_theme", theme),
            tuple(charts.Point(stand.on, stand.severity) for stand in often[theme]),
        )
        for theme in worst[:LINES]
    ]
    return charts.over_time(_("How much it stands in the way"), lines)
