"""A goal with its first action on one page; an action; agreement and review."""

from datetime import date, timedelta
from typing import Any

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.core.clock import today
from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, DateField, DecimalField, NoteField, ScaleField, TextField
from caseworker.core.fields.base import ValueField
from caseworker.core.formatting import date_uk
from caseworker.core.forms import CaseForm
from caseworker.plans.ideas import Idea
from caseworker.plans.rules import ActionDetails, GoalDetails, last_day
from caseworker.plans.smart import Advice, Draft, advise

WORDS = 1000
UNIT = 40
MOST = 1_000_000
# The button beside Save that asks for advice.
HELP = "help"
FIRST_ACTION = timedelta(days=14)
USUAL_HORIZON, USUAL_OWNER = "short", "participant"


class GoalForm(CaseForm):
    words = NoteField(
        _("What do they want to do?"),
        rows=3,
        max_length=WORDS,
        noun=_("what they want to do"),
        hint=_("In their own words. One goal at a time"),
    )
    horizon = ChoiceField(_("By when"), options=(), component="radios", noun=_("by when"))
    target_on = DateField(
        _("An earlier day"),
        optional=True,
        width=10,
        noun=_("the day"),
        hint=_("Leave empty for the last day of the time chosen"),
    )
    measure = NoteField(
        _("How will they know it is done?"),
        optional=True,
        rows=2,
        max_length=WORDS,
        noun=_("how they will know it is done"),
        hint=_("A number or a thing that can be seen, like “three interviews”"),
    )
    measure_from = DecimalField(
        _("Where they start"),
        optional=True,
        low=0,
        high=MOST,
        noun=_("where they start"),
        hint=_("A number, like 0"),
    )
    measure_to = DecimalField(
        _("Where they want to be"),
        optional=True,
        low=0,
        high=MOST,
        noun=_("where they want to be"),
        hint=_("A number, like 3"),
    )
    measure_unit = TextField(
        _("Of what"),
        optional=True,
        max_length=UNIT,
        noun=_("what is counted"),
        hint=_("Interviews, hours a week, pounds saved"),
    )
    confidence = ScaleField(
        _("How sure are they that they can do it?"),
        1,
        10,
        low_label=_("Not sure at all"),
        high_label=_("Completely sure"),
        noun=_("how sure they are"),
    )
    support = NoteField(
        _("What help do they need?"),
        optional=True,
        rows=2,
        max_length=WORDS,
        noun=_("what help they need"),
    )
    theme = ChoiceField(
        _("What it helps with"),
        list="barrier_theme",
        optional=True,
        component="select",
        noun=_("what it helps with"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.horizon.options = horizons(today())
        self.confidence.options = [*self.confidence.options, ("", gettext("Not asked"), "")]

    @property
    def details(self) -> GoalDetails:
        """What was filled in; only after the form was found to be right."""
        return GoalDetails(
            words=self.words.data,
            horizon=self.horizon.data,
            target_on=self.target_on.data,
            measure=self.measure.data,
            confidence=self.confidence.data,
            support=self.support.data,
            theme=self.theme.data,
            measure_from=self.measure_from.data,
            measure_to=self.measure_to.data,
            measure_unit=self.measure_unit.data,
        )

    @property
    def asks_for_help(self) -> bool:
        """The other button was pressed: nothing is saved, the goal is read and advice given."""
        return HELP in request.form

    def advice(self, today: date) -> list[Advice]:
        """What would make the goal clearer; only after the form was found to be right."""
        goal = self.details
        draft = Draft(
            words=goal.words,
            measure=_measured(goal),
            confidence=goal.confidence,
            support=goal.support,
            theme=goal.theme,
            horizon=goal.horizon,
            target_on=goal.target_on or last_day(goal.horizon, today),
        )
        return advise(draft, today)

    @property
    def opens(self) -> bool:
        """The folded part holds something, or something there is wrong."""
        parts = (
            self.measure,
            self.measure_from,
            self.measure_to,
            self.measure_unit,
            self.confidence,
            self.support,
            self.theme,
        )
        return any(part.errors or part.data is not None for part in parts)


def _measured(goal: GoalDetails) -> str:
    """The measure in one line of words, as the checker reads it."""
    numbers = [f"{value:f}" for value in (goal.measure_from, goal.measure_to) if value is not None]
    return " ".join([goal.measure or "", *numbers, goal.measure_unit or ""]).strip()


def horizons(counted_from: date) -> list[tuple[str, str]]:
    """3, 6 and 12 months with their last days: [(code of goal_horizon, words)]."""
    return [
        (
            row.code,
            gettext(
                "%(months)s months: by %(day)s",
                months=row.number("months"),
                day=date_uk(last_day(row.code, counted_from)),
            ),
        )
        for row in codes("goal_horizon")
    ]


class NewGoalForm(GoalForm):
    action_words = TextField(
        _("First action"),
        optional=True,
        noun=_("the first action"),
        hint=_("The first small step. It can wait, but a goal with a first step begins sooner"),
    )
    action_owner = ChoiceField(_("Who does it"), list="action_owner", inline=True, noun=_("who does it"))
    action_due_on = DateField(_("Done by"), future=True, width=10, noun=_("the day it is done by"))

    def take(self, idea: Idea) -> None:
        """Write an idea into the first action; all else stays as typed, and nothing is checked yet."""
        step = idea.details(today())
        fill(self.action_words, step.words)
        fill(self.action_owner, step.owner)
        fill(self.action_due_on, step.due_on)

    @property
    def first_action(self) -> ActionDetails | None:
        if self.action_words.data is None:
            return None
        return ActionDetails(self.action_words.data, self.action_owner.data, self.action_due_on.data)


def fill(field: ValueField, value: Any) -> None:
    """Show a value in a field as if it had been stored."""
    field.raw_data, field.data, field.errors = None, value, []


def new_goal_presets(day: date) -> dict[str, Any]:
    return {
        "horizon": USUAL_HORIZON,
        "action_owner": USUAL_OWNER,
        "action_due_on": day + FIRST_ACTION,
    }


class CompleteForm(CaseForm):
    outcome = NoteField(
        _("What came of it"),
        optional=True,
        rows=3,
        max_length=WORDS,
        noun=_("what came of it"),
        hint=_("In their words, or what you saw"),
    )
    outcome_evidence = ChoiceField(
        _("How do we know?"), list="evidence_level", optional=True, component="radios", noun=_("how we know")
    )
    closed_on = DateField(_("When they did it"), past=True, width=10, noun=_("the day they did it"))


class DropForm(CaseForm):
    drop_reason = ChoiceField(
        _("Why it no longer matters"), list="goal_drop_reason", noun=_("why it no longer matters")
    )
    closed_on = DateField(_("Since when"), past=True, width=10, noun=_("the day"))
