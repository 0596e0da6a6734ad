"""A screen in a participant's hands: begun, answered on once, and taken back with the worker's password."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.audit import Entry
from caseworker.core.calendar import uk_time
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import HandedScreen, WellbeingAssessment
from caseworker.wellbeing.services import record_wellbeing

ALONE = "alone"


def hand_over(
    enrolment: Enrolment, *, instrument: str, stage: str, session_id: UUID, now: datetime
) -> HandedScreen:
    screen = HandedScreen(
        session_id=session_id, enrolment=enrolment, instrument=instrument, stage=stage, handed_at=now
    )
    db.session.add(screen)
    db.session.flush()
    audit.note(Entry("handed over the screen", "enrolment", enrolment.id, enrolment.participant_id))
    return screen


def find_screen(screen_id: UUID, session_id: UUID, *, to_answer: bool = False) -> HandedScreen | None:
    """The screen of this browser until it is unlocked; held from others while something is saved."""
    rows = select(HandedScreen).where(
        HandedScreen.id == screen_id, HandedScreen.session_id == session_id, HandedScreen.ended_at.is_(None)
    )
    return db.session.scalar(rows.with_for_update() if to_answer else rows)


def answer_on_screen(
    screen: HandedScreen, scores: Mapping[str, int | None], *, worker: User, now: datetime
) -> WellbeingAssessment:
    """Keep what the participant answered alone; the worker's session entered it.

    Raises RuleBroken when nothing was answered, or answers were saved on this screen before.
    """
    if screen.answered_at is not None:
        raise RuleBroken("The answers are saved. Please give the screen back")
    day = uk_time(now).date()
    made = record_wellbeing(
        screen.enrolment,
        scores,
        instrument=screen.instrument,
        stage=screen.stage,
        completed_how=ALONE,
        assessed_on=day,
        recorded_by=worker,
        today=day,
    )
    screen.answered_at, screen.assessment = now, made
    return made


def unlock_screen(screen: HandedScreen, *, now: datetime) -> None:
    screen.ended_at = now
    person = screen.enrolment.participant_id
    audit.note(Entry("unlocked the screen", "enrolment", screen.enrolment_id, person))
