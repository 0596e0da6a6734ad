"""Died, or wants no contact: every way to reach them stops at once, is shown calmly, and can be undone."""

from datetime import time, timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.appointments.models import Appointment, Task
from caseworker.appointments.rules import AppointmentDetails
from caseworker.appointments.services import add_task, book_appointment, new_calendar_address
from caseworker.casefile.due import count_due
from caseworker.casefile.rebuild import rebuild
from caseworker.commands.reminding import remind
from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.contactable import LIMITED, OBJECTED, SAID_NO, STOPPED, must_not_message
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.intake.stopping import end_stop, stop_contact, undo_stop
from caseworker.lawful.models import ClosedByStop, ContactStop
from caseworker.lawful.queries import stop_of
from caseworker.lawful.services import limit
from caseworker.leaving.services import undo_exit
from caseworker.participants.rules import reach
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.handover.test_pages import choose
from tests.intake.test_person import at, tap
from tests.leaving.test_leaving import a_busy_case, gone, state
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

DAY = timedelta(days=1)
SECRET = ("07700900123", "amara@example.org")


def silence(team: Team, case: Enrolment, kind: str = "died") -> ContactStop:
    return stop_contact(case.participant, kind=kind, by=team.keyworker, now=NOW, today=TODAY)


def open_dues() -> int:
    return len(db.session.scalars(select(DueItem).where(DueItem.closed_on.is_(None))).all())


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["died", "do_not_contact"])
def test_it_stops_on_every_programme_and_undo_opens_exactly_that_again(
    db_session: Session, kind: str
) -> None:
    team, other = a_team(), a_team()
    case = a_busy_case(team)
    elsewhere = started(other, days_ago=30, person=case.participant)
    add_task("Elsewhere", user=other.keyworker, due_on=None, enrolment=elsewhere, added_by=other.keyworker)
    before = state()
    made = silence(team, case, kind)
    assert open_dues() == 0
    assert case.participant.stopped == kind and case.participant.stopped_on == TODAY
    assert sorted(each.kind for each in made.closed) == ["appointment", "appointment", "task", "task"]
    spoke(team, case)
    db_session.flush()
    assert open_dues() == 0, "a fact written afterwards makes nothing due"
    assert rebuild().dues_mended == 0
    for contact in db_session.scalars(select(type(spoke(team, case)))).all()[-2:]:
        db_session.delete(contact)
    db_session.flush()
    undo_stop(made, by=team.keyworker, now=NOW + DAY)
    assert case.participant.stopped is None
    assert state() == before
    assert rebuild().dues_mended == 0
    with pytest.raises(RuleBroken):
        undo_stop(silence(team, case), by=team.lead, now=NOW)


@pytest.mark.both_databases
def test_ending_it_begins_afresh_and_leaves_called_off_what_was(db_session: Session) -> None:
    team = a_team()
    case = a_busy_case(team)
    made = silence(team, case, "do_not_contact")
    with pytest.raises(RuleBroken, match="already"):
        silence(team, case)
    end_stop(made, today=TODAY + DAY)
    db_session.flush()
    assert case.participant.stopped is None and must_not_message([case.participant_id]) == {}
    assert open_dues() > 0 and rebuild().dues_mended == 0
    assert {each.result for each in db_session.scalars(select(Appointment))} == {None, "cancelled_by_us"}
    silence(team, case)
    assert case.participant.stopped == "died"


@pytest.mark.both_databases
@pytest.mark.parametrize("reason", [each.code for each in codes("exit_reason")])
def test_an_exit_that_tells_of_it_stops_it_too(db_session: Session, reason: str) -> None:
    team, other = a_team(), a_team()
    case, elsewhere = started(team), started(other)
    second = started(other, person=case.participant)
    left = gone(team, case, reason)
    stops = reason in ("died", "do_not_contact")
    db_session.flush()
    assert (case.participant.stopped == reason) == stops
    assert bool(db_session.scalars(
        select(DueItem).where(DueItem.enrolment_id == second.id, DueItem.closed_on.is_(None))
    ).all()) != stops  # fmt: skip
    assert set(must_not_message([case.participant_id, elsewhere.participant_id])) == (
        {case.participant_id} if stops else set()
    )
    if stops:
        made = stop_of(case.participant_id)
        assert made is not None and made.because_id == case.id
        undo_exit(left, by=team.keyworker, now=NOW)
        assert case.participant.stopped is None and stop_of(case.participant_id) is None
        again = gone(team, case, reason)
        made = stop_of(case.participant_id)
        assert again.enrolment_id == case.id and made is not None
        end_stop(made, today=TODAY)
        db_session.flush()
        assert must_not_message([case.participant_id]) == {}, "they changed their mind"


def test_a_referral_whose_person_died_stops_it_and_its_undo_does_not(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        waiting = started(team, days_ago=None)
    page = client.page(client.send(at(waiting, "non-start"), reason="died").headers["Location"])
    assert "They have died." in page.text
    with app.app_context():
        assert must_not_message([waiting.participant_id]) == {waiting.participant_id: STOPPED}
    tap(client, page, "/non-start/take-back")
    with app.app_context():
        assert must_not_message([waiting.participant_id]) == {}
    assert case.id != waiting.id


SENDERS = ("died", "do_not_contact", "restricted")


@pytest.mark.both_databases
@pytest.mark.parametrize("how", SENDERS)
def test_no_sender_reminder_or_list_reaches_them(
    app: Flask, client: PageClient, given: Given, team: Team, how: str
) -> None:
    """Every way out there is, each open before and shut after."""
    with given() as session:
        case = a_busy_case(team)
        case.participant.phone, case.participant.email = SECRET
        session.flush()
    client.sign_in(team.keyworker)
    with given() as session:
        mine = session.get_one(Enrolment, case.id)
        token = new_calendar_address(team.keyworker, now=NOW)
        if how == "restricted":
            limit(
                mine.participant,
                kind="restriction",
                reason="accuracy",
                from_on=TODAY,
                by=team.lead,
                today=TODAY,
            )
        else:
            silence(team, mine, how)
    words = LIMITED if how == "restricted" else STOPPED
    text = client.page(at(case, "contacts/text"))
    listed = read(choose(client, "/handover/message-list", [case]))
    for page in (text, listed):
        assert words in page.text and "sms:" not in page.html and "mailto:" not in page.html
    assert not any(each in listed.html for each in SECRET)
    printed = client.page(at(case, "plan/print"))
    assert "No paper is made for them" in printed.text and "/plain.pdf" not in printed.html
    for look in ("plain", "large", "easy"):
        assert words in read(client.get(at(case, f"plan/print/{look}.pdf")), 422).text
    shown = client.page(f"/enrolments/{case.id}")
    assert "Text them" not in shown.text
    with app.app_context():
        person = db.session.get_one(Enrolment, case.id).participant
        assert {reach(person, each.code).allowed for each in codes("contact_channel")} == {False}
        assert not reach(person, "voicemail").allowed and not reach(person, "print").allowed
        assert must_not_message([person.id]) == {person.id: words}
    if how == "restricted":
        return
    assert "Tried" not in shown.text
    refused = client.send(
        at(case, "appointments/new"), starts_on="tomorrow", starts_time="10:00", channel="telephone"
    )
    assert STOPPED in read(refused, 422).text
    calendar = client.get(f"/calendar/{token}.ics").get_data(as_text=True)
    assert calendar.count("STATUS:CANCELLED") == 2
    with app.app_context():
        counts = count_due(team.keyworker, TODAY + 400 * DAY)
        kinds = {kind for (_standing, kind), count in counts.by_kind.items() if count}
        assert kinds <= {"appointment"}, "what is past is still to be written up"
        assert open_dues() == 0
        reminded = CliRunner().invoke(remind, ["--show"], standalone_mode=False)
        assert case.participant.family_name not in reminded.output


def test_somebody_who_objected_is_not_asked_after_leaving_and_is_while_here(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    limit(
        case.participant, kind="objection", purpose="follow_up", reason="own_situation", from_on=TODAY,
        by=team.lead, today=TODAY,
    )  # fmt: skip
    assert must_not_message([case.participant_id]) == {}
    gone(team, case)
    db_session.flush()
    assert must_not_message([case.participant_id]) == {case.participant_id: OBJECTED}
    assert OBJECTED != SAID_NO


@pytest.mark.both_databases
def test_three_steps_from_the_case_page_said_first_and_shown_after(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = a_busy_case(team)
    client.sign_in(team.keyworker)
    page = client.page(client.page(f"/enrolments/{case.id}").link("They died, or want no contact"))
    assert "2 appointments" in page.text and "1 task" in page.text and "when something is due" in page.text
    assert rows(app, ContactStop) == []
    path = at(case, "no-contact")
    assert list(read(client.send(path), 422).problems) == ["kind"]
    after = client.page(client.send(path, kind="died").headers["Location"])
    assert "They have died." in after.text and "Appointment</a>" not in after.html
    assert len(rows(app, ClosedByStop)) == 3
    stopped = client.page(path)
    assert "They died. It was recorded on 20 November 2026." in stopped.text
    tap(client, stopped, "/undo")
    again = client.page(f"/enrolments/{case.id}")
    assert "They have died." not in again.text
    assert [each.voided_at for each in rows(app, Task) if each.void_reason == "contact_stopped"] == []
    client.send(path, kind="do_not_contact")
    client.sign_in(team.lead)
    stopped = client.page(path)
    assert "Undo: it was a slip" not in stopped.text
    tap(client, stopped, "/end")
    assert "They asked us not to contact them." not in client.page(f"/enrolments/{case.id}").text


def test_others_see_nothing_of_it(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given() as session:
        outsider = a_team().keyworker
        made = silence(team, session.get_one(Enrolment, case.id))
    paths = [
        at(case, "no-contact"),
        at(case, f"no-contact/{made.id}/undo"),
        at(case, f"no-contact/{made.id}/end"),
    ]
    assert looks_missing(client, outsider, case.id, paths) == 3
    assert looks_missing(client, team.tutor, case.id, paths) == 3
    assert row(app, ContactStop).ended_on is None


@pytest.mark.both_databases
def test_the_case_page_asks_no_more_for_it(app: Flask, client: PageClient, given: Given, team: Team) -> None:
    def asked(case: Enrolment) -> int:
        with statements(app) as sent:
            client.get(f"/enrolments/{case.id}")
        return len(sent)

    with given():
        case = started(team)
    client.sign_in(team.keyworker)
    client.get(f"/enrolments/{case.id}")
    before = asked(case)
    with given() as session:
        silence(team, session.get_one(Enrolment, case.id))
    assert asked(case) <= before


def test_nothing_is_arranged_with_them(db_session: Session) -> None:
    team = a_team()
    case = started(team)
    silence(team, case)
    with pytest.raises(RuleBroken, match=STOPPED):
        book_appointment(
            AppointmentDetails(TODAY + DAY, time(10), "telephone"), with_id=team.keyworker.id, enrolment=case,
            booked_by=team.lead, today=TODAY,
        )  # fmt: skip


def test_a_restricted_record_is_not_printed_in_a_list(client: PageClient, given: Given, team: Team) -> None:
    with given() as session:
        case, other = started(team), started(team)
        person = session.get_one(Enrolment, case.id).participant
        limit(person, kind="restriction", reason="accuracy", from_on=TODAY, by=team.lead, today=TODAY)
    client.sign_in(team.keyworker)
    page = client.page("/caseload/print")
    assert case.participant.reference not in page.html and other.participant.reference in page.html
    assert "1 person left out: their record is kept and not used." in page.text
    assert case.participant.reference in client.page("/caseload").html, "their keyworker still finds them"
