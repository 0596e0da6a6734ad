"""The outcome half of a report."""

from caseworker.core.codes import label
from caseworker.core.formatting import amount, date_short, date_uk, number, percent, pounds_whole, signed
from caseworker.core.pdf import Report
from caseworker.outcomes.overview import Overview
from caseworker.outcomes.rules import Change, Share
from caseworker.reports.words import interval
from caseworker.surveys.queries import SurveyResults


def add(report: Report, view: Overview) -> None:
    report.heading("Outcomes")
    _shares(report, view)
    if view.outcomes.counts.starts:
        report.chart(view.journey)
    _wellbeing(report, view)
    for survey, chart in view.surveys:
        _survey(report, survey)
        report.chart(chart, titled=False)
    _targets(report, view)
    _community(report, view)
    _published(report, view)


def _shares(report: Report, view: Overview) -> None:
    report.table(
        ("Outcome", "Share", "n of N and 95% interval", "Not known", "Left out", "Not yet due"),
        [_share_row(share) for share in view.outcomes.shares],
        caption="Percentages with what they stand on",
        align=("left", "right", "left", "right", "right", "right"),
        share=(30, 10, 30, 10, 10, 10),
    )
    report.definitions((share.label, share.definition) for share in view.outcomes.shares)
    counts = view.outcomes.counts
    twice = f" {number(counts.known_twice)} known to two organisations, counted once."
    report.note(
        f"{number(counts.referred)} referred, {number(counts.starts)} starts, {number(counts.people)} "
        f"people; {number(counts.exits)} have left. One person may start twice."
        + (twice if counts.known_twice else "")
    )
    if view.evidence:
        said = ", ".join(
            f"{label('evidence_level', level).lower()} {number(count)}"
            for level, count in view.evidence.items()
            if level != "None"
        )
        report.note(f"Evidence behind those who came into work: {said}.")


def _share_row(share: Share) -> tuple[str, ...]:
    return (
        share.label,
        percent(share.value),
        interval(share),
        number(share.unknown),
        number(share.excluded),
        number(share.not_yet),
    )


def _wellbeing(report: Report, view: Overview) -> None:
    report.heading("Wellbeing, before and after", level=3)
    changes = view.outcomes.wellbeing
    if not any(change.pairs for change in changes):
        report.paragraph("Nobody has answered twice yet, so no change can be shown.")
        return
    report.chart(view.wellbeing, titled=False)
    report.table(
        ("Question, 0 to 10", "Pairs", "First", "Latest", "Change", "Nation", "Worse than the nation"),
        [_change_row(change) for change in changes],
        caption="Means of the first and latest score of the same start",
        align=("left", "right", "right", "right", "right", "right", "left"),
        share=(28, 9, 9, 9, 13, 10, 22),
    )
    first = changes[0]
    report.note(
        f"Nation: {first.nation_source}, {first.nation_period}. {number(first.without_pair)} answered once "
        "only and are in no mean. Scores rise on their own from a low point: a change does not prove its "
        "cause."
    )


def _change_row(change: Change) -> tuple[str, ...]:
    def share(count: int) -> str:
        return percent(count / change.pairs if change.pairs else None, 0)

    return (
        change.label + ("" if change.higher_is_better else " (lower is better)"),
        number(change.pairs) + (" (too few)" if change.too_few else ""),
        number(change.first_mean, 2),
        number(change.latest_mean, 2),
        signed(change.mean_change, 2),
        number(change.nation, 2),
        f"{share(change.worse_than_nation_first)} first, {share(change.worse_than_nation_latest)} latest",
    )


def _survey(report: Report, survey: SurveyResults) -> None:
    report.heading(survey.title, level=3)
    rate = survey.responded / survey.asked if survey.asked else None
    report.paragraph(
        f"{number(survey.asked)} people were asked {number(survey.attempts)} times from "
        f"{date_uk(survey.asked_from_on)} to {date_uk(survey.asked_until_on)}; {number(survey.responded)} "
        f"answered ({percent(rate)}). Percentages are of those who answered; no answer is not a no."
    )
    words = {said.code: said for said in survey.statements}
    for (one, other), both in survey.both.items():
        if survey.responded:
            report.note(
                f"Two readings. {words[one].words}: {percent(words[one].agreed / words[one].answered)}. "
                f"The same and also “{words[other].words}”: {percent(both / survey.responded)}."
            )


def _targets(report: Report, view: Overview) -> None:
    if not view.targets:
        return
    report.heading("Targets", level=3)
    report.table(
        ("Measure", "Period", "Target", "Done", "Counted how"),
        [
            (
                f"{target.measure} {target.label}",
                f"{date_short(target.from_on)} to {date_short(target.until_on)}",
                f"{amount(target.target_hundredths / 100)} {target.unit}",
                "not entered" if target.actual_hundredths is None else amount(target.actual_hundredths / 100),
                target.counted_how,
            )
            for target in view.targets
        ],
        align=("left", "left", "right", "right", "left"),
        share=(28, 18, 14, 10, 30),
    )


def _community(report: Report, view: Overview) -> None:
    if view.events:
        report.heading("Events", level=3)
        report.table(
            ("Kind", "Events", "Attendances", "Of these, independent living", "Named people"),
            [
                (
                    label("event_kind", row.kind),
                    *(number(count) for count in (row.events, row.attendances)),
                    *(number(count) for count in (row.independent_living, row.people)),
                )
                for row in view.events
            ],
            align=("left", "right", "right", "right", "right"),
        )
        report.note("Attendances are counted by head; named people once in their row.")
    if view.activities:
        report.heading("Activities and grants", level=3)
        report.table(
            ("Kind", "This period", "Year before", "Paid", "Paid the year before"),
            [
                (
                    label("activity_kind", row.kind),
                    *(number(count) for count in (row.quantity, row.before_quantity)),
                    *(pounds_whole(paid) for paid in (row.amount_pence, row.before_amount_pence)),
                )
                for row in view.activities
            ],
            align=("left", "right", "right", "right", "right"),
        )


def _published(report: Report, view: Overview) -> None:
    if not view.published:
        return
    report.heading("Published, not recomputable", level=3)
    report.paragraph("Others published these about a real programme of this kind. Nothing here uses them.")
    report.definitions((figure.words, figure.source) for figure in view.published)
