"""The PDF report of a programme: cover figures, outcomes, value, method, sources, caveats.

It prints what the pages show, made by the same functions; nothing is computed here.
"""

from caseworker.core.formatting import date_uk, number, percent, pounds_short
from caseworker.core.pdf import KeyFigure, Report
from caseworker.impact.services import Valued
from caseworker.outcomes.overview import Overview
from caseworker.reports import outcome_parts, value_parts
from caseworker.reports.words import CAVEATS, METHOD, interval, money, ratio


def programme_report(view: Overview, valued: Valued, reference: str) -> bytes:
    """The file, tagged. `reference` is that of the stored run whose figures it prints."""
    report = Report(
        title=f"Outcomes and social value of {view.subject.name}",
        subtitle=_period(view),
        author=view.programme.organisation.name if view.programme else view.subject.name,
        footer=f"Run {reference} · draft · not independently assured",
    )
    _cover(report, view, valued, reference)
    outcome_parts.add(report, view)
    value_parts.add(report, valued)
    _method(report, valued)
    return report.save()


def _period(view: Overview) -> str:
    subject = view.subject
    return (
        f"Starts from {date_uk(subject.from_on)} to {date_uk(subject.until_on)}, "
        f"with what was known by {date_uk(subject.as_at)}"
    )


def _cover(report: Report, view: Overview, valued: Valued, reference: str) -> None:
    counts, head = view.outcomes.counts, valued.result.headline
    work = view.outcomes.share("into_work")
    kept = view.outcomes.share("sustained")
    life = view.outcomes.wellbeing[0]
    figures = [
        KeyFigure(number(counts.people), "people", f"{number(counts.starts)} starts"),
        KeyFigure(percent(work.value), "into work", interval(work)),
        KeyFigure(percent(kept.value), kept.label, interval(kept)),
    ]
    if life.pairs:
        change = number(life.mean_change, 2)
        figures.append(
            KeyFigure(change, "change in life satisfaction", f"{number(life.pairs)} pairs, 0 to 10")
        )
    figures += [
        KeyFigure(pounds_short(round(head.investment * 100)), "invested", "cash and in kind"),
        KeyFigure(ratio(head.sroi_ratio), "for each £1", value_parts.range_words(valued)),
    ]
    report.cover(
        figures,
        lead=(
            f"{view.subject.name} put in {money(head.investment)} and, by open values and stated "
            f"assumptions, created an estimated {money(head.total_present_value)} of value to people. "
            "What it saved the public purse stands beside that figure and is not added to it."
        ),
        details=[
            ("Run", reference),
            ("State", "Draft: no second person has signed it. Not independently assured"),
            ("Period", _period(view)),
            ("Outcome map", valued.outcome_map.edition),
            ("Proxy bank", valued.bank.edition),
        ],
    )


def _method(report: Report, valued: Valued) -> None:
    report.page_break()
    report.heading("How the value is worked out")
    for words in METHOD:
        report.paragraph(words)
    report.paragraph(valued.outcome_map.headline_reason)
    report.heading("What to bear in mind")
    report.bullets([*CAVEATS, *(warning.text for warning in valued.result.warnings)])
    value_parts.add_sources(report, valued)
