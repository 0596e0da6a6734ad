"""What a report says of starts, percentages and scores."""

from caseworker.core.codes import label
from caseworker.core.formatting import number, percent, signed
from caseworker.core.pdf import Report
from caseworker.core.pdf.table_parts import Align
from caseworker.outcomes.overview import Overview
from caseworker.outcomes.rules import Change, Share
from caseworker.reports.words import basis, interval

RIGHT: Align = "right"


def add(report: Report, view: Overview) -> None:
    report.heading("Outcomes")
    _counts(report, view)
    if view.outcomes.counts.starts:
        _shares(report, view)
        report.chart(view.journey, note="Each bar is a share of all starts.")
        _parts(report, view)
        _steps(report, view)
        _wellbeing(report, view)


def _counts(report: Report, view: Overview) -> None:
    counts = view.outcomes.counts
    twice = (
        f" {number(counts.known_twice)} of the people are known to more than one organisation of the group; "
        "each is counted once."
        if counts.known_twice
        else ""
    )
    report.paragraph(
        f"{number(counts.referred)} people were referred. There were {number(counts.starts)} starts of "
        f"support by {number(counts.people)} people, and {number(counts.exits)} of the starts have ended. "
        f"One person may start twice.{twice}"
    )


def _shares(report: Report, view: Overview) -> None:
    shown = [
        share for share in view.outcomes.shares if share.total and (share.n or share.code != "completed")
    ]
    report.table(
        ("Outcome", "Share", "n of N", "95% interval", "Not known", "Left out", "Not yet due"),
        [_share_row(share) for share in shown],
        caption="Percentages, and what they stand on",
        align=("left", *(RIGHT,) * 6),
        share=(25, 10, 18, 20, 9, 9, 9),
    )
    report.definitions((share.label, _meaning(share)) for share in shown)
    if view.outcomes.evidence:
        said = ", ".join(
            f"{label('evidence_level', level)} {number(count)}"
            for level, count in view.outcomes.evidence.items()
        )
        report.note(f"How we know that people came into work: {said}.")


def _share_row(share: Share) -> tuple[str, ...]:
    counts = (number(share.unknown), number(share.excluded), number(share.not_yet))
    return (share.label, percent(share.value), basis(share), interval(share), *counts)


def _meaning(share: Share) -> str:
    """The definition, who is left out and why, and what the not known could change."""
    words = share.definition
    if share.excluded:
        words += f" Left out: {share.excluded_why}."
    if share.not_yet:
        words += f" Not yet due: {share.not_yet_why}."
    if share.unknown and share.bounds:
        low, high = (percent(end) for end in share.bounds)
        words += f" Not known: {share.unknown_why}; between {low} and {high} whatever became of them."
    return words


def _parts(report: Report, view: Overview) -> None:
    parts = view.outcomes.parts
    if len(parts) < 2:
        return
    what = "Programme" if view.subject.is_group else "Cohort"
    report.table(
        (what, "Starts", "Ended", "Into work", "Kept work"),
        [
            (
                part.label,
                number(part.starts),
                number(part.left),
                f"{number(part.into_work)} of {number(part.not_in_work_at_start)}"
                if part.not_in_work_at_start
                else "all were in work",
                f"{number(part.kept_work)} of {number(part.matured)}" if part.matured else "–",
            )
            for part in parts
        ],
        caption=f"By {what.lower()}",
        align=("left", *(RIGHT,) * 4),
    )


def _steps(report: Report, view: Overview) -> None:
    if view.outcomes.steps:
        report.table(
            ("What people went on to", "Starts with it", "Steps"),
            [
                (label("progression_kind", step.kind), number(step.starts), number(step.steps))
                for step in view.outcomes.steps
            ],
            caption="Steps forward",
            align=("left", RIGHT, RIGHT),
            share=(60, 20, 20),
        )
        report.note("One start may be in several rows. Those in work at the start are here too.")


def _wellbeing(report: Report, view: Overview) -> None:
    report.heading("Wellbeing, before and after", level=3)
    changes = view.outcomes.wellbeing
    if not view.has_scores:
        report.paragraph("Nobody has answered on two days yet, so no change can be shown.")
        return
    report.chart(view.wellbeing, titled=False)
    report.table(
        (
            "Question, 0 to 10",
            "Pairs",
            "First",
            "Latest",
            "Change",
            "95% interval",
            "UK",
            "Worse than UK",
        ),
        [_change_row(change) for change in changes],
        caption="Average of the same people, first and latest (a pair: both scores of one start)",
        align=("left", *(RIGHT,) * 7),
        share=(24, 8, 8, 9, 10, 16, 7, 18),
    )
    first = changes[0]
    report.note(
        f"UK: average of adults, {first.nation_period}, {first.nation_source}. Worse than UK: share of those "
        f"who answered twice, at first and latest. {number(first.without_pair)} answered only once and are "
        "in no average. Scores rise on their own from a low point, and there is no comparison group: a "
        "change does not prove its cause."
    )


def _change_row(change: Change) -> tuple[str, ...]:
    worse = "–"
    if change.pairs:
        first, latest = change.worse_than_nation_first, change.worse_than_nation_latest
        worse = f"{percent(first / change.pairs, 0)} to {percent(latest / change.pairs, 0)}"
    ends = change.interval
    return (
        change.label + ("" if change.higher_is_better else " (lower is better)"),
        number(change.pairs) + (" (too few)" if change.too_few else ""),
        number(change.first_mean, 2),
        number(change.latest_mean, 2),
        signed(change.mean_change, 2),
        f"{signed(ends[0], 2)} to {signed(ends[1], 2)}" if ends else "–",
        number(change.nation, 2),
        worse,
    )
