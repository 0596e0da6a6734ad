"""Writing down a risk, looking at it again, ending it; and keeping two people apart."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import or_, select

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.participants.models import Participant
from caseworker.risks.models import KeepApart, RiskFlag, RiskReview
from caseworker.risks.queries import leads, stands
from caseworker.risks.rules import LONGEST_REVIEW, SPEAK_TO_LEAD, RiskDetails

ENDED = "This risk was ended already"


class ApartRefused(RuleBroken):
    """A booking would bring two people together who must not meet. It says nothing else."""

    def __init__(self) -> None:
        super().__init__(SPEAK_TO_LEAD)


def record_risk(person: Participant, details: RiskDetails, *, recorded_by: User, today: date) -> RiskFlag:
    """Write down a fact and what to do about it. Raises RuleBroken for days that do not fit."""
    code("risk_measure", details.what_to_do)
    code("risk_source", details.source)
    if details.from_on > today:
        raise RuleBroken("The day must be today or earlier", "from_on")
    _check_review(details.review_on, today, "review_on")
    flag = RiskFlag(
        participant=person,
        what_to_do=details.what_to_do,
        source=details.source,
        fact=details.fact,
        more=details.more,
        from_on=details.from_on,
        review_on=details.review_on,
        entered_by_id=recorded_by.id,
    )
    db.session.add(flag)
    return flag


def review_risk(
    flag: RiskFlag, *, next_on: date | None, end_reason: str | None, words: str | None, by: User, today: date
) -> RiskReview:
    """It holds until `next_on`, or it ends for a reason of risk_end_reason. Raises RuleBroken."""
    if flag.ended_on is not None:
        raise RuleBroken(ENDED)
    if (next_on is None) == (end_reason is None):
        raise RuleBroken("Say when to look again, or why it ends", "answer")
    review = RiskReview(
        flag=flag,
        due_on=flag.review_on,
        reviewed_on=today,
        next_on=next_on,
        words=words,
        entered_by_id=by.id,
    )
    if next_on is not None:
        _check_review(next_on, today, "next_on")
        flag.review_on = next_on
    else:
        code("risk_end_reason", end_reason or "")
        flag.ended_on, flag.end_reason = today, end_reason
    db.session.add(review)
    return review


def _check_review(day: date, today: date, field: str) -> None:
    if not today < day <= today + LONGEST_REVIEW:
        raise RuleBroken("The day to look at it again must be after today and within a year", field)


def take_back_review(review: RiskReview, *, by: User, now: datetime) -> None:
    """Undo of a review: the risk holds, and is due, as before."""
    take_back(review, by.id, now)
    review.flag.review_on, review.flag.ended_on, review.flag.end_reason = review.due_on, None, None


def take_back_risk(flag: RiskFlag, *, by: User, now: datetime) -> None:
    """Undo of writing it down."""
    take_back(flag, by.id, now)


def keep_apart(
    one: Participant,
    other: Participant,
    *,
    reason: str | None,
    from_on: date,
    until_on: date | None,
    recorded_by: User,
) -> KeepApart:
    """Two people must not meet. Raises RuleBroken for one person twice, a pair that stands, or the days."""
    if one.id == other.id:
        raise RuleBroken("That is the same person. Enter somebody else's reference", "other")
    if until_on is not None and until_on < from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    first, second = sorted((one.id, other.id))
    same = or_(
        (KeepApart.one_id == first) & (KeepApart.other_id == second),
        (KeepApart.one_id == second) & (KeepApart.other_id == first),
    )
    if db.session.scalar(select(KeepApart.id).where(same, stands(from_on, until_on or date.max)).limit(1)):
        raise RuleBroken("They are to be kept apart already", "other")
    pair = KeepApart(
        one_id=first,
        other_id=second,
        reason=reason,
        from_on=from_on,
        until_on=until_on,
        entered_by_id=recorded_by.id,
    )
    db.session.add(pair)
    return pair


def end_keep_apart(pair: KeepApart, *, today: date) -> None:
    """From tomorrow they may meet. Raises RuleBroken when it is over already."""
    if pair.until_on is not None and pair.until_on <= today:
        raise RuleBroken("This is over already")
    pair.until_on = max(today, pair.from_on)


def take_back_pair(pair: KeepApart, *, by: User, now: datetime) -> None:
    take_back(pair, by.id, now)


def let_meet(programme_id: UUID, despite: str | None, *, by: User) -> None:
    """A booking that brings two together goes ahead on a lead's word: `despite` is a code of apart_override.

    Raises ApartRefused for anybody else, and without a reason. Who and why are in the audit, the pair is not.
    """
    if despite is None or not leads(by, programme_id):
        raise ApartRefused
    code("apart_override", despite)
    audit.note(audit.Entry("let meet", "keep_apart", why=despite))
