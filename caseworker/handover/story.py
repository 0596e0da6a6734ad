"""What a new keyworker should know, so that nobody tells their story again. It has no sensitive note."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment
from caseworker.barriers.models import BarrierAssessment, Strength
from caseworker.barriers.rules import latest_words, still_in_the_way
from caseworker.contacts.models import Contact
from caseworker.contacts.queries import counts
from caseworker.core.codes import code, label
from caseworker.core.db import db
from caseworker.courses.models import Completion, Course, CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import enrolments_of
from caseworker.handover.words import channel_words, first_words
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.plans.rules import OPEN, may_print
from caseworker.progressions.models import Progression
from caseworker.support.models import SupportGiven

CONTACTS, TRIED = 5, 8


@dataclass(frozen=True)
class Step:
    """Something that was tried: `kind` progression, course or support, its day, and what it was called."""

    kind: str
    on: date
    code: str
    words: str

    @property
    def title(self) -> str:
        if self.kind == "progression":
            return label("progression_kind", self.code) + (f", {self.words}" if self.words else "")
        return label("support_kind", self.code) if self.kind == "support" else self.words


@dataclass(frozen=True)
class Story:
    """The parts of one page, each in the order it is read."""

    enrolment: Enrolment
    reaching: list[tuple[str, str]]
    goals: list[Goal]
    closed: list[Goal]
    barriers: list[BarrierAssessment]
    strengths: list[Strength]
    tried: list[Step]
    contacts: list[Contact]
    booked: list[Appointment]
    known: list[Enrolment]

    def barriers_to_print(self) -> list[BarrierAssessment]:
        """On paper those alone that may lie on a table: themes of safety, health and justice stay here."""
        return [row for row in self.barriers if code("barrier_theme", row.theme).flag("printed")]

    def goals_to_print(self) -> list[Goal]:
        return [goal for goal in self.goals if may_print(goal)]


def story_of(user: User, enrolment: Enrolment, today: date) -> Story:
    """Everything of the page. The look at the person is noted by whoever read the enrolment."""
    goals = _goals(enrolment)
    return Story(
        enrolment=enrolment,
        reaching=[*first_words(enrolment.participant_id), *channel_words(enrolment.participant)],
        goals=[goal for goal in goals if goal.closed_on is None],
        closed=[goal for goal in goals if goal.closed_on is not None],
        barriers=_barriers(enrolment),
        strengths=_strengths(enrolment),
        tried=_tried(enrolment),
        contacts=_contacts(enrolment),
        booked=_booked(enrolment, today),
        known=[
            row
            for row in enrolments_of(user, enrolment.participant)
            if row.id != enrolment.id and row.exit_note
        ],
    )


def helping(story: Story) -> list[str]:
    """What helps them learn, what help their goals ask for, and what was noted when they left before."""
    known = [f"Known from before: {row.exit_note}" for row in story.known]
    return [*_what_helps(story, story.goals), *known]


def helping_to_print(story: Story) -> list[str]:
    """The same for paper: of goals that may be printed alone, and no note of how they left."""
    return _what_helps(story, story.goals_to_print())


def _what_helps(story: Story, goals: Iterable[Goal]) -> list[str]:
    needs = story.enrolment.participant.learning_needs
    return [*([needs] if needs else []), *(goal.support for goal in goals if goal.support)]


def _goals(enrolment: Enrolment) -> list[Goal]:
    return list(
        db.session.scalars(
            select(Goal)
            .join(ActionPlan, ActionPlan.id == Goal.plan_id)
            .where(
                ActionPlan.enrolment_id == enrolment.id,
                ActionPlan.voided_at.is_(None),
                Goal.voided_at.is_(None),
            )
            .options(selectinload(Goal.actions.and_(Action.voided_at.is_(None), Action.state.in_(OPEN))))
            .order_by(Goal.target_on, Goal.id)
        )
    )


def _barriers(enrolment: Enrolment) -> list[BarrierAssessment]:
    rows = db.session.scalars(
        select(BarrierAssessment)
        .where(BarrierAssessment.enrolment_id == enrolment.id, BarrierAssessment.voided_at.is_(None))
        .order_by(BarrierAssessment.assessed_on, BarrierAssessment.id)
    )
    return still_in_the_way(latest_words(rows))


def _strengths(enrolment: Enrolment) -> list[Strength]:
    return list(
        db.session.scalars(
            select(Strength)
            .where(Strength.enrolment_id == enrolment.id, Strength.voided_at.is_(None))
            .order_by(Strength.noted_on.desc(), Strength.id.desc())
        )
    )


def _tried(enrolment: Enrolment) -> list[Step]:
    """Steps forward, courses finished and help given, the newest first, in one query."""
    no_code, no_words = cast(null(), String(40)), cast(null(), String(160))
    steps = select(
        literal("progression").label("kind"),
        Progression.started_on.label("day"),
        Progression.kind.label("code"),
        Progression.employer.label("words"),
    ).where(Progression.enrolment_id == enrolment.id, Progression.voided_at.is_(None))
    courses = (
        select(literal("course"), Completion.completed_on, no_code, Course.title)
        .join_from(Completion, CourseEnrolment, CourseEnrolment.id == Completion.place_id)
        .join(Course, Course.id == CourseEnrolment.course_id)
        .where(
            CourseEnrolment.enrolment_id == enrolment.id,
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
        )
    )
    given = SupportGiven.given_on
    helped = select(literal("support"), func.max(given), SupportGiven.kind, no_words).where(
        SupportGiven.enrolment_id == enrolment.id, SupportGiven.voided_at.is_(None), given.is_not(None)
    )
    both = union_all(steps, courses, helped.group_by(SupportGiven.kind)).subquery()
    rows: Iterable[Any] = db.session.execute(select(both).order_by(both.c.day.desc()).limit(TRIED))
    return [Step(kind, day, of or "", words or "") for kind, day, of, words in rows]


def _contacts(enrolment: Enrolment) -> list[Contact]:
    return list(
        db.session.scalars(
            select(Contact)
            .where(Contact.enrolment_id == enrolment.id, counts())
            .order_by(Contact.happened_at.desc(), Contact.id.desc())
            .limit(CONTACTS)
        )
    )


def _booked(enrolment: Enrolment, today: date) -> list[Appointment]:
    return list(
        db.session.scalars(
            select(Appointment)
            .where(
                Appointment.enrolment_id == enrolment.id,
                Appointment.voided_at.is_(None),
                Appointment.result.is_(None),
                Appointment.starts_on >= today,
            )
            .options(joinedload(Appointment.colleague))
            .order_by(Appointment.starts_at, Appointment.id)
            .limit(3)
        )
    )
