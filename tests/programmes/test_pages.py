"""The list of programmes: everybody's own, with the figures they may read."""

import pytest

from caseworker.accounts.models import Role
from tests.conftest import Given
from tests.outcomes.situations import a_group, a_place
from tests.support.builders import a_user
from tests.support.client import PageClient


def test_a_lead_finds_own_programmes_only(client: PageClient, given: Given) -> None:
    with given():
        mine, _ = a_place(name="Mine", summary="For everybody"), a_place(name="Another's")
    client.sign_in(mine.lead)
    page = client.page("/programmes")
    assert "Mine" in page.text
    assert "For everybody" in page.text
    assert "Another's" not in page.text
    assert "Groups" not in page.text


def test_a_group_lead_finds_the_group_and_what_is_below(client: PageClient, given: Given) -> None:
    with given():
        _, _, _, lead = a_group()
        a_place(name="Elsewhere")
    client.sign_in(lead)
    page = client.page("/programmes")
    assert [a["href"] for a in page.soup.select("main tbody a")].count("/groups/group/outcomes") == 1
    assert "Elsewhere" not in page.text
    for code in ("one", "two"):
        assert f"/programmes/{code}/value" in [a["href"] for a in page.soup.select("main tbody a")]


@pytest.mark.parametrize("role", [Role.KEYWORKER, Role.TUTOR])
def test_others_have_no_such_page(client: PageClient, given: Given, role: Role) -> None:
    with given():
        place = a_place()
        user = a_user(role, place.programme)
    client.sign_in(user)
    client.page("/programmes", status=403)


def test_a_lead_without_a_programme_is_told_what_to_do(client: PageClient, given: Given) -> None:
    with given():
        top, *_ = a_group()
        lead = a_user(Role.VERIFIER, a_place(top, voided_at=None).programme)
        lead.grants[0].until_on = lead.grants[0].from_on
    client.sign_in(lead)
    client.page("/programmes", status=403)
