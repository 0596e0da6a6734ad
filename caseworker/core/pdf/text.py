"""Draws broken lines, each run as part of its element."""

from collections.abc import Iterator
from contextlib import nullcontext
from itertools import groupby

from caseworker.core.charts.palette import TEAL
from caseworker.core.fonts import face
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.lines import Piece, TextLine
from caseworker.core.pdf.styles import Style
from caseworker.core.pdf.typefaces import font_name
from caseworker.core.pdf.words import Run

EMPTY_BOX = "\u25a1"


def draw_lines(
    canvas: TaggedCanvas,
    lines: list[TextLine],
    style: Style,
    box: tuple[float, float, float],
    element: Element | None,
    links: dict[Run, Element],
) -> None:
    """Draws from the top of box (x, top, width); without element as artifact; `links` holds those begun."""
    x, top, width = box
    for i, line in enumerate(lines):
        y = top - i * style.leading - style.leading / 2 - style.size * 0.35
        start = x + (width - line.width if style.align == "right" else 0)
        last = i == len(lines) - 1
        pieces = list(line.pieces)
        for target, group in groupby(pieces, key=lambda piece: piece.run if piece.run.target else None):
            row = list(group)
            wide = sum(piece.width for piece in row)
            end = " " if not last and row[-1] is pieces[-1] else ""
            if target is not None and element is not None:
                _draw_link(canvas, row, (start, y, wide), style, element, links, end)
            else:
                with canvas.tagged(element) if element else canvas.artifact():
                    _draw_pieces(canvas, row, start, y, style, end)
            start += wide


def draw_words(
    canvas: TaggedCanvas, text: str, x: float, y: float, size: float, bold: bool = False, right: bool = False
) -> None:
    """One short text at a base line, in the canvas's present colour and mark."""
    left = x - face(bold).width(text) * size if right else x
    for known, part in _by_glyphs(text, bold):
        with nullcontext() if known else canvas.spoken(part):
            canvas.setFont(font_name(bold), size)
            canvas.drawString(left, y, part if known else EMPTY_BOX * len(part))
        left += face(bold).width(part if known else EMPTY_BOX * len(part)) * size


def _draw_pieces(
    canvas: TaggedCanvas, pieces: list[Piece], x: float, y: float, style: Style, end: str
) -> None:
    for i, piece in enumerate(pieces):
        canvas.fill(TEAL if piece.run.target else style.colour)
        # The space at a line's end is drawn, so that a reader does not run two words together.
        text = piece.text + (end if i == len(pieces) - 1 else "")
        draw_words(canvas, text, x, y, style.size, piece.run.bold)
        x += piece.width


def _draw_link(
    canvas: TaggedCanvas,
    pieces: list[Piece],
    place: tuple[float, float, float],
    style: Style,
    element: Element,
    links: dict[Run, Element],
    end: str,
) -> None:
    x, y, wide = place
    run = pieces[0].run
    if run not in links:
        links[run] = element.child("Link")
    link = links[run]
    with canvas.tagged(link):
        _draw_pieces(canvas, pieces, x, y, style, end)
    with canvas.artifact():
        canvas.stroke(TEAL, 0.5)
        canvas.line(x, y - 1.6, x + wide, y - 1.6)
    canvas.link(link, (x, y - 3, x + wide, y + style.size), run.target or "", run.text)


def _by_glyphs(text: str, bold: bool) -> Iterator[tuple[bool, str]]:
    known = face(bold)
    for has, letters in groupby(text, key=known.draws):
        yield has, "".join(letters)
