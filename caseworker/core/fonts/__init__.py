"""The typeface the product draws with: where its files are, and how wide a text will be."""

from caseworker.core.fonts.face import Face, face, font_path
from caseworker.core.fonts.printable import printable
from caseworker.core.fonts.wrapping import ellipsis, text_width, wrap

__all__ = ["Face", "ellipsis", "face", "font_path", "printable", "text_width", "wrap"]
