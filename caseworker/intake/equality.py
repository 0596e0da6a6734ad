"""The equality questions: an answer, prefers not to say, not asked. Three states, never mixed."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import SimpleNamespace

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.intake.models import EqualityAnswer
from caseworker.intake.questions import ANSWERED, NOT_ASKED, Question, questions_for
from caseworker.lawful.queries import collected
from caseworker.participants.models import Participant

KIND = "equality"


OFF = "This programme does not ask that"


def questions_of(enrolment: Enrolment, today: date) -> tuple[Question, ...]:
    """What the programme asks: the usual questions, and those its rule of kind "equality" switches on.

    A sensitive one only where its lawful basis lets it be asked as well.
    """
    on: set[str] = set()
    for rule in rules_of(enrolment.programme_id, KIND):
        if rule.from_on <= today and (rule.until_on is None or today <= rule.until_on):
            on.update(rule.settings.get("questions", ()))
    return questions_for(frozenset(on), collected(enrolment.programme_id, today))


def answers_of(participant: Participant) -> dict[str, EqualityAnswer]:
    """The latest answer by question."""
    rows = db.session.scalars(
        select(EqualityAnswer).where(
            EqualityAnswer.participant_id == participant.id, EqualityAnswer.voided_at.is_(None)
        )
    )
    return {row.question: row for row in rows}


class Asked(SimpleNamespace):
    """What was said to each question, by its code, with a `version` that changes when any of it does."""


def asked_of(participant: Participant, questions: Sequence[Question]) -> Asked:
    before = answers_of(participant)
    keys = b"".join(sorted(row.id.bytes for row in before.values()))
    said = {each.code: NOT_ASKED for each in questions}
    said |= {code: row.answer or row.state for code, row in before.items()}
    return Asked(version=hashlib.sha256(keys).hexdigest()[:16], **said)


def record_answers(
    enrolment: Enrolment,
    said: Mapping[str, tuple[str, str | None]],
    *,
    asked_on: date,
    recorded_by: User,
    now: datetime,
    today: date,
) -> int:
    """Record what was said to each question, (state, answer); the number that changed.

    An answer that changed replaces the one before, which stays in history. Raises RuleBroken for a day
    ahead, and for a question this programme does not ask.
    """
    if asked_on > today:
        raise RuleBroken("The day must be today or earlier", "asked_on")
    if not set(said) <= {each.code for each in questions_of(enrolment, today)}:
        raise RuleBroken(OFF)
    participant = enrolment.participant
    before, changed = answers_of(participant), 0
    for question, (state, answer) in said.items():
        row = before.get(question)
        if (row.state, row.answer) == (state, answer) if row else state == NOT_ASKED:
            continue
        if row is not None:
            row.voided_at, row.voided_by_id, row.void_reason = now, recorded_by.id, "replaced"
            db.session.flush()
        changed += 1
        db.session.add(
            EqualityAnswer(
                participant_id=participant.id,
                question=question,
                state=state,
                answer=answer if state == ANSWERED else None,
                asked_on=asked_on,
                entered_by_id=recorded_by.id,
            )
        )
    return changed
