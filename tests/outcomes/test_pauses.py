"""Pauses in a programme's figures, counted by hand."""

from datetime import date
from typing import Any

import pytest

from caseworker.core.clock import now
from caseworker.enrolments.models import Enrolment, ReviewPause
from caseworker.outcomes.pauses import PauseCount, paused_of
from caseworker.outcomes.subjects import of_programme
from tests.conftest import Given
from tests.outcomes.situations import REPORT, a_place, a_start
from tests.support.builders import kept
from tests.support.client import PageClient


def a_pause(start: Enrolment, reason: str, from_on: date, until_on: date | None = None, **more: Any) -> None:
    values = {"enrolment_id": start.id, "reason": reason, "from_on": from_on, "until_on": until_on}
    kept(ReviewPause(**values | more))


@pytest.mark.both_databases
def test_starts_reasons_and_days(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady", name="Steady")
        twice, left, lasting = (a_start(place) for _ in range(3))
        left.exited_on, left.exit_reason = date(2025, 1, 10), "health"
        a_pause(twice, "health", date(2024, 6, 1), date(2024, 6, 10))  # 10 days
        a_pause(twice, "health", date(2024, 8, 1), date(2024, 8, 1))  # 1
        a_pause(twice, "custody", date(2025, 9, 21))  # 10 by the report of 30 September
        a_pause(left, "health", date(2025, 1, 1))  # 10: to the day they left
        a_pause(lasting, "caring", date(2025, 9, 30), date(2025, 12, 1))  # 1, the rest lies ahead
        a_pause(lasting, "away", date(2025, 10, 1))  # after the report
        a_pause(lasting, "away", date(2024, 6, 1), date(2024, 7, 1), void_reason="undone", voided_at=now())
        found = paused_of(of_programme(place.programme, REPORT))
    assert found.reasons == (
        PauseCount("health", 2, 0, 21),
        PauseCount("custody", 1, 1, 10),
        PauseCount("caring", 1, 1, 1),
    )
    assert (found.starts, found.lasting, found.days) == (3, 2, 32)
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/outcomes")
    card = page.soup.select_one("#pauses")
    assert card is not None
    cells = [
        [cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in card.select("tbody tr")
    ]
    assert cells == [
        ["Health", "2", "0", "21"],
        ["In custody", "1", "1", "10"],
        ["Caring for someone", "1", "1", "1"],
        ["All reasons", "3", "2", "32"],
    ]


def test_none_is_said(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady")
        a_start(place)
    client.sign_in(place.lead)
    assert "Nobody’s clock has been paused" in client.page("/programmes/steady/outcomes").text
