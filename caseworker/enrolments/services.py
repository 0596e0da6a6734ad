"""Changes to a person's time on a programme, and to what is due in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select, update

from caseworker.accounts.models import User
from caseworker.core.calendar import age_on
from caseworker.core.codes import code
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.heard import Heard
from caseworker.enrolments.models import DueItem, Enrolment, ReviewPause
from caseworker.enrolments.pauses import pauses_of
from caseworker.enrolments.queries import rules_by_kind, rules_of
from caseworker.enrolments.rules import (
    ENDS_AT_EXIT,
    Due,
    DueKind,
    Edition,
    Spell,
    contact_due,
    plan_due,
    review_due,
)
from caseworker.participants.models import Participant, Scope
from caseworker.participants.services import open_access
from caseworker.programmes.models import Cohort, Programme


@dataclass(frozen=True)
class AtStart:
    """How things stood on the first day: reports ask for it as it was.

    `status` is a code of economic_status, `benefit` of benefit; None is not known.
    """

    status: str
    required_to_look: bool | None = None
    benefit: str | None = None


def start_enrolment(
    participant: Participant,
    programme: Programme,
    *,
    keyworker: User | None,
    referral_source: str,
    referred_on: date,
    started_on: date | None,
    at_start: AtStart,
    entered_by: User | None,
    today: date,
    cohort: Cohort | None = None,
) -> Enrolment:
    """A person's time on a programme begins: the access it opens and its first due days come with it.

    Raises RuleBroken for dates out of order or in the future, and for a second open enrolment.
    """
    if referred_on > today:
        raise RuleBroken("The day they were referred must be today or earlier", "referred_on")
    if started_on is not None and started_on < referred_on:
        raise RuleBroken("The start must be on or after the day they were referred", "started_on")
    enrolment = Enrolment(
        participant_id=participant.id,
        programme_id=programme.id,
        cohort_id=cohort.id if cohort else None,
        keyworker_id=keyworker.id if keyworker else None,
        referral_source=referral_source,
        referred_on=referred_on,
        started_on=started_on,
        status_at_start=at_start.status,
        required_to_look_at_start=at_start.required_to_look,
        benefit_at_start=at_start.benefit,
        age_at_start=age_on(participant.born_on, started_on or referred_on) if participant.born_on else None,
        entered_by_id=entered_by.id if entered_by else None,
    )
    with refused_as(uq_enrolment_one_open=RuleBroken("They are already on this programme")):
        db.session.add(enrolment)
    _open_to_programme_and_keyworker(enrolment)
    settle_contact_due(enrolment, None)
    settle_plan_dues(enrolment, None, None, None)
    return enrolment


def _open_to_programme_and_keyworker(enrolment: Enrolment) -> None:
    person, day = enrolment.participant_id, enrolment.referred_on
    open_access(
        person,
        scope=Scope.CASE,
        why="enrolment",
        because_id=enrolment.id,
        from_on=day,
        programme_id=enrolment.programme_id,
    )
    if enrolment.keyworker_id is not None:
        open_access(
            person,
            scope=Scope.CASE,
            why="keyworker",
            because_id=enrolment.id,
            from_on=day,
            user_id=enrolment.keyworker_id,
        )


def exit_enrolment(enrolment: Enrolment, *, exited_on: date, exit_reason: str, today: date) -> None:
    """They leave. Contact, plan and review are no longer due; whether work lasts is still asked, except
    after a reason that stops every follow-up. Access stays, because the record is still worked on.

    Raises RuleBroken when they have left already, or for a day before the start or in the future.
    """
    if enrolment.exited_on is not None:
        raise RuleBroken("They have left this programme already")
    if exited_on > today:
        raise RuleBroken("The last day must be today or earlier", "exited_on")
    if exited_on < (enrolment.started_on or enrolment.referred_on):
        raise RuleBroken("The last day must be on or after the first", "exited_on")
    enrolment.exited_on, enrolment.exit_reason = exited_on, exit_reason
    ending = set(DueKind) if stops_follow_up(exit_reason) else ENDS_AT_EXIT
    db.session.execute(
        update(DueItem)
        .where(
            DueItem.enrolment_id == enrolment.id,
            DueItem.closed_on.is_(None),
            DueItem.kind.in_(sorted(ending)),
        )
        .values(closed_on=exited_on)
    )


def stops_follow_up(exit_reason: str) -> bool:
    """Died, or asked not to be contacted: nothing more is asked of anybody."""
    return code("exit_reason", exit_reason).flag("stops_messages")


def follow_up_stopped_on(
    exited_on: date | None, exit_reason: str | None, no_since: date | None
) -> date | None:
    """From when on nobody asks how things went: they left for a reason that stops it, or said no to contact
    after leaving on `no_since`. None: they are still here, or may be asked."""
    if exited_on is None:
        return None
    if exit_reason is not None and stops_follow_up(exit_reason):
        return exited_on
    return None if no_since is None else max(exited_on, no_since)


def spell_of(enrolment: Enrolment, pauses: Sequence[ReviewPause]) -> Spell:
    return Spell(enrolment.id, enrolment.started_on, enrolment.exited_on, pauses)


CLOCK, LEAST = "review_clock", "minimum_contact"


def settle_contact_due(
    enrolment: Enrolment, heard: Heard | date | None, rules: Mapping[str, Sequence[Edition]] | None = None
) -> None:
    """Store when they must be spoken with or tried next, told what is known of contact with them.

    `rules`, with those of CLOCK and LEAST, spares reading them where the caller has them.
    """
    if rules is None:
        rules = rules_by_kind(enrolment.programme_id, CLOCK, LEAST)
    spell = spell_of(enrolment, pauses_of(enrolment.id))
    due = contact_due(spell, rules[CLOCK], heard, rules[LEAST])
    keep_due(enrolment, DueKind.CONTACT, enrolment.id, due)


def settle_plan_dues(
    enrolment: Enrolment, plan_id: UUID | None, agreed_on: date | None, reviewed_on: date | None
) -> None:
    """Store by when the plan must be agreed and next reviewed, told what is known of it now."""
    editions = rules_of(enrolment.programme_id, CLOCK)
    spell = spell_of(enrolment, pauses_of(enrolment.id))
    keep_due(enrolment, DueKind.PLAN, enrolment.id, plan_due(spell, editions, agreed_on))
    if plan_id is not None:
        review = review_due(spell, editions, plan_id, agreed_on, reviewed_on)
        keep_due(enrolment, DueKind.REVIEW, plan_id, review)


def keep_due(enrolment: Enrolment, kind: DueKind, about_id: UUID, due: Due | None) -> None:
    """Make the stored item what the rule says it is; None: there is to be none.

    Nothing is due of somebody who must not be contacted.
    """
    stopped_on = enrolment.participant.stopped_on if enrolment.participant.stopped else None
    item = _find_due(enrolment, kind, about_id)
    if due is None:
        if item is not None:
            db.session.delete(item)
        return
    if item is None:
        item = DueItem(enrolment_id=enrolment.id, kind=kind, about_id=about_id)
        db.session.add(item)
    item.due_on, item.rule, item.closed_on = due.due_on, due.rule, due.closed_on or stopped_on


def _find_due(enrolment: Enrolment, kind: DueKind, about_id: UUID) -> DueItem | None:
    values = {"enrolment_id": enrolment.id, "kind": kind, "about_id": about_id}
    return db.session.scalar(_due_item(), values)


@cache
def _due_item() -> Select[DueItem]:
    return select(DueItem).where(
        DueItem.enrolment_id == bindparam("enrolment_id"),
        DueItem.kind == bindparam("kind"),
        DueItem.about_id == bindparam("about_id"),
    )
