"""Handing cases over, ending a cover, and taking a handover back. All of it happens, or nothing."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment, HandedCase, HandedThing, Handover
from caseworker.handover.belongings import OWNER, belongings
from caseworker.handover.queries import colleagues
from caseworker.handover.rules import FOR_GOOD, MOST, TEAM_COVER, Terms, check_terms
from caseworker.participants.models import Scope
from caseworker.participants.services import end_access, open_access

DAY = timedelta(days=1)


def hand_over(
    cases: Sequence[Enrolment], to: Sequence[User], terms: Terms, *, by: User, today: date
) -> Handover:
    """Give cases to a colleague for good or for a while, or open them to a team for dates.

    Cases that are with the colleague already are left as they are. For good, the keyworker before can read
    them until the end of today, so that nothing half written is lost. Raises RuleBroken, and then nothing
    has moved: for days that do not fit, for nobody chosen, for a colleague who cannot work one of the
    cases, or for a case that has been left.
    """
    check_terms(terms, today)
    _check_to(to, terms)
    moving = [case for case in cases if any(each.id != case.keyworker_id for each in to)]
    if not moving:
        raise RuleBroken("They are with this colleague already" if cases else "Choose whom to hand over")
    if len(moving) > MOST:
        raise RuleBroken(f"Hand over at most {MOST} people at a time")
    _check_cases(moving, to)
    handover = Handover(
        kind=terms.kind,
        reason=terms.reason,
        from_on=terms.from_on,
        until_on=terms.until_on,
        entered_by_id=by.id,
    )
    db.session.add(handover)
    rows = [
        HandedCase(handover=handover, enrolment=case, was_with_id=case.keyworker_id, to_id=each.id)
        for case in moving
        for each in to
        if each.id != case.keyworker_id
    ]
    db.session.add_all(rows)
    db.session.flush()
    if terms.kind == FOR_GOOD:
        _give(rows, today)
    else:
        _lend(rows, terms)
    return handover


def _check_to(to: Sequence[User], terms: Terms) -> None:
    if not to:
        field = "team" if terms.kind == TEAM_COVER else "to_id"
        raise RuleBroken("Choose who takes them", field)
    if len(to) > 1 and terms.kind != TEAM_COVER:
        raise RuleBroken("Choose one colleague, or open them to a team", "team")
    for each in to:
        if not each.active:
            raise RuleBroken(f"{each.name} no longer signs in here. Choose somebody else", "to_id")


def _check_cases(cases: Sequence[Enrolment], to: Sequence[User]) -> None:
    gone = [case.participant.reference for case in cases if case.exited_on is not None]
    if gone:
        raise RuleBroken(f"Nothing was handed over. These have left the programme: {', '.join(gone[:5])}")
    for programme in {case.programme for case in cases}:
        able = {each.id for each in colleagues([programme.id])}
        for each in to:
            if each.id not in able:
                raise RuleBroken(
                    f"Nothing was handed over. {each.name} has no keyworker's or lead's role on "
                    f"{programme.name}",
                    "to_id",
                )


def _lend(rows: Sequence[HandedCase], terms: Terms) -> None:
    """The keyworker stays; others may read for these days, and then no longer, by themselves."""
    for row in rows:
        open_access(
            row.enrolment.participant_id,
            scope=Scope.CASE,
            why=terms.kind,
            because_id=row.handover_id,
            from_on=terms.from_on,
            until_on=terms.until_on,
            user_id=row.to_id,
        )


def _give(rows: Sequence[HandedCase], today: date) -> None:
    """The keyworker changes, with access and everything open."""
    things = belongings({row.enrolment_id: row.was_with_id for row in rows if row.was_with_id})
    row_of = {row.enrolment_id: row for row in rows}
    for row in rows:
        case = row.enrolment
        case.keyworker_id = row.to_id
        _open_to_keyworker(case, row.to_id, today)
        if row.was_with_id is not None:
            end_access(case.id, today, user_id=row.was_with_id)
    for case_id, kind, thing in things:
        row = row_of[case_id]
        setattr(thing, OWNER[kind][1], row.to_id)
        db.session.add(HandedThing(handed_case_id=row.id, kind=kind, thing_id=thing.id))
    db.session.flush()


def _open_to_keyworker(case: Enrolment, user_id: UUID, from_on: date) -> None:
    open_access(
        case.participant_id,
        scope=Scope.CASE,
        why="keyworker",
        because_id=case.id,
        from_on=from_on,
        user_id=user_id,
    )


def end_handover(handover: Handover, *, today: date) -> None:
    """Give cases back before the last day. Raises RuleBroken for one for good, or over already."""
    if handover.until_on is None:
        raise RuleBroken("This was for good. Hand them over again instead")
    if handover.ended_on is not None or handover.until_on < today:
        raise RuleBroken("This is over already")
    handover.ended_on = today
    end_access(handover.id, today)


def undo_handover(handover: Handover, *, by: User, now: datetime, today: date) -> tuple[int, int]:
    """Put back what it moved and nothing has moved since: (put back, left where they are by now).

    Raises RuleBroken for somebody else's handover, or one made more than 30 days ago.
    """
    take_back(handover, by.id, now)
    if handover.kind != FOR_GOOD:
        end_access(handover.id, today - DAY)
        return len({row.enrolment_id for row in handover.cases}), 0
    moved_since = _moved_since(handover)
    back = [
        row
        for row in handover.cases
        if row.enrolment_id not in moved_since and row.enrolment.keyworker_id == row.to_id
    ]
    for row in back:
        case = row.enrolment
        case.keyworker_id = row.was_with_id
        end_access(case.id, today - DAY, user_id=row.to_id)
        if row.was_with_id is not None:
            _open_to_keyworker(case, row.was_with_id, case.referred_on)
        _return_things(row)
    return len(back), len(handover.cases) - len(back)


def _moved_since(handover: Handover) -> set[UUID]:
    """Cases that a later handover for good took on."""
    return set(
        db.session.scalars(
            select(HandedCase.enrolment_id)
            .join(Handover, Handover.id == HandedCase.handover_id)
            .where(
                HandedCase.enrolment_id.in_([row.enrolment_id for row in handover.cases]),
                Handover.kind == FOR_GOOD,
                Handover.voided_at.is_(None),
                Handover.id > handover.id,
            )
        )
    )


def _return_things(row: HandedCase) -> None:
    for handed in db.session.scalars(select(HandedThing).where(HandedThing.handed_case_id == row.id)):
        model, owner = OWNER[handed.kind]
        thing = db.session.get(model, handed.thing_id)
        if thing is not None and getattr(thing, owner) == row.to_id:
            setattr(thing, owner, row.was_with_id)
