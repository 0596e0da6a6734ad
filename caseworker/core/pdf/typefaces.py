"""Makes the product's two type cuts known to reportlab, once."""

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from caseworker.core.fonts import font_path

REGULAR, BOLD = "Inter", "Inter-Bold"


@cache
def register() -> None:
    for name, bold in ((REGULAR, False), (BOLD, True)):
        pdfmetrics.registerFont(TTFont(name, str(font_path(bold))))


def font_name(bold: bool) -> str:
    return BOLD if bold else REGULAR
