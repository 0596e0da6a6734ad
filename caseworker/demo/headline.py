"""The demonstration's headline table: each programme's outcomes and value, and the group's roll-up."""

import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from sqlalchemy import select

from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.formatting import number, percent, pounds_whole, signed
from caseworker.core.resources import PACKAGE
from caseworker.outcomes.queries import Outcomes, outcomes_of
from caseworker.outcomes.rules import Share
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Organisation, Programme

FILE = "headline.json"
COLUMNS = (
    "Programme", "People", "Starts", "Into work (95 %), n/N", "26 weeks (matured)", "Wellbeing (pairs)",
    "Invested", "Present value", "£ per £1 (5–95 %)",
)  # fmt: skip
NOTES = (
    "Into work leaves out those in work at the start. 26 weeks: of those whose 26 weeks have passed.",
    "Wellbeing: mean change in life satisfaction of the same people; * under 30 pairs, too few.",
    "Invested is as spent; the ratio discounts it too. Savings of the public purse stand beside the ratio.",
    "A group's row counts somebody known to two of its organisations once.",
    "All people are invented. What the real programmes publish is shown on the pages, as not recomputable.",
)
Row = list[str]


def headline(folder: Path, today: date, begun: Callable[[], None]) -> list[Row]:
    """The rows of the table, worked out, or kept from last time where nothing at all has changed since.

    `begun` is called before the working out, which takes some seconds.
    """
    state = _state(today)
    file = folder / FILE
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        kept = {}
    if kept.get("state") == state:
        return [[str(cell) for cell in row] for row in kept["rows"]]
    begun()
    rows = [_row(subject) for subject in _subjects(today)]
    file.write_text(
        json.dumps({"state": state, "rows": rows}, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    return rows


def as_lines(rows: list[Row]) -> Iterable[str]:
    """The table for a terminal."""
    widths = [max(len(row[place]) for row in [list(COLUMNS), *rows]) for place in range(len(COLUMNS))]
    for row in [list(COLUMNS), ["─" * width for width in widths], *rows]:
        cells = [cell.rjust(width) for cell, width in zip(row, widths, strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells[1:]]).rstrip()
    yield ""
    yield from NOTES


def _state(today: date) -> str:
    """Changes with any record, with the day, and with any file the figures are worked out by."""
    digest = hashlib.sha256(f"{audit.head()} {today}".encode())
    for file in sorted(PACKAGE.rglob("*")):
        if file.suffix in {".py", ".yaml", ".csv"}:
            about = file.stat()
            digest.update(f"{file.name} {about.st_size} {about.st_mtime_ns}".encode())
    return digest.hexdigest()


def _subjects(today: date) -> Iterable[Subject]:
    for programme in db.session.scalars(select(Programme).order_by(Programme.id)):
        yield of_programme(programme, today)
    above = select(Organisation.parent_id).where(Organisation.parent_id.is_not(None))
    for group in db.session.scalars(select(Organisation).where(Organisation.id.in_(above))):
        yield of_organisation(group, today)


def _row(subject: Subject) -> Row:
    from caseworker.impact.valued import Choices, value_subject

    outcomes = outcomes_of(subject)
    valued = value_subject(subject, Choices(sensitivity=False))
    head, found = valued.result.headline, valued.result.range
    ratio = "none" if head.sroi_ratio is None else number(head.sroi_ratio, 2)
    if found is not None and found.p5 is not None and found.p95 is not None:
        ratio += f" ({number(found.p5, 2)}–{number(found.p95, 2)})"
    return [
        subject.name + (" (all of it)" if subject.is_group else ""),
        number(outcomes.counts.people),
        number(outcomes.counts.starts),
        _into_work(outcomes.share("into_work")),
        _sustained(outcomes.share("sustained")),
        _wellbeing(outcomes),
        pounds_whole(valued.put_in_pence),
        pounds_whole(round(head.total_present_value * 100)),
        ratio,
    ]


def _into_work(share: Share) -> str:
    if share.low is None or share.high is None:
        return "–"
    low, high = percent(share.low).removesuffix("%").strip(), percent(share.high).removesuffix("%").strip()
    return f"{percent(share.value)} ({low}–{high}) {number(share.n)}/{number(share.total)}"


def _sustained(share: Share) -> str:
    return "–" if share.value is None else f"{percent(share.value)} of {number(share.total)}"


def _wellbeing(outcomes: Outcomes) -> str:
    change = next(each for each in outcomes.wellbeing if each.measure == "life_satisfaction")
    if change.mean_change is None:
        return "–"
    return f"{signed(change.mean_change, 2)} ({number(change.pairs)}{'*' if change.too_few else ''})"
