"""Colours of the charts, and how well two of them can be told apart."""

INK = "#0b0c0c"
QUIET = "#4a5157"
GRID = "#d5d8da"
PAPER = "#ffffff"
TEAL = "#0b5c62"
PALE_TEAL = "#d3e5e4"
AMBER = "#e8a33d"
PALE_AMBER = "#f6dba8"
STONE = "#b9bfc3"
BROWN = "#7a4a00"
PLUM = "#6b3f69"


def luminance(colour: str) -> float:
    """Relative luminance 0-1 of a #rrggbb colour (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1-21 of two #rrggbb colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
