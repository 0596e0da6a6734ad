"""What is missing of somebody: a pure list, and the page it stands on."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.intake.known import read_known
from caseworker.intake.later import REACHED_BY, Part, SoFar, not_asked_yet
from caseworker.intake.models import EligibilityCheck, EqualityAnswer
from caseworker.intake.questions import USUAL_QUESTIONS
from caseworker.participants.agreed import PURPOSES
from caseworker.participants.models import Agreement, Participant, StatusHistory
from tests.casefile.situations import TODAY
from tests.conftest import Given
from tests.support.builders import kept
from tests.support.client import PageClient
from tests.support.counting import statements

NOTHING = SoFar(
    safety_asked=False, birth_known=False, reached=frozenset(), status=None, criteria=("lives_here",)
)
ALL = SoFar(
    safety_asked=True,
    birth_known=True,
    reached=frozenset(REACHED_BY),
    status="11",
    equality=dict.fromkeys(USUAL_QUESTIONS, "declined"),
    agreements=dict.fromkeys(PURPOSES, "declined"),
    criteria=("lives_here",),
    checks={"lives_here": "not_known"},
)


def missing(**changes: Any) -> dict[Part, tuple[str, ...]]:
    return {each.part: each.what for each in not_asked_yet(SoFar(**(vars(ALL) | changes)))}


def test_of_somebody_new_everything_is_missing_in_order() -> None:
    found = not_asked_yet(NOTHING)
    assert [each.part for each in found] == list(Part)
    assert found[1].what == ("born_on", *REACHED_BY)
    assert found[3].what == ("lives_here",)


def test_declined_and_not_known_were_asked() -> None:
    assert not_asked_yet(ALL) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"safety_asked": False}, {Part.SAFETY: ("safety",)}),
        ({"reached": frozenset(REACHED_BY) - {"phone"}}, {Part.CONTACT: ("phone",)}),
        ({"birth_known": False}, {Part.CONTACT: ("born_on",)}),
        ({"status": "98"}, {Part.STATUS: ("status",)}),
        ({"equality": dict(ALL.equality) | {"sex": "not_asked"}}, {Part.EQUALITY: ("sex",)}),
        ({"agreements": {}}, {Part.AGREEMENTS: PURPOSES}),
        ({"criteria": ()}, {}),
        ({"criteria": ("lives_here", "over_18")}, {Part.ELIGIBILITY: ("over_18",)}),
    ],
)
def test_each_part_by_itself(changes: dict[str, Any], found: dict[Part, tuple[str, ...]]) -> None:
    assert missing(**changes) == found


def tell_all(case: Enrolment) -> None:
    person = case.participant_id
    for number in range(3):
        day = TODAY - timedelta(days=number)
        kept(
            Agreement(
                participant_id=person, purpose="share", answer="given", given_on=day, notice_version="1",
                agency=f"Agency {number}",
            )
        )  # fmt: skip
        kept(StatusHistory(participant_id=person, from_on=day, economic_status="11"))
    kept(
        Agreement(
            participant_id=person, purpose="photo", answer="not_asked", given_on=TODAY, notice_version="1"
        )
    )
    kept(EqualityAnswer(participant_id=person, question="sex", state="declined", asked_on=TODAY))
    kept(
        EligibilityCheck(
            enrolment_id=case.id, criterion="lives_here", answer="met", evidence="Bill", seen_on=TODAY,
            valid_until_on=TODAY - timedelta(days=1),
        )
    )  # fmt: skip


@pytest.mark.both_databases
def test_one_query_says_what_is_known(app: Flask, given: Given, case: Enrolment) -> None:
    with given() as session:
        tell_all(session.merge(case))
    with app.app_context():
        enrolment = db.session.get(Enrolment, case.id)
        assert enrolment is not None
        assert enrolment.participant is not None
        with statements(app) as sent:
            known = read_known(enrolment, TODAY)
        assert len(sent) == 1
        assert len(known.answers["agreement"]) == 4
        assert [(row.code, row.more) for row in known.answers["equality"]] == [("sex", "declined")]
        assert known.answers["check"][0].until_on == TODAY - timedelta(days=1)
        left = {each.part: each.what for each in known.missing}
        assert Part.STATUS not in left
        assert Part.ELIGIBILITY not in left
        assert "photo" in left[Part.AGREEMENTS]
        assert "share" not in left[Part.AGREEMENTS]
        assert "sex" not in left[Part.EQUALITY]


@pytest.mark.both_databases
def test_the_page_leads_to_every_place(app: Flask, client: PageClient, given: Given, case: Enrolment) -> None:
    path = f"/enrolments/{case.id}"
    page = client.page(f"{path}/later")
    links = [str(link["href"]) for link in page.soup.select("#later a")]
    assert links == [
        f"{path}/{each}" for each in ("safety", "details", "agreements", "eligibility", "equality")
    ]
    for link in links:
        client.page(link)
    lengths = []
    for _ in range(2):
        with statements(app) as sent:
            page = client.page(f"{path}/later")
        lengths.append(len(sent))
        with given() as session:
            if len(lengths) == 1:
                tell_all(session.merge(case))
    assert lengths[0] == lengths[1] < 15, lengths
    assert "Evidence is out of date" in page.text
    assert "1 of 9 asked" in page.text


def test_when_all_is_asked_it_says_so(client: PageClient, given: Given, case: Enrolment) -> None:
    with given() as session:
        tell_all(session.merge(case))
        person = session.get(Participant, case.participant_id)
        assert person is not None
        person.safety_asked_on = TODAY
        for name, value in {
            "phone": "1",
            "email": "e",
            "postcode": "p",
            "address": "a",
            "ni_number": "n",
        }.items():
            setattr(person, name, value)
        for question in USUAL_QUESTIONS[1:]:
            kept(
                EqualityAnswer(participant_id=person.id, question=question, state="declined", asked_on=TODAY)
            )
        for purpose in PURPOSES:
            kept(
                Agreement(
                    participant_id=person.id,
                    purpose=purpose,
                    answer="declined",
                    given_on=TODAY,
                    notice_version="1",
                )
            )
    assert "Everything has been asked" in client.page(f"/enrolments/{case.id}/later").text
