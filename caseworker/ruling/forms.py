"""A form for each kind of rule: typed fields in, the settings its pure rule reads out."""

from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.codes import code, codes
from caseworker.core.errors import RuleBroken
from caseworker.core.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    NoteField,
    TextField,
    WholeNumberField,
)
from caseworker.core.forms import CaseForm
from caseworker.intake.eligible import LONGEST_EVIDENCE
from caseworker.intake.questions import QUESTIONS
from caseworker.intake.words import QUESTION
from caseworker.plans.smart import Part
from caseworker.programmes.models import Programme

MOST_DAYS = 400
MOST_EVIDENCE = 8
PLACES = {"name", "worker", "day", "time"}
OF_A_MEETING = {"day", "time"}


class RuleForm(CaseForm):
    """What every rule has. `own` are the fields of its kind, in their order."""

    from_on = DateField(
        _("First day it holds"),
        noun=_("the first day"),
        hint=_(
            "The version before ends the day before. For what was counted before that day nothing changes."
        ),
    )
    source = TextField(
        _("Where the rule comes from"),
        max_length=300,
        width=30,
        noun=_("where the rule comes from"),
        hint=_("The contract, the funder’s letter, a decision: with its day"),
    )
    own: Sequence[str] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """What the rule reads; only after the form was found to be right. Raises RuleBroken."""
        return {name: self[name].data for name in self.own}

    @property
    def label(self) -> str:
        """What people and reports call it; empty: as its kind is called."""
        return ""

    def offer(self, programme: Programme) -> None:
        """Take what a check needs to know of the programme."""
        self.programme = programme

    @classmethod
    def data_of(cls, label: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        """The fields as an edition has them."""
        return dict(settings)


class ClockForm(RuleForm):
    own = ("contact_days", "plan_working_days", "review_days")
    contact_days = WholeNumberField(
        _("Spoken with every"), low=1, high=MOST_DAYS, suffix=_("days"), noun=_("the days between contacts")
    )
    plan_working_days = WholeNumberField(
        _("Plan agreed within"),
        low=1,
        high=MOST_DAYS,
        suffix=_("working days"),
        noun=_("the days to agree a plan"),
        hint=_("From the start of support. Weekends and bank holidays do not count."),
    )
    review_days = WholeNumberField(
        _("Plan reviewed every"), low=1, high=MOST_DAYS, suffix=_("days"), noun=_("the days between reviews")
    )


class MinimumForm(RuleForm):
    own = ("every_days", "channels")
    every_days = WholeNumberField(
        _("Two-way contact every"), low=1, high=MOST_DAYS, suffix=_("days"), noun=_("the days")
    )
    channels = ChoicesField(
        _("Ways that count"),
        list="contact_channel",
        optional=True,
        noun=_("ways that count"),
        hint=_("Tick none if every way counts. Trying without an answer never counts."),
    )


class CriterionForm(RuleForm):
    own = ("name", "question", "evidence", "valid_days")
    name = TextField(_("Criterion in a few words"), max_length=120, noun=_("the criterion"))
    question = TextField(_("The question as it is asked"), max_length=200, noun=_("the question"))
    evidence = NoteField(
        _("What shows it"),
        max_length=600,
        rows=4,
        optional=True,
        noun=_("what shows it"),
        hint=_("One on each line, such as: Council tax bill"),
    )
    valid_days = WholeNumberField(
        _("Evidence holds for"),
        low=1,
        high=3660,
        optional=True,
        suffix=_("days"),
        noun=_("how long the evidence holds"),
        hint=_("Leave empty if it does not run out"),
    )

    @property
    def label(self) -> str:
        return str(self.name.data)

    @property
    def settings(self) -> dict[str, Any]:
        lines = [" ".join(line.split()) for line in (self.evidence.data or "").split("\n")]
        shown = list(dict.fromkeys(line for line in lines if line))
        if len(shown) > MOST_EVIDENCE:
            raise RuleBroken(f"Name at most {MOST_EVIDENCE} kinds of evidence", "evidence")
        long = next((each for each in shown if len(each) > LONGEST_EVIDENCE), None)
        if long is not None:
            raise RuleBroken(
                f"Each line must have {LONGEST_EVIDENCE} characters or fewer: “{long[:20]}…”", "evidence"
            )
        found: dict[str, Any] = {"question": self.question.data, "evidence": shown}
        return found if self.valid_days.data is None else found | {"valid_days": self.valid_days.data}

    @classmethod
    def data_of(cls, label: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": label,
            "question": settings.get("question", label),
            "evidence": "\n".join(settings.get("evidence", ())),
            "valid_days": settings.get("valid_days"),
        }


class EqualityForm(RuleForm):
    own = ("questions",)
    questions = ChoicesField(
        _("Ask these as well"),
        options=[(each.code, QUESTION[each.code]) for each in QUESTIONS if not each.usual],
        noun=_("at least one question"),
        hint=_(
            "The usual questions are always asked, and anybody may prefer not to say. These need a lawful "
            "reason: say it below."
        ),
    )


class PlanWordsForm(RuleForm):
    own = tuple(Part)
    specific = TextField(_("Instead of “Specific”"), max_length=40, optional=True)
    measurable = TextField(_("Instead of “Measurable”"), max_length=40, optional=True)
    achievable = TextField(_("Instead of “Achievable”"), max_length=40, optional=True)
    relevant = TextField(_("Instead of “Relevant”"), max_length=40, optional=True)
    time_bound = TextField(_("Instead of “Time-bound”"), max_length=40, optional=True)

    @property
    def settings(self) -> dict[str, Any]:
        said = {part.value: self[part].data for part in Part if self[part].data}
        if not said:
            raise RuleBroken("Enter at least one word of your own", "specific")
        return said


class WordingForm(RuleForm):
    own = ("wording_code", "wording")
    wording_code = ChoiceField(
        _("Which text"), list="message_wording", component="select", noun=_("which text")
    )
    wording = NoteField(
        _("Your wording"),
        max_length=300,
        rows=4,
        noun=_("your wording"),
        hint=_(
            "{name} is whom you write to, {worker} who writes, {day} and {time} the meeting. Never the "
            "service or a reason: others may read the telephone."
        ),
    )

    @property
    def label(self) -> str:
        return code("message_wording", self.wording_code.data).label()

    @property
    def settings(self) -> dict[str, Any]:
        words = " ".join(str(self.wording.data).split())
        meeting = code("message_wording", self.wording_code.data).flag("appointment")
        check_wording(words, meeting, (self.programme.name, self.programme.organisation.name))
        return {"wording": words}

    @classmethod
    def data_of(cls, label: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        coded = next((row.code for row in codes("message_wording") if row.label() == label), None)
        return {"wording_code": coded, "wording": settings["wording"]}


def check_wording(words: str, meeting: bool, secret: Sequence[str]) -> None:
    """Raises RuleBroken for a wording that cannot be filled in, or that says which service writes."""
    try:
        found = [each[1:] for each in Formatter().parse(words) if each[1] is not None]
    except ValueError:
        raise RuleBroken("A bracket is missing or too many. Write {name} like this", "wording") from None
    for name, form, conversion in found:
        if name not in PLACES or form or conversion:
            raise RuleBroken("Use only {name}, {worker}, {day} and {time} in brackets", "wording")
        if name in OF_A_MEETING and not meeting:
            raise RuleBroken("This text is not about a meeting: leave out {day} and {time}", "wording")
    if any(each.casefold() in words.casefold() for each in secret if each):
        raise RuleBroken("Leave out the name of the service: others may read the telephone", "wording")


class IntoWorkForm(RuleForm):
    """Nothing to choose: the rule is there, or it is not."""


class VoidForm(CaseForm):
    reason = ChoiceField(_("Why"), list="rule_void_reason", noun=_("why"))


class EndForm(CaseForm):
    until_on = DateField(
        _("Last day it holds"), noun=_("the last day"), hint=_("From the next day on nothing is asked")
    )
