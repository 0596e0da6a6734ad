"""Reads widths straight from the TrueType files, so that a page needs no PDF library to draw a chart."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from struct import unpack_from

FOLDER = Path(__file__).parent


def font_path(bold: bool = False) -> Path:
    """The TrueType file of the regular or the bold cut."""
    return FOLDER / ("Inter-Bold.ttf" if bold else "Inter-Regular.ttf")


@dataclass(frozen=True)
class Face:
    """One cut of the typeface. Widths are fractions of the type size."""

    widths: dict[int, float]
    missing: float

    def width(self, text: str) -> float:
        """Width of one line of text at size 1; a character without a glyph counts as the empty box."""
        return sum(self.widths.get(ord(letter), self.missing) for letter in text)

    def draws(self, letter: str) -> bool:
        return ord(letter) in self.widths


@cache
def face(bold: bool = False) -> Face:
    data = font_path(bold).read_bytes()
    tables = _tables(data)
    units = unpack_from(">H", data, tables["head"] + 18)[0]
    long_metrics = unpack_from(">H", data, tables["hhea"] + 34)[0]

    def advance(glyph: int) -> float:
        row = min(glyph, long_metrics - 1)
        return float(unpack_from(">H", data, tables["hmtx"] + 4 * row)[0] / units)

    glyphs = _glyphs(data, tables["cmap"])
    return Face({code: advance(glyph) for code, glyph in glyphs.items()}, advance(0))


def _tables(data: bytes) -> dict[str, int]:
    count = unpack_from(">H", data, 4)[0]
    records = (unpack_from(">4sIII", data, 12 + 16 * i) for i in range(count))
    return {tag.decode("ascii"): offset for tag, _sum, offset, _length in records}


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Character → glyph from the font's format 4 table (OpenType specification, chapter cmap)."""
    start = cmap + _windows_table(data, cmap)
    if unpack_from(">H", data, start)[0] != 4:
        raise ValueError("The font's character table is not of format 4.")
    segments = unpack_from(">H", data, start + 6)[0] // 2
    ends, starts = start + 14, start + 16 + 2 * segments
    deltas, ranges = starts + 2 * segments, starts + 4 * segments
    found: dict[int, int] = {}
    for i in range(segments):
        first, last = unpack_from(">H", data, starts + 2 * i)[0], unpack_from(">H", data, ends + 2 * i)[0]
        delta, offset = unpack_from(">H", data, deltas + 2 * i)[0], unpack_from(">H", data, ranges + 2 * i)[0]
        for code in range(first, last + 1):
            glyph = code
            if offset:
                glyph = unpack_from(">H", data, ranges + 2 * i + offset + 2 * (code - first))[0]
            if glyph and code != 0xFFFF:
                found[code] = (glyph + delta) & 0xFFFF
    return found


def _windows_table(data: bytes, cmap: int) -> int:
    count = unpack_from(">H", data, cmap + 2)[0]
    for i in range(count):
        platform, encoding, offset = unpack_from(">HHI", data, cmap + 4 + 8 * i)
        if (platform, encoding) == (3, 1):
            return int(offset)
    raise ValueError("The font has no Unicode character table.")
