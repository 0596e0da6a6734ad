"""What the page maker asks of everything it places."""

from typing import Protocol

from caseworker.core.pdf.canvas import TaggedCanvas


class Block(Protocol):
    """Heights and widths in points. `before` and `after` are the spaces kept to its neighbours."""

    before: float
    after: float
    keep_with_next: bool

    def height(self, width: float) -> float: ...

    def least(self, width: float) -> float:
        """The height that must stand together, and with a heading above it."""
        ...

    def fitted(self, width: float, room: float, forced: bool = False) -> "Block | None":
        """Itself, or a lower form of itself, if that fits the room; forced: whatever it takes."""
        ...

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """A head that fits the room and the rest, or None if it may not be cut there."""
        ...

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None: ...


class Whole:
    """A block that is never cut."""

    before = 0.0
    after = 0.0
    keep_with_next = False

    def height(self, width: float) -> float:
        raise NotImplementedError

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        raise NotImplementedError

    def least(self, width: float) -> float:
        return self.height(width)

    def fitted(self, width: float, room: float, forced: bool = False) -> Block | None:
        return self if forced or self.height(width) <= room + 0.01 else None

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None
