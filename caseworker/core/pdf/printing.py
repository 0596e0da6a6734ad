"""Lays out, draws and tags a report's blocks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from caseworker.core.pdf.block import Block
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.furniture import Furniture
from caseworker.core.pdf.paginate import Page, PageBreak, paginate
from caseworker.core.pdf.paragraphs import Heading
from caseworker.core.pdf.structure import StructureWriter
from caseworker.core.pdf.styles import HEIGHT, PAGE_HEIGHT, SIDE, TOP, WIDTH


@dataclass
class Printing:
    """What is printed: blocks in reading order, their tree, the words of the file's properties.

    `pages` is filled with the page of each heading before anything is drawn.
    """

    blocks: Sequence[Block | PageBreak]
    root: Element
    title: str
    subject: str
    author: str
    furniture: Furniture
    made_at: datetime | None
    pages: dict[str, int] = field(default_factory=dict)

    def file(self) -> bytes:
        pages = paginate(self.blocks, WIDTH, HEIGHT)
        self._find_headings(pages)
        canvas = TaggedCanvas(self.made_at)
        self._describe(canvas)
        for number, page in enumerate(pages, 1):
            for placed in page:
                placed.block.draw(canvas, SIDE, PAGE_HEIGHT - TOP - placed.down, WIDTH)
            self.furniture.draw(canvas, number, len(pages))
            canvas.showPage()
        StructureWriter(canvas).write(self.root, self.title)
        canvas.save()
        return canvas.buffer.getvalue()

    def _find_headings(self, pages: Sequence[Page]) -> None:
        for number, page in enumerate(pages, 1):
            for placed in page:
                if isinstance(placed.block, Heading):
                    self.pages.setdefault(placed.block.place, number)

    def _describe(self, canvas: TaggedCanvas) -> None:
        canvas.setTitle(self.title)
        canvas.setSubject(self.subject)
        canvas.setAuthor(self.author)
        canvas.setCreator("Caseworker")
        if self.pages:
            canvas.showOutline()
