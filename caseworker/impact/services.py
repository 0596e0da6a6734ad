"""Valuing what the records add up to, and keeping a valuation as it was made."""

import secrets
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.impact.models import ValuationRun
from caseworker.impact.quantities import Counted, activity_year_of, count_lines
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Investment

if TYPE_CHECKING:
    from caseworker.valuation import OutcomeMap, ProxyBank, Result

MAP, BANK = "employability-2026", "open-2026"
DRAWS, SEED = 10_000, 20_260_331
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True)
class Choices:
    """What somebody may choose of a valuation; the rest is in its editions."""

    base_year: str | None = None
    mid_year: bool = False
    draws: int = DRAWS
    seed: int = SEED


@dataclass(frozen=True)
class Valued:
    """A valuation with what went in: enough to store, trace and compute it again."""

    subject: Subject
    choices: Choices
    counted: tuple[Counted, ...]
    investments: tuple[dict[str, Any], ...]
    result: "Result"
    outcome_map: "OutcomeMap"
    bank: "ProxyBank"

    def of_line(self, code: str) -> list[Counted]:
        return [each for each in self.counted if each.line == code]

    @property
    def removed(self) -> list[tuple[str, int, float]]:
        """(outcome, people, pounds) left out because they were counted in another line or programme. The
        pounds are the line's present value a unit, times the units left out."""
        found = []
        for line in self.result.lines:
            units = sum(each.removed for each in self.of_line(line.code))
            if units and line.counted and line.quantity:
                people = sum(each.removed_people for each in self.of_line(line.code))
                found.append((line.outcome, people, line.present_value / line.quantity * units))
        return found


def value_subject(subject: Subject, choices: Choices | None = None) -> Valued:
    """Count the map's lines over the records and value them.

    Raises what `valuation.value_programme` raises for a base year that may not be used.
    """
    from caseworker.valuation import load_bank, load_map

    chosen = choices or Choices()
    outcome_map, bank = load_map(MAP), load_bank(BANK)
    counted = tuple(count_lines(subject, outcome_map))
    investments = tuple(investments_of(subject))
    return _value(subject, chosen, counted, investments, outcome_map, bank)


def _value(
    subject: Subject,
    choices: Choices,
    counted: tuple[Counted, ...],
    investments: tuple[dict[str, Any], ...],
    outcome_map: "OutcomeMap",
    bank: "ProxyBank",
) -> Valued:
    """The valuation of frames, whether counted just now or stored with a run."""
    from caseworker.valuation import Settings, value_programme

    settings = Settings(
        as_at=subject.as_at,
        base_year=choices.base_year,
        mid_year=choices.mid_year,
        draws=choices.draws,
        seed=choices.seed,
        first_day=subject.from_on,
    )
    rows = [each.row() for each in counted]
    result = value_programme(rows, outcome_map, bank, list(investments), settings)
    return Valued(subject, choices, counted, investments, result, outcome_map, bank)


def investments_of(subject: Subject) -> list[dict[str, Any]]:
    """What was put in, in cash and in kind, up to the date; payments inside a group leave its roll-up."""
    query = select(Investment).where(
        Investment.programme_id.in_(subject.programme_ids),
        Investment.voided_at.is_(None),
        Investment.spent_on.between(subject.from_on, min(subject.until_on, subject.as_at)),
    )
    if subject.is_group:
        query = query.where(~Investment.internal)
    totals: dict[tuple[int, bool], int] = {}
    for row in db.session.scalars(query):
        key = (activity_year_of(subject, row.spent_on), row.in_kind)
        totals[key] = totals.get(key, 0) + row.amount_pence
    return [
        {"k": k, "amount_pence": amount, "in_kind": in_kind}
        for (k, in_kind), amount in sorted(totals.items())
    ]


def code_version() -> str:
    return f"caseworker {version('caseworker')}, numpy {version('numpy')}"


def save_run(valued: Valued, *, programme_id: UUID | None, name: str | None, by: UUID | None) -> ValuationRun:
    """Keep a valuation as a draft run. What it keeps names no person."""
    subject = valued.subject
    run = ValuationRun(
        reference="VR-" + "".join(secrets.choice(_LETTERS) for _ in range(8)),
        name=name,
        programme_id=programme_id,
        organisation_id=None if programme_id else subject.organisation_id,
        from_on=subject.from_on,
        until_on=subject.until_on,
        as_at_on=subject.as_at,
        seed=valued.choices.seed,
        draws=valued.choices.draws,
        map_edition=valued.outcome_map.edition,
        bank_edition=valued.bank.edition,
        code_version=code_version(),
        frames={
            "counted": [asdict(each) for each in valued.counted],
            "investments": list(valued.investments),
            "base_year": valued.choices.base_year,
            "mid_year": valued.choices.mid_year,
        },
        result=valued.result.to_programme_dict(),
        entered_by_id=by,
    )
    db.session.add(run)
    db.session.flush()
    return run


def valued_again(run: ValuationRun, subject: Subject) -> Valued:
    """A stored run computed again from its own frames, whatever the records say by now."""
    from caseworker.valuation import load_bank, load_map

    choices = Choices(run.frames["base_year"], run.frames["mid_year"], run.draws, run.seed)
    counted = tuple(Counted(**row) for row in run.frames["counted"])
    investments = tuple(run.frames["investments"])
    editions = load_map(run.map_edition), load_bank(run.bank_edition)
    return _value(subject, choices, counted, investments, *editions)


def differences(run: ValuationRun, subject: Subject) -> list[str]:
    """The keys whose figures come out otherwise than the run says; none when it is equal to the penny."""
    again = valued_again(run, subject).result.to_programme_dict()
    return sorted(key for key in run.result.keys() | again.keys() if run.result.get(key) != again.get(key))
