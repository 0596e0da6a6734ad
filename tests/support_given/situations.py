"""A programme's budget, and help given from it."""

from datetime import date
from typing import Any

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.support.budgets import BudgetDetails, add_budget
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.services import give_support
from tests.casefile.situations import TODAY, Team


def a_budget(team: Team, limit: int = 10_000, **changes: Any) -> BudgetHead:
    values: dict[str, Any] = {
        "name": "Travel fund",
        "from_on": date(2026, 4, 1),
        "until_on": date(2027, 3, 31),
        "limit_pence": limit,
    }
    budget = add_budget(team.programme, BudgetDetails(**values | changes), by=team.lead)
    db.session.flush()
    return budget


def helped(
    case: Enrolment, by: User, amount: int | None = 500, budget: BudgetHead | None = None, **changes: Any
) -> SupportGiven:
    values: dict[str, Any] = {
        "kind": "travel",
        "given_on": TODAY,
        "units_hundredths": None,
        "theme": None,
        "note": None,
        "contact": None,
    }
    given = give_support(
        case, amount_pence=amount, budget=budget, recorded_by=by, today=TODAY, **values | changes
    )
    db.session.flush()
    return given
