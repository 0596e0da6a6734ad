"""A team whose programme has an eligibility rule, and somebody on it."""

from collections.abc import Iterator

import pytest

from caseworker.core import clock
from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import NOW, Team, a_team, started
from tests.conftest import Given
from tests.support.builders import LONG_AGO, kept
from tests.support.client import PageClient

BILL = "Council tax bill"


@pytest.fixture
def noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given, noon: None) -> Team:
    with given():
        team = a_team()
        kept(
            ProgrammeRule(
                programme_id=team.programme.id, kind="eligibility", code="lives_here",
                label="Lives in the area", source="Made up for a test", from_on=LONG_AGO,
                settings={"question": "Do they live here?", "evidence": [BILL], "valid_days": 90},
            )
        )  # fmt: skip
        return team


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        made = started(team)
    client.sign_in(team.keyworker)
    return made
