"""Values over time as lines, each with its own dash and marker, and its name at its end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import Axis, nice_axis, tick_words
from caseworker.core.charts.calendar_ticks import calendar_ticks
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.palette import AMBER, GRID, INK, PAPER, PLUM, QUIET, TEAL
from caseworker.core.charts.scene import Circle, Item, Line, Rect, Scene, Text
from caseworker.core.fonts import ellipsis, text_width

LOOKS: tuple[tuple[str, tuple[float, ...]], ...] = (
    (TEAL, ()),
    (PLUM, (7, 4)),
    (INK, (2, 3)),
    (QUIET, (10, 3, 2, 3)),
)


@dataclass(frozen=True)
class Point:
    """A value on a day; None leaves a gap in the line."""

    on: date
    value: float | None


@dataclass(frozen=True)
class Series:
    label: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Frame:
    """The plot's edges in pixels, its days and its values."""

    left: float
    right: float
    top: float
    bottom: float
    first: date
    days: int
    axis: Axis

    def x(self, on: date) -> float:
        if self.days == 0:
            return (self.left + self.right) / 2
        return self.left + (on - self.first).days / self.days * (self.right - self.left)

    def y(self, value: float) -> float:
        return self.bottom - self.axis.fraction(value) * (self.bottom - self.top)


def over_time(
    title: str,
    series: Sequence[Series],
    *,
    value_words: Callable[[float], str] = words.number,
    from_zero: bool = True,
    between: tuple[float, float] | None = None,
) -> Chart:
    """At most four lines; `value_words` says a value on the axis and in the table.

    `between` fixes the ends of the axis, so that a small change looks small.
    """
    if len(series) > len(LOOKS):
        raise ValueError(f"At most {len(LOOKS)} lines can be told apart.")
    days = sorted({point.on for one in series for point in one.points})
    known = [{point.on: point.value for point in one.points} for one in series]
    rows = [(words.day(on), *(_cell(values.get(on), value_words) for values in known)) for on in days]
    said = sentences("Line chart over time.", [_said(one, value_words) for one in series])
    figures = table(("Date", *(one.label for one in series)), rows)
    scale = _scale(series, from_zero, between)
    return assemble(title, said, figures, lambda layout: _draw(series, days, value_words, scale, layout))


def _scale(series: Sequence[Series], from_zero: bool, between: tuple[float, float] | None) -> Axis:
    if between is not None:
        ticks = nice_axis([*between], 6, zero=False).ticks
        return Axis(*between, tuple(sorted({*between, *ticks})))
    values = [point.value for one in series for point in one.points if point.value is not None]
    return nice_axis(values, 5, zero=from_zero, whole_steps=True)


def _cell(value: float | None, say: Callable[[float], str]) -> str:
    return "–" if value is None else say(value)


def _said(one: Series, say: Callable[[float], str]) -> str:
    held = [point for point in one.points if point.value is not None]
    if not held:
        return f"{one.label}: no values"
    first, last = held[0], held[-1]
    return (
        f"{one.label} from {_cell(first.value, say)} on {words.day(first.on)}"
        f" to {_cell(last.value, say)} on {words.day(last.on)}"
    )


def _draw(
    series: Sequence[Series],
    days: list[date],
    say: Callable[[float], str],
    axis: Axis,
    layout: Layout,
) -> Scene:
    ticks = tick_words(axis, say)
    left = max(text_width(text, layout.small) for _value, text in ticks) + 10
    keys, top = _keys(series, layout) if len(series) > 1 else ([], 0.0)
    room = max((text_width(_end(one, say), layout.text, True) for one in series), default=0) / 2
    right = layout.width - max(room, 8)
    frame = Frame(left, right, top + 22, top + 22 + layout.plot, days[0], (days[-1] - days[0]).days, axis)
    items: list[Item] = [*keys]
    for value, text in ticks:
        y = frame.y(value)
        items.append(Line(((left, y), (right, y)), INK if value == 0 else GRID))
        items.append(Text(left - 8, y + 4, text, layout.small, anchor="end", colour=QUIET))
    for on, text in calendar_ticks(days[0], days[-1], right - left, layout.small):
        x = frame.x(on)
        items.append(Line(((x, frame.bottom), (x, frame.bottom + 5)), QUIET))
        half = text_width(text, layout.small) / 2
        x = min(max(x, half), layout.width - half)
        items.append(Text(x, frame.bottom + 20, text, layout.small, anchor="middle", colour=QUIET))
    for i, one in enumerate(series):
        items += _line(one, i, frame)
    items += _end_words(series, frame, say, layout)
    return Scene(layout.width, frame.bottom + 28, tuple(items))


def _end(one: Series, say: Callable[[float], str]) -> str:
    return next((say(point.value) for point in reversed(one.points) if point.value is not None), "")


def _keys(series: Sequence[Series], layout: Layout) -> tuple[list[Item], float]:
    """A piece of each line with its name, one under the other where there is no room beside."""
    items: list[Item] = []
    x, y = 0.0, 0.0
    for i, one in enumerate(series):
        label = ellipsis(one.label, layout.width - 34, layout.small)
        width = 34 + text_width(label, layout.small)
        if x and x + width > layout.width:
            x, y = 0.0, y + 19
        colour, dash = LOOKS[i]
        items.append(Line(((x, y + 8), (x + 27, y + 8)), colour, 2.5, dash))
        items += _marker(i, x + 13.5, y + 8)
        items.append(Text(x + 34, y + 12, label, layout.small))
        x += width + 18
    return items, y + 16


def _marker(i: int, x: float, y: float) -> list[Item]:
    colour = LOOKS[i][0]
    shapes: tuple[Item, ...] = (
        Circle(x, y, 4, colour),
        Rect(x - 4, y - 4, 8, 8, PAPER, colour),
        Rect(x - 3.5, y - 3.5, 7, 7, colour),
        Circle(x, y, 4, AMBER, colour, 1.5),
    )
    return [shapes[i]]


def _line(one: Series, i: int, frame: Frame) -> list[Item]:
    colour, dash = LOOKS[i]
    items: list[Item] = []
    run: list[tuple[float, float]] = []
    marks: list[Item] = []
    for point in [*sorted(one.points, key=lambda p: p.on), Point(date.max, None)]:
        if point.value is not None:
            run.append((frame.x(point.on), frame.y(point.value)))
            marks += _marker(i, *run[-1])
            continue
        if len(run) > 1:
            items.append(Line(tuple(run), colour, 2.5, dash))
        run = []
    return [*items, *(marks if len(marks) <= 40 else marks[-1:])]


def _end_words(
    series: Sequence[Series], frame: Frame, say: Callable[[float], str], layout: Layout
) -> list[Item]:
    """The last value of each line above its end, or below where a higher line ends close by."""
    held = [[point for point in one.points if point.value is not None] for one in series]
    lasts = [max(points, key=lambda point: point.on) for points in held if points]
    items: list[Item] = []
    above = -1e9
    for last in sorted(lasts, key=lambda point: -(point.value or 0.0)):
        value = last.value or 0.0
        y = frame.y(value) - 10
        if y - above < 2 * layout.text + 6:
            y = max(frame.y(value) + 10 + layout.text * 0.7, above + layout.text + 2)
        above = y
        items.append(Text(frame.x(last.on), y, say(value), layout.text, True, "middle"))
    return items
