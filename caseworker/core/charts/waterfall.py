"""From a gross sum through what is taken off or added, to the net sum."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import nice_axis, tick_words
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.legend import Key
from caseworker.core.charts.money_bars import Amount
from caseworker.core.charts.palette import AMBER, BROWN, GRID, INK, PALE_TEAL, PAPER, QUIET, TEAL
from caseworker.core.charts.rows import Reach, Rows, lay_rows
from caseworker.core.charts.scene import Item, Line, Rect, Scene, Text
from caseworker.core.fonts import text_width, wrap

SUM, LESS, MORE = Key("Total", TEAL), Key("Taken off", AMBER, BROWN), Key("Added", PALE_TEAL, TEAL, -1, TEAL)


@dataclass(frozen=True)
class Block:
    """One bar between two levels in pence."""

    label: str
    pence: int
    start: int
    end: int
    look: Key

    @property
    def words(self) -> str:
        return words.money(self.pence) if self.look is not MORE else f"+{words.money(self.pence)}"


def waterfall(title: str, gross: Amount, changes: Sequence[Amount], net: Amount) -> Chart:
    """ValueError where gross and changes do not come to net, but for a penny of rounding in each change."""
    blocks = _blocks(gross, changes, net)
    rows = [(block.label, _exact(block), words.full_money(block.end)) for block in blocks]
    said = sentences(
        f"Waterfall chart from {gross.label} to {net.label}.", [f"{b.label} {_exact(b)}" for b in blocks]
    )
    return assemble(
        title, said, table(("Step", "Change", "Leaves"), rows), lambda layout: _draw(blocks, layout)
    )


def _exact(block: Block) -> str:
    return f"{'+' if block.look is MORE else ''}{words.full_money(block.pence)}"


def _blocks(gross: Amount, changes: Sequence[Amount], net: Amount) -> list[Block]:
    blocks = [Block(gross.label, gross.pence, 0, gross.pence, SUM)]
    level = gross.pence
    for one in changes:
        look = MORE if one.pence > 0 else LESS
        blocks.append(Block(one.label, one.pence, level, level + one.pence, look))
        level += one.pence
    if abs(level - net.pence) > len(changes):
        raise ValueError(f"The steps come to {level} pence, not to the net {net.pence} pence.")
    return [*blocks, Block(net.label, net.pence, 0, net.pence, SUM)]


def _draw(blocks: Sequence[Block], layout: Layout) -> Scene:
    slot = (layout.width - 70) / len(blocks)
    longest = max(text_width(word, layout.small) for b in blocks for word in b.label.split() or [""])
    sums = max(text_width(b.words, layout.small, True) for b in blocks)
    if layout.stacked or max(longest, sums) > slot - 6:
        return _across(blocks, layout)
    return _columns(blocks, layout, slot)


def _levels(blocks: Sequence[Block]) -> list[float]:
    return [float(level) for b in blocks for level in (b.start, b.end)]


def _columns(blocks: Sequence[Block], layout: Layout, slot: float) -> Scene:
    axis = nice_axis(_levels(blocks), 5, whole_steps=True)
    top, bottom, left = 20.0, 20.0 + layout.plot, 70.0

    def y(value: float) -> float:
        return bottom - axis.fraction(value) * (bottom - top)

    items: list[Item] = []
    for value, text in tick_words(axis, lambda v: words.money(round(v))):
        items.append(Line(((left, y(value)), (layout.width, y(value))), INK if value == 0 else GRID))
        items.append(Text(left - 8, y(value) + 4, text, layout.small, anchor="end", colour=QUIET))
    deepest = 1
    for i, block in enumerate(blocks):
        x = left + slot * i
        items += _column(block, x, slot, y, layout)
        if i + 1 < len(blocks):
            level = y(block.end)
            items.append(Line(((x + slot * 0.86, level), (x + slot * 1.14, level)), QUIET, 1, (2, 2)))
        lines = wrap(block.label, slot - 6, layout.small, most=3)
        deepest = max(deepest, len(lines))
        for n, line in enumerate(lines):
            items.append(Text(x + slot / 2, bottom + 18 + n * 15, line, layout.small, anchor="middle"))
    return Scene(layout.width, bottom + 12 + deepest * 15, tuple(items))


def _column(block: Block, x: float, slot: float, y: Callable[[float], float], layout: Layout) -> list[Item]:
    top, bottom = sorted((y(block.start), y(block.end)))
    return [
        block.look.box(x + slot * 0.14, top, slot * 0.72, max(bottom - top, 1)),
        *_plate(x + slot / 2, top - 6, block.words, layout),
    ]


def _plate(x: float, y: float, text: str, layout: Layout) -> list[Item]:
    """The sum on a patch of paper, so that no grid line runs through it."""
    half = text_width(text, layout.small, True) / 2 + 2
    return [
        Rect(x - half, y - layout.small * 0.8, half * 2, layout.small, PAPER),
        Text(x, y, text, layout.small, True, "middle"),
    ]


def _across(blocks: Sequence[Block], layout: Layout) -> Scene:
    size = layout.small if layout.stacked else layout.text
    reaches = [
        Reach(min(b.start, b.end), max(b.start, b.end), right_words=text_width(b.words, size, True))
        for b in blocks
    ]
    axis = nice_axis(_levels(blocks), 4 if layout.stacked else 6)
    rows = lay_rows(layout, [b.label for b in blocks], reaches, axis)
    items = rows.items(lambda value: words.money(round(value)))
    for i, block in enumerate(blocks):
        items += _row(rows, i, block, size)
    return Scene(layout.width, rows.height, tuple(items))


def _row(rows: Rows, i: int, block: Block, size: float) -> list[Item]:
    left, right = sorted((rows.x(block.start), rows.x(block.end)))
    return [
        block.look.box(left, rows.tops[i], max(right - left, 1), rows.layout.bar),
        Text(right + 8, rows.middle(i) + size * 0.36, block.words, size, True),
    ]
