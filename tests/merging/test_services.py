"""Two records become one and come apart: nothing is lost, nothing is left, row by row."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.audit import AuditEvent, chain
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.files import store_file
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment
from caseworker.intake.models import EqualityAnswer
from caseworker.merging.models import Merge
from caseworker.merging.parting import Parted, unmerge
from caseworker.merging.queries import now_known_as
from caseworker.merging.rules import CHOSEN, FLAGS, JOINED, LATEST, OF_THE_RECORD, WITH, Side, differing
from caseworker.merging.services import merge_people
from caseworker.merging.tables import STAYS, count_held, moving, person_columns, place_name, rows_of
from caseworker.participants.details import PersonDetails, change_person
from caseworker.participants.finding import find_people
from caseworker.participants.models import NameKey, Participant, ParticipantAccess, PersonLink
from tests.casefile.situations import NOW, TODAY, spoke, started
from tests.merging.pairs import Two, everything, fill, two_records
from tests.support.builders import a_participant
from tests.support.everything import a_row_in_every_table

pytestmark = pytest.mark.both_databases

# Of what `fill` makes, as many rows of the absorbed person find their place taken.
IN_THE_WAY = {"equality_answer": 1, "person_link": 1}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def merge(two: Two, **choices: Side) -> Merge:
    return merge_people(two.kept, two.absorbed, choices, by=two.team.lead, today=TODAY, now=NOW)


def part(two: Two, done: Merge) -> Parted:
    return unmerge(done, by=two.team.lead, now=NOW + timedelta(hours=1))


def test_every_table_that_names_a_person_moves_or_stays_for_a_reason(db_session: Session) -> None:
    two = two_records()
    fill(two)
    every = {(table.name, column.name) for table, column in person_columns()}
    assert len(every) >= 12
    assert set(STAYS) <= every
    for table, column in moving():
        assert "id" in table.c, f"{table.name} cannot be moved"
        assert rows_of(table, column, two.absorbed.id), f"tests/merging/pairs.py fills no {table.name}"


def test_every_column_of_a_person_is_thought_of() -> None:
    chosen = {*CHOSEN, *FLAGS, *JOINED, *LATEST, *(each for some in WITH.values() for each in some)}
    columns = {column.name.removesuffix("_sealed") for column in Participant.__table__.columns}
    assert columns - OF_THE_RECORD == chosen


def test_all_that_is_the_other_s_moves_but_what_is_in_the_way(db_session: Session) -> None:
    two = two_records()
    fill(two)
    goes, stays = two.absorbed.id, two.kept.id
    done = merge(two)
    left = {table.name: rows_of(table, column, goes) for table, column in moving()}
    assert {name: len(keys) for name, keys in left.items() if keys} == {
        "equality_answer": 1,
        "person_link": 1,
    }
    assert set(done.moved) == {place_name(table, column) for table, column in moving()} - {"person_link"}
    cases = db.session.scalars(select(Enrolment.participant_id))
    assert set(cases) == {stays}
    absorbed = db.session.get_one(Participant, goes)
    assert (absorbed.voided_at, absorbed.void_reason) == (NOW, "merged")
    humans = db.session.scalars(select(PersonLink.human_id)).all()
    assert len(humans) == 2 and len(set(humans)) == 1


def test_what_protects_somebody_is_never_lost(db_session: Session) -> None:
    for name in FLAGS:
        for mine, theirs in ((True, False), (False, True), (True, True), (False, False)):
            two = two_records(**{"no_voicemail": False} | {name: theirs})
            setattr(two.kept, name, mine)
            two.kept.safe_times = "Mornings"
            db.session.flush()
            merge(two)
            stays = db.session.get_one(Participant, two.kept.id)
            assert getattr(stays, name) == (mine or theirs), name
            assert stays.safe_times == "Mornings\nNot after 5"


def test_the_chosen_values_and_the_only_ones_are_kept(db_session: Session) -> None:
    two = two_records(born_on=None, birth_not_known=True)
    assert differing(two.kept, two.absorbed) == ["given_name", "family_name", "phone"]
    merge(two, given_name="absorbed", phone="absorbed")
    stays = db.session.get_one(Participant, two.kept.id)
    assert (stays.given_name, stays.family_name) == ("Amarah", "Osei")
    assert (stays.phone, stays.postcode, stays.born_on) == ("07700900456", "M1 1AE", date(1990, 5, 17))
    assert stays.birth_not_known is False


def test_the_other_s_name_and_reference_find_the_kept(db_session: Session) -> None:
    two = two_records()
    goes, stays, lead = two.absorbed.reference, two.kept.reference, two.team.lead
    merge(two)
    assert now_known_as(goes) == stays
    assert now_known_as(stays) is None
    found = find_people(lead, "amarah mensah", TODAY)
    assert [hit.id for hit in found if hit.mine and not hit.alike] == [two.kept.id]


def test_merges_are_followed_and_taken_apart_from_the_last(db_session: Session) -> None:
    # What protects somebody stays on once their record was worked on, so here there is nothing of it.
    two = two_records(no_voicemail=False, safe_times=None)
    before = everything()
    third = a_participant(organisation_id=two.kept.organisation_id)
    case = started(two.team, 20, third)
    exit_enrolment(case, exited_on=TODAY, exit_reason="duplicate", today=TODAY)
    db.session.flush()
    first = merge(two)
    second = merge_people(third, two.kept, {}, by=two.team.lead, today=TODAY, now=NOW)
    assert now_known_as(two.absorbed.reference) == third.reference
    with pytest.raises(RuleBroken, match="Take that merge apart first"):
        part(two, first)
    part(two, second)
    part(two, first)
    assert now_known_as(two.absorbed.reference) is None
    after = everything()
    for name in ("participant", "enrolment", "participant_access", "name_key"):
        assert {key: after[name][key] for key in before[name]} == before[name]
    with pytest.raises(RuleBroken, match="apart already"):
        part(two, first)


def test_it_is_refused_where_it_would_be_wrong(db_session: Session) -> None:
    two = two_records()
    with pytest.raises(RuleBroken, match="one record"):
        merge_people(two.kept, two.kept, {}, by=two.team.lead, today=TODAY, now=NOW)
    stranger = a_participant()
    with pytest.raises(RuleBroken, match="different organisations"):
        merge_people(two.kept, stranger, {}, by=two.team.lead, today=TODAY, now=NOW)
    twice = started(two.team, 5, two.absorbed)
    with pytest.raises(RuleBroken, match="Both records are on"):
        merge(two)
    exit_enrolment(twice, exited_on=TODAY, exit_reason="duplicate", today=TODAY)
    merge(two)
    with pytest.raises(RuleBroken, match="not there any more"):
        merge(two)


def test_both_are_noted_and_every_row_that_moved(db_session: Session) -> None:
    two = two_records()
    fill(two)
    chain(db.session)
    known = db.session.scalar(select(func.max(AuditEvent.number))) or 0
    done = merge(two)
    chain(db.session)
    lines = list(db.session.scalars(select(AuditEvent).where(AuditEvent.number > known)))
    merged = {line.record_id for line in lines if line.action == "merged"}
    assert merged == {two.kept.id, two.absorbed.id}
    moved = sorted(str(line.record_id) for line in lines if line.action == "moved")
    assert moved == sorted(key for keys in done.moved.values() for key in keys)


@pytest.mark.parametrize("table", ["concern", "keep_apart"])
def test_what_nobody_may_learn_of_goes_along_unsaid(db_session: Session, table: str) -> None:
    two = two_records()
    fill(two)
    chain(db.session)
    merge(two)
    chain(db.session)
    lines = db.session.scalars(select(AuditEvent).where(AuditEvent.record_kind == table))
    assert {line.participant_id for line in lines if line.action == "moved"} == {None}
    assert table not in count_held(two.kept.id, two.absorbed.id)


def test_nobody_is_kept_apart_from_themselves(db_session: Session) -> None:
    two = two_records()
    a_row_in_every_table(two.kept, two.absorbed, {"keep_apart"})
    before = everything()["keep_apart"]
    done = merge(two)
    assert everything()["keep_apart"] == before
    part(two, done)
    assert everything()["keep_apart"] == before


def test_what_is_new_since_stays_or_goes_with_its_case(db_session: Session) -> None:
    two = two_records()
    done = merge(two)
    stays = db.session.get_one(Participant, two.kept.id)
    case = db.session.get_one(Enrolment, two.absorbed_case.id)
    later = spoke(two.team, case)
    stays.no_texts = True
    change_person(stays, PersonDetails("Amara", "Mensah", stays.born_on, postcode="M2 2BB"))
    answer = EqualityAnswer(participant_id=stays.id, question="sex", state="declined", asked_on=TODAY)
    db.session.add(answer)
    store_file(stays.id, "id.pdf", "application/pdf", b"%PDF", two.team.lead.id)
    db.session.flush()
    parted = part(two, done)
    assert set(parted.fields) == {"no_voicemail", "safe_times", "postcode"}
    db.session.expire_all()
    stays, goes = (db.session.get_one(Participant, key) for key in (two.kept.id, two.absorbed.id))
    assert (stays.family_name, stays.postcode, stays.no_voicemail, stays.no_texts) == (
        "Mensah",
        "M2 2BB",
        True,
        True,
    )
    assert (goes.voided_at, goes.no_voicemail, goes.postcode) == (None, True, "M1 1AE")
    assert later.enrolment.participant_id == goes.id
    assert db.session.get_one(EqualityAnswer, answer.id).participant_id == stays.id
    words = set(db.session.scalars(select(NameKey.word).where(NameKey.participant_id == stays.id)))
    assert words == {"amara", "mensah"}


def test_whoever_came_to_a_moved_case_since_keeps_it(db_session: Session) -> None:
    two = two_records()
    done = merge(two)
    db.session.add(
        ParticipantAccess(
            participant_id=two.kept.id, user_id=two.team.colleague.id, scope="case", why="keyworker",
            because_id=two.absorbed_case.id, from_on=TODAY, written_at=NOW,
        )
    )  # fmt: skip
    db.session.flush()
    part(two, done)
    whose = db.session.scalars(
        select(ParticipantAccess.participant_id).where(ParticipantAccess.user_id == two.team.colleague.id)
    )
    assert set(whose) == {two.absorbed.id}
