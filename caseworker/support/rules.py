"""When help can be given at once, when it waits for a lead, and when no budget has room. Pure."""

from dataclasses import dataclass

from caseworker.core.codes import code
from caseworker.core.formatting import amount, pounds
from caseworker.support.models import BudgetHead

ASKED, APPROVED, GIVEN, REFUSED = "asked", "approved", "given", "refused"
COUNTED = (APPROVED, GIVEN)
"""States whose money is no longer there to be spent."""


@dataclass(frozen=True)
class Drawn:
    """Pence given and agreed so far: from the whole budget, and for this person."""

    total: int
    person: int


def no_room(budget: BudgetHead, drawn: Drawn, amount_pence: int) -> str:
    """Why a budget cannot pay this, in words; '' when it can."""
    left = budget.limit_pence - drawn.total
    if amount_pence > left:
        return f"{pounds(max(left, 0))} is left of “{budget.name}”, and this is {pounds(amount_pence)}"
    if budget.person_limit_pence is None:
        return ""
    left = budget.person_limit_pence - drawn.person
    if amount_pence > left:
        return (
            f"“{budget.name}” allows {pounds(budget.person_limit_pence)} for one person. "
            f"{pounds(max(left, 0))} of it is left for them, and this is {pounds(amount_pence)}"
        )
    return ""


def needs_a_yes(budget: BudgetHead | None, amount_pence: int | None) -> bool:
    """Whether this much at once waits for a lead."""
    if budget is None or budget.approval_over_pence is None:
        return False
    return (amount_pence or 0) > budget.approval_over_pence


def holds_a_reading(kind: str, note: str | None) -> bool:
    """A note of a health check that has a number in it: the reading itself is never kept."""
    return code("support_kind", kind).flag("reading") and any(letter.isdigit() for letter in note or "")


def how_much(kind: str, units_hundredths: int) -> str:
    """Units in words: 1 parcel, 2.5 hours."""
    unit = code("support_kind", kind).extras["unit"]
    return f"{amount(units_hundredths / 100)} {unit}{'' if units_hundredths == 100 else 's'}"
