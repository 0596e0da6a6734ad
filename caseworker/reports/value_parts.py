"""The value half of a report."""

from caseworker.core.formatting import number, people, percent, pounds_whole
from caseworker.core.pdf import Report
from caseworker.core.pdf.table_parts import Align
from caseworker.impact import charts, words
from caseworker.impact.statement import Entry, Stakeholder, statement_of
from caseworker.impact.valued import Valued
from caseworker.reports.words import money, ratio
from caseworker.valuation.rounding import pence

RIGHT: Align = "right"


def range_words(valued: Valued) -> str:
    """£1.20 to £2.40 in nine of ten trial runs."""
    found = valued.result.range
    if found is None or found.p5 is None or found.p95 is None:
        return "no range"
    return f"{ratio(found.p5)} to {ratio(found.p95)} in nine of ten trial runs"


def add(report: Report, valued: Valued) -> None:
    report.heading("Social value")
    _headline(report, valued)
    _account(report, valued)
    report.chart(charts.waterfall_chart(valued.result))
    report.chart(charts.stakeholder_chart(valued.result))
    if any(group.total for group in valued.result.by_agency):
        note = "Estimated value, not cash released. It stands beside the ratio and is not added to it."
        report.chart(charts.agency_chart(valued.result), note=note)
    _kinds(report, valued)
    _once(report, valued)
    _certainty(report, valued)


def _headline(report: Report, valued: Valued) -> None:
    result, head = valued.result, valued.result.headline
    expected = []
    if head.expected:
        later = f"{money(head.expected)}: its year begins after the date of these figures"
        expected = [("Of it expected", later)]
    report.definitions(
        [
            (
                "Put in",
                f"{pounds_whole(valued.put_in_pence)}, of it {pounds_whole(valued.in_kind_pence)} in kind"
                + _weighed(valued),
            ),
            ("Present value", f"{money(head.total_present_value)}, in prices of {result.base_year}"),
            *expected,
            ("For each £1", f"{ratio(head.sroi_ratio)} ({range_words(valued)})"),
            ("In the ratio", words.kinds(head.kinds)),
        ]
    )


def _weighed(valued: Valued) -> str:
    """Where something was spent in a later year, what the whole counts as."""
    counted = pence(valued.result.headline.investment)
    if counted == valued.put_in_pence:
        return ""
    return f". Counted as {pounds_whole(counted)}, because later spending weighs less"


def _account(report: Report, valued: Valued) -> None:
    report.heading("Who gained, and from what", level=3)
    statement = statement_of(valued)
    for stakeholder in statement.stakeholders:
        _stakeholder(report, stakeholder)
    report.paragraph(
        f"All stakeholders together, in the ratio: {money(valued.result.headline.total_present_value)}."
    )
    report.note("* beside the ratio: a transfer or an average unit cost, shown and not added.")
    lacking = sum(entry.lacking for each in statement.stakeholders for entry in each.entries)
    if lacking:
        report.note(
            f"{number(lacking)} more times a start reached a line, but its hours, dates or age are not "
            "known: not counted."
        )


def _stakeholder(report: Report, stakeholder: Stakeholder) -> None:
    rows = [_entry_row(entry) for entry in stakeholder.entries]
    sums = [("In the ratio", stakeholder.in_ratio), ("Beside the ratio", stakeholder.beside)]
    rows += [(name, "", "", "", money(pounds)) for name, pounds in sums if pounds]
    report.table(
        ("Outcome", "How much", "People", "Worth each", "Present value"),
        rows,
        caption=stakeholder.name,
        align=("left", *(RIGHT,) * 4),
        share=(38, 22, 10, 13, 17),
        total=bool(stakeholder.in_ratio) != bool(stakeholder.beside),
    )
    for entry in stakeholder.entries:
        if not entry.line.counted:
            report.note(f"{entry.line.outcome}: {entry.line.not_counted}.")


def _entry_row(entry: Entry) -> tuple[str, ...]:
    line = entry.line
    places = 0 if line.quantity == int(line.quantity) else 1
    return (
        line.outcome + ("\u00a0*" if line.counted and not line.in_headline else ""),
        f"{number(line.quantity, places)} {entry.unit}",
        number(line.people),
        money(line.restated_price) if line.counted else "–",
        money(line.present_value) if line.counted else "not counted",
    )


def _kinds(report: Report, valued: Valued) -> None:
    report.table(
        ("Kind of value", "In the ratio", "Beside it"),
        [
            (words.KINDS[group.name], money(group.present_value), money(group.shown_apart))
            for group in valued.result.by_kind
        ],
        caption="Kinds of value, kept apart",
        align=("left", RIGHT, RIGHT),
    )


def _once(report: Report, valued: Valued) -> None:
    once = valued.once
    if once.removed:
        report.heading("Counted once", level=3)
        report.paragraph(
            "These people reached an outcome that is already counted for them in another line, start or "
            "organisation. It was left out:"
        )
        report.bullets(
            f"{each.outcome}: {people(each.people)}, {money(each.pounds)}"
            + ("" if each.in_ratio else " (beside the ratio)")
            for each in once.removed
        )
        report.note(
            "Had the most valuable outcome of each person counted instead, the present value would be "
            f"{money(once.other_total)}."
        )
    if valued.internal_pence:
        report.note(
            f"{pounds_whole(valued.internal_pence)} that one organisation of the group paid to another is "
            "not counted as put in."
        )


def _certainty(report: Report, valued: Valued) -> None:
    tornado = charts.tornado_chart(valued)
    if tornado is None:
        return
    report.heading("How sure is this?", level=3)
    report.chart(tornado)
    found = valued.result.range
    if found is not None and found.p_above_one is not None and found.p50 is not None:
        report.paragraph(
            f"{percent(found.p_above_one, 0)} of {number(found.draws)} trial runs (seed {found.seed}) came "
            f"out above £1 for each £1, half of them above {ratio(found.p50)}."
        )
    report.table(
        ("Scenario", "Present value", "For each £1"),
        [
            (each.name.capitalize(), money(each.total_present_value), ratio(each.sroi_ratio))
            for each in valued.result.scenarios
        ],
        caption="All figures at their prudent, central and optimistic ends",
        align=("left", RIGHT, RIGHT),
    )
    report.table(
        ("Figure", "Used here", "£1 for £1 at"),
        [(row.name, row.used, row.even_at) for row in charts.break_even_of(valued)[:6]],
        caption="What each figure would have to be for £1 to give back just £1",
        align=("left", RIGHT, RIGHT),
        share=(60, 20, 20),
    )
