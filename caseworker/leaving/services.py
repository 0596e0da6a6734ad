"""Leaving a programme, taking that back, and starting again later. All of it happens, or nothing."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment, Task
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import exit_enrolment, stops_follow_up
from caseworker.intake.stopping import settle_all, stop_contact, undo_stop_of_exit
from caseworker.leaving.models import ClosedByExit, Exit
from caseworker.leaving.queries import still_open
from caseworker.plans.models import Action, Goal
from caseworker.plans.rules import DROPPED

LEFT_PROGRAMME = "left_programme"
CALLED_OFF = "cancelled_by_us"


def leave(
    enrolment: Enrolment,
    *,
    last_on: date,
    reason: str,
    note: str | None,
    recorded_by: User,
    now: datetime,
    today: date,
) -> Exit:
    """They leave: everything open on the case is closed, and only that is opened again by undo.

    `reason` is a code of exit_reason. Access stays as it is. Raises RuleBroken as `exit_enrolment`.
    """
    open_now = still_open(enrolment, now)
    exit_enrolment(enrolment, exited_on=last_on, exit_reason=reason, today=today)
    enrolment.exit_note = note
    left = Exit(enrolment=enrolment, entered_by_id=recorded_by.id)
    with refused_as(uq_enrolment_exit_one=RuleBroken("They have left this programme already")):
        db.session.add(left)
    for action in open_now.actions:
        _close(left, "action", action.id, action.state)
        action.state, action.drop_reason, action.dropped_on = DROPPED, LEFT_PROGRAMME, last_on
    for goal in open_now.goals:
        _close(left, "goal", goal.id, goal.state)
        goal.state, goal.drop_reason, goal.closed_on = DROPPED, LEFT_PROGRAMME, last_on
    for appointment in open_now.appointments:
        _close(left, "appointment", appointment.id)
        appointment.result, appointment.closed_on = CALLED_OFF, today
    for task in open_now.tasks:
        _close(left, "task", task.id)
        task.voided_at, task.voided_by_id, task.void_reason = now, recorded_by.id, LEFT_PROGRAMME
    settle_all(enrolment)
    if stops_follow_up(reason) and not enrolment.participant.stopped:
        stop_contact(
            enrolment.participant, kind=reason, by=recorded_by, now=now, today=today, because_id=enrolment.id
        )
    return left


def _close(left: Exit, kind: str, thing_id: UUID, was: str = "") -> None:
    db.session.add(ClosedByExit(exit=left, kind=kind, thing_id=thing_id, was=was))


def undo_exit(left: Exit, *, by: User, now: datetime) -> None:
    """They have not left after all: what the exit closed is open again, where nobody closed it otherwise.

    Raises RuleBroken for somebody else's, after 30 days, or once they have started again.
    """
    enrolment = left.enrolment
    if _started_again(enrolment):
        raise RuleBroken("They have started again on this programme since. Work on that enrolment")
    take_back(left, by.id, now)
    enrolment.exited_on = enrolment.exit_reason = enrolment.exit_note = None
    for closed in left.closed:
        REOPEN[closed.kind](closed)
    undo_stop_of_exit(enrolment, by=by, now=now)
    settle_all(enrolment)


def _started_again(enrolment: Enrolment) -> bool:
    later = select(Enrolment.id).where(
        Enrolment.participant_id == enrolment.participant_id,
        Enrolment.programme_id == enrolment.programme_id,
        Enrolment.id != enrolment.id,
        Enrolment.exited_on.is_(None),
        Enrolment.voided_at.is_(None),
    )
    return db.session.scalar(later.limit(1)) is not None


def _reopen_goal(closed: ClosedByExit) -> None:
    goal = db.session.get(Goal, closed.thing_id)
    if goal is not None and goal.state == DROPPED and goal.drop_reason == LEFT_PROGRAMME:
        goal.state, goal.drop_reason, goal.closed_on = closed.was, None, None


def _reopen_action(closed: ClosedByExit) -> None:
    action = db.session.get(Action, closed.thing_id)
    if action is not None and action.state == DROPPED and action.drop_reason == LEFT_PROGRAMME:
        action.state, action.drop_reason, action.dropped_on = closed.was, None, None


def _reopen_appointment(closed: ClosedByExit) -> None:
    appointment = db.session.get(Appointment, closed.thing_id)
    if appointment is not None and appointment.result == CALLED_OFF and appointment.contact_id is None:
        appointment.result = appointment.closed_on = None


def _reopen_task(closed: ClosedByExit) -> None:
    task = db.session.get(Task, closed.thing_id)
    if task is not None and task.void_reason == LEFT_PROGRAMME:
        task.voided_at = task.voided_by_id = task.void_reason = None


REOPEN = {
    "goal": _reopen_goal,
    "action": _reopen_action,
    "appointment": _reopen_appointment,
    "task": _reopen_task,
}
