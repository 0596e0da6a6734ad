"""Who must not be written to: by a reason for leaving on any programme, and by their own word."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.enrolments.contactable import SAID_NO, STOPPED, must_not_message
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.participants.models import Agreement
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.handover.test_pages import choose
from tests.support.builders import kept
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import rows

DAY = timedelta(days=1)


def answered(case: Enrolment, answer: str, days_ago: int = 5, **changes: object) -> Agreement:
    values: dict[str, object] = {
        "participant_id": case.participant_id,
        "purpose": "contact_after",
        "answer": answer,
        "given_on": TODAY - days_ago * DAY,
        "notice_version": "1",
    }
    return kept(Agreement(**values | changes))


def leave(case: Enrolment, reason: str = "into_work") -> None:
    exit_enrolment(case, exited_on=TODAY - DAY, exit_reason=reason, today=TODAY)


def why(case: Enrolment) -> str | None:
    return must_not_message([case.participant_id]).get(case.participant_id)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("answers", "silent"),
    [
        ([], False),
        (["not_asked"], False),
        (["given"], False),
        (["declined"], True),
        (["withdrawn"], True),
        (["declined", "given"], False),
        (["withdrawn", "given"], False),
        (["given", "declined"], True),
        (["declined", "not_asked"], True),
        (["declined", "taken back as a slip"], True),
        (["taken back as a slip"], False),
    ],
)
def test_their_last_word_is_obeyed_once_they_have_left(
    db_session: Session, answers: list[str], silent: bool
) -> None:
    case = started(a_team())
    for number, each in enumerate(answers):
        if each == "withdrawn":
            answered(case, "given", 9 - number, withdrawn_on=TODAY - DAY)
        elif each == "taken back as a slip":
            answered(case, "given" if number else "declined", 9 - number, voided_at=NOW, void_reason="slip")
        else:
            answered(case, each, 9 - number)
    assert why(case) is None, "while they are on a programme they are spoken with"
    leave(case)
    db_session.flush()
    assert why(case) == (SAID_NO if silent else None)


@pytest.mark.both_databases
def test_leaving_is_leaving_every_programme(db_session: Session) -> None:
    team, other = a_team(), a_team()
    case = started(team)
    second = started(other, person=case.participant)
    answered(case, "declined")
    answered(case, "declined", purpose="photo")
    leave(case)
    db_session.flush()
    assert why(case) is None
    leave(second)
    db_session.flush()
    assert why(case) == SAID_NO
    back = started(team, days_ago=0, person=case.participant)
    assert why(case) is None
    back.voided_at, back.void_reason = NOW, "wrong person"
    db_session.flush()
    assert why(case) == SAID_NO


@pytest.mark.both_databases
def test_a_stop_on_any_programme_holds_on_all(db_session: Session) -> None:
    team = a_team()
    case, plain = started(team), started(team)
    elsewhere = started(a_team(), person=case.participant)
    leave(elsewhere, "do_not_contact")
    leave(plain, "moved_away")
    db_session.flush()
    assert must_not_message([case.participant_id, plain.participant_id]) == {case.participant_id: STOPPED}
    elsewhere.voided_at, elsewhere.void_reason = NOW, "wrong person"
    db_session.flush()
    assert must_not_message([case.participant_id]) == {}
    assert must_not_message([]) == {}


def test_many_are_one_question(app: Flask, given: Given) -> None:
    with given():
        team = a_team()
        people = [started(team).participant_id for _ in range(6)]
    with app.app_context(), statements(app) as sent:
        must_not_message(people)
    assert len([each for each in sent if each.upper().startswith("SELECT")]) == 1


@pytest.mark.both_databases
@pytest.mark.parametrize("how", ["said no", "stopped elsewhere"])
def test_the_text_page_and_the_message_list_obey(
    app: Flask, client: PageClient, given: Given, how: str
) -> None:
    with clock.at(NOW):
        with given():
            team, other = a_team(), a_team(name="Refuge Support")
            case = started(team, days_ago=30)
            case.participant.phone, case.participant.email = "07700900123", "amara@example.org"
        client.sign_in(team.keyworker)
        path = f"/enrolments/{case.id}/contacts/text"
        form = client.page(path).soup.select("main form")[0]
        ready = {str(tag["name"]): str(tag.get("value", "")) for tag in form.find_all("input")}
        with given() as session:
            mine = session.get(Enrolment, case.id)
            assert mine is not None
            _silence(mine, other, how)
        words = SAID_NO if how == "said no" else STOPPED
        page = client.page(path)
        refused = read(client.post(path, data=ready), 422)
        listed = read(choose(client, "/handover/message-list", [case]))
        for each in (page, refused, listed):
            assert words in each.text
            assert "Refuge" not in each.html and "What is allowed instead" not in each.text
            assert "sms:" not in each.html
        assert "amara@example.org" not in listed.html and "07700900123" not in listed.html
        assert listed.text.count(words) == 2, "by text and by e-mail"
        assert rows(app, Contact) == []


def _silence(mine: Enrolment, other: Team, how: str) -> None:
    if how == "said no":
        answered(mine, "declined")
        leave(mine)
    else:
        leave(started(other, person=mine.participant), "died")
