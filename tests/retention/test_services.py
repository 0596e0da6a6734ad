"""One proposes, another decides; all of it happens or nothing."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import event
from sqlalchemy.orm import Session

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import db, transaction
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.merging.models import Merge
from caseworker.models import metadata
from caseworker.participants.models import Participant
from caseworker.retention import services
from caseworker.retention.counting import count_rows
from caseworker.retention.erasing import with_absorbed
from caseworker.retention.holding import end_hold, hold
from caseworker.retention.models import Erasure
from caseworker.retention.queries import still_proposed
from caseworker.retention.reviewing import in_the_way, to_review
from caseworker.retention.rules import TIME, UNLAWFUL, seen
from tests.conftest import Given
from tests.retention.people import Desk, a_desk, gone
from tests.support.builders import a_participant, kept
from tests.support.counting import statements
from tests.support.everything import a_row_in_every_table

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def look(together_id: UUID) -> str:
    return seen(count_rows(with_absorbed(still_proposed(together_id))))


def decide(together_id: UUID, by: User, looked_at: str | None = None) -> int:
    mark = look(together_id) if looked_at is None else looked_at
    return services.erase_together(together_id, looked_at=mark, by=by, today=TODAY, now=NOW)


def proposed(desk: Desk, *people: Participant, because: str = TIME) -> UUID:
    keys = [each.id for each in people]
    together = services.propose(keys, because=because, by=desk.administrator, today=TODAY)
    db.session.flush()
    return together


def reviewed(desk: Desk) -> set[UUID]:
    return set(db.session.scalars(to_review(desk.officer, TODAY)))


@pytest.mark.both_databases
def test_two_people_erase_several_and_the_certificate_and_audit_agree(db_session: Session) -> None:
    desk = a_desk()
    people = [gone(desk), gone(desk)]
    stays = gone(desk)
    assert reviewed(desk) == {each.id for each in (*people, stays)}
    together = proposed(desk, *people)
    assert reviewed(desk) == {stays.id}
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        decide(together, desk.administrator)
    assert decide(together, desk.officer) == 2
    with pytest.raises(RuleBroken, match="decided already"):
        decide(together, desk.other_officer, "")
    for erasure in db.session.scalars(sa.select(Erasure)):
        assert erasure.state == "erased" and erasure.counts and erasure.counts["enrolment"] == 1
        assert erasure.basis[0]["until_on"] == "2023-03-31"
        assert services.is_as_certified(erasure) is None
        erasure.counts = {**erasure.counts, "enrolment": 2}
        assert services.is_as_certified(erasure) == "What it says was changed"
    names = sa.select(Participant.family_name, Participant.void_reason).where(
        Participant.voided_at.is_not(None)
    )
    assert set(map(tuple, db.session.execute(names))) == {("record", "erased")}
    assert reviewed(desk) == {stays.id}


def test_what_stands_in_the_way_is_said_and_nothing_is_proposed(db_session: Session) -> None:
    desk = a_desk()
    there, early, held = gone(desk, None), gone(desk, date(2026, 1, 31)), gone(desk)
    hold(held, reason="claim", words="a letter", by=desk.officer, today=TODAY)
    db.session.flush()
    cases = {there: "on a programme", early: "not over", held: "legal hold"}
    for person, words in cases.items():
        with pytest.raises(RuleBroken, match=words):
            proposed(desk, person)
    # What should never have been held goes before its day, but neither from a programme nor from a hold.
    among = sa.select(Participant.id)
    standing = in_the_way(among, UNLAWFUL, TODAY)
    assert standing == {there.id: ["open_case"], held.id: ["held"]}
    assert reviewed(desk) == set()
    with pytest.raises(RuleBroken, match="Choose at least one"):
        proposed(desk)


def test_a_hold_stops_what_waits_and_its_end_lets_it_be_proposed_again(db_session: Session) -> None:
    desk = a_desk()
    person = gone(desk)
    together = proposed(desk, person)
    held = hold(person, reason="police", words=None, by=desk.administrator, today=TODAY)
    db.session.flush()
    with pytest.raises(RuleBroken, match="decided already"):
        decide(together, desk.officer)
    end_hold(held, today=TODAY)
    db.session.flush()
    tomorrow = date(2026, 11, 21)
    assert set(db.session.scalars(to_review(desk.officer, tomorrow))) == {person.id}
    with pytest.raises(RuleBroken, match="ended already"):
        end_hold(held, today=TODAY)


def test_kept_ones_come_back_on_their_day(db_session: Session) -> None:
    desk = a_desk()
    one, two = gone(desk), gone(desk)
    together = proposed(desk, one, two)
    values: dict[str, Any] = {"reason": "claim", "today": TODAY}
    later = date(2027, 1, 31)
    with pytest.raises(RuleBroken, match="Somebody else"):
        services.keep(together, [one.id], look_again_on=later, by=desk.administrator, **values)
    with pytest.raises(RuleBroken, match="after today"):
        services.keep(together, [one.id], look_again_on=TODAY, by=desk.officer, **values)
    with pytest.raises(RuleBroken, match="Tick at least one"):
        services.keep(together, [], look_again_on=later, by=desk.officer, **values)
    assert services.keep(together, [one.id], look_again_on=later, by=desk.officer, **values) == 1
    db.session.flush()
    assert reviewed(desk) == set()
    assert set(db.session.scalars(to_review(desk.officer, later))) == {one.id}
    assert decide(together, desk.officer) == 1
    assert db.session.get_one(Participant, one.id).voided_at is None


def test_what_was_written_since_one_looked_stops_it(db_session: Session) -> None:
    desk = a_desk()
    person = gone(desk)
    together = proposed(desk, person)
    mark = look(together)
    made = a_row_in_every_table(a_participant(), only={"enrolment", "contact"})
    ours = sa.select(Enrolment.id).where(Enrolment.participant_id == person.id).scalar_subquery()
    contact = metadata.tables["contact"]
    db.session.execute(
        sa.update(contact).where(contact.c.id == made.keys["contact"]).values(enrolment_id=ours)
    )
    with pytest.raises(RuleBroken, match="written on these records since"):
        decide(together, desk.officer, mark)
    assert decide(together, desk.officer) == 1


def test_records_merged_into_it_go_too(db_session: Session) -> None:
    desk = a_desk()
    kept_one, absorbed, deeper = (
        gone(desk),
        a_participant(given_name="Absorbed"),
        a_participant(given_name="Deeper"),
    )
    for into, out in ((kept_one, absorbed), (absorbed, deeper)):
        out.voided_at, out.void_reason = NOW, "merged"
        kept(Merge(kept_id=into.id, absorbed_id=out.id, merged_on=TODAY, moved={"contact": ["1"]}))
    together = proposed(desk, kept_one)
    assert decide(together, desk.officer) == 1
    found = db.session.scalars(sa.select(Participant.given_name).where(Participant.void_reason == "erased"))
    assert list(found) == ["Erased"] * 3
    assert set(map(str, db.session.scalars(sa.select(Merge.moved)))) == {"{}"}


def everything(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    with app.app_context():
        return {
            table.name: [
                tuple(row) for row in db.session.execute(sa.select(table).order_by(*table.primary_key))
            ]
            for table in metadata.sorted_tables
        }


@pytest.mark.both_databases
def test_cut_off_anywhere_it_has_not_happened(app: Flask, given: Given) -> None:
    """Failing at every seventh statement leaves every table as it was, the audit included."""
    with given():
        desk, person = (made := a_desk()), gone(made)
        a_row_in_every_table(person, only=SOME)
        together, officer = proposed(desk, person), desk.officer
    with app.app_context():
        mark = look(together)
    before = everything(app)

    def run(fail_at: int) -> None:
        sent = 0

        def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            nonlocal sent
            sent += 1
            if sent == fail_at:
                raise ConnectionError(statement)

        with app.app_context():
            event.listen(db.engine, "before_cursor_execute", count)
            try:
                with transaction():
                    decide(together, officer, mark)
            finally:
                event.remove(db.engine, "before_cursor_execute", count)

    at = 2
    while True:
        try:
            run(at)
        except ConnectionError:
            assert everything(app) == before, f"cut off at statement {at}"
            at += 7
        else:
            break
    assert at > 60
    with app.app_context():
        assert audit.verify().fault is None


SOME = {"contact", "goal", "action_plan", "agreement", "merge", "rights_request", "stored_file", "document"}


def test_statements_do_not_grow_with_people(app: Flask, given: Given) -> None:
    counts = []
    for many in (1, 60):
        with given():
            desk = a_desk()
            together = proposed(desk, *[gone(desk) for _ in range(many)])
        with statements(app) as sent, app.app_context(), transaction():
            assert decide(together, desk.officer) == many
        counts.append(len(sent))
    assert counts[0] == counts[1] < 220, counts
