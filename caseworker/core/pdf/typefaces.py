"""Makes the product's two type cuts known to reportlab, once."""

from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from caseworker.core.fonts import font_path

REGULAR, BOLD = "Inter", "Inter-Bold"


@cache
def register() -> None:
    # Files are sent as bytes: wrapping them in ASCII would only make them a quarter larger.
    rl_config.useA85 = 0
    for name, bold in ((REGULAR, False), (BOLD, True)):
        pdfmetrics.registerFont(TTFont(name, str(font_path(bold))))


def font_name(bold: bool) -> str:
    return BOLD if bold else REGULAR
