"""What the wellbeing page shows of each instrument: sittings, change on pairs, pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseworker.core.charts import Answer, Chart
from caseworker.wellbeing.charts import metric_chart, score_charts, wheel_chart
from caseworker.wellbeing.instruments import FOUR_QUESTIONS, READINESS_WHEEL, Instrument
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.queries import answers_of
from caseworker.wellbeing.rules import changes_of, direction, keys_of


@dataclass(frozen=True)
class Line:
    """One question: the first and the latest answer, and the change where it was answered twice."""

    short: str
    first: int | None
    latest: int | None
    change: int | None
    way: str


@dataclass(frozen=True)
class Panel:
    """An instrument's sittings, oldest first, with a line for each question and its charts."""

    sittings: Sequence[WellbeingAssessment]
    lines: Sequence[Line]
    charts: Sequence[Chart]

    @property
    def pairs(self) -> int:
        return sum(line.change is not None for line in self.lines)


def four_questions(sittings: Sequence[WellbeingAssessment], on: date) -> Panel:
    charts = score_charts(sittings, on) if len(sittings) > 1 else []
    return Panel(sittings, _lines(FOUR_QUESTIONS, sittings), charts)


def wheel(sittings: Sequence[WellbeingAssessment]) -> Panel:
    lines = _lines(READINESS_WHEEL, sittings)
    # The ring of a first answer stands only where there is a later one.
    drawn = [Answer(line.short, None if line.change is None else line.first, line.latest) for line in lines]
    return Panel(sittings, lines, [wheel_chart(drawn)] if sittings else [])


def seven_statements(sittings: Sequence[WellbeingAssessment]) -> Panel:
    scored = [each for each in sittings if each.score_hundredths is not None]
    return Panel(sittings, [], [metric_chart(scored)] if len(scored) > 1 else [])


def _lines(instrument: Instrument, sittings: Sequence[WellbeingAssessment]) -> list[Line]:
    said = [answers_of(each) for each in sittings]
    changes = changes_of(said, keys_of(instrument))
    lines = []
    for item in instrument.items:
        answers = [score for each in said if (score := each.get(item.key)) is not None]
        change = changes[item.key]
        lines.append(
            Line(
                str(item.short),
                answers[0] if answers else None,
                answers[-1] if answers else None,
                change,
                "" if change is None else direction(item, change),
            )
        )
    return lines
