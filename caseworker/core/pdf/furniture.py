"""What stands on every page outside the text: header, footer and page number. Artifacts all."""

from dataclasses import dataclass

from caseworker.core.charts.palette import QUIET, TEAL
from caseworker.core.fonts import ellipsis
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.styles import BOTTOM, FURNITURE, PAGE_HEIGHT, PAGE_WIDTH, RULE, SIDE, TOP, WIDTH
from caseworker.core.pdf.text import draw_words


@dataclass(frozen=True)
class Furniture:
    """Words of the header (from page 2 on, or where there is no cover) and of the footer."""

    header: str
    footer: str
    covered: bool

    def draw(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        if self.covered and page == 1:
            self._band(canvas)
        else:
            self._header(canvas)
        with canvas.artifact("Footer"):
            canvas.stroke(RULE, 0.6)
            canvas.line(SIDE, BOTTOM - 16, PAGE_WIDTH - SIDE, BOTTOM - 16)
            canvas.fill(QUIET)
            words = ellipsis(self.footer, WIDTH - 90, FURNITURE)
            draw_words(canvas, words, SIDE, BOTTOM - 30, FURNITURE)
            number = f"Page {page} of {pages}"
            draw_words(canvas, number, PAGE_WIDTH - SIDE, BOTTOM - 30, FURNITURE, right=True)

    def _header(self, canvas: TaggedCanvas) -> None:
        with canvas.artifact("Header"):
            canvas.fill(QUIET)
            words = ellipsis(self.header, WIDTH, FURNITURE)
            draw_words(canvas, words, SIDE, PAGE_HEIGHT - TOP + 26, FURNITURE)
            canvas.stroke(RULE, 0.6)
            canvas.line(SIDE, PAGE_HEIGHT - TOP + 18, PAGE_WIDTH - SIDE, PAGE_HEIGHT - TOP + 18)

    def _band(self, canvas: TaggedCanvas) -> None:
        with canvas.artifact():
            canvas.fill(TEAL)
            canvas.rect(0, PAGE_HEIGHT - 14, PAGE_WIDTH, 14, stroke=0, fill=1)
