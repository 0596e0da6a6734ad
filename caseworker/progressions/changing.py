"""Changes inside a job that goes on: other hours and pay from a day on, breaks, a step put right."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.progressions.models import Progression, ProgressionTerms, WorkBreak
from caseworker.progressions.services import settle_outcomes


@dataclass(frozen=True)
class NewTerms:
    """Hours, pay and contract from a day on, as a whole: what is None is not known from then."""

    from_on: date
    weekly_minutes: int | None = None
    pay_pence: int | None = None
    pay_period: str | None = None
    contract: str | None = None


def change_terms(step: Progression, new: NewTerms, *, recorded_by: User, today: date) -> ProgressionTerms:
    """Other hours, pay or contract from a day on. Raises RuleBroken for a day outside the step or ahead, a
    day that has a change already, and pay without its period."""
    _check_inside(step, new.from_on, "from_on", today)
    if new.from_on == step.started_on:
        raise RuleBroken("The change must be after the first day", "from_on")
    if any(each.from_on == new.from_on and each.voided_at is None for each in step.terms):
        raise RuleBroken("There is a change from that day already. Take it back first", "from_on")
    if (new.pay_pence is None) != (new.pay_period is None):
        raise RuleBroken("Enter both the pay and what it is for: an hour, a week, a month or a year", "pay")
    terms = ProgressionTerms(
        enrolment=step.enrolment,
        progression_id=step.id,
        from_on=new.from_on,
        weekly_minutes=new.weekly_minutes,
        pay_pence=new.pay_pence,
        pay_period=new.pay_period,
        contract=new.contract,
        entered_by_id=recorded_by.id,
    )
    step.terms.append(terms)
    settle_outcomes(step.enrolment)
    return terms


def take_back_terms(step: Progression, terms: ProgressionTerms, *, by: User, now: datetime) -> None:
    """Undo of a change. Raises RuleBroken as `take_back`."""
    take_back(terms, by.id, now)
    settle_outcomes(step.enrolment)


def record_break(
    step: Progression, *, from_on: date, until_on: date | None, recorded_by: User, today: date
) -> WorkBreak:
    """Days without work inside a step that goes on. Raises RuleBroken for days outside it, out of order,
    ahead, or that run into another break."""
    _check_inside(step, from_on, "from_on", today)
    _check_break_end(step, from_on, until_on, today)
    for other in step.breaks:
        if other.voided_at is None and _meet(from_on, until_on, other.from_on, other.until_on):
            raise RuleBroken("These days run into another break. Check both", "from_on")
    made = WorkBreak(
        enrolment=step.enrolment,
        progression_id=step.id,
        from_on=from_on,
        until_on=until_on,
        entered_by_id=recorded_by.id,
    )
    step.breaks.append(made)
    settle_outcomes(step.enrolment)
    return made


def end_break(step: Progression, gap: WorkBreak, *, until_on: date, today: date) -> None:
    """They are back at work. Raises RuleBroken for a day out of order, ahead, or after the step's last."""
    _check_break_end(step, gap.from_on, until_on, today)
    for other in step.breaks:
        standing = other is not gap and other.voided_at is None
        if standing and _meet(gap.from_on, until_on, other.from_on, other.until_on):
            raise RuleBroken("These days run into another break. Check both", "until_on")
    gap.until_on = until_on
    settle_outcomes(step.enrolment)


def reopen_break(step: Progression, gap: WorkBreak) -> None:
    """Undo of the end of a break."""
    gap.until_on = None
    settle_outcomes(step.enrolment)


def take_back_break(step: Progression, gap: WorkBreak, *, by: User, now: datetime) -> None:
    """Undo of a break. Raises RuleBroken as `take_back`."""
    take_back(gap, by.id, now)
    settle_outcomes(step.enrolment)


DESCRIBING = frozenset({"employer", "job_title", "sector", "priority_sector", "green", "planned_until_on"})


def put_right(step: Progression, changes: dict[str, Any]) -> None:
    """Facts of a step that decide no outcome: with whom, what they do, sector, tags, last day as agreed.
    Raises RuleBroken for a last day before the first."""
    until = changes.get("planned_until_on")
    if until is not None and until < step.started_on:
        raise RuleBroken("The last day as agreed must be on or after the first", "planned_until_on")
    for name in DESCRIBING & changes.keys():
        setattr(step, name, changes[name])
    db.session.flush()


def _check_inside(step: Progression, day: date, field: str, today: date) -> None:
    if day > today:
        raise RuleBroken("The day must be today or earlier", field)
    if day < step.started_on:
        raise RuleBroken("The day must be on or after the day it began", field)
    if step.ended_on is not None and day > step.ended_on:
        raise RuleBroken("It had ended before that day. Check the day", field)


def _check_break_end(step: Progression, from_on: date, until_on: date | None, today: date) -> None:
    if until_on is None:
        return
    if until_on < from_on:
        raise RuleBroken("The last day of the break must be on or after the first", "until_on")
    _check_inside(step, until_on, "until_on", today)


def _meet(first: date, last: date | None, other_first: date, other_last: date | None) -> bool:
    return first <= (other_last or date.max) and other_first <= (last or date.max)
