"""Who has access to what, since when and how lately used: the list a review goes through."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import Role, RoleGrant, User, UserSession
from caseworker.core.audit import AuditEvent
from caseworker.core.calendar import uk_time
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.privacy.models import AccessDecision, AccessReview
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.queries import organisations_below
from caseworker.safeguarding.leads import Belongs, leads

REVIEWERS = frozenset({Role.ADMINISTRATOR, Role.DATA_PROTECTION})
# Not signed in for so long: worth asking whether the role is still needed.
QUIET = timedelta(days=90)
PAST = 20


@dataclass(frozen=True)
class Line:
    """One grant to look at; `last_used` is its user's last sign-in or page, `cases` their open ones."""

    grant: RoleGrant
    user: User
    place: str
    last_used: datetime | None
    cases: int
    mine: bool
    day: date

    @property
    def is_leaver(self) -> bool:
        return not self.user.active or self.user.voided_at is not None

    @property
    def is_quiet(self) -> bool:
        return self.last_used is not None and uk_time(self.last_used).date() < self.day - QUIET

    @property
    def is_questioned(self) -> bool:
        return self.is_leaver or self.last_used is None or self.is_quiet


def is_reviewed_by(user: User) -> ColumnElement[bool]:
    """Grants of the places where this user protects data or administers; everywhere: all of them."""
    held = [grant for grant in user.grants if grant.role in REVIEWERS and grant.holds_on(today())]
    if any(grant.programme_id is None and grant.organisation_id is None for grant in held):
        return true()
    below = organisations_below([grant.organisation_id for grant in held if grant.organisation_id])
    programmes = [grant.programme_id for grant in held if grant.programme_id]
    on = select(Programme.id).where(or_(Programme.organisation_id.in_(below), Programme.id.in_(programmes)))
    return or_(RoleGrant.organisation_id.in_(below), RoleGrant.programme_id.in_(on))


def _living(user: User, day: date) -> Select[RoleGrant]:
    lasts = or_(RoleGrant.until_on.is_(None), RoleGrant.until_on >= day)
    return (
        select(RoleGrant)
        .where(RoleGrant.voided_at.is_(None), lasts, is_reviewed_by(user))
        .options(joinedload(RoleGrant.user).lazyload(User.grants))
    )


def grants_to_review(user: User, day: date) -> list[Line]:
    """Every grant that opens something now or will, what is questionable first, then by name."""
    grants = list(db.session.scalars(_living(user, day)))
    used = _last_used({grant.user_id for grant in grants})
    cases = _open_cases({grant.user_id for grant in grants if grant.role == Role.KEYWORKER})
    places = _places()
    lines = [
        Line(
            grant,
            grant.user,
            places.get(grant.programme_id or grant.organisation_id, ""),
            used.get(grant.user_id),
            cases.get(grant.user_id, 0) if grant.role == Role.KEYWORKER else 0,
            grant.user_id == user.id,
            day,
        )
        for grant in grants
    ]
    return sorted(
        lines, key=lambda line: (not line.is_questioned, line.user.name, line.grant.role, line.place)
    )


def _last_used(user_ids: set[UUID]) -> dict[UUID, datetime]:
    """The last sign-in the audit knows, or the last page of a session, whichever is later."""
    signed_in = (
        select(AuditEvent.record_id, func.max(AuditEvent.at))
        .where(AuditEvent.record_id.in_(user_ids), AuditEvent.action == "signed in")
        .group_by(AuditEvent.record_id)
    )
    seen = (
        select(UserSession.user_id, func.max(UserSession.seen_at))
        .where(UserSession.user_id.in_(user_ids))
        .group_by(UserSession.user_id)
    )
    found: dict[UUID, datetime] = {}
    for rows in (signed_in, seen):
        for key, at in db.session.execute(rows):
            if key is None:
                continue
            found[key] = max(found.get(key, at), at)
    return found


def _open_cases(user_ids: Iterable[UUID]) -> dict[UUID, int]:
    rows = (
        select(Enrolment.keyworker_id, func.count())
        .where(
            Enrolment.keyworker_id.in_(list(user_ids)),
            Enrolment.exited_on.is_(None),
            Enrolment.voided_at.is_(None),
        )
        .group_by(Enrolment.keyworker_id)
    )
    return {key: count for key, count in db.session.execute(rows) if key is not None}


def _places() -> dict[UUID | None, str]:
    found: dict[UUID | None, str] = {None: "Everywhere"}
    for model in (Organisation, Programme):
        found |= {row.id: row.name for row in db.session.execute(select(model.id, model.name))}
    return found


def without_a_reader(day: date) -> Sequence[str]:
    """Organisations with programmes for which nobody reads a concern: one raised there would be sealed up."""
    holding = select(Programme.organisation_id).where(Programme.voided_at.is_(None))
    rows = db.session.scalars(
        select(Organisation).where(Organisation.id.in_(holding)).order_by(Organisation.name)
    ).all()
    everybody = leads(day)
    return [row.name for row in rows if not everybody.told(Belongs(row.id)).readers]


def past_reviews(user: User) -> list[tuple[AccessReview, str, int, int]]:
    """(review, who did it, grants looked at, ended) of what this user may review, the newest first."""
    ended = func.sum(case((AccessDecision.ended, 1), else_=0))
    mine = select(AccessDecision.review_id).join(RoleGrant, RoleGrant.id == AccessDecision.grant_id)
    rows = db.session.execute(
        select(AccessReview, User.name, func.count(AccessDecision.id), ended)
        .outerjoin(User, User.id == AccessReview.entered_by_id)
        .join(AccessDecision, AccessDecision.review_id == AccessReview.id)
        .where(AccessReview.id.in_(mine.where(is_reviewed_by(user))))
        .group_by(AccessReview.id, User.name)
        .order_by(AccessReview.reviewed_on.desc(), AccessReview.id.desc())
        .limit(PAST)
    )
    return [(review, name or "", looked, int(count)) for review, name, looked, count in rows]


def get_review(user: User, review_id: UUID) -> tuple[AccessReview, list[tuple[AccessDecision, str]]]:
    """A review with those of its decisions that are this user's to review, and each one's place; the ended
    first. Raises NotVisible where it has none."""
    rows = (
        select(AccessDecision)
        .join(RoleGrant, RoleGrant.id == AccessDecision.grant_id)
        .join(User, User.id == RoleGrant.user_id)
        .where(AccessDecision.review_id == review_id, is_reviewed_by(user))
        .options(
            joinedload(AccessDecision.review),
            joinedload(AccessDecision.grant).joinedload(RoleGrant.user).lazyload(User.grants),
        )
        .order_by(AccessDecision.ended.desc(), User.name, RoleGrant.role, AccessDecision.id)
    )
    decisions = list(db.session.scalars(rows))
    if not decisions:
        raise NotVisible
    places = _places()
    placed = [
        (each, places.get(each.grant.programme_id or each.grant.organisation_id, "")) for each in decisions
    ]
    return decisions[0].review, placed


def get_decision(user: User, decision_id: UUID) -> AccessDecision:
    """Raises NotVisible when it is missing, or of a grant that is not this user's to review."""
    found = db.session.scalar(
        select(AccessDecision)
        .join(RoleGrant, RoleGrant.id == AccessDecision.grant_id)
        .where(AccessDecision.id == decision_id, is_reviewed_by(user))
    )
    if found is None:
        raise NotVisible
    return found
