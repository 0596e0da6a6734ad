"""What a programme may not ask is on no form, and is refused and stored nowhere however it comes."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.barriers.asked import barriers_asked, still_asked
from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import LastTime
from caseworker.barriers.services import Finding, record_findings
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.intake import equality
from caseworker.intake.known import read_known
from caseworker.intake.models import EqualityAnswer
from caseworker.intake.questions import QUESTIONS, usual_questions
from caseworker.lawful.models import CollectedField
from caseworker.lawful.queries import collected, may_collect
from caseworker.lawful.rules import field_of_question, fields
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.intake.test_person import at
from tests.support.builders import LONG_AGO, kept
from tests.support.builders import may_collect as switched_on
from tests.support.client import PageClient, read
from tests.support.stored import rows

DAY = timedelta(days=1)
SENSITIVE = {each.question for each in fields() if each.question}
EVERY = [each.code for each in fields()]


@pytest.fixture
def bare(given: Given, client: PageClient) -> Enrolment:
    """Somebody on a programme for which nothing sensitive is switched on."""
    with given():
        team = a_team(fields=())
        case = started(team)
    client.sign_in(team.keyworker)
    return case


def asks_all(team: Team) -> None:
    kept(
        ProgrammeRule(
            programme_id=team.programme.id, kind="equality", code="equality", label="All", source="Test",
            from_on=LONG_AGO, settings={"questions": [each.code for each in QUESTIONS]},
        )
    )  # fmt: skip


@pytest.mark.both_databases
def test_a_new_programme_asks_nothing_sensitive_and_each_field_opens_its_own_question(
    db_session: Session,
) -> None:
    team = a_team(fields=())
    asks_all(team)
    case = started(team)
    plain = {each.code for each in equality.questions_of(case, TODAY)}
    assert plain == {each.code for each in QUESTIONS} - SENSITIVE
    assert "ethnicity" not in str(read_known(case, TODAY).missing)
    opened: set[str] = set()
    for field in EVERY:
        switched_on(team.programme, [field])
        now_asked = {each.code for each in equality.questions_of(case, TODAY)} - plain - opened
        assert now_asked == {each.question for each in fields() if each.code == field and each.question}
        opened |= now_asked
    assert "ethnicity" in str(read_known(case, TODAY).missing)
    assert usual_questions(collected(team.programme.id, TODAY))[1] == "ethnicity"


@pytest.mark.parametrize("question", sorted(SENSITIVE))
def test_a_posted_answer_that_is_off_is_refused_and_stored_nowhere(
    app: Flask, client: PageClient, bare: Enrolment, question: str
) -> None:
    form = client.get_form(at(bare, "equality"))
    assert question not in form.choices
    answer = next(each for each in QUESTIONS if each.code == question).answers[0].code
    sent = {**form.data, "sex": "female", question: answer}
    page = read(client.post(at(bare, "equality"), data=sent), 422)
    assert "This programme does not ask that" in page.text
    assert rows(app, EqualityAnswer) == []


def test_a_service_refuses_it_too(db_session: Session) -> None:
    team = a_team(fields=("ethnicity",))
    case = started(team)
    day: Any = {"asked_on": TODAY, "recorded_by": team.keyworker, "now": NOW, "today": TODAY}
    with pytest.raises(RuleBroken, match="does not ask"):
        equality.record_answers(case, {"religion": ("answered", "none")}, **day)
    assert equality.record_answers(case, {"ethnicity": ("answered", "african")}, **day) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("field", ["health", "offending", "abuse", "immigration"])
def test_barriers_follow_their_field_by_code_and_by_theme(db_session: Session, field: str) -> None:
    team = a_team(fields=[each for each in EVERY if each != field])
    case = started(team)
    off = {each.code for each in codes("barrier_code")} - {
        code
        for offered in barriers_asked(collected(team.programme.id, TODAY)).values()
        for code, _ in offered
    }
    assert off and all(code not in ("cv", "childcare", "no_transport") for code in off)
    for barrier in sorted(off):
        theme = next(each.extras["theme"] for each in codes("barrier_code") if each.code == barrier)
        with pytest.raises(RuleBroken, match="does not ask"):
            record_findings(
                case, [Finding(theme, "something", barrier, 3)], assessed_on=TODAY, recorded_by=team.lead,
                today=TODAY,
            )  # fmt: skip
    with pytest.raises(RuleBroken, match="does not ask") if field == "health" else _fine():
        record_findings(
            case, [Finding("health", "declined")], assessed_on=TODAY, recorded_by=team.lead, today=TODAY
        )


def _fine() -> Any:
    from contextlib import nullcontext

    return nullcontext()


def test_the_barrier_page_leaves_out_and_refuses(app: Flask, client: PageClient, bare: Enrolment) -> None:
    path = at(bare, "barriers/assess")
    form = client.get_form(path)
    assert "state_money" in form.choices and "state_health" not in form.choices
    assert "state_safety" not in form.choices, "a theme of which nothing may be asked"
    assert "work_anxiety" not in form.choices["barrier_confidence"]
    for extra in ({"state_health": "declined"}, {"note_health": "canary"}, {"barrier_safety": "conviction"}):
        page = read(client.post(path, data={**form.data, "state_money": "nothing", **extra}), 422)
        assert "does not ask about that" in page.text
    sent = {"state_confidence": "something", "severity_confidence": "2", "barrier_confidence": "work_anxiety"}
    assert read(client.post(path, data={**form.data, **sent}), 422).problems
    assert rows(app, BarrierAssessment) == []
    client.submit(client.get_form(path), state_money="nothing")
    assert len(rows(app, BarrierAssessment)) == 1


def test_what_was_said_before_it_was_switched_off_is_not_opened_with() -> None:
    last = {
        "health": LastTime("something", 3, "mental_health"),
        "confidence": LastTime("something", 2, "work_anxiety"),
        "money": LastTime("something", 1, "debt"),
    }
    assert still_asked(last, ()) == {
        "confidence": LastTime("something", 2, None),
        "money": LastTime("something", 1, "debt"),
    }
    assert still_asked(last, EVERY) == last


@pytest.mark.both_databases
def test_a_field_holds_from_its_first_to_its_last_day(db_session: Session) -> None:
    team = a_team(fields=())
    row = kept(
        CollectedField(
            programme_id=team.programme.id, field="religion", why="x", from_on=TODAY - DAY, until_on=TODAY
        )
    )
    days = [TODAY - 2 * DAY, TODAY - DAY, TODAY, TODAY + DAY]
    assert [may_collect(team.programme.id, "religion", day) for day in days] == [False, True, True, False]
    assert not may_collect(a_team(fields=()).programme.id, "religion", TODAY)
    row.voided_at, row.void_reason = NOW, "undone"
    db_session.flush()
    assert not may_collect(team.programme.id, "religion", TODAY)


def test_every_question_that_is_not_sensitive_is_always_asked() -> None:
    assert {each.code for each in QUESTIONS if field_of_question(each.code) is None} == {
        "sex", "carer", "lone_parent", "care_leaver", "veteran",
    }  # fmt: skip
