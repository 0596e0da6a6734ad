"""Boxes: a callout with a bar at its side, and the cards of key figures on the cover."""

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker.core.charts.palette import AMBER, TEAL
from caseworker.core.fonts import printable
from caseworker.core.pdf.block import Block, Whole
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.paragraphs import TextBlock
from caseworker.core.pdf.styles import CARD_FIGURE, CARD_LABEL, CARD_NOTE, RULE, TINT, WARNING_TINT
from caseworker.core.pdf.words import Run

PAD = 12.0
TONES = {"note": (TEAL, TINT), "warning": (AMBER, WARNING_TINT)}


class Callout(Whole):
    """Paragraphs on a tint with a bar at their left; cut between them or between their lines."""

    before = 8.0
    after = 12.0

    def __init__(self, blocks: Sequence[TextBlock], tone: str) -> None:
        self.blocks, self.tone = list(blocks), tone

    def height(self, width: float) -> float:
        inner = width - 2 * PAD
        gaps = sum(block.after for block in self.blocks[:-1])
        return sum(block.height(inner) for block in self.blocks) + gaps + 2 * PAD

    def least(self, width: float) -> float:
        if len(self.blocks) < 2:
            return self.blocks[0].least(width - 2 * PAD) + 2 * PAD
        first, second = self.blocks[:2]
        return first.height(width - 2 * PAD) + first.after + second.least(width - 2 * PAD) + 2 * PAD

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        left, head = room - 2 * PAD, []
        for i, block in enumerate(self.blocks):
            tall = block.height(width - 2 * PAD)
            if tall <= left:
                head.append(block)
                left -= tall + block.after
                continue
            parts = block.split(width - 2 * PAD, left)
            if parts is None and (not head or i == 1):
                return None
            first = [*head, parts[0]] if parts else head
            rest = [parts[1] if parts else block, *self.blocks[i + 1 :]]
            return Callout(first, self.tone), Callout(rest, self.tone)
        return None

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        bar, tint = TONES[self.tone]
        tall = self.height(width)
        with canvas.artifact():
            canvas.fill(tint)
            canvas.rect(x, top - tall, width, tall, stroke=0, fill=1)
            canvas.fill(bar)
            canvas.rect(x, top - tall, 4, tall, stroke=0, fill=1)
        y = top - PAD
        for block in self.blocks:
            block.draw(canvas, x + PAD + 4, y, width - 2 * PAD - 4)
            y -= block.height(width - 2 * PAD) + block.after


@dataclass(frozen=True)
class KeyFigure:
    """A figure for the cover: "£4.50", what it is, and what to know about it."""

    value: str
    label: str
    note: str = ""


class Cards(Whole):
    """One row of up to three cards of one height."""

    after = 12.0

    def __init__(self, figures: Sequence[KeyFigure], across: int, parent: Element) -> None:
        self.across = across
        self.columns = [_card(figure, parent.child("LI")) for figure in figures]

    def _inner(self, width: float) -> float:
        return (width - 10 * (self.across - 1)) / self.across - 2 * PAD

    def height(self, width: float) -> float:
        inner = self._inner(width)
        return max(sum(block.height(inner) for block in column) for column in self.columns) + 2 * PAD

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        tall, inner = self.height(width), self._inner(width)
        for i, column in enumerate(self.columns):
            left = x + i * (inner + 2 * PAD + 10)
            with canvas.artifact():
                canvas.fill(TINT)
                canvas.stroke(RULE, 0.6)
                canvas.roundRect(left, top - tall, inner + 2 * PAD, tall, 4, stroke=1, fill=1)
            y = top - PAD
            for block in column:
                block.draw(canvas, left + PAD, y, inner)
                y -= block.height(inner)


def _card(figure: KeyFigure, item: Element) -> list[TextBlock]:
    figure = KeyFigure(_short(figure.value, 24), _short(figure.label, 120), _short(figure.note, 240))
    label = item.child("Lbl")
    body = item.child("LBody")
    # The eye meets the figure first, a reader of the tree its label.
    blocks = [
        TextBlock([Run(printable(figure.value), True)], CARD_FIGURE, body.child("P")),
        TextBlock([Run(printable(figure.label), True)], CARD_LABEL, label),
    ]
    if figure.note:
        blocks.append(TextBlock([Run(printable(figure.note))], CARD_NOTE, body.child("P")))
    return blocks


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
