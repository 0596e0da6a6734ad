"""What stands on a participant's printed plan: their words, days and who does what. Nothing of barriers.

Pure: goals and agreements in, plain words out, as short sentences.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from caseworker.core.formatting import amount, date_uk
from caseworker.plans.changes import Change, Changed, as_it_stands, changes_since, read
from caseworker.plans.rules import DROPPED, OPEN, may_print
from caseworker.plans.signature import Signature, signature_of


@dataclass(frozen=True)
class Step:
    """One action: who does what by when, and whether it is done."""

    who: str
    words: str
    by: date
    done: bool


@dataclass(frozen=True)
class Aim:
    """One goal as it is printed."""

    words: str
    by: date
    measure: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Sheet:
    """The whole plan on paper. `review_by` is None where nothing is due; `still_agreed`: nothing changed
    since that would ask for a new agreement."""

    name: str
    programme: str
    keyworker: str
    made_on: date
    aims: tuple[Aim, ...]
    changed: tuple[str, ...]
    agreed_on: date | None
    still_agreed: bool
    signature: Signature | None
    review_by: date | None


def sheet_of(
    *,
    name: str,
    programme: str,
    keyworker: str | None,
    made_on: date,
    goals: Sequence[Any],
    version: Any,
    review_by: date | None,
) -> Sheet:
    """The plan as it may be printed. `version` is the last agreement, or None."""
    printed = [goal for goal in goals if may_print(goal)]
    helper = keyworker or _("My keyworker")
    changes = _since(version, printed)
    stands = version is not None and not any(change.asks_agreement for change in changes)
    return Sheet(
        name=name,
        programme=programme,
        keyworker=helper,
        made_on=made_on,
        aims=tuple(_aim(goal, helper) for goal in printed if goal.state in OPEN),
        changed=tuple(said for change in changes if (said := in_words(change, helper))),
        agreed_on=version.agreed_on if version else None,
        still_agreed=stands,
        signature=signature_of(version.signature) if stands else None,
        review_by=review_by,
    )


def _since(version: Any, printed: Sequence[Any]) -> list[Changed]:
    """Only of goals that may be printed: one that was taken out may have been of another kind."""
    if version is None:
        return []
    keys = {str(goal.id) for goal in printed}
    then = [goal for goal in read(version.content or "[]") if goal.id in keys]
    return changes_since(then, as_it_stands(printed))


def _aim(goal: Any, keyworker: str) -> Aim:
    counted = [goal.measure or ""]
    if goal.measure_to is not None:
        start = _("from %(start)s ", start=amount(goal.measure_from)) if goal.measure_from is not None else ""
        unit = f" {goal.measure_unit}" if goal.measure_unit else ""
        counted.append(_("%(start)sto %(end)s", start=start, end=amount(goal.measure_to)) + unit)
    return Aim(
        words=goal.words,
        by=goal.target_on,
        measure=", ".join(part for part in counted if part),
        steps=tuple(_steps(goal.actions, keyworker)),
    )


def _steps(actions: Iterable[Any], keyworker: str) -> Iterable[Step]:
    for action in actions:
        if action.state != DROPPED and action.voided_at is None:
            who = who_does(action.owner, keyworker)
            yield Step(who, action.words, action.due_on, action.done_on is not None)


def who_does(owner: str, keyworker: str) -> str:
    """An owner as the participant reads it."""
    known = {"participant": _("Me"), "keyworker": keyworker, "tutor": _("My tutor")}
    return str(known.get(owner, _("Someone else")))


def in_words(changed: Changed, keyworker: str) -> str:
    """One change as a short sentence; empty for an action that came with a new goal's words alone."""
    words, after = changed.words, changed.after
    day = date_uk(after) if isinstance(after, date) else ""
    match changed.change:
        case Change.GOAL_ADDED:
            said = _("New goal: %(words)s", words=words)
        case Change.ACTION_ADDED:
            said = _("New step: %(words)s, by %(day)s", words=words, day=day)
        case Change.GOAL_REACHED | Change.ACTION_DONE:
            said = _("Done: %(words)s", words=words)
        case Change.GOAL_MOVED | Change.ACTION_MOVED:
            said = _("New day: %(words)s, by %(day)s", words=words, day=day)
        case Change.GOAL_REWORDED | Change.ACTION_REWORDED:
            said = _("New words: %(words)s", words=words)
        case Change.GOAL_REOPENED | Change.ACTION_REOPENED:
            said = _("Open again: %(words)s", words=words)
        case Change.ACTION_HANDED:
            said = _("Now done by %(who)s: %(words)s", who=who_does(str(after), keyworker), words=words)
        case _:
            said = _("No longer in the plan: %(words)s", words=words)
    return str(said)
