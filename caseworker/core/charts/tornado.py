"""How far the result moves when one assumption moves: the widest swing first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import nice_axis
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.legend import Key, legend
from caseworker.core.charts.palette import AMBER, BROWN, INK, TEAL
from caseworker.core.charts.rows import Reach, Rows, lay_rows
from caseworker.core.charts.scene import Anchor, Item, Rect, Scene, Text
from caseworker.core.fonts import text_width

LOW, HIGH = "Low value of the assumption", "High value of the assumption"


@dataclass(frozen=True)
class Swing:
    """The result with this assumption at its low and at its high value; `range_words` says which values."""

    label: str
    at_low: float
    at_high: float
    range_words: str = ""

    @property
    def width(self) -> float:
        return max(self.at_low, self.at_high) - min(self.at_low, self.at_high)


def tornado(
    title: str, base: float, swings: Sequence[Swing], *, value_words: Callable[[float], str] = words.ratio
) -> Chart:
    """Results around `base`, said by `value_words` (£ per £1 unless another is given)."""
    ordered = sorted(swings, key=lambda swing: -swing.width)
    rows = [
        (one.label, one.range_words or "–", value_words(one.at_low), value_words(one.at_high))
        for one in ordered
    ]
    said = sentences(
        f"Tornado chart around the result of {value_words(base)}."
        " The result with each assumption at its low and at its high value:",
        [f"{one.label} {value_words(one.at_low)} to {value_words(one.at_high)}" for one in ordered],
    )
    figures = table(("Assumption", "Low to high", "Result at low", "Result at high"), rows)
    return assemble(title, said, figures, lambda layout: _draw(base, ordered, value_words, layout))


def _draw(base: float, swings: Sequence[Swing], say: Callable[[float], str], layout: Layout) -> Scene:
    values = [base, *(one.at_low for one in swings), *(one.at_high for one in swings)]
    axis = nice_axis(values, 4 if layout.stacked else 6, zero=False)
    keys = [Key(LOW, AMBER, BROWN), Key(HIGH, TEAL)]
    key_items, top = legend(keys, layout)
    reaches = [_reach(one, base, say, layout) for one in swings]
    rows = lay_rows(layout, [one.label for one in swings], reaches, axis, top + 22)
    items = [*key_items, *rows.items(say)]
    for i, one in enumerate(swings):
        items += _bars(rows, i, one, base, say)
    x = rows.x(base)
    text = f"Result {say(base)}"
    half = text_width(text, layout.small, True) / 2
    items += rows.upright(x, INK, 2)
    middle = min(max(x, half), layout.width - half)
    items.append(Text(middle, rows.top - 9, text, layout.small, True, "middle"))
    return Scene(layout.width, rows.height, tuple(items))


def _one_sided(one: Swing, base: float) -> bool:
    return (one.at_low - base) * (one.at_high - base) > 0 or one.at_low == one.at_high


def _end_words(one: Swing, base: float, say: Callable[[float], str]) -> list[tuple[float, str]]:
    """(end, words) beside the bars; where both ends are on one side of the base, both at the outer."""
    if one.at_low == one.at_high:
        return [(one.at_low, say(one.at_low))]
    if _one_sided(one, base):
        outer = max(one.at_low, one.at_high, key=lambda value: abs(value - base))
        return [(outer, f"{say(one.at_low)} to {say(one.at_high)}")]
    return [(value, say(value)) for value in (one.at_low, one.at_high) if value != base]


def _reach(one: Swing, base: float, say: Callable[[float], str], layout: Layout) -> Reach:
    low, high = min(base, one.at_low, one.at_high), max(base, one.at_low, one.at_high)
    widths = [(value >= base, text_width(text, layout.small)) for value, text in _end_words(one, base, say)]
    left = max((width for right, width in widths if not right), default=0.0)
    return Reach(low, high, left, max((width for right, width in widths if right), default=0.0))


def _bars(rows: Rows, i: int, one: Swing, base: float, say: Callable[[float], str]) -> list[Item]:
    bar, top, size = rows.layout.bar, rows.tops[i], rows.layout.small
    lanes = _one_sided(one, base)
    tall = bar / 2 - 0.5 if lanes else bar
    below = top + bar / 2 + 0.5 if lanes else top
    items: list[Item] = []
    for value, fill, hatch, y in ((one.at_low, AMBER, BROWN, top), (one.at_high, TEAL, None, below)):
        left, right = sorted((rows.x(base), rows.x(value)))
        items.append(Rect(left, y, right - left, tall, fill, hatch=hatch))
    for value, text in _end_words(one, base, say):
        anchor: Anchor = "start" if value >= base else "end"
        x = rows.x(value) + (6 if value >= base else -6)
        items.append(Text(x, rows.middle(i) + size * 0.36, text, size, anchor=anchor))
    return items
