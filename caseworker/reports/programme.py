"""The PDF report of a programme: cover figures, outcomes, value, method, sources, caveats.

It prints what the pages show, made by the same functions; nothing is computed here.
"""

from caseworker.core.formatting import date_short, number, percent, pounds_short, signed
from caseworker.core.pdf import KeyFigure, Report
from caseworker.impact.valued import Valued
from caseworker.impact.words import TERMS, kinds
from caseworker.outcomes.overview import Overview
from caseworker.reports import activity_parts, outcome_parts, source_parts, value_parts
from caseworker.reports.words import CAVEATS, METHOD, basis, interval, money, ratio


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
    activity_parts.add(report, view)
    value_parts.add(report, valued)
    _method(report, view, valued)
    return report.save()


def _period(view: Overview) -> str:
    subject = view.subject
    period = f"{date_short(subject.from_on)} to {date_short(subject.until_on)}"
    return f"Starts from {period}, as known by {date_short(subject.as_at)}"


def _cover(report: Report, view: Overview, valued: Valued, reference: str) -> None:
    who = (
        [("Programme", f"{view.programme.organisation.name}. {view.programme.summary}")]
        if view.programme
        else []
    )
    paid = [("Paid for by", view.programme.funder)] if view.programme and view.programme.funder else []
    report.cover(
        _figures(view, valued),
        lead=_lead(view, valued),
        details=[
            *who,
            *paid,
            ("Run", reference),
            ("State", "Draft: no second person has signed it. Not independently assured"),
            ("Editions", f"Outcome map {valued.outcome_map.edition}, values {valued.bank.edition}"),
        ],
    )


def _lead(view: Overview, valued: Valued) -> str:
    head, result = valued.result.headline, valued.result
    if head.sroi_ratio is None:
        return (
            f"The outcomes of {view.subject.name} are worth an estimated {money(head.total_present_value)}. "
            "Nothing is recorded as put in."
        )
    return (
        f"For each £1 put into {view.subject.name}, people gained an estimated {ratio(head.sroi_ratio)} of "
        f"value ({kinds(head.kinds)}), in prices of {result.base_year}; {value_parts.range_words(valued)}. "
        "What the public purse saved stands beside that figure and is not added to it."
    )


def _figures(view: Overview, valued: Valued) -> list[KeyFigure]:
    counts, head = view.outcomes.counts, valued.result.headline
    figures = [KeyFigure(number(counts.people), "people", f"{number(counts.starts)} starts of support")]
    for code in ("into_work", "sustained"):
        share = view.outcomes.share(code)
        if share.value is not None:
            note = f"{basis(share)}; 95% interval {interval(share)}"
            figures.append(KeyFigure(percent(share.value), share.label.lower(), note))
    life = view.outcomes.wellbeing[0]
    if life.pairs:
        note = f"on a scale of 0 to 10; {number(life.pairs)} people with two scores"
        figures.append(KeyFigure(signed(life.mean_change, 2), "change in life satisfaction", note))
    figures += [
        KeyFigure(
            pounds_short(valued.put_in_pence), "put in", f"{pounds_short(valued.in_kind_pence)} of it in kind"
        ),
        KeyFigure(ratio(head.sroi_ratio), "of value for each £1", value_parts.range_words(valued)),
    ]
    return figures


def _method(report: Report, view: Overview, valued: Valued) -> None:
    report.heading("How the value is worked out")
    for words in METHOD:
        report.paragraph(words)
    report.paragraph(valued.outcome_map.headline_reason)
    report.definitions(TERMS.items())
    report.heading("What to bear in mind")
    report.bullets(
        [*CAVEATS, *(f"{notice.text[:1].upper()}{notice.text[1:]}." for notice in valued.result.warnings)]
    )
    activity_parts.published(report, view)
    source_parts.add(report, valued)
