"""Work begun and not finished on one's own caseload. Count and list are the same rows."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Date,
    Select,
    String,
    Subquery,
    cast,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import SERIOUS
from caseworker.casefile.unreviewed import unread_words, unreviewed
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.documents.models import Document
from caseworker.documents.rules import SOON
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, worked_by
from caseworker.participants.models import Participant
from caseworker.plans.models import ActionPlan, Goal, GoalDeclined
from caseworker.plans.rules import DROPPED
from caseworker.programmes.models import Programme
from caseworker.progressions.models import Progression
from caseworker.referrals.models import OnwardReferral

PAGE = 50
RISK, PLAN, CHANGED, BARRIER, EVIDENCE = "risk", "plan", "changed", "barrier", "evidence"
REFERRAL, DOCUMENT, TUTOR = "referral", "document", "tutor"
KINDS = (RISK, TUTOR, PLAN, CHANGED, BARRIER, EVIDENCE, REFERRAL, DOCUMENT)
NO_EVIDENCE = "self_reported"


@dataclass(frozen=True)
class Unfinished:
    """One thing to finish: `code` is the barrier's theme, the kind of progression or document, or why
    somebody was referred; `since` its day."""

    kind: str
    since: date
    code: str
    enrolment_id: UUID
    reference: str
    known_as: str
    family_name: str
    programme_name: str

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"


def count_unfinished(user: User) -> Counter[str]:
    every = _unfinished(user)
    rows = db.session.execute(select(every.c.kind, func.count()).group_by(every.c.kind))
    return Counter({row[0]: row[1] for row in rows})


def list_unfinished(user: User, kind: str, page: int = 1) -> list[Unfinished]:
    """A page of one kind, the longest open first."""
    every = _unfinished(user)
    rows = (
        select(
            every.c.kind,
            every.c.since,
            every.c.code,
            every.c.enrolment_id,
            Participant.reference,
            func.coalesce(Participant.preferred_name, Participant.given_name),
            Participant.family_name,
            Programme.name,
        )
        .select_from(every)
        .join(Enrolment, Enrolment.id == every.c.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(every.c.kind == kind)
        .order_by(every.c.since, Participant.reference, every.c.enrolment_id, every.c.code)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [Unfinished(*row) for row in db.session.execute(rows)]


def unproved() -> Select[*tuple[Any, ...]]:
    """Steps forward that rest on somebody's word alone, in any enrolment."""
    return select(
        literal(EVIDENCE).label("kind"),
        Progression.started_on.label("since"),
        Progression.kind.label("code"),
        Progression.enrolment_id.label("enrolment_id"),
    ).where(Progression.evidence_level == NO_EVIDENCE, Progression.voided_at.is_(None))


def _unfinished(user: User) -> Subquery:
    own = select(Enrolment.id).where(worked_by(user, today()), Enrolment.exited_on.is_(None), open_to(user))
    found = {
        PLAN: _unsigned(),
        CHANGED: _changed(),
        BARRIER: _without_a_goal(),
        EVIDENCE: unproved(),
        REFERRAL: _to_chase(today()),
        DOCUMENT: _running_out(today()),
    }
    parts = (part.subquery(name) for name, part in found.items())
    mine = [select(part).where(part.c.enrolment_id.in_(own)) for part in parts]
    return union_all(*mine, unreviewed(user), unread_words(user)).subquery("unfinished")


def _unsigned() -> Select[*tuple[Any, ...]]:
    """Plans with a goal that nobody agreed to yet."""
    has_goal = exists().where(Goal.plan_id == ActionPlan.id, Goal.voided_at.is_(None))
    return select(
        literal(PLAN).label("kind"),
        ActionPlan.started_on.label("since"),
        cast(null(), String(40)).label("code"),
        ActionPlan.enrolment_id.label("enrolment_id"),
    ).where(ActionPlan.agreed_on.is_(None), ActionPlan.voided_at.is_(None), has_goal)


def _changed() -> Select[*tuple[Any, ...]]:
    """Agreed plans that changed since in what asks for a new agreement."""
    return select(
        literal(CHANGED).label("kind"),
        func.coalesce(ActionPlan.reviewed_on, ActionPlan.agreed_on).label("since"),
        cast(null(), String(40)).label("code"),
        ActionPlan.enrolment_id.label("enrolment_id"),
    ).where(ActionPlan.unsigned_changes > 0, ActionPlan.voided_at.is_(None))


def _to_chase(day: date) -> Select[*tuple[Any, ...]]:
    """Referrals about which an agency is to be asked."""
    return select(
        literal(REFERRAL).label("kind"),
        OnwardReferral.chase_on.label("since"),
        OnwardReferral.reason.label("code"),
        OnwardReferral.enrolment_id.label("enrolment_id"),
    ).where(OnwardReferral.chase_on <= day, OnwardReferral.voided_at.is_(None))


def _running_out(day: date) -> Select[*tuple[Any, ...]]:
    """Documents that ran out or soon will, with no newer one of their kind."""
    row, newer = Document, aliased(Document)
    renewed = exists().where(
        newer.enrolment_id == row.enrolment_id,
        newer.kind == row.kind,
        newer.voided_at.is_(None),
        or_(newer.expires_on.is_(None), newer.expires_on > row.expires_on),
    )
    return select(
        literal(DOCUMENT).label("kind"),
        row.expires_on.label("since"),
        row.kind.label("code"),
        row.enrolment_id.label("enrolment_id"),
    ).where(row.expires_on <= day + SOON, row.voided_at.is_(None), ~renewed)


def _without_a_goal() -> Select[*tuple[Any, ...]]:
    """Themes still serious, with neither a goal that is not dropped nor a recorded no.

    A word on a whole theme replaces all said of it before.
    """
    row, later = BarrierAssessment, aliased(BarrierAssessment)
    superseded = exists().where(
        later.enrolment_id == row.enrolment_id,
        later.theme == row.theme,
        or_(later.barrier.is_(None), later.barrier == row.barrier),
        later.voided_at.is_(None),
        (later.assessed_on > row.assessed_on)
        | ((later.assessed_on == row.assessed_on) & (later.id > row.id)),
    )
    goal = exists().where(
        Goal.plan_id == ActionPlan.id,
        ActionPlan.enrolment_id == row.enrolment_id,
        Goal.theme == row.theme,
        Goal.state != DROPPED,
        Goal.voided_at.is_(None),
        ActionPlan.voided_at.is_(None),
    )
    declined = exists().where(
        GoalDeclined.enrolment_id == row.enrolment_id,
        GoalDeclined.theme == row.theme,
        GoalDeclined.voided_at.is_(None),
    )
    return (
        select(
            literal(BARRIER).label("kind"),
            func.min(row.assessed_on, type_=Date()).label("since"),
            row.theme.label("code"),
            row.enrolment_id.label("enrolment_id"),
        )
        .where(row.severity >= SERIOUS, row.voided_at.is_(None), ~superseded, ~goal, ~declined)
        .group_by(row.theme, row.enrolment_id)
    )
