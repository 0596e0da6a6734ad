"""Shares of people as bars, each with its 95% interval, its n and its N."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import Axis
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.palette import INK, PAPER, QUIET, TEAL
from caseworker.core.charts.rows import Reach, Rows, lay_rows
from caseworker.core.charts.scene import Item, Line, Rect, Scene, Text
from caseworker.core.fonts import text_width

AXIS = Axis(0, 1, (0, 0.25, 0.5, 0.75, 1))
HIDDEN = "not shown"


@dataclass(frozen=True)
class Share:
    """`count` people of `out_of`, with the ends of the 95% interval as fractions.

    A count of None is one that may not be shown (small numbers); its row stays, without a bar.
    """

    label: str
    count: int | None
    out_of: int
    low: float | None = None
    high: float | None = None

    @property
    def fraction(self) -> float:
        return self.count / self.out_of if self.count and self.out_of else 0.0

    @property
    def words(self) -> str:
        return HIDDEN if self.count is None else words.counted(self.count, self.out_of)

    @property
    def interval(self) -> str:
        if self.low is None or self.high is None or self.count is None:
            return "–"
        return words.interval(self.low, self.high)


def bars(
    title: str, shares: Sequence[Share], *, about: str = "Share of people", what: str = "Outcome"
) -> Chart:
    """Bars from 0 to 100% in the order given; `about` begins the description, `what` heads the names."""
    rows = [
        (
            one.label,
            HIDDEN if one.count is None else words.share(one.count, one.out_of),
            HIDDEN if one.count is None else f"{one.count:,}",
            f"{one.out_of:,}",
            one.interval,
        )
        for one in shares
    ]
    said = sentences(f"Bar chart. {about}:", [_said(one) for one in shares])
    figures = table((what, "Share", "People (n)", "Out of (N)", "95% interval"), rows)
    return assemble(title, said, figures, lambda layout: _draw(shares, layout))


def _said(one: Share) -> str:
    ends = f", 95% interval {one.interval}" if one.interval != "–" else ""
    return f"{one.label} {one.words}{ends}"


def _draw(shares: Sequence[Share], layout: Layout) -> Scene:
    size = layout.small if layout.stacked else layout.text
    reaches = [
        Reach(0, max(one.fraction, one.high or 0.0), right_words=text_width(one.words, size, True))
        for one in shares
    ]
    rows = lay_rows(layout, [one.label for one in shares], reaches, AXIS)
    items = rows.items(words.per_cent)
    for i, one in enumerate(shares):
        items += _bar(rows, i, one, reaches[i], size)
    return Scene(layout.width, rows.height, tuple(items))


def _bar(rows: Rows, i: int, one: Share, reach: Reach, size: float) -> list[Item]:
    hidden = one.count is None
    middle = rows.middle(i)
    end = rows.x(0 if hidden else reach.high)
    items: list[Item] = [
        Text(end + 8, middle + size * 0.36, one.words, size, not hidden, colour=QUIET if hidden else INK)
    ]
    if hidden:
        return items
    bar = rows.layout.bar
    items.append(Rect(rows.left, rows.tops[i], rows.x(one.fraction) - rows.left, bar, TEAL))
    if one.low is not None and one.high is not None:
        items += whisker(rows.x(one.low), rows.x(one.high), middle, bar * 0.4)
    return items


def whisker(left: float, right: float, y: float, tall: float) -> list[Item]:
    """An interval as ⊢⊣, edged with paper so that it shows on a dark bar and off it."""
    half = tall / 2
    strokes = (
        ((left, y), (right, y)),
        ((left, y - half), (left, y + half)),
        ((right, y - half), (right, y + half)),
    )
    edge: list[Item] = [Line(points, PAPER, 4.5) for points in strokes]
    return [*edge, *(Line(points, INK, 1.8) for points in strokes)]
