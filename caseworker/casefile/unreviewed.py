"""Risks whose review is overdue: listed on home until somebody looks, whatever becomes of the case."""

from typing import Any

from sqlalchemy import Select, and_, literal, or_, select

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to, worked_by
from caseworker.programmes.queries import programmes_of
from caseworker.risks.models import RiskFlag
from caseworker.risks.queries import is_overdue


def unreviewed(user: User) -> Select[*tuple[Any, ...]]:
    """In the columns of unfinished work: of one's own people, also those who left, and for a lead of those
    who are nobody's. A risk of somebody with two cases stands once."""
    nobodys = and_(
        Enrolment.keyworker_id.is_(None), Enrolment.programme_id.in_(programmes_of(user, {Role.LEAD}))
    )
    newest = (
        select(Enrolment.id)
        .where(
            Enrolment.participant_id == RiskFlag.participant_id,
            or_(worked_by(user, today()), nobodys),
            open_to(user),
        )
        .order_by(Enrolment.referred_on.desc(), Enrolment.id.desc())
        .limit(1)
        .correlate(RiskFlag)
        .scalar_subquery()
    )
    rows = (
        select(
            literal("risk").label("kind"),
            RiskFlag.review_on.label("since"),
            RiskFlag.what_to_do.label("code"),
            newest.label("enrolment_id"),
        )
        .where(is_overdue(today()))
        .subquery("risks")
    )
    return select(rows).where(rows.c.enrolment_id.is_not(None))
