"""How long records are kept, what a basis must say, and who may decide. Pure: values in, values out."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from caseworker.core.calendar import add_months, add_years
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken

EXIT, LAST_CONTACT, CREATION = "exit", "last_contact", "creation"
ARTICLE_9, OFFENCES = "9", "10"
DIED, DO_NOT_CONTACT = "died", "do_not_contact"
SELF, PARENT = "self", "parent"
# From this birthday somebody is taken to decide for themselves (Mental Capacity Act 2005, sections 1 and 2).
DECIDES_ALONE, GROWN_UP = 16, 18


class KeepRule(Protocol):
    """The keep-until rule of a lawful basis."""

    keep_from: str
    keep_months: int


@dataclass(frozen=True)
class KeepFacts:
    """The days a keep-until rule may count from. None: it has not happened."""

    created_on: date
    exited_on: date | None = None
    last_contact_on: date | None = None


def keep_until(facts: KeepFacts, basis: KeepRule) -> date | None:
    """The last day a record is kept; None while they have not left, so that nothing runs out.

    Counted from the exit, or from the last contact, and never before the exit: while somebody is with us,
    nothing of theirs runs out. From its creation, a record is kept that long whether they left or not.
    Months are calendar months: 31 August and 6 months is 28 or 29 February.
    """
    if basis.keep_from == CREATION:
        return add_months(facts.created_on, basis.keep_months)
    if facts.exited_on is None:
        return None
    begins_on = facts.exited_on
    if basis.keep_from == LAST_CONTACT and facts.last_contact_on is not None:
        begins_on = max(begins_on, facts.last_contact_on)
    return add_months(begins_on, basis.keep_months)


@dataclass(frozen=True)
class Field:
    """A sensitive field as the list has it: `article` 6, 9 or 10 says what the law asks of it."""

    code: str
    label: str
    article: str
    purpose: str
    question: str
    barrier: str


def fields() -> tuple[Field, ...]:
    return tuple(
        Field(
            code=each.code,
            label=each.label(),
            article=each.extras["article"],
            purpose=each.extras["purpose"],
            question=each.extras["question"],
            barrier=each.extras["barrier"],
        )
        for each in codes("sensitive_field")
    )


def field_of_question(question: str) -> str | None:
    """The sensitive field an equality question fills; None for one that is always asked."""
    return next((each.code for each in fields() if each.question == question), None)


def field_of_barrier(barrier: str, data_kind: str) -> str | None:
    """The sensitive field a barrier fills: by its own code, or by its kind of data."""
    return next((each.code for each in fields() if each.barrier in (barrier, data_kind)), None)


def check_basis(
    purpose: str, article_6: str, article_9: str | None, offence_condition: str | None, on: Collection[str]
) -> None:
    """Raises RuleBroken where a basis lacks what the law asks of its purpose or its fields."""
    special = {each.code for each in codes("processing_purpose") if each.flag("special")}
    asked = [each for each in fields() if each.code in on and each.purpose == purpose]
    if not article_9 and (purpose in special or any(each.article == ARTICLE_9 for each in asked)):
        raise RuleBroken(
            "This purpose holds special kinds of data: choose the Article 9 condition too", "article_9"
        )
    if not offence_condition and any(each.article == OFFENCES for each in asked):
        raise RuleBroken(
            "Convictions are asked for this purpose: choose the condition for offences too",
            "offence_condition",
        )


def lacks_for(field: Field, article_9: str | None, offence_condition: str | None) -> str | None:
    """What a basis must still say before a field may be switched on, in words."""
    if field.article == ARTICLE_9 and not article_9:
        return "Its purpose has no Article 9 condition yet: write that basis first"
    if field.article == OFFENCES and not offence_condition:
        return "Its purpose has no condition for offences yet: write that basis first"
    return None


def check_decision(
    decided_by: str, name: str | None, judged: str | None, *, born_on: date | None, day: date
) -> None:
    """Who may decide an agreement. Nobody of 16 or more is ever stopped from deciding alone.

    Under 16 they may decide too, once somebody has judged that they understand it, and said how. Somebody
    else needs a name and how it was judged; a parent decides for nobody of 18. Raises RuleBroken.
    """
    if decided_by != SELF:
        if not name:
            raise RuleBroken("Write the name of who decided", "decider")
        if not judged:
            raise RuleBroken("Write how it was judged that they should decide", "judged")
        if decided_by == PARENT and born_on is not None and day >= add_years(born_on, GROWN_UP):
            raise RuleBroken(
                "They are 18 or more: a parent cannot decide for them. An attorney or deputy may",
                "decided_by",
            )
    elif not judged and is_under_16(born_on, day):
        raise RuleBroken(
            "They are under 16: write how you judged that they understand what they agree to", "judged"
        )


def is_under_16(born_on: date | None, day: date) -> bool:
    """False where the birth is not known: then nobody is held up."""
    return born_on is not None and day < add_years(born_on, DECIDES_ALONE)
