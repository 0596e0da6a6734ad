"""When two bookings bring people together, on a table of days, places and colleagues."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from caseworker.core.ids import new_id
from caseworker.risks.rules import Meeting, in_order, would_meet

DAY = date(2026, 11, 23)
TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
TOM, PRIYA, OFFICE, ELSEWHERE = (new_id() for _ in range(4))


def meeting(minutes: int = 0, **changes: object) -> Meeting:
    values: dict[str, object] = {
        "starts_at": TEN + timedelta(minutes=minutes),
        "day": DAY,
        "channel": "face_to_face",
        "place": "The library",
        "with_id": TOM,
        "office_id": OFFICE,
    }
    return Meeting(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "meet"),
    [
        (meeting(400, with_id=PRIYA), True),
        (meeting(400, with_id=PRIYA, place="  the LIBRARY. "), True),
        (meeting(400, with_id=PRIYA, place="Town hall"), False),
        (meeting(60, place="Town hall"), True),
        (meeting(-60, place="Town hall"), True),
        (meeting(61, place="Town hall"), False),
        (meeting(0, with_id=PRIYA, place="Town hall"), False),
        (meeting(0, channel="telephone"), False),
        (meeting(0, channel="video", place=None), False),
        (meeting(0, day=DAY + timedelta(days=1)), False),
        (meeting(0, channel="home_visit", place=None, with_id=PRIYA), False),
    ],
)
def test_the_same_place_or_the_same_colleague_within_an_hour(other: Meeting, meet: bool) -> None:
    assert would_meet(meeting(), other) is meet
    assert would_meet(other, meeting()) is meet


@pytest.mark.parametrize(("office", "meet"), [(OFFICE, True), (ELSEWHERE, False), (None, False)])
def test_face_to_face_without_a_place_is_at_the_office(office: UUID | None, meet: bool) -> None:
    mine = meeting(place=None)
    assert would_meet(mine, meeting(300, with_id=PRIYA, place=None, office_id=office)) is meet
    assert would_meet(mine, meeting(300, with_id=PRIYA, place="...", office_id=office)) is meet


def test_what_to_do_is_said_once_the_strictest_first() -> None:
    assert in_order(["call_before", "two_staff", "call_before"]) == ["two_staff", "call_before"]
