"""How far each start has come: one row per start, of conditions on stored dates, for SQL to sum.

Percentages, their people and the valuation's quantities are all made of these same conditions.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from caseworker.contacts.models import Contact
from caseworker.contacts.queries import counts as stands
from caseworker.core.clock import UK
from caseworker.courses.models import Completion, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.subjects import Subject
from caseworker.progressions.models import OutcomeState, Progression
from caseworker.progressions.rules import IN_WORK_AT_START

INTO_WORK = "into_work"
NOT_KNOWN_KINDS = ("unable_to_contact", "not_known")


@dataclass(frozen=True)
class Condition:
    """Who is counted (`counted`) out of whom (`among`), who is left out, unknown, or not yet due."""

    counted: ColumnElement[bool]
    among: ColumnElement[bool]
    excluded: ColumnElement[bool]
    unknown: ColumnElement[bool]
    not_yet: ColumnElement[bool]


class Journeys:
    """The starts of a subject, joined to what the rules stored for them."""

    def __init__(self, subject: Subject, sustained_rule: str) -> None:
        self.subject = subject
        self.into = aliased(OutcomeState, name="into_work_state")
        self.sustained = aliased(OutcomeState, name="sustained_state")
        self._rule = sustained_rule

    def select(self, *columns: Any) -> Select[Any]:
        """A select of these columns over the starts."""
        return (
            select(*columns)
            .select_from(Enrolment)
            .outerjoin(self.into, and_(self.into.enrolment_id == Enrolment.id, self.into.rule == INTO_WORK))
            .outerjoin(
                self.sustained,
                and_(self.sustained.enrolment_id == Enrolment.id, self.sustained.rule == self._rule),
            )
            .where(self.subject.started())
        )

    @property
    def in_work_at_start(self) -> ColumnElement[bool]:
        return Enrolment.status_at_start == IN_WORK_AT_START

    @property
    def reached_work(self) -> ColumnElement[bool]:
        return func.coalesce(self.into.achieved_on <= self.subject.as_at, False)

    @property
    def lost_touch(self) -> ColumnElement[bool]:
        """Nobody could find out: a progression says so, or the exit does."""
        said = exists().where(
            Progression.enrolment_id == Enrolment.id,
            Progression.kind.in_(NOT_KNOWN_KINDS),
            Progression.started_on <= self.subject.as_at,
            Progression.voided_at.is_(None),
        )
        left = and_(Enrolment.exit_reason == "not_known", Enrolment.exited_on <= self.subject.as_at)
        return or_(said, func.coalesce(left, False))

    def work(self) -> Condition:
        among = ~self.in_work_at_start
        return Condition(
            counted=and_(among, self.reached_work),
            among=among,
            excluded=self.in_work_at_start,
            unknown=and_(among, ~self.reached_work, self.lost_touch),
            not_yet=_never(),
        )

    def kept_work(self) -> Condition:
        """Matured only: the weeks since the first job have passed by the date."""
        as_at = self.subject.as_at
        in_work = and_(~self.in_work_at_start, self.reached_work)
        matured = and_(in_work, func.coalesce(self.sustained.matures_on <= as_at, False))
        held = func.coalesce(self.sustained.achieved_on <= as_at, False)
        return Condition(
            counted=and_(matured, held),
            among=matured,
            excluded=_never(),
            unknown=and_(matured, ~held, func.coalesce(self.sustained.unknown_on <= as_at, False)),
            not_yet=and_(in_work, ~func.coalesce(self.sustained.matures_on <= as_at, False)),
        )

    def closer_to_work(self) -> Condition:
        """Not required to look for work at the start, and now in work or looking."""
        among = and_(~self.in_work_at_start, Enrolment.required_to_look_at_start.is_(False))
        looking = exists().where(
            Progression.enrolment_id == Enrolment.id,
            Progression.kind == "now_looking",
            Progression.started_on <= self.subject.as_at,
            Progression.voided_at.is_(None),
        )
        moved = or_(self.reached_work, looking)
        return Condition(
            counted=and_(among, moved),
            among=among,
            excluded=_never(),
            unknown=and_(among, ~moved, self.lost_touch),
            not_yet=_never(),
        )

    def engaged(self) -> Condition:
        as_at = self.subject.as_at
        spoke = exists().where(
            Contact.enrolment_id == Enrolment.id,
            Contact.two_way,
            stands(),
            Contact.happened_at < end_of(as_at),
        )
        return _of_all(spoke)

    def completed(self) -> Condition:
        finished = exists().where(
            CourseEnrolment.enrolment_id == Enrolment.id,
            Completion.place_id == CourseEnrolment.id,
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
            Completion.completed_on <= self.subject.as_at,
        )
        return _of_all(finished)


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows meet it, 0 where there are none."""
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _never() -> ColumnElement[bool]:
    return Enrolment.id.is_(None)


def _of_all(counted: ColumnElement[bool]) -> Condition:
    return Condition(counted, Enrolment.id.is_not(None), _never(), _never(), _never())


def end_of(day: date) -> datetime:
    """The instant at which a day is over in the United Kingdom."""
    return datetime.combine(day + timedelta(days=1), time(), UK).astimezone(UTC)
