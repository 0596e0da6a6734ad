"""The privacy pack on paper, tagged."""

from caseworker.core.formatting import date_uk
from caseworker.core.pdf import Report
from caseworker.privacy.pack import Pack
from caseworker.privacy.pack_tables import PARTS


def pack_report(pack: Pack, made_by: str) -> bytes:
    """A PDF with a list of contents and a table for each part."""
    report = Report(
        title="Privacy pack",
        subtitle=f"As configured on {date_uk(pack.made_on)}",
        footer=f"Made by {made_by} from Caseworker's configuration on {date_uk(pack.made_on)}",
    )
    report.cover(
        lead="For a data-protection impact assessment: what is held, on which basis, for how long, and who "
        "receives it. Read from the configuration as it is, so that it cannot differ from it.",
    )
    if pack.undecided:
        report.callout(
            "Not decided yet",
            f"{pack.undecided} purposes of programmes have no lawful basis written down.",
            tone="warning",
        )
    for part in PARTS:
        report.heading(part.title)
        report.paragraph(part.lead)
        report.table(part.head, part.rows(pack), caption=part.title, share=part.share, empty=part.empty)
    return report.save()
