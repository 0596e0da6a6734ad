"""A report with every part in it."""

from caseworker.core.pdf import Cite, KeyFigure, Link, Report, Strong
from tests.core.charts.samples import funnel

ADDRESS = "https://example.org/method?a=b&c=d"
FIGURES = (
    KeyFigure("£4.50", "Social value for each £1", "90% range £3.60 to £5.40"),
    KeyFigure("47%", "in work", "470 of 1,000 who answered"),
)
ROWS = [[f"CW-{10_000 + i}", "Siân Ŵyn Ÿates — “long” name", f"£{1_200 + 37 * i:,}"] for i in range(90)]


def full_report() -> Report:
    report = Report(
        title="Social value report",
        subtitle="Routes to Work",
        author="Step Forward",
        footer="Step Forward · R-14",
    )
    report.cover(
        FIGURES, lead=["Every £1 returned ", Strong("£4.50"), "."], details=[("Period", "2025 to 2026")]
    )
    report.heading("Outcomes")
    report.paragraph("Shares carry a 95% interval", Cite(1), ". See ", Link("the method", ADDRESS), ".")
    report.chart(funnel(), note="Shares of all referred.", table=True)
    report.heading("What to know", 3)
    report.bullets(["Small numbers", "Missing answers"])
    report.numbered(["First", "Second"])
    report.callout("Warning: overlap", "Some value may be counted twice.", tone="warning")
    report.heading("People")
    report.table(["Ref", "Name", "Value"], [*ROWS, ["Total", "", "£256,185"]], caption="Values", total=True,
                 align=["left", "left", "right"])  # fmt: skip
    report.note("Names are invented.")
    report.heading("Sources")
    report.sources(
        ["Wilson, E. B. (1927)", ["ONS, ", Link("Personal well-being", "https://www.ons.gov.uk/")]]
    )
    return report
