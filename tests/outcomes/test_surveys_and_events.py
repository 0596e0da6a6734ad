"""What people said and what was done for a community, counted from records."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from caseworker.core.clock import now
from caseworker.events.models import Activity, Event, EventAttendance
from caseworker.events.queries import activity_counts, event_counts
from caseworker.lawful.models import ContactStop, ProcessingLimit
from caseworker.participants.models import Agreement
from caseworker.programmes.models import Programme
from caseworker.surveys.models import Survey, SurveyAnswer, SurveyResponse, SurveyStatement
from caseworker.surveys.queries import Said, SurveyResults, surveys_of
from tests.outcomes.situations import FIRST, Place, a_group, a_place, a_start, known_to_both
from tests.support.builders import a_participant, kept

ASKED = date(2025, 6, 2)
pytestmark = pytest.mark.both_databases


def a_survey(place: Place) -> tuple[Survey, dict[str, SurveyStatement]]:
    survey = kept(
        Survey(
            programme_id=place.programme.id, code="after", title="After", asked_from_on=ASKED,
            asked_until_on=date(2025, 6, 30),
        )
    )  # fmt: skip
    scales = {"in_work": "yes_no", "valued": "agreement", "hopeful": "agreement"}
    return survey, {
        code: kept(SurveyStatement(survey_id=survey.id, code=code, words=code, scale=scale, place=number))
        for number, (code, scale) in enumerate(scales.items())
    }


def answer(
    place: Place, survey: Survey, statements: dict[str, SurveyStatement], on: date | None, **values: int
) -> SurveyResponse:
    response = kept(
        SurveyResponse(
            survey_id=survey.id, enrolment_id=a_start(place).id, attempts=2, answered_on=on, mode="telephone"
        )
    )
    for code, value in values.items():
        kept(SurveyAnswer(response_id=response.id, statement_id=statements[code].id, value=value))
    return response


def results(place: Place, as_at: date = date(2025, 12, 1)) -> SurveyResults:
    (found,) = surveys_of([place.programme.id], as_at)
    return found


def test_no_answer_is_not_a_no(db_session: Session) -> None:
    place = a_place()
    survey, statements = a_survey(place)
    answer(place, survey, statements, ASKED, in_work=5, valued=4, hopeful=2)
    answer(place, survey, statements, ASKED, in_work=1, valued=5)
    answer(place, survey, statements, None)
    found = results(place)
    assert (found.asked, found.responded, found.attempts) == (3, 2, 6)
    assert found.statements == (
        Said("in_work", "in_work", 1, 2), Said("valued", "valued", 2, 2), Said("hopeful", "hopeful", 0, 1),
    )  # fmt: skip
    assert found.both == {("in_work", "valued"): 1}


@pytest.mark.both_databases
def test_who_was_not_to_be_asked_is_no_non_response(db_session: Session) -> None:
    place = a_place()
    survey, statements = a_survey(place)
    answer(place, survey, statements, ASKED, in_work=5)
    silent = [answer(place, survey, statements, None) for _ in range(4)]
    replied = answer(place, survey, statements, ASKED, in_work=5)
    for response, said in zip(
        [*silent, replied], ("declined", "declined", "given", "late", "declined"), strict=True
    ):
        case = response.enrolment
        case.exited_on, case.exit_reason = date(2025, 1, 6), "into_work"
        on = date(2025, 8, 1) if said == "late" else date(2025, 1, 6)
        kept(
            Agreement(
                participant_id=case.participant_id, purpose="contact_after", notice_version="1",
                answer="given" if said == "given" else "declined", given_on=on,
            )
        )  # fmt: skip
    silent[1].enrolment.exited_on = silent[1].enrolment.exit_reason = (
        None  # still here: nothing is after leaving yet
    )
    silent[2].enrolment.exit_reason = "died"
    # Contact stopped, a record restricted, an objection after leaving; the last was lifted before.
    others = [answer(place, survey, statements, None).enrolment for _ in range(4)]
    for case in others:
        case.exited_on, case.exit_reason = date(2025, 1, 6), "into_work"
    kept(ContactStop(participant_id=others[0].participant_id, kind="do_not_contact", from_on=ASKED))
    limits = (("restriction", None, None), ("objection", "follow_up", None), ("objection", None, FIRST))
    for case, (kind, purpose, until_on) in zip(others[1:], limits, strict=True):
        kept(
            ProcessingLimit(
                participant_id=case.participant_id, kind=kind, purpose=purpose, from_on=FIRST,
                until_on=until_on, reason="other",
            )
        )  # fmt: skip
    db_session.flush()
    found = results(place)
    assert (found.asked, found.responded, found.refused, found.attempts) == (5, 2, 5, 10)


def test_readings_come_in_the_order_of_the_survey(db_session: Session) -> None:
    place = a_place()
    survey, statements = a_survey(place)
    for _ in range(3):
        answer(place, survey, statements, ASKED, in_work=5, hopeful=4, valued=4)
    assert list(results(place).both.items()) == [(("in_work", "valued"), 3), (("in_work", "hopeful"), 3)]


def test_answers_after_the_day_and_those_taken_back_are_left_out(db_session: Session) -> None:
    place = a_place()
    survey, statements = a_survey(place)
    answer(place, survey, statements, date(2025, 6, 20), in_work=5, valued=5)
    answer(place, survey, statements, ASKED, in_work=5, valued=5).voided_at = now()
    db_session.flush()
    early = results(place, as_at=date(2025, 6, 10))
    assert [said.answered for said in early.statements] == [0, 0, 0]
    assert (early.responded, early.both) == (0, {})
    late = results(place)
    assert [said.agreed for said in late.statements] == [1, 1, 0]


def an_event(programme: Programme, held_on: date, **changes: Any) -> Event:
    values = {"kind": "social", "title": "Tea", "head_count": 10, "independent_living_count": 4}
    return kept(Event(programme_id=programme.id, held_on=held_on, **values | changes))


def test_heads_and_named_people_are_two_counts(db_session: Session) -> None:
    place = a_place()
    first, second = (an_event(place.programme, date(2024, 5, day)) for day in (1, 31))
    an_event(place.programme, date(2024, 6, 1))
    person = a_participant(place.organisation)
    for event in (first, second):
        kept(EventAttendance(event_id=event.id, participant_id=person.id))
    (found,) = event_counts([place.programme.id], date(2024, 5, 1), date(2024, 5, 31))
    assert (found.events, found.attendances, found.independent_living, found.people) == (2, 20, 8, 1)


def test_a_human_being_at_events_of_two_organisations_is_one(db_session: Session) -> None:
    _, one, two, _ = a_group()
    starts = known_to_both(one, two)
    for place, start in zip((one, two), starts, strict=True):
        event = an_event(place.programme, date(2024, 5, 1))
        kept(EventAttendance(event_id=event.id, participant_id=start.participant_id))
    ids = [place.programme.id for place in (one, two)]
    (found,) = event_counts(ids, date(2024, 5, 1), date(2024, 5, 1))
    assert (found.events, found.people) == (2, 1)


def test_the_year_before_stands_beside_and_is_not_added(db_session: Session) -> None:
    place = a_place()
    for done_on, quantity, pence in (
        (date(2023, 4, 1), 26, None), (date(2024, 3, 31), 1, 500), (date(2024, 4, 1), 30, 700),
        (date(2025, 3, 31), 8, None), (date(2025, 4, 1), 99, 1),
    ):  # fmt: skip
        kept(
            Activity(
                programme_id=place.programme.id, kind="community_check", title="Check", done_on=done_on,
                quantity=quantity, amount_pence=pence,
            )
        )  # fmt: skip
    (found,) = activity_counts([place.programme.id], date(2024, 4, 1), date(2025, 3, 31), date(2023, 4, 1))
    assert (found.quantity, found.amount_pence) == (38, 700)
    assert (found.before_quantity, found.before_amount_pence) == (27, 500)
