"""Agreements by purpose: history kept, withdrawal said before and obeyed after."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.core import values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants import agreed
from caseworker.participants.models import Agreement, Participant, ParticipantAccess, Scope
from caseworker.participants.services import open_access
from tests.casefile.situations import TODAY, Team
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.intake.test_person import at, tap
from tests.support.client import Form, PageClient, read
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw

SHARE = {"purpose": "share", "agency": "Citizens Advice", "answer": "given"}


def may(app: Flask, case: Enrolment, purpose: str, agency: str | None = None) -> bool:
    with app.app_context():
        person = db.session.get(Participant, case.participant_id)
        assert person is not None
        return agreed.may_share(person, purpose, agency)


@pytest.mark.both_databases
def test_each_purpose_by_itself_and_each_agency_by_name(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    assert not may(app, case, "photo")
    client.send(at(case, "agreements/new"), **SHARE, how="paper", given_on="yesterday")
    client.send(at(case, "agreements/new"), purpose="photo", answer="declined", notice_version="2026-3")
    kept = rows(app, Agreement)[0]
    assert (kept.agency, kept.how, kept.given_on) == ("Citizens Advice", "paper", TODAY - timedelta(days=1))
    assert may(app, case, "share", "citizens advice ")
    assert not may(app, case, "share", "The college")
    assert not may(app, case, "share")
    assert not may(app, case, "photo")
    client.send(at(case, "agreements/new?about=photo"), answer="given", used_for=["own", "press"])
    assert may(app, case, "photo")
    assert [each.notice_version for each in rows(app, Agreement)] == ["1", "2026-3", "2026-3"]
    page = client.page(at(case, "agreements"))
    assert "Every answer, newest first (3)" in page.text


@pytest.mark.both_databases
def test_withdrawing_says_what_follows_and_is_obeyed_and_undone(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    client.send(at(case, "agreements/new"), **SHARE)
    agreement = row(app, Agreement)
    with given():
        open_access(
            case.participant_id, scope=Scope.LEARNER, why="course", because_id=agreement.id,
            from_on=TODAY, user_id=team.tutor.id,
        )  # fmt: skip
    path = client.page(at(case, "agreements")).link(
        "They take it back : Sharing with a named agency: Citizens Advice"
    )
    page = client.page(path)
    assert "Sharing with Citizens Advice ends" in page.text
    assert "Access of 1 reader to the record ends" in page.text
    assert may(app, case, "share", "Citizens Advice")
    page = client.page(client.send(path).headers["Location"])
    assert not may(app, case, "share", "Citizens Advice")
    assert row(app, Agreement).withdrawn_on == TODAY
    with app.app_context():
        closed = db.session.scalars(
            sa.select(ParticipantAccess.until_on).where(ParticipantAccess.because_id == agreement.id)
        ).all()
        others = db.session.scalars(
            sa.select(ParticipantAccess.until_on).where(ParticipantAccess.because_id == case.id)
        ).all()
    assert closed == [TODAY]
    assert set(others) == {None}
    assert tap(client, page, "/put-back").status_code == 303
    assert may(app, case, "share", "Citizens Advice")
    with app.app_context():
        assert db.session.scalars(
            sa.select(ParticipantAccess.until_on).where(ParticipantAccess.because_id == agreement.id)
        ).all() == [None]


def test_an_answer_entered_by_mistake_is_taken_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(at(case, "agreements/new"), **SHARE)
    page = client.page(
        client.send(at(case, "agreements/new"), **SHARE | {"answer": "declined"}).headers["Location"]
    )
    assert not may(app, case, "share", "Citizens Advice")
    tap(client, page, "/take-back")
    assert may(app, case, "share", "Citizens Advice")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"purpose": "share"}, "agency"),
        ({"purpose": "notice", "answer": "declined"}, "answer"),
        ({"purpose": "photo", "given_on": "tomorrow"}, "given_on"),
        ({"purpose": "photo"}, "used_for"),
        ({"purpose": "story", "decided_by": "parent", "used_for": ["own"], "judged": "x"}, "decider"),
        ({"purpose": "take_part", "decided_by": "attorney", "decider": "Ann"}, "judged"),
        ({"purpose": "take_part", "decided_by": "parent", "decider": "Ann", "judged": "x"}, "decided_by"),
        ({"purpose": "photo", "notice_version": ""}, "notice_version"),
        ({"purpose": "photo", "notice_version": "x" * 21}, "notice_version"),
    ],
)
def test_what_is_wrong_is_said(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str
) -> None:
    page = read(client.send(at(case, "agreements/new"), **({"answer": "given"} | typed)), 422)
    assert list(page.problems) == [field]
    assert rows(app, Agreement) == []


def test_a_withdrawal_before_the_agreement_or_twice_is_refused(
    app: Flask, client: PageClient, case: Enrolment
) -> None:
    client.send(at(case, "agreements/new"), **SHARE)
    path = at(case, f"agreements/{row(app, Agreement).id}/withdraw")
    assert list(read(client.send(path, withdrawn_on="yesterday"), 422).problems) == ["withdrawn_on"]
    stale = client.get_form(path)
    client.send(path)
    assert client.submit(stale).status_code == 409
    assert client.get(path).status_code == 303


def test_hostile_text_of_an_agency_and_a_notice(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = []
    for typed in HOSTILE_TEXT[::6]:
        if typed.isprintable() and not values.is_blank(typed):
            agency, version = verdict(values.text, typed, 120), verdict(values.text, typed, 20)
            expected: dict[str, Any] = {
                "agency": REFUSED if agency is None else agency,
                "notice_version": REFUSED if version is None else version,
            }
            cases.append((dict.fromkeys(expected, typed), expected))

    def form() -> Form:
        return client.get_form(at(case, "agreements/new")).fill(purpose="share", answer="given")

    saved, refused = throw(client, form, cases, lambda: newest(app, Agreement))
    assert saved > 10
    assert refused > 3
    shows_all(client, at(case, "agreements"))
