"""Setting budgets up and changing their limits."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.formatting import pounds
from caseworker.core.taking_back import take_back
from caseworker.programmes.models import Programme
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.queries import drawn_from


@dataclass(frozen=True)
class BudgetDetails:
    """A budget in plain values, money in pence; None: no such limit."""

    name: str
    from_on: date
    until_on: date
    limit_pence: int
    person_limit_pence: int | None = None
    approval_over_pence: int | None = None


def add_budget(programme: Programme, details: BudgetDetails, *, by: User) -> BudgetHead:
    """Raises RuleBroken for days out of order or a name that is in use."""
    budget = BudgetHead(programme_id=programme.id, entered_by_id=by.id)
    _fill(budget, details)
    db.session.add(budget)
    return budget


def change_budget(budget: BudgetHead, details: BudgetDetails) -> None:
    """Raises RuleBroken as `add_budget`, and for a limit below what was given and agreed."""
    db.session.execute(select(BudgetHead.id).where(BudgetHead.id == budget.id).with_for_update()).close()
    drawn = drawn_from(budget).total
    if details.limit_pence < drawn:
        raise RuleBroken(f"{pounds(drawn)} is given or agreed already: the limit cannot be lower", "limit")
    _fill(budget, details)


def _fill(budget: BudgetHead, details: BudgetDetails) -> None:
    if details.until_on < details.from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    if _is_taken(budget, details.name):
        raise RuleBroken("There is a budget of this name. Give it another", "name")
    budget.name, budget.from_on, budget.until_on = details.name, details.from_on, details.until_on
    budget.limit_pence, budget.person_limit_pence = details.limit_pence, details.person_limit_pence
    budget.approval_over_pence = details.approval_over_pence


def _is_taken(budget: BudgetHead, name: str) -> bool:
    twin = exists().where(
        BudgetHead.programme_id == budget.programme_id,
        BudgetHead.name == name,
        BudgetHead.id != budget.id,
        BudgetHead.voided_at.is_(None),
    )
    with db.session.no_autoflush:
        return bool(db.session.scalar(select(twin)))


def take_back_budget(budget: BudgetHead, *, by: User, now: datetime) -> None:
    """Undo of a new budget. Raises RuleBroken when something was drawn on it, and as `take_back`."""
    used = exists().where(SupportGiven.budget_id == budget.id, SupportGiven.voided_at.is_(None))
    if db.session.scalar(select(used)):
        raise RuleBroken("Help was asked for or given from this budget, so it stays")
    take_back(budget, by.id, now)
