"""What a report says of where its values and assumptions come from."""

from caseworker.core.pdf import Report
from caseworker.core.pdf.table_parts import Align
from caseworker.core.pdf.words import Cite
from caseworker.impact import charts, words
from caseworker.impact.valued import Valued
from caseworker.reports.words import money
from caseworker.valuation.figures import Figure
from caseworker.valuation.line_result import LineResult

RIGHT: Align = "right"


def add(report: Report, valued: Valued) -> None:
    """Each figure used: what it is, where it comes from, and its doubts."""
    used = {line.proxy: line for line in valued.result.lines if line.counted and line.quantity}
    sources = list(dict.fromkeys(_source(line) for line in used.values()))
    report.heading("Where the values come from")
    report.table(
        ("What is valued", "Worth", "Grade", "Doubts", "Source"),
        [
            (
                valued.bank.proxy(line.proxy).name,
                f"{money(line.price)} for each {line.unit}, in prices of {line.price_year}",
                line.evidence_grade,
                line.doubts,
                [Cite(sources.index(_source(line)) + 1)],
            )
            for line in used.values()
        ],
        align=("left", "left", "left", "left", "left"),
        share=(24, 22, 8, 37, 9),
    )
    report.sources(sources)
    report.heading("Assumptions")
    assumptions = {
        each.figure.code: each
        for line in valued.result.lines
        if line.counted and line.quantity
        for each in line.assumptions
    }
    report.table(
        ("Assumption", "Used", "Range", "Source and reason", "Grade"),
        [
            (
                f"{words.TAKEN_OFF[each.figure.parameter]}: {each.name}",
                charts.figure_words(each.figure.parameter, each.figure.central),
                _span(each.figure),
                f"{each.evidence.source.rstrip('.')}. {each.evidence.reason}",
                each.evidence.grade,
            )
            for each in assumptions.values()
        ],
        align=("left", RIGHT, "left", "left", "left"),
        share=(26, 8, 13, 45, 8),
    )
    report.note("Grades: " + "; ".join(words.GRADES.values()) + ". Stakeholders have not been asked.")


def _source(line: LineResult) -> str:
    return f"{line.source.rstrip('.')}. Licence: {line.licence.rstrip('.')}."


def _span(figure: Figure) -> str:
    low, high = (charts.figure_words(figure.parameter, end) for end in (figure.low, figure.high))
    return low if low == high else f"{low} to {high}"
