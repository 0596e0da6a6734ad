"""Contacts are added and corrected, never changed; only a two-way one moves the day the next is due."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from caseworker.contacts.models import Contact
from caseworker.contacts.queries import heard_of, usual_channel
from caseworker.contacts.rules import ContactDetails, is_two_way, quiet_before
from caseworker.contacts.services import correct_contact, record_contact, take_back_contact
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.services import exit_enrolment
from tests.casefile.situations import NOW, TODAY, a_team, spoke, started

pytestmark = pytest.mark.both_databases


def due_on(session: Session, enrolment: Enrolment) -> date | None:
    session.flush()
    return session.scalar(
        select(DueItem.due_on).where(DueItem.enrolment_id == enrolment.id, DueItem.kind == "contact")
    )


def test_speaking_moves_the_next_contact_and_an_attempt_does_not(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=20)
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=8)
    spoke(team, enrolment, days_ago=1, result="no_answer")
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=8)
    spoke(team, enrolment, days_ago=5)
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=23)


def test_late_work_does_not_undo_newer_work(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=20)
    spoke(team, enrolment, days_ago=2)
    spoke(team, enrolment, days_ago=9)
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=26)


def test_the_last_contact_is_of_the_uk_calendar(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=200)
    half_past_midnight_in_july = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    spoke(team, enrolment, happened_at=half_past_midnight_in_july)
    assert heard_of(enrolment).last_two_way_on == date(2026, 7, 2)


def test_a_note_is_sealed_in_the_database(db_session: Session) -> None:
    team = a_team()
    contact = spoke(team, started(team), note="the landlord’s letter")
    db_session.expire(contact)
    assert contact.note == "the landlord’s letter"
    stored = db_session.execute(text("SELECT note_sealed FROM contact")).scalar_one()
    assert b"landlord" not in bytes(stored)


def test_nothing_is_recorded_before_it_happens(db_session: Session) -> None:
    team = a_team()
    with pytest.raises(RuleBroken) as refused:
        spoke(team, started(team), happened_at=NOW + timedelta(minutes=1))
    assert refused.value.field == "happened_time"


def test_a_correction_keeps_both_and_only_the_new_one_counts(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=20)
    wrong = spoke(team, enrolment, days_ago=1, note="first")
    details = ContactDetails(wrong.happened_at, "telephone", "out", "left_message", None, "second")
    better = correct_contact(wrong, details, reason="wrong_detail", recorded_by=team.keyworker, now=NOW)
    assert (better.corrects_id, better.correction_reason) == (wrong.id, "wrong_detail")
    assert [row.note for row in db_session.scalars(select(Contact).order_by(Contact.id))] == [
        "first",
        "second",
    ]
    assert heard_of(enrolment).last_two_way_on is None
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=8)


def test_an_entry_is_corrected_once_and_then_its_correction(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team)
    first = spoke(team, enrolment, days_ago=3)
    details = ContactDetails(first.happened_at - timedelta(days=1), "telephone", "out", "spoke")
    made = {"reason": "other", "recorded_by": team.keyworker, "now": NOW}
    second = correct_contact(first, details, **made)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken, match="corrected already"):
        correct_contact(first, details, **made)  # type: ignore[arg-type]
    third = correct_contact(second, details, **made)  # type: ignore[arg-type]
    assert third.corrects_id == second.id
    assert heard_of(enrolment).last_two_way_on == TODAY - timedelta(days=4)


def test_two_people_correcting_at_once_are_refused_by_the_database(db_session: Session) -> None:
    team = a_team()
    first = spoke(team, started(team))
    made = ContactDetails(first.happened_at, "telephone", "out", "spoke")
    correct_contact(first, made, reason="other", recorded_by=team.keyworker, now=NOW)
    again = Contact(
        enrolment=first.enrolment,
        happened_at=first.happened_at,
        channel="telephone",
        direction="out",
        result="spoke",
        two_way=True,
        corrects_id=first.id,
        correction_reason="other",
    )
    db_session.add(again)
    with pytest.raises(IntegrityError):
        db_session.flush()


def test_taking_back_undoes_what_it_did(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=20)
    contact = spoke(team, enrolment)
    contact.entered_at = NOW
    take_back_contact(contact, by=team.keyworker, now=NOW)
    assert contact.void_reason == "undone"
    assert due_on(db_session, enrolment) == TODAY + timedelta(days=8)


def test_taking_back_a_correction_brings_the_entry_back(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team)
    contact = spoke(team, enrolment)
    details = ContactDetails(contact.happened_at, "telephone", "out", "no_answer")
    better = correct_contact(contact, details, reason="other", recorded_by=team.keyworker, now=NOW)
    better.entered_at = NOW
    take_back_contact(better, by=team.keyworker, now=NOW)
    assert heard_of(enrolment).last_two_way_on == TODAY
    again = correct_contact(contact, details, reason="other", recorded_by=team.keyworker, now=NOW)
    assert again.corrects_id == contact.id


def test_only_the_writer_takes_back_and_only_for_thirty_days(db_session: Session) -> None:
    team = a_team()
    contact = spoke(team, started(team))
    contact.entered_at = NOW
    with pytest.raises(RuleBroken, match="Only whoever made"):
        take_back_contact(contact, by=team.lead, now=NOW)
    with pytest.raises(RuleBroken, match="30 days"):
        take_back_contact(contact, by=team.keyworker, now=NOW + timedelta(days=30, seconds=1))
    take_back_contact(contact, by=team.keyworker, now=NOW + timedelta(days=30))
    assert contact.voided_at is not None


def test_the_usual_channel_is_the_last_one(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team)
    assert usual_channel(enrolment.id) == "face_to_face"
    spoke(team, enrolment, days_ago=4, channel="video")
    spoke(team, enrolment, days_ago=7, channel="letter")
    assert usual_channel(enrolment.id) == "video"


def test_every_result_says_whether_it_is_two_way() -> None:
    assert {code.code for code in codes("contact_result") if is_two_way(code.code)} == {
        "spoke",
        "late",
        "cancelled_with_notice",
    }


def test_four_weeks_without_contact_is_too_long() -> None:
    assert quiet_before(date(2026, 11, 20)) == date(2026, 10, 23)


def test_a_contact_after_leaving_is_recorded_and_opens_nothing(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=20)
    exit_enrolment(enrolment, exited_on=TODAY - timedelta(days=2), exit_reason="into_work", today=TODAY)
    record_contact(
        enrolment,
        ContactDetails(NOW, "telephone", "out", "spoke"),
        recorded_by=team.keyworker,
        now=NOW,
    )
    item = db_session.scalar(
        select(DueItem).where(DueItem.enrolment_id == enrolment.id, DueItem.kind == "contact")
    )
    assert item is not None
    assert item.closed_on == TODAY - timedelta(days=2)
