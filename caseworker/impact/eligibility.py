"""Who a line of the map is for: benefit and age at the start, hours, out of work and learning."""

from sqlalchemy import ColumnElement, and_, func, or_

from caseworker.enrolments.models import Enrolment
from caseworker.impact.facts import Facts
from caseworker.valuation import OutcomeLine

YOUNGEST, OLDEST_NEET = 16, 24
OUT_OF_WORK = ("11", "12")
NOT_ASKED = "not_asked"


def eligible(line: OutcomeLine, facts: Facts) -> list[ColumnElement[bool]]:
    """Conditions on a start. An age that is not known is let through, for the line to say it is lacking."""
    wanted: list[ColumnElement[bool]] = []
    benefit, age = func.coalesce(Enrolment.benefit_at_start, NOT_ASKED), Enrolment.age_at_start
    if line.benefit_at_start:
        wanted.append(benefit.in_(line.benefit_at_start))
    if line.benefit_at_start_not:
        wanted.append(benefit.not_in(line.benefit_at_start_not))
    if line.age_from is not None:
        wanted.append(or_(age.is_(None), age >= line.age_from))
    if line.age_to is not None:
        wanted.append(or_(age.is_(None), age <= line.age_to))
    neet = line.source.parameters.get("neet_at_start")
    if neet is not None:
        young = and_(
            Enrolment.status_at_start.in_(OUT_OF_WORK),
            func.coalesce(age.between(YOUNGEST, OLDEST_NEET), False),
        )
        wanted.append(young if neet else ~young)
    hours = line.source.parameters.get("weekly_hours_from")
    if hours is not None:
        wanted.append(facts.weekly_minutes >= int(hours) * 60)
    return wanted


def age_lacking(line: OutcomeLine) -> ColumnElement[bool] | None:
    """Where a line asks for an age, the starts whose age is not known."""
    return Enrolment.age_at_start.is_(None) if line.age_from or line.age_to else None
