"""A review of who has access: each grant kept or ended, and what was decided is kept."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from caseworker.accounts.models import RoleGrant, User
from caseworker.accounts.services import end_role, give_role_back
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.privacy.models import AccessDecision, AccessReview

UNDOABLE = timedelta(days=30)


def record_review(
    looked_at: Iterable[RoleGrant],
    ended: Collection[UUID],
    *,
    words: str | None,
    by: User,
    now: datetime,
    today: date,
) -> AccessReview:
    """Keep or end each grant that was looked at; `ended` are keys of grants. One that was not on the page is
    left alone. Raises RuleBroken for a role of one's own."""
    review = AccessReview(reviewed_on=today, entered_by_id=by.id)
    review.words = words
    db.session.add(review)
    db.session.flush()
    for grant in looked_at:
        ends = grant.id in ended
        decision = AccessDecision(
            review_id=review.id, grant_id=grant.id, ended=ends, was_until_on=grant.until_on
        )
        db.session.add(decision)
        if ends:
            end_role(grant, by=by, now=now, today=today)
    db.session.flush()
    return review


def give_back(decision: AccessDecision, *, by: User, now: datetime) -> None:
    """Undo of one ending, for 30 days. Raises RuleBroken for one's own role, or one that was kept or given
    back already."""
    review, grant = decision.review, decision.grant
    if not decision.ended or decision.given_back_at or now - review.entered_at > UNDOABLE:
        raise RuleBroken("This cannot be undone any more. Give the role anew")
    if grant.user_id == by.id:
        raise RuleBroken("You cannot give yourself a role. Ask another administrator")
    give_role_back(grant, decision.was_until_on)
    decision.given_back_at = now
