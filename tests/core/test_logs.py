"""What the log says of a request: keys and codes that exist, never what somebody typed into an address."""

import pytest

from caseworker.accounts.models import Role, User
from caseworker.core.ids import new_id
from caseworker.core.logs import JsonLines
from tests.accounts.people import somebody
from tests.conftest import Given
from tests.support.client import PageClient


@pytest.fixture
def lead(given: Given) -> User:
    return somebody(given, Role.LEAD)


def test_a_name_typed_into_an_address_is_not_in_the_log_and_a_key_is(
    caplog: pytest.LogCaptureFixture, client: PageClient, lead: User
) -> None:
    key = new_id()
    client.sign_in(lead)
    caplog.clear()
    assert client.get("/programmes/Sinead%20Okonjo/outcomes").status_code == 404
    assert client.get(f"/enrolments/{key}").status_code == 404
    log = "\n".join(JsonLines().format(record) for record in caplog.records)
    assert '"endpoint": "outcomes.show"' in log
    assert "Okonjo" not in log
    assert str(key) in log
