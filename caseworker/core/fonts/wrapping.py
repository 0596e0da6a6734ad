"""Breaks text into lines that fit, by the real widths of the letters."""

from caseworker.core.fonts.face import face

DOTS = "…"


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Width of one line in the unit of `size`."""
    return face(bold).width(text) * size


def ellipsis(text: str, width: float, size: float, bold: bool = False) -> str:
    """The text, or as much of it as fits with … at its end."""
    if _fitting(text, width, size, bold) == text:
        return text
    room = width - text_width(DOTS, size, bold)
    return _fitting(text, room, size, bold).rstrip() + DOTS


def wrap(text: str, width: float, size: float, bold: bool = False, most: int = 3) -> list[str]:
    """At most `most` lines no wider than `width`; what does not fit ends in …, a long word is cut."""
    lines: list[str] = []
    words = text.split()
    while words:
        if len(lines) == most - 1:
            lines.append(ellipsis(" ".join(words), width, size, bold))
            return lines
        line = words.pop(0)
        if text_width(line, size, bold) > width:
            head = _fitting(line, width, size, bold) or line[:1]
            if line[len(head) :]:
                words.insert(0, line[len(head) :])
            line = head
        else:
            while words and text_width(f"{line} {words[0]}", size, bold) <= width:
                line = f"{line} {words.pop(0)}"
        lines.append(line)
    return lines or [""]


def _fitting(text: str, width: float, size: float, bold: bool) -> str:
    widths, missing = face(bold).widths, face(bold).missing
    room = width / size
    for i, letter in enumerate(text):
        room -= widths.get(ord(letter), missing)
        if room < 0:
            return text[:i]
    return text
