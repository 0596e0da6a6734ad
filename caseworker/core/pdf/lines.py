"""Breaks runs of text into lines of a width, by the real widths of the letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from caseworker.core.fonts import face
from caseworker.core.pdf.words import Run

SPACES = re.compile(r"( +|\n)")


@dataclass(frozen=True)
class Piece:
    """Text of one run on one line."""

    text: str
    run: Run
    width: float


@dataclass(frozen=True)
class TextLine:
    pieces: tuple[Piece, ...]

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


def break_lines(runs: list[Run], width: float, size: float) -> list[TextLine]:
    """Every line no wider than `width`, save one letter that is wider by itself; never empty."""
    breaker = _Breaker(width / size, size)
    for word in _words(runs):
        breaker.take(word)
    return breaker.finished()


def longest_word(runs: list[Run], size: float) -> float:
    """Width of the widest unbroken word."""
    return max((sum(_width(text, run) for text, run in word) for word in _words(runs)), default=0.0) * size


def _width(text: str, run: Run) -> float:
    return face(run.bold).width(text)


Word = list[tuple[str, Run]]


def _words(runs: list[Run]) -> Iterator[Word]:
    """Pieces that stand without a space between, then a space or a line end as a word of its own."""
    word: Word = []
    for run in runs:
        for text in SPACES.split(run.text):
            if text.startswith((" ", "\n")):
                yield word
                yield [("\n" if text == "\n" else " ", run)]
                word = []
            elif text:
                word.append((text, run))
    yield word


class _Breaker:
    def __init__(self, width: float, size: float) -> None:
        self.width, self.size = width, size
        self.lines: list[TextLine] = []
        self.line: Word = []
        self.used = 0.0
        self.space: Run | None = None

    def take(self, word: Word) -> None:
        if not word:
            return
        if word[0][0] == "\n":
            self._end()
        elif word[0][0] == " ":
            self.space = word[0][1] if self.line else None
        else:
            self._place(word)

    def _place(self, word: Word) -> None:
        need = sum(_width(text, run) for text, run in word)
        gap = _width(" ", self.space) if self.space else 0.0
        if self.used + gap + need <= self.width + 1e-6:
            if self.space:
                self.line.append((" ", self.space))
                self.used += gap
            self.line += word
            self.used += need
        else:
            self._end(soft=True)
            self._place_long(word) if need > self.width else self._place(word)
        self.space = None

    def _place_long(self, word: Word) -> None:
        for text, run in word:
            for letter in text:
                wide = _width(letter, run)
                if self.line and self.used + wide > self.width:
                    self._end()
                self.line.append((letter, run))
                self.used += wide

    def _end(self, soft: bool = False) -> None:
        if soft and not self.line:
            return
        self.lines.append(TextLine(tuple(self._pieces())))
        self.line, self.used, self.space = [], 0.0, None

    def _pieces(self) -> Iterator[Piece]:
        texts: list[str] = []
        held: Run | None = None
        for text, run in self.line:
            if held is not None and run is not held:
                yield self._piece("".join(texts), held)
                texts = []
            texts.append(text)
            held = run
        if held is not None:
            yield self._piece("".join(texts), held)

    def _piece(self, text: str, run: Run) -> Piece:
        return Piece(text, run, _width(text, run) * self.size)

    def finished(self) -> list[TextLine]:
        self._end(soft=bool(self.lines))
        return self.lines
