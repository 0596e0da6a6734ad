"""Help given as a source: what a programme handed out, each piece a row of its own."""

from sqlalchemy import ColumnElement, Integer, func, literal, or_

from caseworker.core.codes import codes
from caseworker.enrolments.models import Enrolment
from caseworker.impact.facts import Facts, plain_facts, starts_of
from caseworker.outcomes.subjects import Subject
from caseworker.support.models import SupportGiven
from caseworker.support.rules import GIVEN
from caseworker.valuation import OutcomeLine

HUNDREDTHS = 100
HOUR = "hour"


def support_given(subject: Subject, line: OutcomeLine) -> Facts:
    """Help of these kinds had by the date, dated by the day they had it. What was asked for, agreed to or
    refused is no help yet.

    Counted as people, each start once; or as units (count) or hours, every piece of help. Units are the
    kind's own: parcels, journeys, sessions. Help counted in money alone has no units: it is lacking, and so
    is help in another unit where hours are counted.
    """
    kinds, units = tuple(line.source.parameters["kinds"]), SupportGiven.units_hundredths
    rows = (
        starts_of(subject)
        .join(SupportGiven, SupportGiven.enrolment_id == Enrolment.id)
        .where(
            SupportGiven.kind.in_(kinds),
            SupportGiven.state == GIVEN,
            SupportGiven.given_on <= subject.as_at,
            SupportGiven.voided_at.is_(None),
        )
    )
    if line.source.count == "people":
        return plain_facts(rows, SupportGiven.given_on, literal(1, Integer), support_id=SupportGiven.id)
    lacking: ColumnElement[bool] = units.is_(None)
    if line.source.count == "hours":
        by_hour = [each.code for each in codes("support_kind") if each.extras["unit"] == HOUR]
        lacking = or_(lacking, SupportGiven.kind.not_in(by_hour))
    return plain_facts(
        rows,
        SupportGiven.given_on,
        func.coalesce(units, 0),
        support_id=SupportGiven.id,
        divisor=HUNDREDTHS,
        lacking=lacking,
    )
