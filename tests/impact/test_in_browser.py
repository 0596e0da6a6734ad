"""The figures in a real browser: house checks at 1280 and 360 px, and the way from a pound to its record."""

import pytest
from playwright.sync_api import expect

from caseworker.accounts.models import Role
from tests.conftest import Given
from tests.outcomes.situations import a_group, a_job, a_place, a_start, known_to_both, put_in, scores
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.crawl import somebody


def test_a_lead_goes_from_the_total_to_the_record(journey: Journey, client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady", name="Steady")
        put_in(place, 40_000)
        for number in range(32):
            start = a_start(place, benefit_at_start="none" if number % 2 else "universal_credit")
            scores(start, 4, 6)
            if number % 4 == 0:
                a_job(start)
    journey.sign_in(client, place.lead)
    journey.visit("/programmes")
    journey.click("Social value – Steady", role="link")
    journey.check()
    journey.click("present value")
    journey.click("Pay after tax and benefits withdrawn")
    journey.check()
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Pay after tax and benefits withdrawn")
    record = journey.page.locator("#people tbody a").first
    reference = record.inner_text()
    record.click()
    journey.check()
    expect(journey.page).to_have_title(f"{reference} – Caseworker")
    assert journey.interactions + 1 <= 4


def test_percentages_open_to_their_people(journey: Journey, client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady", name="Steady")
        for number in range(6):
            start = a_start(place)
            scores(start, 4, 6)
            if number % 2:
                a_job(start)
    journey.sign_in(client, place.lead)
    journey.visit("/programmes/steady/outcomes")
    journey.page.get_by_text("What these words mean").click()
    journey.check()
    journey.click("Show the people – Into work", role="link")
    journey.check()
    journey.click("Not counted 3", role="link")
    journey.check()
    expect(journey.page.get_by_role("heading", level=1)).to_have_text("Into work: not counted")


def test_a_group_is_read_without_people(journey: Journey, client: PageClient, given: Given) -> None:
    with given():
        _, one, two, lead = a_group()
        put_in(one, 1000)
        for start in known_to_both(one, two):
            a_job(start)
            scores(start, 3, 6)
    journey.sign_in(client, lead)
    for path in ("/groups/group/outcomes", "/groups/group/value", "/groups/group/value/wellbeing"):
        journey.visit(path)


@pytest.mark.demonstration
@pytest.mark.parametrize("role", [Role.LEAD, Role.GROUP_LEAD])
def test_the_demonstration_is_clean_in_a_browser(journey: Journey, client: PageClient, role: Role) -> None:
    user = somebody(client.application, role)
    journey.sign_in(client, user)
    journey.visit("/programmes")
    addresses = [link.get_attribute("href") for link in journey.page.locator("main tbody a").all()]
    assert len(addresses) >= 2
    for address in addresses[:4]:
        journey.visit(address or "")
        for fold in journey.page.locator("main summary").all():
            fold.click()
        journey.check()
