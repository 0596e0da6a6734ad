"""A reportlab canvas that marks everything it draws as part of an element, or as an artifact."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from caseworker.core.pdf import typefaces
from caseworker.core.pdf.elements import Element, LinkMark, Mark
from caseworker.core.pdf.styles import PAGE_HEIGHT, PAGE_WIDTH

UNDATED = datetime(2000, 1, 1, tzinfo=UTC)


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """`page_marks` and `links` say which element owns each mark: the parent tree is made of them."""

    def __init__(self, made_at: datetime | None = None) -> None:
        typefaces.register()
        self.buffer = BytesIO()
        self.page_marks: list[list[Element]] = [[]]
        self.links: list[Element] = []
        self._inside = False
        self._outline_level = -1
        super().__init__(
            self.buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=typefaces.REGULAR,
            lang="en-GB",
        )
        self._stamp((made_at or UNDATED).astimezone(UTC))

    def _stamp(self, at: datetime) -> None:
        # Set by hand: reportlab's own choices are the year 2000 or the machine's clock and zone.
        stamp = self._doc._timeStamp
        stamp.t, stamp.lt, stamp.tzname = at.timestamp(), at.timetuple(), "UTC"
        stamp.YMDhms, stamp.dhh, stamp.dmm = tuple(at.timetuple())[:6], 0, 0

    @contextmanager
    def tagged(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to the element."""
        if self._inside:
            raise RuntimeError("Marked content does not nest.")
        marks = self.page_marks[-1]
        mark = Mark(len(self.page_marks) - 1, len(marks))
        marks.append(element)
        element.kids.append(mark)
        self._inside = True
        self._code.append(f"/{element.role} <</MCID {mark.number}>> BDC")
        yield
        self._code.append("EMC")
        self._inside = False

    @contextmanager
    def artifact(self, kind: str = "") -> Iterator[None]:
        """What is drawn inside is no part of the text; kind is Header or Footer for those."""
        if self._inside:
            yield
            return
        self._inside = True
        what = f" <</Type /Pagination /Subtype /{kind}>> BDC" if kind else " BMC"
        self._code.append(f"/Artifact{what}")
        yield
        self._code.append("EMC")
        self._inside = False

    @contextmanager
    def spoken(self, text: str) -> Iterator[None]:
        """What is drawn inside is read and copied as `text`: for letters that the typeface lacks."""
        heard = text.encode("utf-16-be", "replace").hex().upper()
        self._code.append(f"/Span <</ActualText <FEFF{heard}>>> BDC")
        yield
        self._code.append("EMC")

    def link(self, element: Element, box: tuple[float, float, float, float], target: str, words: str) -> None:
        """A link over `box` (x1, y1, x2, y2); `target` is a web address, or # and a place here."""
        note = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Link"),
                "Rect": pdfdoc.PDFArray(list(box)),
                "Border": pdfdoc.PDFArray([0, 0, 0]),
                "F": 4,
                "Contents": pdfdoc.PDFString(words),
            }
        )
        if target.startswith("#"):
            note["Dest"] = self._bookmarkReference(target[1:])
        else:
            note["A"] = pdfdoc.PDFDictionary({"S": pdfdoc.PDFName("URI"), "URI": pdfdoc.PDFString(target)})
        key = len(self.links)
        name = f"link{key}"
        # Its key in the parent tree comes after the pages', whose number is not known yet.
        note["StructParent"] = LinkKey(self, key)
        self.links.append(element)
        self._addAnnotation(note, name)
        element.kids.append(LinkMark(len(self.page_marks) - 1, key, self._doc.refAnnotation(name)))

    def bookmark(self, words: str, place: str, level: int) -> None:
        """An entry of the outline; one level below the last at most, as readers demand."""
        self._outline_level = min(level, self._outline_level + 1)
        self.addOutlineEntry(words, place, self._outline_level, closed=False)

    def fill(self, colour: str) -> None:
        self.setFillColor(HexColor(colour))

    def stroke(self, colour: str, width: float = 1) -> None:
        self.setStrokeColor(HexColor(colour))
        self.setLineWidth(width)

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self.page_marks) - 1
        page.Tabs = pdfdoc.PDFName("S")
        self.page_marks.append([])


class LinkKey(pdfdoc.PDFObject):  # type: ignore[misc]
    """The number of a link in the parent tree, known when the file is written."""

    def __init__(self, canvas: TaggedCanvas, key: int) -> None:
        self.canvas, self.key = canvas, key

    def format(self, document: Any) -> bytes:
        return str(len(document.Pages.pages) + self.key).encode("ascii")
