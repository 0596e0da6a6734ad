"""One person's first and latest answer on the same short scale, a row for each question."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import Axis
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.palette import GRID, INK, PAPER, TEAL
from caseworker.core.charts.rows import Reach, Rows, lay_rows
from caseworker.core.charts.scene import Circle, Group, Item, Line, Rect, Scene, Text
from caseworker.core.fonts import text_width

KEY_HEIGHT = 26.0


@dataclass(frozen=True)
class Answer:
    """The first and the latest answer to one question; None where it was not answered, or only once."""

    label: str
    first: float | None
    latest: float | None


def first_and_latest(
    title: str,
    answers: Sequence[Answer],
    *,
    high: float,
    first_words: str = "First",
    latest_words: str = "Latest",
) -> Chart:
    """Every row has the scale 0 to `high`. A bar reaches to the latest answer, a ring stands at the first."""
    asked = [each for each in answers if each.latest is not None]
    rows = [(each.label, _cell(each.first), _cell(each.latest), _change(each)) for each in answers]
    said = sentences(
        f"Bars from 0 to {words.number(high)}: {latest_words.lower()} answers, with a ring at the "
        f"{first_words.lower()}.",
        [_said(each) for each in asked],
    )
    figures = table(("Area", first_words, latest_words, "Change"), rows if asked else [])
    steps = tuple(float(step) for step in range(0, int(high) + 1, 2))
    axis = Axis(0.0, high, steps)
    keys = (first_words, latest_words)
    return assemble(title, said, figures, lambda layout: _draw(answers, axis, keys, layout))


def _cell(value: float | None) -> str:
    return "–" if value is None else words.number(value)


def _change(one: Answer) -> str:
    if one.first is None or one.latest is None:
        return "–"
    moved = one.latest - one.first
    return f"+{words.number(moved)}" if moved > 0 else words.number(moved)


def _said(one: Answer) -> str:
    if one.first is None:
        return f"{one.label} {_cell(one.latest)}"
    return f"{one.label} from {_cell(one.first)} to {_cell(one.latest)}"


def _end_words(one: Answer) -> str:
    if one.latest is None:
        return "–"
    if one.first is None:
        return _cell(one.latest)
    return f"{_cell(one.first)} to {_cell(one.latest)}"


def _draw(answers: Sequence[Answer], axis: Axis, keys: tuple[str, str], layout: Layout) -> Scene:
    reaches = [
        Reach(0, axis.high, right_words=text_width(_end_words(each), layout.text, True)) for each in answers
    ]
    rows = lay_rows(layout, [each.label for each in answers], reaches, axis)
    items = rows.items(words.number)
    for row, each in enumerate(answers):
        items += _row(each, row, rows)
    moved = Group(tuple(items), dy=KEY_HEIGHT)
    return Scene(layout.width, rows.height + KEY_HEIGHT, (*_key(keys, layout), moved))


def _row(one: Answer, row: int, rows: Rows) -> list[Item]:
    top, bar, middle = rows.tops[row], rows.layout.bar, rows.middle(row)
    items: list[Item] = [Rect(rows.left, top, rows.right - rows.left, bar, "#eef1f1", GRID)]
    if one.latest is not None:
        items.append(Rect(rows.left, top + 3, rows.x(one.latest) - rows.left, bar - 6, TEAL))
    if one.first is not None:
        x = rows.x(one.first)
        items += [
            Line(((x, top - 2), (x, top + bar + 2)), PAPER, 5),
            Line(((x, top - 2), (x, top + bar + 2)), INK, 2),
        ]
        items.append(Circle(x, middle, 5.5, PAPER, INK, 2))
    size = rows.layout.text
    items.append(Text(rows.right + 8, middle + size * 0.36, _end_words(one), size, True))
    return items


def _key(keys: tuple[str, str], layout: Layout) -> list[Item]:
    first, latest = keys
    after = 20 + text_width(first, layout.small) + 20
    return [
        Circle(7, 9, 5.5, PAPER, INK, 2),
        Text(20, 13, first, layout.small),
        Rect(after, 3, 16, 12, TEAL),
        Text(after + 22, 13, latest, layout.small),
    ]
