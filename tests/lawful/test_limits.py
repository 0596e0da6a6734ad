"""Restriction and objection: kept and not used, whoever tries; lifted, it is as before."""

from collections.abc import Callable
from datetime import time, timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.appointments.models import Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment
from caseworker.core import clock
from caseworker.core.errors import RuleBroken
from caseworker.courses.models import Attendance
from caseworker.enrolments.models import Enrolment
from caseworker.intake.stopping import stop_contact
from caseworker.intake.withdrawing import withdraw
from caseworker.lawful.limits import REFUSED, by_rule
from caseworker.lawful.models import ProcessingLimit
from caseworker.lawful.queries import Limits, held_back, limited_among, limits_on
from caseworker.lawful.services import end_limit, limit
from caseworker.participants.agreed import record_agreement
from caseworker.participants.models import Agreement, Participant
from caseworker.participants.services import state_reason
from caseworker.referrals.services import ReferralDetails, find_agency, refer_on
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.courses.classes import taught
from tests.imports.choosing import bring_in
from tests.imports.sheets import AMARA, HEADS, SEAN, separated
from tests.support.builders import a_participant, kept
from tests.support.client import PageClient, form_on
from tests.support.stored import rows

DAY = timedelta(days=1)


def restrict(team: Team, case: object, **changes: object) -> ProcessingLimit:
    days = {"from_on": TODAY, "today": TODAY}
    values: dict[str, object] = {"kind": "restriction", "reason": "accuracy", **days}
    return limit(case.participant, by=team.lead, **values | changes)  # type: ignore[attr-defined, arg-type]


@pytest.mark.both_databases
def test_nothing_new_is_written_on_a_restricted_record_but_what_the_law_leaves(db_session: Session) -> None:
    team = a_team()
    case, other = started(team), started(team)
    made = restrict(team, case)
    assert case.participant.limited and not other.participant.limited

    def tried(write: Callable[[], object]) -> None:
        with db_session.begin_nested():
            write()
            db_session.flush()

    for write in (
        lambda: spoke(team, case),
        lambda: add_task("Ring them", user=team.lead, due_on=None, enrolment=case, added_by=team.lead),
        lambda: setattr(case.participant, "phone", "07700900123"),
    ):
        with pytest.raises(RuleBroken, match="restricted"):
            tried(write)
    spoke(team, other)
    record_agreement(
        case.participant, purpose="photo", answer="declined", given_on=TODAY, notice_version="1", how=None,
        agency=None, recorded_by=team.lead, today=TODAY,
    )  # fmt: skip
    state_reason(case.participant, reason="covering", words=None, by=team.colleague, today=TODAY)
    db_session.flush()
    with by_rule():
        case.participant.phone = "07700900124"
        db_session.flush()
    end_limit(made, until_on=TODAY, today=TODAY)
    assert not case.participant.limited
    spoke(team, case)
    db_session.flush()


@pytest.mark.both_databases
def test_somebody_not_read_yet_is_asked_for(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    restrict(team, case)
    case_id, lead = case.id, team.lead
    db_session.expunge_all()
    db_session.add(Task(user_id=lead.id, enrolment_id=case_id, words="x"))
    with pytest.raises(RuleBroken) as refused:
        db_session.flush()
    assert refused.value.message == REFUSED


@pytest.mark.both_databases
def test_an_objection_is_to_its_purpose_alone(db_session: Session) -> None:
    team = a_team()
    case, other = started(team), started(team)
    made = restrict(team, case, kind="objection", reason="own_situation", purpose="reporting")
    person = case.participant_id
    assert limits_on(person) == Limits(False, frozenset({"reporting"}), (made,))
    assert limits_on(other.participant_id) == Limits(False, frozenset(), ())
    assert limits_on(person).holds_back("reporting") and not limits_on(person).holds_back("follow_up")
    assert set(db_session.scalars(held_back("reporting"))) == {person}
    assert set(db_session.scalars(held_back("follow_up"))) == set()
    assert limited_among([person]) == set()
    spoke(team, case)
    every = restrict(team, other, kind="objection", reason="own_situation")
    assert set(db_session.scalars(held_back("publicity"))) == {other.participant_id}
    for row in (made, every):
        end_limit(row, until_on=TODAY, today=TODAY)
    assert set(db_session.scalars(held_back("reporting"))) == set()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": TODAY + DAY}, "from_on"),
        ({"kind": "objection"}, "reason"),
        ({"kind": "pause"}, "reason"),
        ({"reason": "marketing"}, "reason"),
    ],
)
def test_what_is_wrong_with_a_limit_is_said(
    db_session: Session, changes: dict[str, object], field: str
) -> None:
    team = a_team()
    with pytest.raises(RuleBroken) as refused:
        restrict(team, started(team), **changes)
    assert refused.value.field == field


def test_a_limit_stands_once_and_ends_once(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    made = restrict(team, case, from_on=TODAY - DAY)
    with pytest.raises(RuleBroken, match="noted already"):
        restrict(team, case)
    for day in (TODAY + DAY, TODAY - 2 * DAY):
        with pytest.raises(RuleBroken):
            end_limit(made, until_on=day, today=TODAY)
    end_limit(made, until_on=TODAY, today=TODAY)
    with pytest.raises(RuleBroken, match="ended already"):
        end_limit(made, until_on=TODAY, today=TODAY)
    restrict(team, case)


@pytest.mark.both_databases
def test_what_uses_nothing_of_it_goes_on(db_session: Session) -> None:
    """Contact is stopped, the case handed on, a task finished, a withdrawal obeyed; nothing else changes."""
    team = a_team()
    case = started(team)
    task = add_task("Ring them", user=team.keyworker, due_on=None, enrolment=case, added_by=team.keyworker)
    details = AppointmentDetails(TODAY + DAY, time(10), "telephone")
    booked = book_appointment(
        details, with_id=team.keyworker.id, enrolment=case, booked_by=team.keyworker, today=TODAY
    )
    yes = kept(
        Agreement(
            participant_id=case.participant_id, purpose="share", answer="given", given_on=TODAY,
            notice_version="1", agency="Citizens Advice",
        )
    )  # fmt: skip
    agency = find_agency(case.participant.organisation_id, "Citizens Advice", named_by=team.keyworker)
    db_session.flush()
    shared = ReferralDetails("mental_health", ["name_contact"], TODAY, None)
    referral = refer_on(case, agency, shared, referred_by=team.keyworker, today=TODAY)
    db_session.flush()
    restrict(team, case)
    withdraw(yes, withdrawn_on=TODAY, today=TODAY)
    case.keyworker_id = team.colleague.id
    case.participant.keep_until_on = TODAY
    task.user_id = team.colleague.id
    db_session.flush()
    stop_contact(case.participant, kind="died", by=team.lead, now=NOW, today=TODAY)
    db_session.flush()
    assert (booked.result, task.void_reason, referral.result) == (
        "cancelled_by_us", "contact_stopped", "changed_mind",
    )  # fmt: skip
    for row, name, value in ((case, "referral_source", "other"), (booked, "place", "Home")):
        with pytest.raises(RuleBroken):
            change(db_session, row, name, value)


def change(session: Session, row: object, name: str, value: str) -> None:
    with session.begin_nested():
        setattr(row, name, value)
        session.flush()


def test_a_sheet_leaves_it_alone_and_brings_in_the_others(
    app: Flask, client: PageClient, given: Given
) -> None:
    with clock.at(NOW):
        with given():
            team = a_team()
            place = team.programme.organisation_id
            person = a_participant(organisation_id=place, given_name="Amara", family_name="Osei")
            restrict(team, started(team, person=person))
        client.sign_in(team.lead)
        bring_in(client, separated((*AMARA, "yes"), (*SEAN, ""), heads=(*HEADS, "No texts")))
        amara = next(each for each in rows(app, Participant) if each.given_name == "Amara")
        assert not amara.no_texts and len(rows(app, Enrolment)) == 2


def test_a_register_leaves_it_out_and_saves_the_others(app: Flask, client: PageClient, given: Given) -> None:
    with clock.at(NOW):
        with given() as session:
            course = taught(3)
            person = session.get_one(Enrolment, course.places[0].enrolment_id).participant
            limit(person, kind="restriction", reason="accuracy", from_on=TODAY, by=course.tutor, today=TODAY)
        client.sign_in(course.tutor)
        page = client.page(course.register)
        assert "1 person of this class left out" in page.text
        form = form_on(page)
        marks = {name: "present" for name in form.choices if "present" in form.choices[name]}
        assert len(marks) == 2
        assert client.submit(form, "Save register", **marks).status_code == 303
        saved = {each.place_id for each in rows(app, Attendance)}
        assert saved == {place.id for place in course.places[1:]}
