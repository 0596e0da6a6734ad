"""Every kind of rule a programme may have: what it is for, what happens without it, and its form."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.programmes.models import ProgrammeRule
from caseworker.ruling import outcome_forms as outcomes
from caseworker.ruling.forms import (
    ClockForm,
    CriterionForm,
    EqualityForm,
    IntoWorkForm,
    MinimumForm,
    PlanWordsForm,
    RuleForm,
    WordingForm,
)
from caseworker.ruling.ladder_form import LadderForm

LONGEST_CODE = 40
NO_LETTER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class RuleKind:
    """`slug` names it in addresses; `not_set` is what happens without it. `many`: a programme may have
    several side by side. `forms` has one entry, or one for each way of counting: (slug, words, form)."""

    kind: str
    title: Any
    does: Any
    not_set: Any
    forms: Sequence[tuple[str, Any, type[RuleForm]]]
    many: bool = False
    settles: bool = False


def _one(slug: str, words: Any, form: type[RuleForm]) -> tuple[tuple[str, Any, type[RuleForm]]]:
    return ((slug, words, form),)


KINDS: tuple[RuleKind, ...] = (
    RuleKind(
        "review_clock",
        _("Contact, plan and review"),
        _("By when somebody is spoken with, and their plan agreed and looked at again."),
        _("Not set: nothing becomes due."),
        _one("clock", _("Set it"), ClockForm),
        settles=True,
    ),
    RuleKind(
        "minimum_contact",
        _("Least contact"),
        _("Two-way contact the contract asks for, where it asks for more than the clock."),
        _("Not set: the clock alone says when contact is due."),
        _one("least-contact", _("Set it"), MinimumForm),
        settles=True,
    ),
    RuleKind(
        "contact_ladder",
        _("When nobody answers"),
        _("What to try next, step by step, until the lead decides."),
        _("Not set: nothing is suggested after a try without an answer."),
        _one("ladder", _("Set it"), LadderForm),
        settles=True,
    ),
    RuleKind(
        "eligibility",
        _("Who it is for"),
        _("Criteria checked at intake, each with the evidence that shows it."),
        _("Not set: nothing is asked."),
        _one("criterion", _("Add a criterion"), CriterionForm),
        many=True,
    ),
    RuleKind(
        "equality",
        _("Equality questions besides the usual ones"),
        _("Asked only where there is a lawful reason."),
        _("Not set: only the usual questions are asked."),
        _one("equality", _("Switch questions on"), EqualityForm),
    ),
    RuleKind(
        "message_wording",
        _("Wording of texts"),
        _("Your own words in place of ours for a ready text message."),
        _("Not set: our own ready wordings are used."),
        _one("wording", _("Write a wording"), WordingForm),
        many=True,
    ),
    RuleKind(
        "plan_words",
        _("Words for the parts of a goal"),
        _("What the five parts of a good goal are called."),
        _("Not set: Specific, Measurable, Achievable, Relevant, Time-bound."),
        _one("goal-words", _("Choose words"), PlanWordsForm),
    ),
    RuleKind(
        "into_work",
        _("Came into work"),
        _("When a job counts as the outcome; for those who start while it holds."),
        _("Not set: nobody is counted as having come into work."),
        _one("into-work", _("Set it"), IntoWorkForm),
        settles=True,
    ),
    RuleKind(
        "sustained",
        _("Work that lasts"),
        _("What counts as lasting, and when to ask; for those who start while it holds."),
        _("Not set: nobody is asked whether work lasted."),
        (
            ("weeks", _("Weeks in a row"), outcomes.ContinuousForm),
            ("days", _("Days in all"), outcomes.CumulativeForm),
            ("earnings", _("Earnings"), outcomes.EarningsForm),
            ("hours", _("Hours in enough weeks"), outcomes.HoursForm),
            ("point", _("In work on a day"), outcomes.PointForm),
            ("event", _("Something that happened once"), outcomes.EventForm),
        ),
        many=True,
        settles=True,
    ),
)
KNOWN = {each.kind: each for each in KINDS}


def kind_named(slug: str) -> tuple[RuleKind, type[RuleForm]]:
    """Raises NotVisible for a kind there is not."""
    for kind in KINDS:
        for name, _words, form in kind.forms:
            if name == slug:
                return kind, form
    raise NotVisible


def slug_of(rule: ProgrammeRule) -> str:
    """The form an edition was entered with; empty for a kind nobody knows."""
    known = KNOWN.get(rule.kind)
    if known is None:
        return ""
    if len(known.forms) == 1:
        return known.forms[0][0]
    variety = rule.settings.get("kind")
    return next((slug for slug, _words, form in known.forms if getattr(form, "variety", "") == variety), "")


def code_for(kind: RuleKind, form: RuleForm, settings: dict[str, Any], taken: set[str]) -> str:
    """The lasting name of a new rule. Raises RuleBroken where the programme has one of that name."""
    if kind.kind == "message_wording":
        code = str(form["wording_code"].data)
    elif not kind.many:
        return kind.kind
    elif settings.get("kind") == "continuous_weeks" and not settings.keys() & {"evidence", "self_employment"}:
        code = f"sustained_{settings['weeks']}_weeks"
    else:
        plain = NO_LETTER.sub("_", form.label.lower()).strip("_") or "rule"
        code = f"{kind.kind}_{plain}"[:LONGEST_CODE].rstrip("_")
    if code in taken:
        raise RuleBroken("There is such a rule already. Open it in the list and write a new version of it")
    return code
