"""The social value page and a line's trace: total, stakeholder, line, formula, source, people, record."""

import re
from datetime import date

import pytest

from caseworker.accounts.models import Role
from caseworker.participants.models import Participant
from tests.conftest import Given
from tests.outcomes.situations import Place, a_group, a_job, a_place, a_start, known_to_both, put_in, scores
from tests.support.builders import a_user
from tests.support.client import PageClient
from tests.support.page import attribute


def a_programme(given: Given) -> tuple[Place, str]:
    """Thirty-two people, all with two scores, one of them in a job that lasted; and that one's reference."""
    with given() as session:
        place = a_place(code="steady", name="Steady")
        put_in(place, 50_000)
        put_in(place, 10_000, in_kind=True)
        for number in range(32):
            start = a_start(place, benefit_at_start="none")
            scores(start, 5, 6)
            if number == 0:
                a_job(start)
                reference = session.get_one(Participant, start.participant_id).reference
    return place, reference


def test_a_pound_opens_down_to_the_record(client: PageClient, given: Given) -> None:
    place, reference = a_programme(given)
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/value")
    assert "£60k" in page.text
    assert "£10k of it in kind" in page.text
    total = page.soup.select_one(".cw-tile__label[href='#account']")
    assert total is not None
    people = page.soup.find("section", id="for-people-on-the-programme")
    assert people is not None
    line = next(a for a in people.find_all("a") if a.get_text() == "Pay after tax, no benefits at the start")
    page = client.page(attribute(line, "href"))
    for words in (
        "How much: 1 full-time year",
        "Worth each: £18,510.58",
        "1 × £18,510.58 × (1 − 40%) × (1 − 15%) × (1 − 26%) = £6,985.89",
        "GOV.UK, National Minimum Wage and National Living Wage rates from 1 April 2024",
        "Open Government Licence v3.0",
        "Stakeholders have not been asked.",
        "Payslip or HMRC record",
    ):
        assert words in page.text
    record = next(a for a in page.soup.select("main a") if a.get_text() == reference)
    case = client.page(attribute(record, "href"))
    assert reference in case.text


def test_the_account_adds_up_to_the_headline(client: PageClient, given: Given) -> None:
    place, _ = a_programme(given)
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/value")
    lines = [
        int(cell.get_text().replace("£", "").replace(",", ""))
        for row in page.soup.select("#account tbody tr")
        if "beside the ratio" not in row.get_text()
        for cell in row.select("td:last-child strong")
    ]
    total = page.soup.select_one(".cw-sum span:last-child")
    assert total is not None
    assert abs(sum(lines) - int(total.get_text().replace("£", "").replace(",", ""))) <= len(lines)


def test_a_line_without_a_sourced_value_says_people_and_no_pounds(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady")
        a_job(a_start(place, benefit_at_start="universal_credit"))
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/value/universal-credit")
    assert "1 person reached it. No pounds are counted." in page.text
    assert "no source for what the state saves" in page.text


@pytest.mark.parametrize("path", ["nothing", "wellbeing?page=0", "wellbeing?page=1000000"])
def test_what_is_not_there_is_not_found(client: PageClient, given: Given, path: str) -> None:
    place, _ = a_programme(given)
    client.sign_in(place.lead)
    client.page(f"/programmes/steady/value/{path}", status=404)


def test_a_restricted_person_is_valued_and_not_listed(client: PageClient, given: Given) -> None:
    with given() as session:
        place = a_place(code="steady")
        start = a_start(place, benefit_at_start="none")
        a_job(start)
        person = session.get_one(Participant, start.participant_id)
        person.restricted = True
        reference = person.reference
    client.sign_in(place.lead)
    page = client.page("/programmes/steady/value/earnings-no-benefit")
    assert "How much: 1 full-time year" in page.text
    assert reference not in page.text
    assert "1 more record of this figure" in page.text


def test_a_long_list_is_cut_into_pages(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady")
        for _ in range(53):
            a_job(a_start(place, benefit_at_start="none"))
    client.sign_in(place.lead)
    seen: set[str] = set()
    for number, rows in ((1, 50), (2, 3)):
        page = client.page(f"/programmes/steady/value/earnings-no-benefit?page={number}")
        found = {a.get_text() for a in page.soup.select("#people tbody a")}
        assert len(found) == rows
        assert not found & seen
        seen |= found


def test_a_verifier_reads_value_and_changes_nothing(client: PageClient, given: Given) -> None:
    a_programme(given)
    with given():
        verifier = a_user(Role.VERIFIER)
    client.sign_in(verifier)
    page = client.page("/programmes/steady/value")
    line = client.page("/programmes/steady/value/earnings-no-benefit")
    for seen in (page, line, client.page("/programmes")):
        assert not re.search(r"CW-\w{7}", seen.text)
        assert not seen.soup.select("main form")
        for link in seen.soup.select("main a[href^='/']"):
            assert client.get(attribute(link, "href")).status_code == 200
    assert client.post("/programmes/steady/report", data={}).status_code in (400, 404)
    client.page("/programmes/steady/outcomes", status=404)


def test_a_group_says_what_counting_once_took_off(client: PageClient, given: Given) -> None:
    with given():
        _, one, two, lead = a_group()
        put_in(one, 1000)
        put_in(two, 500, internal=True)
        for start in known_to_both(one, two):
            a_job(start)
    client.sign_in(lead)
    text = client.page("/groups/group/value").text
    assert "Pay after tax and benefits withdrawn: 1 person, £3,144" in text
    assert "£500 that one organisation of the group paid to another is not counted" in text
    assert "Had the most valuable outcome of each person counted instead" in text


def test_value_that_lies_ahead_is_called_expected(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady", report_on=date(2025, 4, 10))
        put_in(place, 1000)
        for _ in range(30):
            scores(a_start(place), 4, 6)
    client.sign_in(place.lead)
    text = client.page("/programmes/steady/value/wellbeing").text
    assert "Year 1:" in text
