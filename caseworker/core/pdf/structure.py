"""Writes the logical tree into the file (ISO 32000-1, 14.7.2 to 14.7.4)."""

from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString

from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element, LinkMark, Mark
from caseworker.core.pdf.metadata import packet

GRID = ("THead", "TBody", "TR", "TH", "TD")  # an empty cell still is a cell


class StructureWriter:
    """One use for one canvas, after its last page is shown and before it is saved."""

    def __init__(self, canvas: TaggedCanvas) -> None:
        self.canvas = canvas
        self.document = canvas._doc
        self.references: dict[int, Any] = {}

    def write(self, root: Element, title: str) -> None:
        _drop_empty(root)
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree_reference = self.document.Reference(tree, "structTreeRoot")
        self._references(root)
        tree["K"] = PDFArray([self._element(root, tree_reference)])
        tree["ParentTree"] = self.document.Reference(self._parents(), "parentTree")
        tree["ParentTreeNextKey"] = len(self._pages) + len(self.canvas.links)
        catalog = self.document.Catalog
        catalog.StructTreeRoot = tree
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = self._metadata(title)
        self.canvas.setViewerPreference("DisplayDocTitle", "true")

    @property
    def _pages(self) -> list[Any]:
        return list(self.document.Pages.pages)

    def _references(self, element: Element) -> None:
        node = PDFDictionary({"Type": PDFName("StructElem"), "S": PDFName(element.role)})
        name = f"structElem{len(self.references)}"
        self.references[id(element)] = (node, self.document.Reference(node, name))
        for kid in element.kids:
            if isinstance(kid, Element):
                self._references(kid)

    def _element(self, element: Element, parent: Any) -> Any:
        node, reference = self.references[id(element)]
        node["P"] = parent
        page = element.first_page
        if page is not None:
            node["Pg"] = self._pages[page]
        if element.alt is not None:
            node["Alt"] = PDFString(element.alt)
        if element.title:
            node["T"] = PDFString(element.title)
        attributes = _attributes(element)
        if attributes:
            node["A"] = PDFDictionary(attributes)
        node["K"] = PDFArray([self._kid(kid, page, reference) for kid in element.kids])
        return reference

    def _kid(self, kid: Element | Mark | LinkMark, page: int | None, parent: Any) -> Any:
        match kid:
            case Element():
                return self._element(kid, parent)
            case Mark(on, number) if on == page:
                return number
            case Mark(on, number):
                return PDFDictionary({"Type": PDFName("MCR"), "Pg": self._pages[on], "MCID": number})
            case LinkMark():
                return PDFDictionary(
                    {"Type": PDFName("OBJR"), "Pg": self._pages[kid.page], "Obj": kid.reference}
                )

    def _parents(self) -> PDFDictionary:
        numbers: list[Any] = []
        for page, marks in enumerate(self.canvas.page_marks[: len(self._pages)]):
            numbers += [page, PDFArray([self.references[id(element)][1] for element in marks])]
        for key, element in enumerate(self.canvas.links):
            numbers += [len(self._pages) + key, self.references[id(element)][1]]
        return PDFDictionary({"Nums": PDFArray(numbers)})

    def _metadata(self, title: str) -> PDFStream:
        stream = PDFStream(content=packet(title), filters=[])
        stream.dictionary["Type"], stream.dictionary["Subtype"] = PDFName("Metadata"), PDFName("XML")
        return stream


def _drop_empty(element: Element) -> None:
    for kid in element.kids:
        if isinstance(kid, Element):
            _drop_empty(kid)
    element.kids = [
        kid for kid in element.kids if not isinstance(kid, Element) or kid.drawn or kid.role in GRID
    ]


def _attributes(element: Element) -> dict[str, Any]:
    if element.scope or element.columns > 1:
        found: dict[str, Any] = {"O": PDFName("Table")}
        if element.scope:
            found["Scope"] = PDFName(element.scope)
        if element.columns > 1:
            found["ColSpan"] = element.columns
        return found
    if element.list_numbering:
        return {"O": PDFName("List"), "ListNumbering": PDFName(element.list_numbering)}
    if element.box:
        return {
            "O": PDFName("Layout"),
            "Placement": PDFName("Block"),
            "BBox": PDFArray([round(side, 2) for side in element.box]),
        }
    return {}
