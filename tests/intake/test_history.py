"""What was asked stands in the timeline, each in its words and where it can be narrowed to."""

from datetime import timedelta

import pytest

from caseworker.enrolments.models import Enrolment
from caseworker.intake.models import EligibilityCheck
from caseworker.participants.models import Agreement, StatusHistory
from tests.casefile.situations import TODAY, Team, started
from tests.conftest import Given
from tests.intake.test_person import at
from tests.support.builders import kept
from tests.support.client import PageClient


@pytest.mark.both_databases
def test_what_was_asked_is_in_the_timeline(client: PageClient, given: Given, case: Enrolment) -> None:
    person = case.participant_id
    with given():
        kept(
            Agreement(
                participant_id=person, purpose="share", answer="given", given_on=TODAY, how="paper",
                notice_version="1", agency="Citizens Advice", withdrawn_on=TODAY,
            )
        )  # fmt: skip
        kept(
            Agreement(
                participant_id=person, purpose="photo", answer="declined", given_on=TODAY, notice_version="1"
            )
        )
        kept(
            EligibilityCheck(
                enrolment_id=case.id, criterion="lives_here", answer="met", evidence="Council tax bill",
                seen_on=TODAY, valid_until_on=TODAY + timedelta(days=90),
            )
        )  # fmt: skip
        kept(StatusHistory(participant_id=person, from_on=TODAY, economic_status="10", benefit="pip"))
    text = client.page(at(case, "timeline?kind=asked")).text
    for words in (
        "Agreement withdrawn", "Sharing with a named agency: Citizens Advice", "Signed on paper",
        "Asked what they agree to", "Photo of them", "Eligibility checked", "Council tax bill",
        "holds until 18 Feb 2027", "Work and benefits", "In paid work", "Personal Independence Payment",
    ):  # fmt: skip
        assert words in text, words
    assert "Support started" not in text


def test_a_referral_that_did_not_start_says_so(client: PageClient, given: Given, team: Team) -> None:
    with given():
        waiting = started(team, days_ago=None)
    client.sign_in(team.keyworker)
    client.send(at(waiting, "non-start"), reason="found_work")
    text = client.page(at(waiting, "timeline")).text
    assert "Did not start" in text
    assert "Left the programme" not in text
    assert "Found work first, 20 Nov 2026 They may start after all" in client.page(at(waiting, "later")).text
