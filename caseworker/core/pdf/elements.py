"""The logical tree of a tagged PDF: what each piece is, in reading order (ISO 32000-1, 14.7 and 14.8)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Mark:
    """A piece of drawn content: page (from 0) and its number on that page."""

    page: int
    number: int


@dataclass(frozen=True)
class LinkMark:
    """A link annotation: its page and its place in the parent tree; `reference` is the PDF object."""

    page: int
    key: int
    reference: object


@dataclass(eq=False)
class Element:
    """One node: a standard role, its kids, and what a reader is told in its place."""

    role: str
    alt: str | None = None
    scope: str | None = None
    list_numbering: str | None = None
    title: str | None = None
    box: tuple[float, float, float, float] | None = None
    columns: int = 1
    kids: list["Element | Mark | LinkMark"] = field(default_factory=list)

    def child(self, role: str, alt: str | None = None, scope: str | None = None) -> "Element":
        """A new last kid."""
        kid = Element(role, alt, scope)
        self.kids.append(kid)
        return kid

    @property
    def drawn(self) -> bool:
        """Whether anything of it stands on a page yet."""
        return any(not isinstance(kid, Element) or kid.drawn for kid in self.kids)

    @property
    def first_page(self) -> int | None:
        for kid in self.kids:
            page = kid.first_page if isinstance(kid, Element) else kid.page
            if page is not None:
                return page
        return None
