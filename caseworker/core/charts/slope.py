"""Average scores at the start and at the latest time, one small panel each, against the national mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.palette import PAPER, QUIET, TEAL
from caseworker.core.charts.scene import Circle, Group, Item, Line, Scene, Text
from caseworker.core.fonts import text_width, wrap

NO_PAIRS = "No one has answered twice yet"


@dataclass(frozen=True)
class Measure:
    """Mean scores of the `pairs` people who answered at both times; None where nobody has."""

    label: str
    start: float | None
    latest: float | None
    pairs: int
    national: float | None = None
    lower_is_better: bool = False


@dataclass(frozen=True)
class Panel:
    """Where one measure is drawn: its size and the scores that its bottom and top stand for."""

    width: float
    head: float
    plot: float
    low: float
    high: float

    def y(self, score: float) -> float:
        return self.head + 12 + (self.high - score) / (self.high - self.low) * (self.plot - 24)


def slope(
    title: str,
    measures: Sequence[Measure],
    *,
    start_words: str = "Start",
    latest_words: str = "Latest",
    national_words: str = "UK",
) -> Chart:
    """Every panel has the same scale, so that panels can be compared."""
    rows = [_row(one) for one in measures]
    said = sentences(
        f"Slope chart of average scores, {start_words.lower()} to {latest_words.lower()}.",
        [_said(one, national_words) for one in measures],
    )
    figures = table(
        ("Measure", start_words, latest_words, "Change", f"{national_words} average", "People (pairs)"), rows
    )
    ends = (start_words, latest_words, national_words)
    return assemble(title, said, figures, lambda layout: _draw(measures, ends, layout))


def _row(one: Measure) -> tuple[str, ...]:
    label = f"{one.label} (lower is better)" if one.lower_is_better else one.label
    national = "–" if one.national is None else words.score(one.national)
    if one.start is None or one.latest is None:
        return (label, "–", "–", "–", national, f"{one.pairs:,}")
    moved = words.change(round(one.latest, 1) - round(one.start, 1))
    return (label, words.score(one.start), words.score(one.latest), moved, national, f"{one.pairs:,}")


def _said(one: Measure, national_words: str) -> str:
    label, start, latest, _change, national, _pairs = _row(one)
    if start == "–":
        return f"{label}: {NO_PAIRS.lower()}"
    against = f", {national_words} average {national}" if national != "–" else ""
    return f"{label} from {start} to {latest} (n={one.pairs:,}{against})"


def _draw(measures: Sequence[Measure], ends: tuple[str, str, str], layout: Layout) -> Scene:
    across = min(len(measures), 2 if layout.stacked else 4)
    if not layout.stacked and len(measures) in (5, 6):
        across = 3
    gap = 14.0 if layout.stacked else 20.0
    width = min((layout.width - gap * (across - 1)) / across, 240)
    titles = [wrap(_title(one), width, layout.small, True, most=3) for one in measures]
    head = max(len(lines) for lines in titles) * 15 + 4
    low, high = _scale(measures)
    panel = Panel(width, head, layout.plot * 0.7, low, high)
    tall = head + panel.plot + 26 + 14 * _deepest(ends, width, layout)
    items = []
    for i, one in enumerate(measures):
        inside = _panel(one, titles[i], panel, ends, layout)
        items.append(Group(tuple(inside), (i % across) * (width + gap), (i // across) * (tall + 8)))
    return Scene(layout.width, ceil(len(measures) / across) * (tall + 8) - 8, tuple(items))


def _deepest(ends: tuple[str, str, str], width: float, layout: Layout) -> int:
    return max(len(wrap(text, (width - 6) / 2, layout.small, most=2)) for text in ends[:2]) - 1


def _title(one: Measure) -> str:
    return f"{one.label} (lower is better)" if one.lower_is_better else one.label


def _scale(measures: Sequence[Measure]) -> tuple[float, float]:
    known = [v for one in measures for v in (one.start, one.latest, one.national) if v is not None]
    low, high = (min(known), max(known)) if known else (0.0, 10.0)
    spare = max(1.0, (high - low) * 0.1) if high - low < 1 else (high - low) * 0.1
    return low - spare, high + spare


def _panel(
    one: Measure, title: list[str], panel: Panel, ends: tuple[str, str, str], layout: Layout
) -> list[Item]:
    size = layout.text
    items: list[Item] = [Text(0, 11 + 15 * i, line, layout.small, True) for i, line in enumerate(title)]
    if one.start is None or one.latest is None:
        lines = wrap(NO_PAIRS, panel.width, layout.small, most=3)
        y = panel.head + panel.plot / 2
        return [*items, *(Text(0, y + 15 * i, t, layout.small, colour=QUIET) for i, t in enumerate(lines))]
    national = "" if one.national is None else f"{ends[2]} {words.score(one.national)}"
    left = text_width(words.score(one.start), size, True) + 12
    outer = max(text_width(words.score(one.latest), size, True), text_width(national, layout.small))
    right = panel.width - outer - 12
    items += _ends(ends, left, right, panel, layout)
    y1, y2 = panel.y(one.start), panel.y(one.latest)
    value_y, national_y = y2, y2
    if one.national is not None:
        national_y = panel.y(one.national)
        items.append(Line(((left, national_y), (right, national_y)), QUIET, 1.5, (5, 4)))
        value_y, national_y = _apart(y2, national_y)
        items.append(Text(right + 11, national_y + 4, national, layout.small, colour=QUIET))
    return [
        *items,
        Line(((left, y1), (right, y2)), TEAL, 3),
        Circle(left, y1, 5.5, PAPER, TEAL, 2),
        Circle(right, y2, 5.5, TEAL, TEAL, 2),
        Text(left - 10, y1 + size * 0.36, words.score(one.start), size, True, "end"),
        Text(right + 11, value_y + size * 0.36, words.score(one.latest), size, True, colour=TEAL),
    ]


def _ends(ends: tuple[str, str, str], left: float, right: float, panel: Panel, layout: Layout) -> list[Item]:
    """The two times below, moved inwards where a long one would leave the panel."""
    room = (panel.width - 6) / 2
    items: list[Item] = []
    for i, (text, x) in enumerate(((ends[0], left), (ends[1], right))):
        lines = wrap(text, room, layout.small, most=2)
        half = max(text_width(line, layout.small) for line in lines) / 2
        low, high = (half, room - half) if i == 0 else (panel.width - room + half, panel.width - half)
        middle = min(max(x, half), panel.width - half)
        if half > room * 0.35:
            middle = min(max(x, low), high)
        for n, line in enumerate(lines):
            y = panel.head + panel.plot + 18 + n * 14
            items.append(Text(middle, y, line, layout.small, anchor="middle", colour=QUIET))
    return items


def _apart(value: float, national: float, least: float = 15) -> tuple[float, float]:
    """Moves two words at the same end of a panel until neither covers the other."""
    if abs(value - national) >= least:
        return value, national
    middle, sign = (value + national) / 2, 1 if value >= national else -1
    return middle + sign * least / 2, middle - sign * least / 2
