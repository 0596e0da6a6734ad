"""Tagged PDF reports over reportlab. Imported late: reportlab is slow to load and no page needs it."""

from caseworker.core.pdf.boxes import KeyFigure
from caseworker.core.pdf.report import Report
from caseworker.core.pdf.words import Cite, Link, Part, Strong

__all__ = ["Cite", "KeyFigure", "Link", "Part", "Report", "Strong"]
