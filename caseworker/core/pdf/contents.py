"""The list of contents: each heading with its page, linked."""

from collections.abc import Sequence

from caseworker.core.charts.palette import INK
from caseworker.core.fonts import ellipsis
from caseworker.core.pdf.block import Whole
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.paragraphs import Heading
from caseworker.core.pdf.styles import BODY, RULE
from caseworker.core.pdf.text import draw_words

LINE = 20.0


class ContentsLine(Whole):
    """One heading of the list; `pages` is filled when every block has its page."""

    def __init__(self, heading: Heading, element: Element, pages: dict[str, int]) -> None:
        self.heading, self.element, self.pages = heading, element, pages

    def height(self, width: float) -> float:
        return LINE

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        link = self.element.child("Reference").child("Link")
        size, y = BODY.size, top - 13
        page = str(self.pages[self.heading.place])
        text = ellipsis(self.heading.text, width - 50, size)
        with canvas.tagged(link):
            canvas.fill(INK)
            draw_words(canvas, f"{text} ", x, y, size)
            draw_words(canvas, page, x + width, y, size, right=True)
        with canvas.artifact():
            canvas.stroke(RULE, 0.6)
            canvas.line(x, top - LINE + 1, x + width, top - LINE + 1)
        words = f"{text}, page {page}"
        canvas.link(link, (x, y - 4, x + width, y + size), f"#{self.heading.place}", words)


def contents(headings: Sequence[Heading], element: Element, pages: dict[str, int]) -> list[ContentsLine]:
    return [ContentsLine(heading, element.child("TOCI"), pages) for heading in headings]
