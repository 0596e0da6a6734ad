"""A valuation for a terminal, for programs and for spreadsheets: the same figures as the page."""

import csv
from io import BytesIO, StringIO
from typing import Any

from caseworker.core.cells import plain_cell
from caseworker.core.formatting import number, pounds
from caseworker.impact.valued import Valued
from caseworker.outcomes.queries import outcomes_of
from caseworker.valuation.rounding import pence
from caseworker.valuation.rounding import pounds as rounded

CSV_COLUMNS = (
    "stakeholder",
    "outcome",
    "quantity",
    "proxy_value",
    "deadweight_pct",
    "displacement_pct",
    "attribution_pct",
    "drop_off_pct",
    "duration_years",
    "starts",
    "price_year",
    "kind",
    "agency",
    "source",
    "impact",
    "present_value",
)


def as_json(valued: Valued) -> bytes:
    """The keys that other programs depend on, and no others. No ids and no times: two databases give the
    same bytes. `lines` are those of the headline, so that they add up to it; what stands beside the ratio
    is under `shown_apart` of its kind and agency."""
    subject, result = valued.subject, valued.result
    whole = result.to_programme_dict()
    counted = [line for line in result.lines if line.counted]
    answer = {key: whole[key] for key in whole if key != "headline_kinds"} | {
        "by_stakeholder": [
            {"stakeholder": group.name, "present_value": rounded(group.present_value)}
            for group in result.by_stakeholder
        ],
        "lines": [
            {key: row[key] for key in ("outcome", "impact", "present_value")}
            for line, row in zip(counted, whole["lines"], strict=True)
            if line.in_headline
        ],
        "programme": subject.code,
        "from": subject.from_on.isoformat(),
        "to": subject.until_on.isoformat(),
        "as_at": subject.as_at.isoformat(),
        "outcomes": _outcomes(valued),
    }
    return result.to_json(answer).encode()


def _outcomes(valued: Valued) -> list[dict[str, Any]]:
    return [
        {
            "name": share.code,
            "n": share.n,
            "N": share.total,
            "excluded": share.excluded,
            "unknown": share.unknown,
            "low": None if share.low is None else round(share.low, 6),
            "high": None if share.high is None else round(share.high, 6),
        }
        for share in outcomes_of(valued.subject).shares
    ]


def as_text(valued: Valued) -> bytes:
    """A table for a terminal of 100 columns."""
    subject, head, found = valued.subject, valued.result.headline, valued.result.range
    lines = [
        f"{subject.name}, {subject.from_on} to {subject.until_on}, known by {subject.as_at}",
        "",
        f"{'Outcome':<58}{'Quantity':>12}{'People':>8}{'Present value':>20}",
    ]
    for line in valued.result.lines:
        worth = pounds(pence(line.present_value)) if line.counted else "not counted"
        mark = "" if line.in_headline or not line.counted else " *"
        lines.append(
            f"{(line.outcome + mark)[:57]:<58}{number(line.quantity, 1):>12}{line.people:>8,}{worth:>20}"
        )
    ratio = "none" if head.sroi_ratio is None else f"{head.sroi_ratio:.2f}"
    span = f" (5 to 95 %: {found.p5:.2f} to {found.p95:.2f})" if found and found.p5 is not None else ""
    invested, worth = pounds(pence(head.investment)), pounds(pence(head.total_present_value))
    lines += [
        "",
        f"Invested {invested} · present value {worth} · £ for each £1: {ratio}{span}",
        "* beside the ratio: a transfer or a unit cost, not added to it. Not independently assured.",
        "",
    ]
    return "\n".join(lines).encode()


def _row(line: Any, starts: int) -> list[Any]:
    figures = line.figures
    shares = [figures.deadweight, figures.displacement, figures.attribution, figures.drop_off]
    return [
        line.stakeholder,
        line.outcome,
        line.quantity,
        rounded(line.price),
        *(round(share.central * 100, 6) for share in shares),
        int(figures.duration.central),
        starts,
        line.price_year,
        line.kind,
        line.agency,
        line.source,
        rounded(line.impact),
        rounded(line.present_value),
    ]


def _rows(valued: Valued) -> list[list[Any]]:
    return [
        _row(line, valued.outcome_map.line(line.code).starts)
        for line in valued.result.lines
        if line.counted and line.figures is not None
    ]


def as_csv(valued: Valued) -> bytes:
    """The columns `impact-map` reads, with impact and present value behind."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CSV_COLUMNS)
    writer.writerows([plain_cell(cell) for cell in row] for row in _rows(valued))
    return text.getvalue().encode()


def as_xlsx(valued: Valued) -> bytes:
    """One sheet of typed cells, and one that says what they are."""
    from xlsxwriter import Workbook

    target = BytesIO()
    book = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("Lines")
    sheet.write_row(0, 0, CSV_COLUMNS, bold)
    for place, row in enumerate(_rows(valued), start=1):
        sheet.write_row(place, 0, row)
    about = book.add_worksheet("About")
    subject, head = valued.subject, valued.result.headline
    facts = [
        ("Programme", subject.name),
        ("From", subject.from_on.isoformat()),
        ("To", subject.until_on.isoformat()),
        ("As at", subject.as_at.isoformat()),
        ("Invested, £", rounded(head.investment)),
        ("Present value, £", rounded(head.total_present_value)),
        ("£ for each £1", head.sroi_ratio),
        ("Outcome map", valued.outcome_map.edition),
        ("Proxy bank", valued.bank.edition),
        ("Assurance", "Not independently assured"),
    ]
    for place, (name, fact) in enumerate(facts):
        about.write(place, 0, name, bold)
        about.write(place, 1, fact)
    book.close()
    return target.getvalue()
