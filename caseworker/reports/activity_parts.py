"""What a report says of surveys, targets, events and grants, and what others published."""

from caseworker.core.codes import label
from caseworker.core.formatting import amount, date_short, date_uk, number, people, percent, pounds_whole
from caseworker.core.pdf import Report
from caseworker.core.pdf.table_parts import Align
from caseworker.outcomes.overview import Overview
from caseworker.surveys.queries import SurveyResults

RIGHT: Align = "right"


def add(report: Report, view: Overview) -> None:
    for survey, chart in view.surveys:
        _survey(report, survey)
        report.chart(chart, titled=False)
        _readings(report, survey)
    _targets(report, view)
    _community(report, view)
    _activities(report, view)


def _survey(report: Report, survey: SurveyResults) -> None:
    report.heading(survey.title, level=3)
    rate = survey.responded / survey.asked if survey.asked else None
    silent = f" {people(survey.refused)} not asked: refused contact, or it was stopped."
    report.paragraph(
        f"{number(survey.asked)} people were asked from {date_uk(survey.asked_from_on)} to "
        f"{date_uk(survey.asked_until_on)}, {number(survey.attempts)} times in all; "
        f"{number(survey.responded)} answered ({percent(rate)}). Percentages are of those who answered. "
        "No answer is not a no." + (silent if survey.refused else "")
    )


def _readings(report: Report, survey: SurveyResults) -> None:
    """An answer alone, and the same people who agreed with the next statement too."""
    pairs = list(survey.both.items()) if survey.responded else []
    if not pairs:
        return
    (one, other), both = pairs[0]
    first, answered = survey.said(one), survey.responded
    report.callout(
        "Two readings of the same answers",
        f"{first.words} {percent(first.agreed / answered)} ({number(first.agreed)} of {number(answered)}).",
        f"The same, and also “{survey.said(other).words}”: {percent(both / answered)} "
        f"({number(both)} of {number(answered)}).",
        "A sentence that joins the two can be read either way, so both are printed.",
    )


def _targets(report: Report, view: Overview) -> None:
    if not view.targets:
        return
    report.heading("Targets", level=3)
    for from_on, until_on, targets in view.periods:
        report.table(
            ("Measure", "Target", "Done", "Of the target"),
            [
                (
                    f"{target.measure} {target.label} ({target.unit})",
                    amount(target.target_hundredths / 100),
                    "not entered yet"
                    if target.actual_hundredths is None
                    else amount(target.actual_hundredths / 100),
                    "–"
                    if target.actual_hundredths is None or not target.target_hundredths
                    else percent(target.actual_hundredths / target.target_hundredths, 0),
                )
                for target in targets
            ],
            caption=f"{date_short(from_on)} to {date_short(until_on)}",
            align=("left", RIGHT, RIGHT, RIGHT),
            share=(58, 12, 16, 14),
        )
    for how in dict.fromkeys(target.counted_how for target in view.targets):
        report.note(f"{how}.")


def _community(report: Report, view: Overview) -> None:
    if view.job_clubs or view.events:
        report.heading("Job clubs and events", level=3)
    for clubs in view.job_clubs:
        report.paragraph(
            f"{number(clubs.people)} people came to job clubs, {number(clubs.attendances)} times in all, at "
            f"{number(clubs.events)} sessions. They are not starts of support."
        )
    if not view.events:
        return
    rows = [
        (label("event_kind", row.kind), row.events, row.attendances, row.independent_living)
        for row in view.events
    ]
    sums = ("All events", *(sum(column) for column in list(zip(*rows, strict=True))[1:]))
    report.table(
        ("Events", "How many", "Attendances", "Of these, independent living"),
        [(str(name), *(number(int(count)) for count in counts)) for name, *counts in [*rows, sums]],
        align=("left", *(RIGHT,) * 3),
        total=True,
    )
    report.note("Attendances are heads counted at each event, so one person may be in them often.")


def _activities(report: Report, view: Overview) -> None:
    if view.activities:
        report.heading("Activities and grants", level=3)
        report.table(
            ("Kind", "This period", "Year before", "Paid", "Paid the year before"),
            [
                (
                    label("activity_kind", row.kind),
                    number(row.quantity),
                    number(row.before_quantity) if row.before_quantity else "not recorded",
                    *(pounds_whole(paid) for paid in (row.amount_pence, row.before_amount_pence)),
                )
                for row in view.activities
            ],
            align=("left", *(RIGHT,) * 4),
        )


def published(report: Report, view: Overview) -> None:
    """Figures of others, beside ours and never in them."""
    if not view.published:
        return
    report.heading("Published, not recomputable")
    report.paragraph(
        "Others published these figures about a real programme of this kind. They are here to compare. "
        "Nothing in this report is worked out from them."
    )
    for source in dict.fromkeys(figure.source for figure in view.published):
        report.bullets(figure.words for figure in view.published if figure.source == source)
        report.note(f"{source}.")
