"""Reads a PDF as a screen reader does: the logical tree, and the text of each marked piece."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream

PAIR = re.compile(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>")
ARTIFACT = "artifact"
Key = tuple[int, int]


@dataclass
class Node:
    """A node of the tree: role, its own text in order, alternative text, attributes, kids, links."""

    role: str
    text: str = ""
    alt: str | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list["Node"] = field(default_factory=list)
    links: list[Any] = field(default_factory=list)
    marks: list[Key] = field(default_factory=list)

    def every(self, *roles: str) -> list["Node"]:
        return [node for node in self.walk() if node.role in roles]

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            yield from kid.walk()

    @property
    def all_text(self) -> str:
        """Its text with that of its kids, in the order in which it is read."""
        return self.text


@dataclass
class Document:
    """A read file: `marks` is the text of each marked piece, `loose` what is drawn outside all marks."""

    reader: PdfReader
    marks: dict[Key, str] = field(default_factory=dict)
    artifacts: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    shown: list[list[tuple[float, str]]] = field(default_factory=list)
    root: Node = field(default_factory=lambda: Node("none"))

    @property
    def catalog(self) -> Any:
        return self.reader.root_object

    @property
    def pages(self) -> list[Any]:
        return list(self.reader.pages)


def read(data: bytes) -> Document:
    document = Document(PdfReader(BytesIO(data), strict=True))
    for number in range(len(document.reader.pages)):
        _read_page(document, number)
    tree = document.catalog["/StructTreeRoot"]
    document.root = _node(document, tree["/K"][0].get_object())
    return document


def _read_page(document: Document, number: int) -> None:
    page = document.pages[number]
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    stack: list[tuple[str, Any]] = []
    font = ""
    contents = page.get_contents()
    for operands, operator in ContentStream(contents, document.reader).operations:
        if operator in (b"BDC", b"BMC"):
            stack.append((str(operands[0]), operands[1] if len(operands) > 1 else {}))
            if "/MCID" in stack[-1][1]:
                document.marks[number, int(stack[-1][1]["/MCID"])] = ""
            if "/ActualText" in stack[-1][1]:
                _say(document, number, stack, str(stack[-1][1]["/ActualText"]))
        elif operator == b"EMC":
            stack.pop()
        elif operator == b"Tf":
            font = str(operands[0])
        elif operator in (b"Tj", b"'", b"TJ") and not any("/ActualText" in item[1] for item in stack):
            raw = operands[0]
            codes = raw.original_bytes if hasattr(raw, "original_bytes") else bytes(raw)
            _say(document, number, stack, "".join(fonts[font][code] for code in codes))
        elif operator in (b"f", b"S", b"B", b"f*", b"B*") and not stack:
            document.loose.append(operator.decode())
    assert stack == []


def _say(document: Document, page: int, stack: list[tuple[str, Any]], text: str) -> None:
    for name, properties in reversed(stack):
        if "/MCID" in properties:
            document.marks[page, int(properties["/MCID"])] += text
            return
        if name == "/Artifact":
            document.artifacts.append(text)
            return
    document.loose.append(text)


def _letters(font: Any) -> dict[int, str]:
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    return {int(code, 16): chr(int(letter, 16)) for code, letter in PAIR.findall(table)}


def _node(document: Document, element: Any) -> Node:
    node = Node(str(element["/S"])[1:], alt=element.get("/Alt"))
    attributes = element.get("/A")
    node.attributes = dict(attributes.get_object()) if attributes is not None else {}
    pages = {page.indirect_reference.idnum: i for i, page in enumerate(document.pages)}
    here = pages[element.raw_get("/Pg").idnum] if "/Pg" in element else -1
    for raw in element["/K"]:
        kid = raw.get_object()
        if isinstance(kid, int):
            _add_mark(document, node, (here, kid))
        elif kid.get("/Type") == "/MCR":
            _add_mark(document, node, (pages[kid.raw_get("/Pg").idnum], kid["/MCID"]))
        elif kid.get("/Type") == "/OBJR":
            node.links.append(kid["/Obj"])
        else:
            child = _node(document, kid)
            assert kid.raw_get("/P").idnum == element.indirect_reference.idnum
            node.kids.append(child)
            node.text += child.text
    return node


def _add_mark(document: Document, node: Node, key: Key) -> None:
    node.marks.append(key)
    node.text += document.marks[key]
