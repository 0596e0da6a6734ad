"""Help given, counted in units and in people from the records, and followed back to each piece of it."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from caseworker.core.clock import now
from caseworker.enrolments.models import Enrolment
from caseworker.impact.people import people_of_line
from caseworker.impact.quantities import Counted, count_lines
from caseworker.outcomes.subjects import of_programme
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access
from caseworker.support.models import SupportGiven
from caseworker.support.rules import GIVEN
from tests.impact.counting_map import a_line, a_map
from tests.outcomes.situations import FIRST, REPORT, Place, a_place, a_start
from tests.support.builders import kept

FOOD_AND_FARES = {"kinds": ["food_parcel", "travel"]}
MAP = a_map(
    a_line("units", "support_given", "count", parameters=FOOD_AND_FARES),
    a_line("helped", "support_given", "people", parameters=FOOD_AND_FARES),
    a_line("minded", "support_given", "hours", parameters={"kinds": ["childcare", "travel"]}),
)
pytestmark = pytest.mark.both_databases


def gave(start: Enrolment, kind: str, units: int | None, on: date, **changes: Any) -> SupportGiven:
    values: dict[str, Any] = {
        "enrolment_id": start.id, "kind": kind, "state": GIVEN, "asked_on": on, "given_on": on,
        "amount_pence": 500 if units is None else None, "units_hundredths": units,
    }  # fmt: skip
    return kept(SupportGiven(**values | changes))


def seen_start(place: Place) -> Enrolment:
    start = a_start(place)
    open_access(
        start.participant_id, scope=Scope.CASE, why="enrolment", because_id=start.id, from_on=FIRST,
        programme_id=place.programme.id,
    )  # fmt: skip
    return start


def test_units_and_people_and_the_rows_behind_them(db_session: Session) -> None:
    place = a_place()
    often, once, neither = (seen_start(place) for _ in range(3))
    may, june, next_year = date(2024, 5, 6), date(2024, 6, 7), date(2025, 6, 1)
    gave(often, "food_parcel", 200, may)
    gave(often, "food_parcel", 100, may)
    gave(often, "travel", 150, next_year)
    gave(once, "travel", None, june)  # £5 of fares: a person helped, no journeys known
    gave(once, "childcare", 250, june)
    gave(neither, "clothing", 100, may)
    gave(neither, "food_parcel", 100, date(2025, 10, 1))  # after the report
    gave(neither, "food_parcel", 100, may, given_on=None, state="approved")
    gave(neither, "food_parcel", 100, may, voided_at=now(), void_reason="undone")
    db_session.flush()
    subject = of_programme(place.programme, REPORT)
    found = {(row.line, row.activity_year): row for row in count_lines(subject, MAP, {})}
    assert amounts(found["units", 0]) == (3, 1, 2, 1)
    assert amounts(found["units", 1]) == (1.5, 1, 1, 0)
    assert amounts(found["helped", 0]) == (2, 2, 2, 0)
    assert amounts(found["minded", 0]) == (2.5, 1, 1, 1)
    units = people_of_line(place.lead, subject, MAP, "units")
    assert [(row.enrolment_id, row.on_date, row.amount, row.help) for row in sorted_rows(units.rows)] == [
        (often.id, may, 1, "food_parcel"),
        (often.id, may, 2, "food_parcel"),
        (often.id, next_year, 1.5, "travel"),
    ]
    helped = people_of_line(place.lead, subject, MAP, "helped")
    assert sorted(row.help or "" for row in helped.rows) == ["food_parcel", "travel"]
    assert {row.enrolment_id for row in helped.rows} == {often.id, once.id}
    # What the rows add up to is what was counted.
    assert sum(row.amount for row in units.rows) == found["units", 0].amount + found["units", 1].amount


def amounts(row: Counted) -> tuple[float, int, int, int]:
    return row.amount, row.people, row.starts, row.lacking


def sorted_rows(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: (row.on_date, row.amount))
