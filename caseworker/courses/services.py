"""Places on courses, registers and completions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from caseworker.accounts.models import User
from caseworker.core.calendar import uk_time
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.formatting import date_uk
from caseworker.courses.models import Attendance, Completion, Course, CourseEnrolment, CourseSession
from caseworker.courses.queries import marks_of, places_on, rows_of
from caseworker.courses.rules import LATE
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Scope
from caseworker.participants.services import open_access

CHANGED_SINCE = "It was changed after that. Open it to see how it stands now"
DONE_ELSEWHERE = "Somebody else has just recorded a completion here. Open the page again"


@dataclass(frozen=True)
class Mark:
    """One learner in one class: a code of register_mark, and minutes only when late."""

    mark: str
    minutes_late: int | None = None


def give_place(
    course: Course, enrolment: Enrolment, *, joined_on: date, entered_by: User | None
) -> CourseEnrolment:
    """Put a person on a course; its tutor may see them as a learner from now on.

    Raises RuleBroken when they have a place already.
    """
    place = CourseEnrolment(
        course=course,
        enrolment=enrolment,
        joined_on=joined_on,
        entered_by_id=entered_by.id if entered_by else None,
    )
    with refused_as(uq_course_enrolment_one_place=RuleBroken("They are on this course already")):
        db.session.add(place)
    open_access(
        enrolment.participant_id,
        scope=Scope.LEARNER,
        why="course",
        because_id=place.id,
        from_on=joined_on,
        user_id=course.tutor_id,
    )
    return place


def mark_register(
    session: CourseSession, marks: Mapping[UUID, Mark], *, recorded_by: User, today: date
) -> None:
    """Save a whole register, place by place; again, it changes only what differs.

    Raises RuleBroken for a class still to come, or marks that are not for its learners.
    """
    _refuse_future(session, today)
    places = {place.id: place for place in places_on(session.course, session.held_on)}
    if not marks.keys() <= places.keys():
        raise RuleBroken("Somebody has left this class since the page was opened. Open it again")
    _saved(session, True, session.marked_on or today)
    stored = rows_of(session)
    for place_id, given in marks.items():
        row = stored.get(place_id)
        if row is None:
            row = Attendance(session=session, place=places[place_id], entered_by_id=recorded_by.id)
            db.session.add(row)
        row.mark, row.minutes_late = given.mark, given.minutes_late if given.mark == LATE else None
        row.voided_at, row.voided_by_id, row.void_reason = None, None, None
    db.session.flush()


def mark_not_held(session: CourseSession, *, today: date) -> None:
    """The class did not happen: it leaves every denominator. Raises RuleBroken for one still to come."""
    _refuse_future(session, today)
    _saved(session, False, session.marked_on or today)


def take_back_register(session: CourseSession, version: int, *, by: User, now: datetime) -> None:
    """Undo the last save: a class that did not happen has its earlier marks again, a marked one is empty.

    Raises RuleBroken when the register was saved again after `version`.
    """
    if session.happened is None or session.version != version:
        raise RuleBroken(CHANGED_SINCE)
    marks = marks_of(session)
    if session.happened is False and marks:
        _saved(session, True, session.marked_on)
        return
    _saved(session, None, None)
    for row in marks.values():
        row.voided_at, row.voided_by_id, row.void_reason = now, by.id, "undone"


def _refuse_future(session: CourseSession, today: date) -> None:
    if session.held_on > today:
        raise RuleBroken("This class is still to come. Mark it on the day")


def _saved(session: CourseSession, happened: bool | None, marked_on: date | None) -> None:
    session.happened, session.marked_on = happened, marked_on
    # The register's version is its class's. It rises with every save and before any mark is written,
    # so that two savers meet here and not at somebody's row.
    flag_modified(session, "happened")
    db.session.flush()


def record_completion(
    place: CourseEnrolment,
    *,
    completed_on: date,
    achieved_on: date | None,
    grade: str | None,
    certificate_seen_on: date | None,
    recorded_by: User,
    today: date,
) -> Completion:
    """Three facts with their days, one row however often it is told.

    Raises RuleBroken for days ahead, before the place began, or out of order.
    """
    later = {"achieved_on": achieved_on, "certificate_seen_on": certificate_seen_on}
    for field, day in later.items():
        if day is not None and day < completed_on:
            raise RuleBroken("The day must be on or after the day they completed", field)
    for field, day in ({"completed_on": completed_on} | later).items():
        if day is not None and day > today:
            raise RuleBroken("The day must be today or earlier", field)
    if completed_on < place.joined_on:
        raise RuleBroken(f"The day must be on or after {_joined(place)}", "completed_on")
    completion = db.session.scalar(select(Completion).where(Completion.place_id == place.id))
    completion = _standing(place, completion, completed_on, recorded_by)
    completion.achieved_on, completion.certificate_seen_on = achieved_on, certificate_seen_on
    completion.grade = grade
    with refused_as(uq_completion_place_id=RuleBroken(DONE_ELSEWHERE)):
        db.session.add(completion)
    db.session.expire(place, ["completion"])
    return completion


def complete_places(
    places: Sequence[CourseEnrolment],
    *,
    completed_on: date,
    recorded_by: User,
    today: date,
    now: datetime,
) -> list[Completion]:
    """The same last day for many learners; whoever has a completion keeps it as it is.

    Raises RuleBroken for a day ahead, or before the place of one of them began.
    """
    if completed_on > today:
        raise RuleBroken("The day must be today or earlier", "completed_on")
    made = []
    for place in places:
        if place.finished is not None:
            continue
        if completed_on < place.joined_on:
            who = place.enrolment.participant.reference
            raise RuleBroken(f"{who}: the day must be on or after {_joined(place)}", "completed_on")
        completion = _standing(place, place.completion, completed_on, recorded_by)
        completion.entered_at = now
        made.append(completion)
    with refused_as(uq_completion_place_id=RuleBroken(DONE_ELSEWHERE)):
        db.session.add_all(made)
    for completion in made:
        db.session.expire(completion.place, ["completion"])
    return made


def _joined(place: CourseEnrolment) -> str:
    return f"the day they joined, {date_uk(place.joined_on)}"


def _standing(
    place: CourseEnrolment, completion: Completion | None, completed_on: date, by: User
) -> Completion:
    """The one row of a place, new or there again after it was taken back."""
    if completion is None:
        completion = Completion(place=place, entered_by_id=by.id)
    if completion.voided_at is not None:
        completion.entered_by_id = by.id
        completion.voided_at, completion.voided_by_id, completion.void_reason = None, None, None
        completion.achieved_on, completion.certificate_seen_on, completion.grade = None, None, None
    completion.completed_on = completed_on
    return completion


def take_back_completion(completion: Completion, *, by: User, now: datetime) -> None:
    """It was recorded by mistake: kept, and counted no longer."""
    completion.voided_at, completion.voided_by_id, completion.void_reason = now, by.id, "undone"


def take_back_completions(course: Course, made_at: datetime, *, by: User, now: datetime) -> int:
    """Undo what one save of `by` recorded for many, on the same day; how many there were.

    Those that have an award or a certificate by now stay. Raises RuleBroken when there is nothing to undo.
    """
    rows = db.session.scalars(
        select(Completion)
        .join(CourseEnrolment, CourseEnrolment.id == Completion.place_id)
        .where(
            CourseEnrolment.course_id == course.id,
            Completion.entered_at == made_at,
            Completion.entered_by_id == by.id,
            Completion.voided_at.is_(None),
            Completion.achieved_on.is_(None),
            Completion.certificate_seen_on.is_(None),
        )
    ).all()
    if not rows or uk_time(made_at).date() != uk_time(now).date():
        raise RuleBroken(CHANGED_SINCE)
    for row in rows:
        take_back_completion(row, by=by, now=now)
    return len(rows)
