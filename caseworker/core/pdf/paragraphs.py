"""Blocks of plain text: paragraphs, headings, captions, and items with a label at their side."""

from caseworker.core.pdf.block import Block, Whole
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.lines import TextLine, break_lines, longest_word
from caseworker.core.pdf.styles import Style
from caseworker.core.pdf.text import draw_lines
from caseworker.core.pdf.words import Run

MUST_CUT = 25  # lines: a text as long as this is cut wherever the page ends


class TextBlock(Whole):
    """Runs of text in one style, owned by one element; cut only between lines, never leaving one alone."""

    def __init__(self, runs: list[Run], style: Style, element: Element, alone: int = 2) -> None:
        self.runs, self.style, self.element, self.alone = runs, style, element, alone
        self.before, self.after = style.before, style.after
        self.links: dict[Run, Element] = {}
        self._lines: list[TextLine] | None = None
        self._width = -1.0

    def lines(self, width: float) -> list[TextLine]:
        if self._lines is None or (self._width != width and self.runs):
            self._lines, self._width = break_lines(self.runs, width, self.style.size), width
        return self._lines

    def natural_width(self) -> float:
        """Width if nothing is broken."""
        return max(line.width for line in break_lines(self.runs, 1e6, self.style.size))

    def narrowest_width(self) -> float:
        """Width of its longest word."""
        return longest_word(self.runs, self.style.size)

    def height(self, width: float) -> float:
        return len(self.lines(width)) * self.style.leading

    def least(self, width: float) -> float:
        count = len(self.lines(width))
        return min(count, self.alone if count > self.alone + 1 else count) * self.style.leading

    def split(self, width: float, room: float) -> "tuple[TextBlock, TextBlock] | None":
        lines = self.lines(width)
        alone = self.alone if len(lines) < MUST_CUT else 1
        fit = min(int((room + 0.01) / self.style.leading), len(lines) - alone)
        if fit < alone or fit <= 0:
            return None
        return self._part(lines[:fit], width), self._part(lines[fit:], width)

    def rest_of_nothing(self) -> "TextBlock":
        """The empty rest of a text that was not cut, where its neighbours in a row were."""
        return self._part([], self._width)

    def _part(self, lines: list[TextLine], width: float) -> "TextBlock":
        part = TextBlock([], self.style, self.element, self.alone)
        part.links, part._lines, part._width = self.links, lines, width
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        draw_lines(canvas, self.lines(width), self.style, (x, top, width), self.element, self.links)

    def draw_again(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        """As an artifact: what was already read once, as the head of a table on its next page."""
        draw_lines(canvas, self.lines(width), self.style, (x, top, width), None, self.links)


class Heading(TextBlock):
    """A heading: bookmarked, never parted from what follows."""

    keep_with_next = True

    def __init__(self, text: str, level: int, style: Style, element: Element, place: str) -> None:
        super().__init__([Run(text, style.bold)], style, element, alone=99)
        self.text, self.level, self.place = text, level, place
        self.listed = True

    def split(self, width: float, room: float) -> tuple[TextBlock, TextBlock] | None:
        parts = super().split(width, room)
        if parts is None:
            return None
        head = Heading(self.text, self.level, self.style, self.element, self.place)
        head._lines, head._width, head.keep_with_next = parts[0]._lines, parts[0]._width, False
        return head, parts[1]

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        mark_place(canvas, self.place, top + 4)
        canvas.bookmark(self.text, self.place, self.level - 2)
        super().draw(canvas, x, top, width)


def mark_place(canvas: TaggedCanvas, place: str, top: float) -> None:
    """Names this height of this page, for links and bookmarks."""
    canvas.bookmarkPage(place, fit="XYZ", left=0, top=top, zoom=0)


class SideBySide(Whole):
    """A label and its text: a bullet, a number or a term. Cut where its text may be cut."""

    def __init__(
        self, label: TextBlock, body: TextBlock, side: float, after: float = 4, place: str | None = None
    ) -> None:
        self.label, self.body, self.side, self.after, self.place = label, body, side, after, place

    def _label_height(self) -> float:
        return self.label.height(self.side - 10)

    def height(self, width: float) -> float:
        return max(self._label_height(), self.body.height(width - self.side))

    def least(self, width: float) -> float:
        return max(self._label_height(), self.body.least(width - self.side))

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        label = _cut(self.label, self.side - 10, room)
        body = _cut(self.body, width - self.side, room)
        if label is None or body is None:
            return None
        head = SideBySide(label[0], body[0], self.side, 0, self.place)
        return head, SideBySide(label[1], body[1], self.side, self.after)

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        if self.place:
            mark_place(canvas, self.place, top + 4)
        self.label.draw(canvas, x, top, self.side - 10)
        self.body.draw(canvas, x + self.side, top, width - self.side)


def _cut(text: TextBlock, width: float, room: float) -> tuple[TextBlock, TextBlock] | None:
    if text.height(width) <= room:
        return text, text.rest_of_nothing()
    return text.split(width, room)
