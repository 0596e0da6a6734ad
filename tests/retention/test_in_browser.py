"""The whole way in a browser, at both widths: from the list to the certificate."""

from tests.conftest import Given
from tests.retention.people import a_desk, gone
from tests.support.browser import Journey
from tests.support.client import PageClient


def test_two_colleagues_erase_a_record(journey: Journey, client: PageClient, given: Given) -> None:
    with given():
        desk, person = (made := a_desk()), gone(made)
        gone(desk)
    journey.sign_in(client, desk.administrator)
    journey.visit("/retention")
    journey.interactions = 0
    journey.choose(f"Select {person.reference}")
    journey.click("See what would go of those ticked")
    journey.check()
    journey.click("Propose to a second person")
    assert journey.interactions == 3
    journey.check()
    proposal = journey.page.url.removeprefix(journey.address)
    journey.sign_in(client, desk.officer)
    for path in (
        "/retention/waiting",
        "/retention/holds",
        f"{proposal}/keep",
        f"/retention/people/{person.id}",
    ):
        journey.visit(path)
    journey.visit(proposal)
    journey.interactions = 0
    journey.choose("I have looked at what goes, and I know that it cannot be brought back")
    journey.click("Erase for good")
    assert journey.interactions == 2
    journey.check()
    journey.click(f"Certificate {person.reference}")
    journey.check()
    journey.visit("/retention/erased")
