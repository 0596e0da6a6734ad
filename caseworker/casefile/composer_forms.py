"""The one form of a contact: two answers needed, and folded parts for all that came of it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, ValidationError

from caseworker.appointments.forms import preset_options
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails, is_missed, preset_day
from caseworker.casefile.composer import Composition, Help
from caseworker.casefile.composer_offer import Offer
from caseworker.contacts.forms import ContactForm
from caseworker.core.calendar import uk_time
from caseworker.core.clock import today
from caseworker.core.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    DecimalField,
    MoneyField,
    NoteField,
    TextField,
    TimeField,
)
from caseworker.core.formatting import date_weekday
from caseworker.core.values import Invalid, instant
from caseworker.plans.models import Goal
from caseworker.plans.rules import ActionDetails

AGAIN_NEVER = "no"
# Days from today by which an action is to be done.
ACTION_DUE = {"week": 7, "two_weeks": 14, "month": 28}
ACTION_DUE_WORDS = {"week": _("In a week"), "two_weeks": _("In two weeks"), "month": _("In four weeks")}
MOST_UNITS = 1000


class ComposerForm(ContactForm):
    done_actions = ChoicesField(_("Done since last time"), options=(), optional=True, noun=_("what was done"))
    action_words = TextField(_("What will be done"), optional=True, noun=_("what will be done"))
    action_goal = ChoiceField(
        _("Towards which goal"), options=(), optional=True, component="select", noun=_("the goal")
    )
    action_owner = ChoiceField(
        _("Who does it"), list="action_owner", optional=True, inline=True, noun=_("who does it")
    )
    action_due = ChoiceField(
        _("Done by"), options=(), optional=True, component="radios", noun=_("the day it is done by")
    )
    action_due_on = DateField(
        _("Or by another day"), optional=True, future=True, width=10, noun=_("the day it is done by")
    )
    support_kind = ChoiceField(
        _("What was given"), list="support_kind", optional=True, component="select", noun=_("what was given")
    )
    support_amount = MoneyField(_("What it cost"), optional=True, low=1, noun=_("what it cost"))
    support_units = DecimalField(
        _("Or how much of it"),
        optional=True,
        low=0,
        high=MOST_UNITS,
        noun=_("how much of it"),
        hint=_("Like 2 journeys or 1.5 hours"),
    )
    support_budget = ChoiceField(
        _("Which budget pays"), options=(), optional=True, component="select", noun=_("the budget")
    )
    again = ChoiceField(_("Meet again"), options=(), component="radios", noun=_("whether to meet again"))
    again_on = DateField(
        _("Or on another day"), optional=True, future=True, width=10, noun=_("the day to meet again")
    )
    again_time = TimeField(_("At"), optional=True, noun=_("the time to meet again"))
    task_words = NoteField(
        _("What you are to do"), optional=True, rows=2, max_length=500, noun=_("what you are to do")
    )
    task_due_on = DateField(
        _("By when"), optional=True, width=10, noun=_("the day"), hint=_("Like tomorrow, next fri or 31 3 26")
    )

    offered: Offer

    def offer(self, offered: Offer) -> None:
        """Set what is known only now; what has to be looked up is, when it is asked for."""
        self.offered = offered
        self.again.options = lambda: [
            *preset_options(offered.counted_from),
            (AGAIN_NEVER, str(_("Not agreed"))),
        ]
        self.done_actions.options = lambda: [
            (str(action.id), action.words or "", goal.words or "")
            for goal in offered.goals
            for action in goal.actions
        ]
        self.action_goal.options = lambda: [(str(goal.id), goal.words or "") for goal in offered.goals]
        self.action_due.options = lambda: [
            (code, f"{words}: {date_weekday(today() + timedelta(days=ACTION_DUE[code]))}")
            for code, words in ACTION_DUE_WORDS.items()
        ]
        self.support_budget.options = lambda: [(key, each.name) for key, each in offered.budgets.items()]

    def validate_action_words(self, field: TextField) -> None:
        if field.data is None and self.action_due_on.data is not None:
            raise ValidationError(gettext("Enter what will be done"))

    def validate_action_goal(self, field: ChoiceField) -> None:
        if field.data is None and self.action_words.data is not None:
            raise ValidationError(gettext("Select the goal that it is a step towards"))

    def validate_action_owner(self, field: ChoiceField) -> None:
        if field.data is None and self.action_words.data is not None:
            raise ValidationError(gettext("Select who does it"))

    def validate_action_due(self, field: ChoiceField) -> None:
        if field.data is None and self.action_words.data is not None and self.action_due_on.data is None:
            raise ValidationError(gettext("Select by when it will be done"))

    def validate_support_kind(self, field: ChoiceField) -> None:
        said = (self.support_amount.data, self.support_units.data)
        if field.data is None and any(each is not None for each in said):
            raise ValidationError(gettext("Select what was given"))

    def validate_again_time(self, field: TimeField) -> None:
        day = self.again_day
        if day is None:
            return
        if field.data is None:
            raise ValidationError(gettext("Enter the time to meet again, like 10:30"))
        try:
            instant(day, field.data)
        except Invalid as refused:
            raise ValidationError(refused.message) from None

    def validate_task_words(self, field: NoteField) -> None:
        if field.data is None and self.task_due_on.data is not None:
            raise ValidationError(gettext("Enter what you are to do"))

    @property
    def again_day(self) -> date | None:
        """When to meet again; a day typed wins over a preset; None: not agreed."""
        typed: date | None = self.again_on.data
        if typed is None and self.again.data and self.again.data != AGAIN_NEVER:
            return preset_day(self.again.data, self.offered.counted_from)
        return typed

    def holds(self, *names: str) -> bool:
        """One of these fields holds something, or something there is wrong: its part is open."""
        fields: list[Field] = [self[name] for name in names]
        return any(field.errors or field.data for field in fields)

    @property
    def composition(self) -> Composition:
        """All that was filled in; only after the form was found to be right."""
        return Composition(
            contact=self.details,
            done_ids=tuple(UUID(key) for key in self.done_actions.data),
            action=self._action,
            help=self._help,
            booking=self._booking,
            task=(self.task_words.data, self.task_due_on.data) if self.task_words.data else None,
        )

    @property
    def _action(self) -> tuple[UUID, ActionDetails] | None:
        if self.action_words.data is None:
            return None
        due_on = self.action_due_on.data or today() + timedelta(days=ACTION_DUE[self.action_due.data])
        return UUID(self.action_goal.data), ActionDetails(
            self.action_words.data, self.action_owner.data, due_on
        )

    @property
    def _help(self) -> Help | None:
        if self.support_kind.data is None:
            return None
        units = self.support_units.data
        return Help(
            self.support_kind.data,
            self.support_amount.data,
            None if units is None else int(units * 100),
            self.offered.budgets.get(self.support_budget.data or ""),
        )

    @property
    def _booking(self) -> AppointmentDetails | None:
        day = self.again_day
        if day is None:
            return None
        _time, channel, length, place = self.offered.before
        return AppointmentDetails(day, self.again_time.data, channel, length, place)


def part_presets(goals: Sequence[Goal], again_time: time) -> dict[str, Any]:
    """What the parts start with: nothing that would be saved by itself."""
    return {
        "action_goal": str(goals[0].id) if goals else None,
        "action_owner": "participant",
        "action_due": "two_weeks",
        "again": AGAIN_NEVER,
        "again_time": again_time,
    }


def outcome_presets(appointment: Appointment, result: str, now: datetime) -> dict[str, Any]:
    """As it was booked, or now when it was called off ahead of its time."""
    local = uk_time(min(appointment.starts_at, now))
    missed = is_missed(result)
    return {
        "channel": appointment.channel,
        "direction": "out",
        "result": result or None,
        "happened_on": local.date(),
        "happened_time": local.time().replace(second=0, microsecond=0),
        "minutes": appointment.length_minutes if not missed and appointment.starts_at <= now else None,
        "again": "next_week" if missed else AGAIN_NEVER,
    }
