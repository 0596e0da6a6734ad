"""Puts blocks on pages: no heading alone, no page left half empty before a chart, tables cut between rows."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker.core.pdf.block import Block


@dataclass(frozen=True)
class Placed:
    """A block and the distance of its top from the top of the page's text."""

    block: Block
    down: float


Page = list[Placed]


class PageBreak:
    """What follows starts a page of its own."""


def paginate(blocks: Iterable[Block | PageBreak], width: float, height: float) -> list[Page]:
    """Blocks in their order on pages of `height`; at least one page."""
    return _Pages(deque(blocks), width, height).filled()


class _Pages:
    def __init__(self, waiting: "deque[Block | PageBreak]", width: float, height: float) -> None:
        self.waiting, self.width, self.height = waiting, width, height
        self.pages: list[Page] = [[]]
        self.down = 0.0
        self.space = 0.0

    def filled(self) -> list[Page]:
        while self.waiting:
            block = self.waiting.popleft()
            if isinstance(block, PageBreak):
                self._turn()
            else:
                self._set(block)
        return self.pages

    def _turn(self) -> None:
        if self.pages[-1]:
            self.pages.append([])
            self.down = self.space = 0.0

    def _set(self, block: Block) -> None:
        if self.pages[-1] and self._together(block) > self.height - self.down:
            self._turn()
        gap = self._gap(block)
        room = self.height - self.down - gap
        fit = block.fitted(self.width, room)
        if fit is not None:
            self._put(fit, gap)
        elif (parts := block.split(self.width, room)) is not None:
            self._put(parts[0], gap)
            self.waiting.appendleft(parts[1])
            self._turn()
        elif self.pages[-1]:
            self.waiting.appendleft(block)
            self._turn()
        else:
            forced = block.fitted(self.width, room, forced=True)
            self._put(forced or block, gap)

    def _together(self, block: Block) -> float:
        """Room for the block's least part, and for that of what it may not be parted from."""
        need = self._gap(block)
        after = 0.0
        for held in (block, *self.waiting):
            if isinstance(held, PageBreak):
                break
            if held is not block:
                need += max(after, held.before)
            if not held.keep_with_next:
                return need + held.least(self.width)
            need += held.height(self.width)
            after = held.after
        return need

    def _gap(self, block: Block) -> float:
        return max(self.space, block.before) if self.pages[-1] else 0.0

    def _put(self, block: Block, gap: float) -> None:
        self.pages[-1].append(Placed(block, self.down + gap))
        self.down += gap + block.height(self.width)
        self.space = block.after
