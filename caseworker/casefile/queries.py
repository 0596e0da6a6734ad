"""Cases as a list: each enrolment one may read with its status, last contact and next step."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from caseworker.accounts.models import User
from caseworker.contacts.models import Contact
from caseworker.contacts.queries import counts, last_contact_at
from caseworker.contacts.rules import quiet_before
from caseworker.core.calendar import at_uk
from caseworker.core.codes import codes
from caseworker.courses.models import Completion, Course, CourseEnrolment
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.queries import open_to
from caseworker.enrolments.rules import Standing, window
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme, ProgrammeRule
from caseworker.programmes.readers import Reader
from caseworker.progressions.models import OutcomeState, Progression, SustainmentCheck

LEFT = "left"


@dataclass(frozen=True)
class Case:
    """One line of a list of cases. `status` is a key of `words.STATUS`."""

    enrolment_id: UUID
    reference: str
    known_as: str
    family_name: str
    programme_code: str
    programme_name: str
    keyworker_id: UUID | None
    keyworker_name: str | None
    started_on: date | None
    exited_on: date | None
    status: str
    quiet: bool
    last_two_way_at: datetime | None
    last_attempt_at: datetime | None
    due_kind: str | None
    due_on: date | None

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"


def cases(user: Reader, today: date) -> Select[*tuple[Any, ...]]:
    """Every enrolment this user may read, in the columns of `Case`."""
    quiet = _is_quiet(today)
    return (
        select(
            Enrolment.id.label("enrolment_id"),
            Participant.reference,
            func.coalesce(Participant.preferred_name, Participant.given_name).label("known_as"),
            Participant.family_name,
            Programme.code.label("programme_code"),
            Programme.name.label("programme_name"),
            Enrolment.keyworker_id,
            User.name.label("keyworker_name"),
            Enrolment.started_on,
            Enrolment.exited_on,
            _status(today, quiet).label("status"),
            quiet.label("quiet"),
            last_contact_at(two_way=True).label("last_two_way_at"),
            last_contact_at(two_way=False).label("last_attempt_at"),
            _next_due(DueItem.kind).label("due_kind"),
            _next_due(DueItem.due_on).label("due_on"),
        )
        .select_from(Enrolment)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .outerjoin(User, User.id == Enrolment.keyworker_id)
        .where(open_to(user))
    )


def standing_of(due_on: SQLColumnExpression[Any], today: date) -> ColumnElement[Any]:
    """A due day's standing, in the database, from the windows of the one rule."""
    edges = {each: window(each, today) for each in (Standing.OVERDUE, Standing.TODAY, Standing.COMING)}
    return case(
        (due_on.is_(None), None),
        *((due_on.between(first, last), literal(each.value)) for each, (first, last) in edges.items()),
        else_=literal(Standing.LATER.value),
    )


def _next_due(column: Any) -> ColumnElement[Any]:
    return (
        select(column)
        .where(DueItem.enrolment_id == Enrolment.id, DueItem.closed_on.is_(None))
        .order_by(DueItem.due_on, DueItem.kind)
        .limit(1)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def _is_quiet(today: date) -> ColumnElement[bool]:
    """On the programme, and not spoken with for too long."""
    day = quiet_before(today)
    spoken = exists().where(
        Contact.enrolment_id == Enrolment.id,
        Contact.two_way,
        Contact.happened_at >= at_uk(day, time(0)),
        counts(),
    )
    started = and_(Enrolment.started_on.is_not(None), Enrolment.started_on < day)
    return and_(Enrolment.exited_on.is_(None), started, ~spoken)


def _status(today: date, quiet: ColumnElement[bool]) -> ColumnElement[str]:
    """Where somebody has come to, from facts alone, the furthest first."""
    waiting = or_(Enrolment.started_on.is_(None), Enrolment.started_on > today)
    return case(
        (Enrolment.exited_on.is_not(None), literal(LEFT)),
        (waiting, literal("referred")),
        (_has_lasted(today), literal("sustained")),
        (_is_at(today, "work", "in_work"), literal("in_work")),
        (quiet, literal("out_of_touch")),
        (or_(_is_at(today, "education"), _is_on_a_course(today)), literal("in_training")),
        else_=literal("on_programme"),
    )


def _has_lasted(today: date) -> ColumnElement[bool]:
    return exists().where(
        OutcomeState.enrolment_id == Enrolment.id,
        OutcomeState.achieved_on <= today,
        ProgrammeRule.programme_id == Enrolment.programme_id,
        ProgrammeRule.kind == "sustained",
        ProgrammeRule.code == OutcomeState.rule,
    )


def _is_at(today: date, *groups: str) -> ColumnElement[bool]:
    """In a step forward of these groups of progression_kind, begun and not known to be over."""
    kinds = [code.code for code in codes("progression_kind") if code.extras["group"] in groups]
    over = exists().where(
        SustainmentCheck.progression_id == Progression.id,
        SustainmentCheck.result == "left",
        SustainmentCheck.checked_on <= today,
        SustainmentCheck.voided_at.is_(None),
    )
    return exists().where(
        Progression.enrolment_id == Enrolment.id,
        Progression.kind.in_(kinds),
        Progression.started_on <= today,
        or_(Progression.ended_on.is_(None), Progression.ended_on >= today),
        Progression.voided_at.is_(None),
        ~over,
    )


def _is_on_a_course(today: date) -> ColumnElement[bool]:
    done = exists().where(Completion.place_id == CourseEnrolment.id, Completion.voided_at.is_(None))
    return exists().where(
        CourseEnrolment.enrolment_id == Enrolment.id,
        CourseEnrolment.course_id == Course.id,
        CourseEnrolment.joined_on <= today,
        CourseEnrolment.left_on.is_(None),
        CourseEnrolment.voided_at.is_(None),
        Course.ends_on >= today,
        ~done,
    )
