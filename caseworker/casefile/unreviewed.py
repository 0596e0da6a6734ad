"""What about one's people waits on home until somebody looks: overdue reviews of risks, words from tutors."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, literal, or_, select

from caseworker.accounts.models import Role, User
from caseworker.care.models import LearnerMessage
from caseworker.care.queries import unread_by
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
    mine = or_(worked_by(user, today()), nobodys)
    case = _newest_case(user, RiskFlag, mine)
    rows = _rows("risk", RiskFlag.review_on, RiskFlag.what_to_do, case).where(is_overdue(today()))
    return _of_a_case(rows)


def unread_words(user: User) -> Select[*tuple[Any, ...]]:
    """Messages of tutors about one's own people that one has not read, in the same columns."""
    row = LearnerMessage
    case = _newest_case(user, row, worked_by(user, today()))
    return _of_a_case(_rows("tutor", row.written_on, row.kind, case).where(unread_by(user)))


def _newest_case(user: User, about: Any, mine: ColumnElement[bool]) -> ScalarSelect[UUID]:
    return (
        select(Enrolment.id)
        .where(Enrolment.participant_id == about.participant_id, mine, open_to(user))
        .order_by(Enrolment.referred_on.desc(), Enrolment.id.desc())
        .limit(1)
        .correlate(about)
        .scalar_subquery()
    )


def _rows(kind: str, since: Any, code: Any, case: ScalarSelect[UUID]) -> Select[*tuple[Any, ...]]:
    return select(
        literal(kind).label("kind"), since.label("since"), code.label("code"), case.label("enrolment_id")
    )


def _of_a_case(rows: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    found = rows.subquery()
    return select(found).where(found.c.enrolment_id.is_not(None))
