"""What happened in an enrolment, feature by feature: a small select for each, in the columns of `shape`."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal, select
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment
from caseworker.barriers.models import BarrierAssessment
from caseworker.casefile.asked_parts import ASKED_PARTS
from caseworker.casefile.moved_parts import moved, statements
from caseworker.casefile.noon import noon
from caseworker.casefile.paper_parts import PAPER_PARTS
from caseworker.casefile.plan_parts import agreements, goals, goals_closed, pauses
from caseworker.casefile.safety_parts import SAFETY_PARTS
from caseworker.casefile.shape import Part, Whose, part
from caseworker.casefile.work_parts import applications, breaks, checks, proofs, readiness, terms
from caseworker.contacts.models import CaseWork, Contact, ContactTheme
from caseworker.courses.models import Completion, Course, CourseEnrolment
from caseworker.enrolments.models import Enrolment, HandedCase, Handover
from caseworker.progressions.models import Progression
from caseworker.support.models import SupportGiven
from caseworker.wellbeing.models import WellbeingAssessment

# Made once: an alias copies every column of its table.
_LATER = aliased(Contact)


def contacts(enrolment_id: Whose) -> Part:
    """`words` holds why it is a correction/why they did not come/which ready wording/themes, by commas."""
    corrected_by = (
        select(_LATER.id)
        .where(_LATER.corrects_id == Contact.id, _LATER.voided_at.is_(None))
        .scalar_subquery()
    )
    touched = (
        select(func.aggregate_strings(ContactTheme.theme, ","))
        .where(ContactTheme.contact_id == Contact.id)
        .scalar_subquery()
    )
    words: ColumnElement[str] = func.coalesce(Contact.correction_reason, "")
    for said in (Contact.not_attended_reason, Contact.message_kind, touched):
        words = words.concat("/").concat(func.coalesce(said, ""))
    return part(
        "contact",
        at=Contact.happened_at,
        timed=literal(True),
        by_id=Contact.entered_by_id,
        entered_at=Contact.entered_at,
        id=Contact.id,
        other_id=corrected_by,
        code=Contact.channel,
        second=Contact.result,
        third=Contact.direction,
        number=Contact.minutes,
        words=words,
        sealed=Contact.note_sealed,
        flag=Contact.sensitive,
    ).where(Contact.enrolment_id == enrolment_id, Contact.voided_at.is_(None))


def case_work(enrolment_id: Whose) -> Part:
    row = CaseWork
    return part(
        "work",
        at=noon(row.done_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        id=row.id,
        entered_at=row.entered_at,
        code=row.kind,
        number=row.minutes,
        sealed=row.note_sealed,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def appointments(enrolment_id: Whose) -> Part:
    """Those to come and those nobody wrote up; of the others the contact tells."""
    row = Appointment
    return part(
        "appointment",
        at=row.starts_at,
        timed=literal(True),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.channel,
        second=row.result,
        number=row.length_minutes,
        sealed=row.note_sealed,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None), row.contact_id.is_(None))


def barriers(enrolment_id: Whose) -> Part:
    """What was talked about on one day is one entry: `words` holds theme/barrier/severity, by commas."""
    row = BarrierAssessment
    named = (
        row.theme + "/" + func.coalesce(row.barrier, "") + "/" + cast(row.severity, String(2))
    )  # empty where there is nothing in the way
    return (
        part(
            "barrier",
            at=noon(row.assessed_on),
            timed=literal(False),
            by_id=row.entered_by_id,
            number=cast(func.count(), Integer),
            words=func.aggregate_strings(case((row.state == "something", named)), ","),
        )
        .where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
        .group_by(row.assessed_on, row.entered_by_id)
    )


def wellbeing(enrolment_id: Whose) -> Part:
    row = WellbeingAssessment
    return part(
        "wellbeing",
        at=noon(row.assessed_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.instrument,
        second=row.stage,
        number=row.score_hundredths,
        one=row.life_satisfaction,
        two=row.worthwhile,
        three=row.happiness,
        four=row.anxiety,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def completions(enrolment_id: Whose) -> Part:
    return (
        part(
            "learning",
            at=noon(Completion.completed_on),
            timed=literal(False),
            by_id=Completion.entered_by_id,
            entered_at=Completion.entered_at,
            id=Completion.id,
            code=Course.level,
            second=Completion.grade,
            day=Completion.achieved_on,
            words=Course.title,
        )
        .join_from(Completion, CourseEnrolment, CourseEnrolment.id == Completion.place_id)
        .join(Course, Course.id == CourseEnrolment.course_id)
        .where(
            CourseEnrolment.enrolment_id == enrolment_id,
            CourseEnrolment.voided_at.is_(None),
            Completion.voided_at.is_(None),
        )
    )


def progressions(enrolment_id: Whose) -> Part:
    row = Progression
    return part(
        "progression",
        at=noon(row.started_on),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.kind,
        second=row.evidence_level,
        third=row.pay_period,
        number=row.weekly_minutes,
        one=row.pay_pence,
        day=row.ended_on,
        words=func.coalesce(row.employer, ""),
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def support(enrolment_id: Whose) -> Part:
    row = SupportGiven
    return part(
        "support",
        at=noon(func.coalesce(row.given_on, row.asked_on)),
        timed=literal(False),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.kind,
        second=row.state,
        third=row.theme,
        number=row.units_hundredths,
        one=row.amount_pence,
        sealed=row.note_sealed,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def handovers(enrolment_id: Whose) -> Part:
    """`words` names the colleagues the case went to, by commas."""
    row = Handover
    return (
        part(
            "handover",
            at=row.entered_at,
            timed=literal(True),
            by_id=row.entered_by_id,
            id=row.id,
            code=row.kind,
            second=row.reason,
            day=row.until_on,
            words=func.aggregate_strings(User.name, ", "),
        )
        .join_from(HandedCase, row, row.id == HandedCase.handover_id)
        .join(User, User.id == HandedCase.to_id)
        .where(HandedCase.enrolment_id == enrolment_id, row.voided_at.is_(None))
        .group_by(row.id)
    )


def start(enrolment_id: Whose) -> Part:
    return _milestone(enrolment_id, "start", Enrolment.started_on, Enrolment.referral_source)


def leaving(enrolment_id: Whose) -> Part:
    return _milestone(enrolment_id, "exit", Enrolment.exited_on, Enrolment.exit_reason)


def _milestone(enrolment_id: Whose, kind: str, day: Any, code: Any) -> Part:
    return part(
        kind, at=noon(day), timed=literal(False), by_id=Enrolment.entered_by_id, id=Enrolment.id, code=code
    ).where(and_(Enrolment.id == enrolment_id, day.is_not(None)))


# What one can narrow the timeline to, and the parts of each.
PARTS: dict[str, tuple[Callable[[Whose], Part], ...]] = {
    "contact": (contacts,),
    "work": (case_work,),
    "appointment": (appointments,),
    "barrier": (barriers,),
    "plan": (goals, goals_closed, agreements, pauses),
    "wellbeing": (wellbeing,),
    "learning": (completions,),
    "support": (support,),
    "progression": (progressions, checks, proofs, terms, breaks, readiness, applications),
    "paper": PAPER_PARTS,
    "safety": SAFETY_PARTS,
    "asked": (*ASKED_PARTS, moved, statements),
    "milestone": (start, handovers, leaving),
}
