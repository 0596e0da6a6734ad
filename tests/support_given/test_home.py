"""What waits for a lead's yes is on their home, and the count is the list's."""

from collections.abc import Iterator

import pytest
from flask import Flask

from caseworker.core import clock
from tests.casefile.situations import NOW, a_team, started
from tests.conftest import Given
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support_given.situations import a_budget, helped


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.mark.both_databases
def test_a_lead_s_home_counts_what_their_list_holds(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        budget = a_budget(team)
        for amount in (100, 200):
            helped(started(team), team.keyworker, amount, budget, given_on=None)
        started(team, keyworker=team.lead)
    client.sign_in(team.keyworker)
    assert "waits for your yes" not in client.page("/").text
    client.sign_in(team.lead)
    assert "/support-waiting" in str(client.page("/programmes").soup)
    assert "2 help that waits for your yes" in client.page("/").text
    assert len(client.page("/support-waiting").rows("2 waiting, the oldest first")[1:]) == 2
    with statements(app) as sent:
        client.page("/")
    assert len(sent) < 15
