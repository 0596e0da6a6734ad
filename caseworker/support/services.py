"""Help: asked for, agreed to or refused, given. A budget is locked while it is drawn on."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import CaseRecord, Enrolment
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.queries import drawn_from, leads
from caseworker.support.rules import APPROVED, ASKED, GIVEN, REFUSED, holds_a_reading, needs_a_yes, no_room


def give_support(
    enrolment: Enrolment,
    *,
    kind: str,
    given_on: date | None,
    amount_pence: int | None,
    units_hundredths: int | None,
    theme: str | None,
    budget: BudgetHead | None,
    note: str | None,
    contact: CaseRecord | None,
    recorded_by: User,
    today: date,
) -> SupportGiven:
    """Record help given, or ask for it first (`given_on` None).

    What is over the budget's threshold waits for a lead, unless a lead records it: the answer's `state`
    is then "asked". Raises RuleBroken, naming the field (kind, given_on, amount, units, budget, note), for
    a day ahead or before the referral, neither £ nor units, a reading in the note of a health check, or
    more than the budget has left.
    """
    code("support_kind", kind)
    _check_facts(enrolment, kind, given_on, amount_pence, units_hundredths, note, today)
    if budget is not None:
        _check_budget(enrolment, budget, amount_pence, given_on or today)
    support = SupportGiven(
        enrolment=enrolment,
        kind=kind,
        state=ASKED,
        asked_on=given_on or today,
        amount_pence=amount_pence,
        units_hundredths=units_hundredths,
        theme=theme,
        budget_id=budget.id if budget else None,
        note=note,
        contact_id=contact.id if contact else None,
        entered_by_id=recorded_by.id,
    )
    over = needs_a_yes(budget, amount_pence)
    if given_on is not None and (not over or leads(recorded_by, enrolment.programme_id)):
        support.state, support.given_on = GIVEN, given_on
        if over:
            support.decided_by_id, support.decided_on = recorded_by.id, today
    db.session.add(support)
    return support


def _check_facts(
    enrolment: Enrolment,
    kind: str,
    given_on: date | None,
    amount_pence: int | None,
    units_hundredths: int | None,
    note: str | None,
    today: date,
) -> None:
    if amount_pence is None and units_hundredths is None:
        raise RuleBroken("Enter what it cost, or how much of it there was", "amount")
    _check_day(enrolment, given_on, today)
    if holds_a_reading(kind, note):
        raise RuleBroken(
            "Leave every number out of this note. Write that it was done and what was advised, "
            "such as to see their GP, never the reading",
            "note",
        )


def _check_day(enrolment: Enrolment, given_on: date | None, today: date) -> None:
    if given_on is not None and given_on > today:
        raise RuleBroken("The day must be today or earlier", "given_on")
    if given_on is not None and given_on < enrolment.referred_on:
        raise RuleBroken("The day must be on or after the day they were referred", "given_on")


def _check_budget(enrolment: Enrolment, budget: BudgetHead, amount_pence: int | None, on: date) -> None:
    """That a budget can pay this. Its row is held until the work is committed, so that two who spend the
    last of it at the same moment take turns."""
    if budget.programme_id != enrolment.programme_id:
        raise RuleBroken("Select a budget of this programme", "budget")
    if amount_pence is None:
        raise RuleBroken("Enter what it cost, since a budget pays for it", "amount")
    held = db.session.scalars(
        select(BudgetHead)
        .where(BudgetHead.id == budget.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
    if held.voided_at is not None or not held.from_on <= on <= held.until_on:
        raise RuleBroken(f"“{held.name}” does not pay on that day. Select another budget", "budget")
    refusal = no_room(held, drawn_from(held, enrolment.participant_id), amount_pence)
    if refusal:
        raise RuleBroken(refusal, "amount")


def approve_support(support: SupportGiven, *, by: User, today: date) -> None:
    """A lead's yes; the money is set aside from now on. Raises RuleBroken when there is no room for it."""
    _still_asked(support)
    if support.budget is not None:
        _check_budget(support.enrolment, support.budget, support.amount_pence, support.asked_on)
    support.state, support.decided_by_id, support.decided_on = APPROVED, by.id, today


def refuse_support(support: SupportGiven, *, reason: str, by: User, today: date) -> None:
    """A lead's no, with a code of support_refusal. Raises RuleBroken when it was answered already."""
    code("support_refusal", reason)
    _still_asked(support)
    support.state, support.refusal_reason = REFUSED, reason
    support.decided_by_id, support.decided_on = by.id, today


def _still_asked(support: SupportGiven) -> None:
    if support.state != ASKED:
        raise RuleBroken("This was answered already")


def reopen_support(support: SupportGiven, *, by: User) -> None:
    """Undo of a yes or no, by whoever said it, while nothing was given. Raises RuleBroken."""
    if support.state not in (APPROVED, REFUSED) or support.decided_by_id != by.id:
        raise RuleBroken("Only whoever answered can undo it, while nothing was given")
    support.state, support.refusal_reason = ASKED, None
    support.decided_by_id = support.decided_on = None


def hand_out_support(support: SupportGiven, *, given_on: date, by: User, today: date) -> None:
    """What a lead agreed to was had. Raises RuleBroken for a day ahead, or without a yes."""
    if support.state != APPROVED:
        raise RuleBroken("This is not waiting to be given")
    _check_day(support.enrolment, given_on, today)
    support.state, support.given_on, support.handed_out_by_id = GIVEN, given_on, by.id


def hold_back_support(support: SupportGiven, *, by: User) -> None:
    """Undo of handing out, by whoever did: it is agreed to and not given again. Raises RuleBroken."""
    if support.state != GIVEN or support.decided_on is None:
        raise RuleBroken("This cannot be undone here")
    if (support.handed_out_by_id or support.entered_by_id) != by.id:
        raise RuleBroken("Only whoever recorded that it was given can undo it")
    support.state, support.given_on, support.handed_out_by_id = APPROVED, None, None


def keep_receipt(support: SupportGiven, file_id: UUID) -> None:
    """Put a receipt with it, in place of an earlier one."""
    support.receipt_file_id = file_id


def take_back_support(support: SupportGiven, *, by: User, now: datetime) -> None:
    """Undo of an entry; its money is there again. Raises RuleBroken as `take_back`."""
    take_back(support, by.id, now)
