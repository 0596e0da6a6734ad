"""Simple drawn symbols beside the words of a printed plan. Each says nothing that the words do not say."""

from collections.abc import Callable

from caseworker.core.charts.palette import AMBER, INK, TEAL
from caseworker.core.pdf.block import Block, Whole
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.paragraphs import TextBlock
from caseworker.plans.signature import HEIGHT, WIDTH, Signature

Draw = Callable[[TaggedCanvas, float, float, float], None]


def box(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    """A box to tick; x and y are its lower left corner."""
    canvas.stroke(INK, size * 0.09)
    canvas.rect(x + size * 0.1, y + size * 0.1, size * 0.8, size * 0.8)


def tick(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    box(canvas, x, y, size)
    canvas.stroke(TEAL, size * 0.16)
    canvas.lines(
        [
            (x + size * 0.22, y + size * 0.52, x + size * 0.43, y + size * 0.28),
            (x + size * 0.43, y + size * 0.28, x + size * 0.86, y + size * 0.86),
        ]
    )


def target(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    middle_x, middle_y = x + size / 2, y + size / 2
    canvas.stroke(TEAL, size * 0.1)
    canvas.circle(middle_x, middle_y, size * 0.43)
    canvas.circle(middle_x, middle_y, size * 0.24)
    canvas.fill(AMBER)
    canvas.circle(middle_x, middle_y, size * 0.1, stroke=0, fill=1)


def calendar(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    canvas.stroke(INK, size * 0.08)
    canvas.rect(x + size * 0.08, y + size * 0.06, size * 0.84, size * 0.76)
    canvas.fill(TEAL)
    canvas.rect(x + size * 0.08, y + size * 0.6, size * 0.84, size * 0.22, stroke=1, fill=1)
    for place in (0.3, 0.7):
        canvas.line(x + size * place, y + size * 0.74, x + size * place, y + size * 0.95)
    canvas.fill(AMBER)
    canvas.rect(x + size * 0.52, y + size * 0.2, size * 0.22, size * 0.22, stroke=0, fill=1)


def person(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    canvas.fill(TEAL)
    canvas.circle(x + size / 2, y + size * 0.74, size * 0.2, stroke=0, fill=1)
    canvas.roundRect(x + size * 0.18, y + size * 0.04, size * 0.64, size * 0.44, size * 0.2, stroke=0, fill=1)


def pen(canvas: TaggedCanvas, x: float, y: float, size: float) -> None:
    canvas.stroke(INK, size * 0.07)
    canvas.line(x, y + size * 0.1, x + size, y + size * 0.1)
    canvas.stroke(TEAL, size * 0.16)
    canvas.line(x + size * 0.3, y + size * 0.32, x + size * 0.8, y + size * 0.88)
    canvas.stroke(AMBER, size * 0.12)
    canvas.line(x + size * 0.2, y + size * 0.2, x + size * 0.3, y + size * 0.32)


class Pictured(Whole):
    """Words with a symbol at their left. Cut where the words may be cut; the symbol stays at the top."""

    def __init__(self, symbol: Draw | None, words: TextBlock, size: float, side: float, after: float) -> None:
        self.symbol, self.words, self.size, self.side = symbol, words, size, side
        self.before, self.after = words.before, after

    def height(self, width: float) -> float:
        return max(self.words.height(width - self.side), self.size if self.symbol else 0.0)

    def least(self, width: float) -> float:
        return max(self.words.least(width - self.side), self.size if self.symbol else 0.0)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        parts = self.words.split(width - self.side, room)
        if parts is None:
            return None
        head = Pictured(self.symbol, parts[0], self.size, self.side, 0)
        rest = Pictured(None, parts[1], self.size, self.side, self.after)
        rest.keep_with_next = self.keep_with_next
        return head, rest

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        if self.symbol:
            # The middle of the symbol is the middle of the first line.
            lowest = top - self.words.style.leading / 2 - self.size / 2
            with canvas.artifact():
                self.symbol(canvas, x, lowest, self.size)
        self.words.draw(canvas, x + self.side, top, width - self.side)


class Signed(Whole):
    """A signature as it was drawn on the screen."""

    after = 8.0

    def __init__(self, signature: Signature, element: Element, across: float = 150.0) -> None:
        self.signature, self.element, self.across = signature, element, across

    def height(self, width: float) -> float:
        return self.across * HEIGHT / WIDTH

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        scale = self.across / WIDTH
        self.element.box = (x, top - self.height(width), x + self.across, top)
        with canvas.tagged(self.element):
            canvas.stroke(INK, 1.2)
            path = canvas.beginPath()
            for stroke in self.signature.strokes:
                first, *rest = stroke
                path.moveTo(x + first[0] * scale, top - first[1] * scale)
                for point in rest or [first]:
                    path.lineTo(x + point[0] * scale, top - point[1] * scale)
            canvas.drawPath(path)


class Line(Whole):
    """A line to write on."""

    before = 26.0
    after = 4.0
    keep_with_next = True

    def height(self, width: float) -> float:
        return 1.0

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        with canvas.artifact():
            canvas.stroke(INK, 0.8)
            canvas.line(x, top, x + width * 0.55, top)
            canvas.line(x + width * 0.62, top, x + width, top)
