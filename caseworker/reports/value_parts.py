"""The value half of a report."""

from caseworker.core.formatting import number, percent
from caseworker.core.pdf import Report
from caseworker.impact import charts
from caseworker.impact.services import Valued
from caseworker.reports.words import money, ratio
from caseworker.valuation.figures import Figure
from caseworker.valuation.line_result import LineResult


def range_words(valued: Valued) -> str:
    """£1.20 to £2.40 in nine of ten draws."""
    found = valued.result.range
    if found is None or found.p5 is None or found.p95 is None:
        return "no range"
    return f"{ratio(found.p5)} to {ratio(found.p95)} in nine of ten draws"


def add(report: Report, valued: Valued) -> None:
    result, head = valued.result, valued.result.headline
    report.heading("Social value")
    report.definitions(
        [
            ("Invested", f"{money(head.investment)}, of it {money(head.in_kind)} in kind"),
            ("Present value", f"{money(head.total_present_value)}, in prices of {result.base_year}"),
            ("For each £1", f"{ratio(head.sroi_ratio)} ({range_words(valued)})"),
            ("Kinds of value in the ratio", ", ".join(head.kinds)),
        ]
    )
    report.chart(charts.waterfall_chart(result))
    report.chart(charts.stakeholder_chart(result))
    report.chart(charts.kind_chart(result))
    report.chart(charts.agency_chart(result), note="Estimated value, not cash released. Beside the ratio.")
    _lines(report, valued)
    _sensitivity(report, valued)


def _lines(report: Report, valued: Valued) -> None:
    report.heading("Each line", level=3)
    report.table(
        ("Outcome", "Stakeholder", "How much", "People", "Present value"),
        [_line_row(line) for line in valued.result.lines],
        align=("left", "left", "right", "right", "right"),
        share=(34, 22, 16, 9, 19),
    )
    report.note("* beside the ratio: a transfer or a unit cost, not added to it.")
    for outcome, people, pounds in valued.removed:
        report.note(f"Counted once: {outcome}, {number(people)} people and {money(pounds)} left out.")


def _line_row(line: LineResult) -> tuple[str, ...]:
    worth = money(line.present_value) if line.counted else f"not counted: {line.not_counted}"
    mark = " *" if line.counted and not line.in_headline else ""
    how_much = f"{number(line.quantity, 1)} {line.unit}".strip()
    return (line.outcome + mark, line.stakeholder, how_much, number(line.people), worth)


def _sensitivity(report: Report, valued: Valued) -> None:
    tornado = charts.tornado_chart(valued)
    if tornado is None:
        return
    report.heading("How sure is this?", level=3)
    report.chart(tornado)
    found = valued.result.range
    if found is not None and found.p_above_one is not None:
        report.paragraph(
            f"{percent(found.p_above_one)} of {number(found.draws)} draws (seed {found.seed}) came out above "
            "£1 for each £1."
        )
    report.table(
        ("Scenario", "Present value", "For each £1"),
        [
            (each.name.capitalize(), money(each.total_present_value), ratio(each.sroi_ratio))
            for each in valued.result.scenarios
        ],
        caption="Every figure at its prudent, central and optimistic end",
        align=("left", "right", "right"),
    )
    names = charts.figure_names(valued)
    report.table(
        ("Figure", "Used", "The ratio would be £1 for £1 at"),
        [
            (
                names.get(row.figure, row.figure),
                charts.figure_words(row.parameter, row.central),
                charts.figure_words(row.parameter, row.value)
                if row.value is not None
                else "no possible value",
            )
            for row in valued.result.break_even[:10]
        ],
        caption="Break-even values",
        align=("left", "right", "right"),
    )


def add_sources(report: Report, valued: Valued) -> None:
    """Each figure used: what it is, where it comes from, and its doubts."""
    report.heading("Sources")
    used = {line.proxy: line for line in valued.result.lines if line.counted}
    report.definitions(
        (
            f"{line.proxy}, {money(line.price)} ({line.price_year})",
            f"{line.source}. Licence: {line.licence}. Grade {line.evidence_grade}. {line.doubts}",
        )
        for line in used.values()
    )
    assumptions = {
        each.figure.code: each for line in valued.outcome_map.lines for each in line.assumptions.values()
    }
    report.heading("Assumptions", level=3)
    report.table(
        ("Assumption", "Used", "Range", "Source", "Grade"),
        [
            (
                each.name,
                charts.figure_words(each.figure.parameter, each.figure.central),
                _span(each.figure),
                f"{each.evidence.source} {each.evidence.reason}",
                each.evidence.grade,
            )
            for each in assumptions.values()
        ],
        align=("left", "right", "left", "left", "left"),
        share=(24, 8, 14, 46, 8),
    )


def _span(figure: Figure) -> str:
    low, high = (charts.figure_words(figure.parameter, end) for end in (figure.low, figure.high))
    return f"{low} to {high}"
