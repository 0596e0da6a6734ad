"""Sums of money as bars: one colour, or stacked by kind, with the sum at the end of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker.core.charts import words
from caseworker.core.charts.assemble import assemble, sentences, table
from caseworker.core.charts.axis import Axis, nice_axis
from caseworker.core.charts.chart import Chart
from caseworker.core.charts.layout import Layout
from caseworker.core.charts.legend import Key, legend
from caseworker.core.charts.palette import AMBER, BROWN, INK, PALE_AMBER, PALE_TEAL, PAPER, PLUM, STONE, TEAL
from caseworker.core.charts.rows import Reach, Rows, lay_rows
from caseworker.core.charts.scene import Item, Scene, Text
from caseworker.core.fonts import text_width

LOOKS = (
    Key("", TEAL),
    Key("", AMBER, BROWN),
    Key("", PALE_TEAL, TEAL, -1, TEAL),
    Key("", PLUM, PALE_AMBER),
    Key("", STONE),
    Key("", PAPER, None, 1, INK),
)


@dataclass(frozen=True)
class Amount:
    """One sum in pence, negative where it is lost or paid."""

    label: str
    pence: int


@dataclass(frozen=True)
class Stack:
    """One row made of sums, each labelled with its kind."""

    label: str
    parts: tuple[Amount, ...]

    @property
    def total_pence(self) -> int:
        return sum(part.pence for part in self.parts)


def money_bars(title: str, amounts: Sequence[Amount], *, what: str = "Item") -> Chart:
    """One bar for each sum, in the order given; `what` heads the column of names in the table."""
    stacks = [Stack(one.label, (Amount("Value", one.pence),)) for one in amounts]
    rows = [(one.label, words.full_money(one.pence)) for one in amounts]
    said = sentences("Bar chart of money.", [f"{a.label} {words.full_money(a.pence)}" for a in amounts])
    return assemble(title, said, table((what, "Value"), rows), lambda layout: _draw(stacks, [], layout))


def stacked_money_bars(title: str, stacks: Sequence[Stack], *, what: str = "Item") -> Chart:
    """Bars split by kind, kinds in the order they first appear; at most six kinds."""
    kinds = list(dict.fromkeys(part.label for stack in stacks for part in stack.parts))
    if len(kinds) > len(LOOKS):
        raise ValueError(f"At most {len(LOOKS)} kinds can be told apart; join the smallest.")
    rows = [_row(one, kinds) for one in stacks]
    said = sentences("Stacked bar chart of money.", [_said(one) for one in stacks])
    figures = table((what, *kinds, "Total"), rows)
    return assemble(title, said, figures, lambda layout: _draw(stacks, kinds, layout))


def _row(one: Stack, kinds: list[str]) -> tuple[str, ...]:
    sums = (words.full_money(_of_kind(one, kind)) for kind in kinds)
    return (one.label, *sums, words.full_money(one.total_pence))


def _of_kind(stack: Stack, kind: str) -> int:
    return sum(part.pence for part in stack.parts if part.label == kind)


def _said(one: Stack) -> str:
    parts = ", ".join(f"{part.label} {words.full_money(part.pence)}" for part in one.parts)
    return f"{one.label} {words.full_money(one.total_pence)} ({parts})"


def _draw(stacks: Sequence[Stack], kinds: list[str], layout: Layout) -> Scene:
    looks = {
        kind: Key(kind, look.fill, look.hatch, look.slope, look.stroke)
        for kind, look in zip(kinds or ["Value"], LOOKS, strict=False)
    }
    key_items, top = legend(list(looks.values()), layout) if kinds else ([], 4.0)
    reaches = [_reach(one, layout) for one in stacks]
    rows = lay_rows(layout, [one.label for one in stacks], reaches, _axis(reaches, layout), top)
    items = [*key_items, *rows.items(lambda value: words.money(round(value)))]
    for i, one in enumerate(stacks):
        items += _bar(rows, i, one, looks, reaches[i])
    return Scene(layout.width, rows.height, tuple(items))


def _axis(reaches: Sequence[Reach], layout: Layout) -> Axis:
    ends = [end for reach in reaches for end in (reach.low, reach.high)]
    return nice_axis(ends, 4 if layout.stacked else 6)


def _reach(one: Stack, layout: Layout) -> Reach:
    low = sum(part.pence for part in one.parts if part.pence < 0)
    high = sum(part.pence for part in one.parts if part.pence > 0)
    width = text_width(words.money(one.total_pence), layout.text, True)
    return Reach(low, high, right_words=width)


def _bar(rows: Rows, i: int, one: Stack, looks: dict[str, Key], reach: Reach) -> list[Item]:
    items: list[Item] = []
    sides = {True: 0, False: 0}
    for part in one.parts:
        start = sides[part.pence > 0]
        sides[part.pence > 0] = start + part.pence
        left, right = sorted((rows.x(start), rows.x(start + part.pence)))
        look = looks[part.label]
        if len(looks) == 1 and part.pence < 0:
            look = Key("", AMBER, BROWN)
        width = max(right - left, 1.5 if part.pence else 0)
        items.append(look.box(left, rows.tops[i], width, rows.layout.bar))
    size = rows.layout.text
    text = words.money(one.total_pence)
    items.append(Text(rows.x(reach.high) + 8, rows.middle(i) + size * 0.36, text, size, True))
    return items
