"""Opening a colleague's case: found by name only, asked for with a reason, open for some days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import ParticipantAccess, StatedReason
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import a_participant, a_programme, a_user, kept
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.page import words

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@dataclass(frozen=True)
class Two:
    """A team, and a person of the colleague's."""

    team: Team
    case: Enrolment

    @property
    def person(self) -> UUID:
        return self.case.participant_id

    @property
    def asking(self) -> str:
        return f"/find/{self.person}/ask"


@pytest.fixture
def two(given: Given, client: PageClient) -> Two:
    with given():
        team = a_team()
        person = a_participant(
            given_name="Amara", family_name="Osei", postcode="CF14 5DX", phone="029 2000 0000"
        )
        made = Two(team, started(team, person=person, keyworker=team.colleague))
        spoke(team, made.case, days_ago=2, note="Said in confidence")
    client.sign_in(team.keyworker)
    return made


def stated(app: Flask) -> list[StatedReason]:
    with app.app_context():
        rows = list(db.session.scalars(select(StatedReason).order_by(StatedReason.id)))
        assert all(row.reason for row in rows)
        return rows


def opened(app: Flask, user: User) -> list[tuple[str, object]]:
    with app.app_context():
        rows = db.session.scalars(select(ParticipantAccess).where(ParticipantAccess.user_id == user.id))
        return [(row.why, row.until_on) for row in rows]


def test_a_colleague_s_person_is_a_name_a_reference_and_a_keyworker(client: PageClient, two: Two) -> None:
    page = read(client.send("/find", holding="find", find="amara"))
    section = page.soup.select_one("main section[aria-label='Others on your programmes']")
    assert section is not None
    cells = [words(cell) for cell in section.select("tbody th, tbody td")]
    reference = two.case.participant.reference
    assert cells[:2] == [f"Amara Osei {reference}", "Tom Evans"]
    assert cells[2].startswith(f"Open with a reason {reference}")
    for hidden in ("CF14", "029", "1990", "Said in confidence", two.team.programme.name):
        assert hidden not in page.text
    assert client.get(f"/enrolments/{two.case.id}").status_code == 404
    asking = client.page(two.asking)
    assert asking.h1 == "Open a colleague’s case"
    for hidden in ("CF14", "029", "1990", "Said in confidence"):
        assert hidden not in asking.text


def test_a_reason_opens_the_case_for_a_week_and_stays_on_its_list(
    app: Flask, client: PageClient, two: Two
) -> None:
    answer = client.send(two.asking, "reason", reason="covering", words="Tom is away until Monday")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/enrolments/{two.case.id}")
    case = client.page(f"/enrolments/{two.case.id}")
    assert "This case is open to you until 26 November 2026" in case.text
    assert (
        "With a reason: Priya Shah, since 20 Nov 2026, until 26 Nov 2026"
        " (Covering for a colleague who is away)" in case.text
    )
    assert "Tom is away" not in case.text
    [row] = stated(app)
    assert (row.reason, row.until_on) == ("covering", TODAY + timedelta(days=6))
    with app.app_context():
        assert row.words == "Tom is away until Monday"
    with clock.at(NOW + timedelta(days=6)):
        client.sign_in(two.team.keyworker)
        assert client.get(f"/enrolments/{two.case.id}").status_code == 200
    with clock.at(NOW + timedelta(days=7)):
        client.sign_in(two.team.keyworker)
        assert client.get(f"/enrolments/{two.case.id}").status_code == 404
        assert client.page(two.asking).h1 == "Open a colleague’s case"


def test_what_is_opened_so_is_on_nobody_s_caseload(client: PageClient, two: Two) -> None:
    client.send(two.asking, "reason", reason="covering")
    assert "Osei" not in client.page("/caseload").text
    assert "Osei" not in client.page("/due").text


def test_the_audit_has_the_code_of_the_reason_and_no_word_of_it(
    app: Flask, client: PageClient, two: Two
) -> None:
    client.send(two.asking, "reason", reason="other", words="Her sister rang")
    with app.app_context():
        rows = db.session.scalars(select(AuditEvent).where(AuditEvent.participant_id == two.person)).all()
        seen = [(row.action, row.record_kind, row.why) for row in rows]
        assert all("sister" not in f"{row.fields} {row.why}" for row in rows)
    assert ("looked", "name", "") in seen
    assert ("reason stated", "stated_reason", "other") in seen
    assert ("access opened", "participant_access", "reason") in seen


def test_another_reason_needs_words(app: Flask, client: PageClient, two: Two) -> None:
    page = read(client.send(two.asking, "reason", reason="other"), 422)
    assert page.problems == {"words": "Say in your own words why you need to open it"}
    assert read(client.send(two.asking, "reason"), 422).problems == {"reason": "Select a reason"}
    assert stated(app) == []
    assert client.get(f"/enrolments/{two.case.id}").status_code == 404


def test_sent_twice_it_is_one_reason(app: Flask, client: PageClient, two: Two) -> None:
    form = client.get_form(two.asking, "reason")
    first, second = (client.submit(form, reason="covering") for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(stated(app)) == 1
    again = client.get(two.asking)
    assert (again.status_code, again.headers["Location"]) == (303, f"/enrolments/{two.case.id}")
    other = client.get_form("/find", holding="find")
    form.data["post_token"] = ["A" * 43]
    assert client.submit(form, reason="covering").status_code == 303
    assert len(stated(app)) == 1 and other is not None


def test_undo_closes_it_again(app: Flask, client: PageClient, two: Two) -> None:
    client.send(two.asking, "reason", reason="covering")
    page = client.page(f"/enrolments/{two.case.id}")
    undo = next(form for form in page.soup.select("form[action*=take-back]"))
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in undo.find_all("input")}
    assert client.post(str(undo["action"]), data=data).status_code == 303
    assert client.get(f"/enrolments/{two.case.id}").status_code == 404
    assert [row.void_reason for row in stated(app)] == ["undone"]
    assert opened(app, two.team.keyworker) == []
    assert client.get(str(undo["action"])).status_code == 404


def test_only_whoever_stated_a_reason_takes_it_back(client: PageClient, two: Two, app: Flask) -> None:
    client.send(two.asking, "reason", reason="covering")
    [row] = stated(app)
    address = f"{two.asking}/{row.id}/take-back"
    client.sign_in(two.team.colleague)
    assert client.get(address).status_code == 404
    client.sign_in(two.team.keyworker)
    assert client.get(f"/find/{new_id()}/ask/{row.id}/take-back").status_code == 404


def missing(client: PageClient) -> bytes:
    return without_tokens(client.get(f"/find/{new_id()}/ask").data)


def without_tokens(page: bytes) -> bytes:
    return b"\n".join(line for line in page.splitlines() if b"token" not in line)


@pytest.mark.parametrize("who", ["tutor", "outsider", "office", "lead elsewhere"])
def test_others_find_nobody_and_get_what_a_missing_record_gets(
    client: PageClient, given: Given, two: Two, who: str
) -> None:
    with given():
        users = {
            "tutor": two.team.tutor,
            "outsider": a_team().keyworker,
            "office": a_user(Role.PROGRAMME_ADMINISTRATOR, two.team.programme),
            "lead elsewhere": a_user(Role.LEAD, a_programme()),
        }
    client.sign_in(users[who])
    answer = client.get(two.asking)
    assert answer.status_code == 404
    assert without_tokens(answer.data) == missing(client)
    if who in ("outsider", "lead elsewhere"):
        assert "Nobody found" in read(client.send("/find", holding="find", find="amara")).text


def test_a_restricted_record_is_not_there(client: PageClient, given: Given, two: Two) -> None:
    with given():
        db.session.merge(two.case).participant.restricted = True
    assert "Nobody found" in read(client.send("/find", holding="find", find="amara")).text
    assert (
        "Nobody found" in read(client.send("/find", holding="find", find=two.case.participant.reference)).text
    )
    assert client.get(two.asking).status_code == 404


def test_somebody_of_another_programme_is_not_found(client: PageClient, given: Given, two: Two) -> None:
    with given():
        other = a_team()
        case = started(other, person=a_participant(given_name="Amara", family_name="Elsewhere"))
    assert "Elsewhere" not in read(client.send("/find", holding="find", find="amara")).text
    assert client.get(f"/find/{case.participant_id}/ask").status_code == 404


def test_hostile_words_are_kept_as_typed_and_do_no_harm(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    with given():
        cases = [started(two.team, keyworker=two.team.colleague) for _ in HOSTILE_TEXT[::40]]
    for typed, case in zip(HOSTILE_TEXT[::40], cases, strict=True):
        if typed.encode("utf-8", "ignore").decode() == typed:
            answer = client.send(f"/find/{case.participant_id}/ask", "reason", reason="other", words=typed)
            assert answer.status_code in {303, 422}
    assert len(stated(app)) > 3


def test_asking_and_finding_take_few_queries_however_many_there_are(
    app: Flask, client: PageClient, given: Given, two: Two
) -> None:
    sent = []
    for more in (2, 12):
        with given():
            for number in range(more):
                keyworker = (two.team.colleague, two.team.keyworker)[number % 2]
                person = a_participant(given_name="Amara", family_name=f"Osie{number}")
                started(two.team, person=person, keyworker=keyworker)
        client.page("/find")
        form = client.get_form("/find", holding="find")
        with statements(app) as found:
            read(client.submit(form, find="amara osei", everybody="yes"))
        sent.append(len(found))
    assert sent[0] == sent[1] < 15, sent
    with statements(app) as found:
        client.page(two.asking)
    assert len(found) < 15


def test_a_finished_case_is_found_too(client: PageClient, given: Given, two: Two) -> None:
    with given():
        case = db.session.merge(two.case)
        case.exited_on, case.exit_reason = TODAY, "health"
        kept(case)
    client.send(two.asking, "reason", reason="checking")
    assert client.get(f"/enrolments/{two.case.id}").status_code == 200


def test_a_postcode_or_a_birthday_alone_tells_of_nobody_elses_participant(
    two: Two, client: PageClient
) -> None:
    for typed in ("CF14 5DX", "17/5/1990", "17 May 1990"):
        assert "Osei" not in read(client.send("/find", holding="find", find=typed)).text, typed
    assert "Osei" in read(client.send("/find", holding="find", find="osei CF14 5DX")).text
