"""What people said, with who was asked and did not answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import aliased

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.enrolments.contactable import FOLLOW_UP
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import ContactStop, ProcessingLimit
from caseworker.participants.agreed import CONTACT_AFTER, refused
from caseworker.participants.halted import RESTRICTION
from caseworker.participants.models import Agreement
from caseworker.surveys.models import Survey, SurveyAnswer, SurveyResponse, SurveyStatement

AGREES = 4


@dataclass(frozen=True)
class Said:
    """`agreed` of `answered` said yes, agree or strongly agree to one statement."""

    code: str
    words: str
    agreed: int
    answered: int


@dataclass(frozen=True)
class SurveyResults:
    """`asked` people were tried `attempts` times; `responded` answered at least something. `refused` had said
    no to contact after leaving, or contact with them was stopped: they were not to be asked, and are no
    non-response. `both` counts those who said yes to the first statement of a pair and agreed with the
    second."""

    code: str
    title: str
    asked_from_on: date
    asked_until_on: date
    asked: int
    responded: int
    attempts: int
    refused: int
    statements: tuple[Said, ...]
    both: dict[tuple[str, str], int]

    def said(self, code: str) -> Said:
        return next(said for said in self.statements if said.code == code)


def surveys_of(programme_ids: Sequence[UUID], as_at: date) -> list[SurveyResults]:
    """Every survey of these programmes with the answers given by a date: three statements each."""
    surveys = db.session.scalars(
        select(Survey)
        .where(Survey.programme_id.in_(programme_ids), Survey.voided_at.is_(None))
        .order_by(Survey.asked_from_on, Survey.code)
    )
    return [_results(survey, as_at) for survey in surveys]


def _results(survey: Survey, as_at: date) -> SurveyResults:
    answered = func.coalesce(SurveyResponse.answered_on <= as_at, False)
    barred = and_(~answered, _not_to_be_asked(min(as_at, survey.asked_until_on)))

    def total(condition: ColumnElement[bool], value: Any = 1) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, value), else_=0)), 0)

    asked, responded, attempts, silent = db.session.execute(
        select(total(~barred), total(answered), total(~barred, SurveyResponse.attempts), total(barred))
        .join(Enrolment, Enrolment.id == SurveyResponse.enrolment_id)
        .where(SurveyResponse.survey_id == survey.id, SurveyResponse.voided_at.is_(None))
    ).one()
    return SurveyResults(
        code=survey.code,
        title=survey.title,
        asked_from_on=survey.asked_from_on,
        asked_until_on=survey.asked_until_on,
        asked=int(asked),
        responded=int(responded),
        attempts=int(attempts),
        refused=int(silent),
        statements=_said(survey, as_at),
        both=_both(survey, as_at),
    )


def _not_to_be_asked(on: date) -> ColumnElement[bool]:
    """By a day contact with them was stopped or their record restricted; or they had left, for a reason that
    stops messages, with a no to contact after leaving, or with an objection to it."""
    stopping = [reason.code for reason in codes("exit_reason") if reason.flag("stops_messages")]
    person, left = Enrolment.participant_id, func.coalesce(Enrolment.exited_on <= on, False)
    said_no = refused(CONTACT_AFTER).where(func.coalesce(Agreement.withdrawn_on, Agreement.given_on) <= on)
    held = select(ProcessingLimit.participant_id).where(
        ProcessingLimit.voided_at.is_(None),
        ProcessingLimit.from_on <= on,
        or_(ProcessingLimit.until_on.is_(None), ProcessingLimit.until_on >= on),
    )
    to_all, to_this = ProcessingLimit.purpose.is_(None), ProcessingLimit.purpose == FOLLOW_UP
    stopped = select(ContactStop.participant_id).where(
        ContactStop.voided_at.is_(None),
        ContactStop.from_on <= on,
        or_(ContactStop.ended_on.is_(None), ContactStop.ended_on > on),
    )
    restricted = person.in_(held.where(ProcessingLimit.kind == RESTRICTION))
    objected = person.in_(held.where(or_(to_all, to_this)))
    once_left = or_(Enrolment.exit_reason.in_(stopping), person.in_(said_no), objected)
    return or_(person.in_(stopped), restricted, and_(left, func.coalesce(once_left, False)))


def _said(survey: Survey, as_at: date) -> tuple[Said, ...]:
    answered = and_(
        SurveyAnswer.voided_at.is_(None),
        SurveyResponse.voided_at.is_(None),
        func.coalesce(SurveyResponse.answered_on <= as_at, False),
    )
    rows = db.session.execute(
        select(
            SurveyStatement.code,
            SurveyStatement.words,
            func.coalesce(func.sum(case((and_(answered, SurveyAnswer.value >= AGREES), 1), else_=0)), 0),
            func.coalesce(func.sum(case((answered, 1), else_=0)), 0),
        )
        .outerjoin(SurveyAnswer, SurveyAnswer.statement_id == SurveyStatement.id)
        .outerjoin(SurveyResponse, SurveyResponse.id == SurveyAnswer.response_id)
        .where(SurveyStatement.survey_id == survey.id, SurveyStatement.voided_at.is_(None))
        .group_by(SurveyStatement.id, SurveyStatement.code, SurveyStatement.words, SurveyStatement.place)
        .order_by(SurveyStatement.place)
    )
    return tuple(Said(code, words, int(agreed), int(given)) for code, words, agreed, given in rows)


def _both(survey: Survey, as_at: date) -> dict[tuple[str, str], int]:
    """How many said yes to a yes-or-no statement and agreed with another, in the survey's order."""
    one, other = aliased(SurveyAnswer), aliased(SurveyAnswer)
    first, second = aliased(SurveyStatement), aliased(SurveyStatement)
    rows = db.session.execute(
        select(first.code, second.code, func.count())
        .join(one, and_(one.statement_id == first.id, one.value >= AGREES))
        .join(other, and_(other.response_id == one.response_id, other.value >= AGREES))
        .join(second, and_(second.id == other.statement_id, second.id != first.id))
        .join(SurveyResponse, SurveyResponse.id == one.response_id)
        .where(
            first.survey_id == survey.id,
            first.scale == "yes_no",
            SurveyResponse.answered_on <= as_at,
            SurveyResponse.voided_at.is_(None),
        )
        .where(one.voided_at.is_(None), other.voided_at.is_(None))
        .group_by(first.code, second.code, first.place, second.place)
        .order_by(first.place, second.place)
    )
    return {(one_code, other_code): count for one_code, other_code, count in rows}
