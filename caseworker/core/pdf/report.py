"""A tagged PDF report: say what it holds in reading order, then save it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from caseworker.core.charts.chart import Chart, ChartTable
from caseworker.core.charts.palette import INK
from caseworker.core.fonts import printable
from caseworker.core.pdf import styles
from caseworker.core.pdf.block import Block
from caseworker.core.pdf.boxes import Callout, Cards, KeyFigure
from caseworker.core.pdf.contents import contents
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.figures import ChartBlock
from caseworker.core.pdf.furniture import Furniture
from caseworker.core.pdf.paginate import PageBreak
from caseworker.core.pdf.paragraphs import Heading, SideBySide, TextBlock
from caseworker.core.pdf.printing import Printing
from caseworker.core.pdf.styles import Style
from caseworker.core.pdf.table_parts import Align, table_block
from caseworker.core.pdf.words import Part, runs

Text = str | Sequence[Part]


class Report:
    """Everything is plain text: no mark-up is read in it. Where a `Text` may be a list, its pieces may be
    `Strong`, `Link` and `Cite`. `made_at` is an aware instant printed nowhere but in the file's properties;
    without it two builds of the same content are the same bytes, and with the same instant too.
    """

    def __init__(
        self, *, title: str, subtitle: str = "", author: str = "", footer: str = "",
        made_at: datetime | None = None,
    ) -> None:  # fmt: skip
        self.title, self.subtitle = printable(title).replace("\n", " "), printable(subtitle)
        self.author, self.footer, self.made_at = printable(author), printable(footer), made_at
        self.root = Element("Document")
        self.blocks: list[Block | PageBreak] = []
        self.headings: list[Heading] = []
        self.pages: dict[str, int] = {}
        self._contents_at: tuple[int, Element] | None = None
        self._covered = False
        self._saved: bytes | None = None

    def cover(
        self, figures: Sequence[KeyFigure] = (), *, lead: Text = "", details: Iterable[tuple[str, Text]] = (),
        contents: bool = True, page_break: bool = True,
    ) -> None:  # fmt: skip
        """The first page: title, subtitle, `lead`, key figures in cards, details, list of contents."""
        self._covered = True
        self._text(self.title, styles.TITLE, self.root.child("H1"), keep=True)
        if self.subtitle:
            self._text(self.subtitle, styles.SUBTITLE, self.root.child("P"))
        if lead:
            self._text(lead, styles.BODY.but(size=12, leading=17, after=14), self.root.child("P"))
        self._cards(figures)
        self.definitions(details)
        if contents:
            self.heading("Contents", level=2, listed=False)
            self._contents_at = (len(self.blocks), self.root.child("TOC"))
        if page_break:
            self.page_break()

    def _cards(self, figures: Sequence[KeyFigure]) -> None:
        if not figures:
            return
        across = 2 if len(figures) in (2, 4) else 3
        group = self.root.child("L")
        for i in range(0, len(figures), across):
            self.blocks.append(Cards(figures[i : i + across], across, group))

    def heading(self, text: str, level: Literal[2, 3, 4] = 2, listed: bool = True) -> None:
        """Levels from 2: the title is the one first heading. `listed`: in contents."""
        place = f"heading-{len(self.headings) + 1}"
        words = " ".join(printable(text).split())
        if not words:
            return
        heading = Heading(words, level, styles.HEADINGS[level], self.root.child(f"H{level}"), place)
        heading.listed = listed and level == 2
        self.headings.append(heading)
        self.blocks.append(heading)

    def paragraph(self, *parts: Part) -> None:
        self._text(parts, styles.BODY, self.root.child("P"))

    def note(self, *parts: Part) -> None:
        """Small words under a table or a chart: what to know about its figures."""
        self._text(parts, styles.SMALL, self.root.child("P"))

    def bullets(self, items: Iterable[Text]) -> None:
        self._items([("•", item) for item in items], "Circle", 14)

    def numbered(self, items: Iterable[Text]) -> None:
        self._items([(f"{i}.", item) for i, item in enumerate(items, 1)], "Decimal", 24)

    def definitions(self, items: Iterable[tuple[str, Text]]) -> None:
        """Terms at the left, what they say at the right."""
        self._items(list(items), None, 150, styles.BODY.but(bold=True))

    def sources(self, items: Iterable[Text]) -> None:
        """Numbered from 1, in small type; `Cite(n)` anywhere leads to the n-th."""
        self._items([(f"[{i}]", item) for i, item in enumerate(items, 1)], "Decimal", 28, cited=True)

    def _items(
        self, items: Sequence[tuple[str, Text]], numbering: str | None, side: float,
        label_style: Style = styles.BODY, cited: bool = False,
    ) -> None:  # fmt: skip
        if not items:
            return
        group = self.root.child("L")
        group.list_numbering = numbering
        style = styles.SMALL.but(colour=INK) if cited else styles.BODY
        label_style = style if cited else label_style
        for i, (label, text) in enumerate(items, 1):
            item = group.child("LI")
            words = TextBlock(runs((label,), label_style.bold), label_style, item.child("Lbl"))
            body = TextBlock(runs(_parts(text)), style, item.child("LBody"))
            place = f"source-{i}" if cited else None
            self.blocks.append(SideBySide(words, body, side, 10 if i == len(items) else 4, place))

    def callout(self, title: str, *texts: Text, tone: Literal["note", "warning"] = "note") -> None:
        """A box that stands out; its tone is said by its title, never by its colour alone."""
        group = self.root.child("Div")
        bold = styles.BODY.but(bold=True, after=3)
        blocks = [TextBlock(runs((title,), True), bold, group.child("P"))] if title else []
        blocks += [TextBlock(runs(_parts(text)), styles.BODY, group.child("P")) for text in texts]
        self.blocks.append(Callout(blocks, tone))

    def chart(self, chart: Chart, *, note: str = "", table: bool = False, titled: bool = True) -> None:
        """The drawing under its title (unless a heading says it); with `table`, its figures beneath."""
        words = None
        if titled:
            words = TextBlock(runs((chart.title,), True), styles.CAPTION, self.root.child("P"))
        element = self.root.child("Figure", alt=printable(f"{chart.title}. {chart.description}"))
        below = TextBlock(runs((note,)), styles.SMALL, self.root.child("P")) if note else None
        self.blocks.append(ChartBlock(chart, words, below, element))
        if table:
            self.chart_table(chart.table)

    def chart_table(self, figures: ChartTable, caption: str = "") -> None:
        self.table(figures.head, figures.rows, caption=caption, align=figures.align)

    def table(
        self, head: Sequence[str], rows: Iterable[Sequence[Text]], *, caption: str = "",
        align: Sequence[Align] | None = None, share: Sequence[float] | None = None,
        total: bool = False, row_heads: bool = True, empty: str = "None recorded",
    ) -> None:  # fmt: skip
        """`align` "left" or "right" per column; `share` widths as parts of all; `total`: the last row is one.

        ValueError where a row is not as long as the head.
        """
        element = self.root.child("Table")
        self.blocks.append(
            table_block(
                element, head, [[_parts(cell) for cell in row] for row in rows], caption=caption,
                align=align, share=share, total=total, row_heads=row_heads, empty=empty,
            )
        )  # fmt: skip

    def page_break(self) -> None:
        self.blocks.append(PageBreak())

    def _text(self, text: Text, style: Style, element: Element, keep: bool = False) -> None:
        block = TextBlock(runs(_parts(text), style.bold), style, element)
        block.keep_with_next = keep
        self.blocks.append(block)

    def save(self) -> bytes:
        """The file; saving again gives the same bytes, and nothing may be added after the first time."""
        if self._saved is None:
            blocks = list(self.blocks)
            if self._contents_at:
                at, element = self._contents_at
                listed = [heading for heading in self.headings if heading.listed]
                blocks[at:at] = contents(listed, element, self.pages)
            header = " · ".join(words for words in (self.title, self.subtitle) if words)
            furniture = Furniture(header, self.footer, self._covered)
            self._saved = Printing(
                blocks, self.root, self.title, self.subtitle, self.author, furniture, self.made_at, self.pages
            ).file()
        return self._saved


def _parts(text: Text) -> tuple[Part, ...]:
    return (text,) if isinstance(text, str) else tuple(text)
