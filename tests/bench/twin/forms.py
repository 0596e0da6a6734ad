"""The contact form: the fields of ours, choices from the same lists, the same rules between them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from caseworker.contacts.rules import asks_why
from caseworker.core.calendar import NoSuchTime, at_uk
from caseworker.core.codes import codes
from tests.bench.twin import models as m

DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d %m %Y", "%d %m %y", "%d %b %Y", "%d %B %Y"]
NOTE = 20_000
AGAIN = {"tomorrow": 1, "next_week": 7, "two_weeks": 14}
DUE = {"week": 7, "two_weeks": 14, "month": 28}


def offered(name: str, *first: tuple[str, str]) -> Callable[[], list[tuple[str, str]]]:
    return lambda: [*first, *((each.code, each.label_en) for each in codes(name, timezone.localdate()))]


def _radios(name: str, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=offered(name), widget=forms.RadioSelect, **more)


def _day(**more: Any) -> forms.DateField:
    return forms.DateField(input_formats=DAYS, **more)


class ContactForm(forms.Form):
    post_token = forms.CharField(widget=forms.HiddenInput, min_length=43, max_length=43)
    record_version = forms.CharField(widget=forms.HiddenInput, required=False)
    channel = _radios("contact_channel", label=_("How"))
    result = _radios("contact_result", label=_("What came of it"))
    happened_on = _day(label=_("Day"))
    happened_time = forms.TimeField(label=_("Time"))
    direction = _radios("contact_direction", label=_("Who contacted whom"))
    minutes = forms.IntegerField(label=_("Minutes it took"), min_value=0, max_value=1440, required=False)
    note = forms.CharField(label=_("Note"), max_length=NOTE, required=False, widget=forms.Textarea)
    sensitive = forms.BooleanField(label=_("Sensitive"), required=False)
    not_attended_reason = _radios("not_attended_reason", label=_("Why they did not come"), required=False)
    themes = forms.MultipleChoiceField(
        label=_("What you talked about"),
        choices=offered("barrier_theme"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    done_actions = forms.ModelMultipleChoiceField(
        m.Action.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    action_words = forms.CharField(label=_("What will be done"), max_length=200, required=False)
    action_goal = forms.ModelChoiceField(m.Goal.objects.none(), required=False)
    action_owner = _radios("action_owner", label=_("Who does it"), required=False)
    action_due = forms.ChoiceField(choices=list(zip(DUE, DUE, strict=True)), required=False)
    action_due_on = _day(label=_("Or by another day"), required=False)
    support_kind = forms.ChoiceField(choices=offered("support_kind", ("", _("Choose one"))), required=False)
    support_amount = forms.DecimalField(min_value=0, max_digits=9, decimal_places=2, required=False)
    support_units = forms.DecimalField(min_value=0, max_value=1000, decimal_places=2, required=False)
    support_budget = forms.ModelChoiceField(m.BudgetHead.objects.none(), required=False)
    again = forms.ChoiceField(choices=[(each, each) for each in (*AGAIN, "no")], widget=forms.RadioSelect)
    again_on = _day(label=_("Or on another day"), required=False)
    again_time = forms.TimeField(label=_("At"), required=False)
    task_words = forms.CharField(max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    task_due_on = _day(label=_("By when"), required=False)

    def __init__(self, *args: Any, enrolment: m.Enrolment, record: Any = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.record = record
        goals = m.Goal.objects.filter(enrolment=enrolment, voided_at=None, closed_on=None)
        self.fields["action_goal"].queryset = goals
        self.fields["done_actions"].queryset = m.Action.objects.filter(goal__in=goals, done_on=None)
        self.fields["support_budget"].queryset = m.BudgetHead.objects.filter(
            programme=enrolment.programme_id, voided_at=None
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.record is not None and said.get("record_version") != str(self.record.version):
            raise ValidationError(_("Somebody changed this in the meantime"))
        if not self.errors:
            self._when(said)
            self._together(said)
        return said

    def _when(self, said: dict[str, Any]) -> None:
        said["happened_at"] = self._instant("happened_time", said["happened_on"], said["happened_time"])
        if said["happened_at"] and said["happened_at"] > timezone.now():
            self.add_error("happened_time", _("The time must be now or earlier"))
        if said["not_attended_reason"] and not asks_why(said["result"]):
            said["not_attended_reason"] = ""
        day = said["again_on"] or self._preset(said["again"])
        said["again_at"] = None
        if day and not said["again_time"]:
            self.add_error("again_time", _("Enter the time to meet again, like 10:30"))
        elif day:
            said["again_at"] = self._instant("again_time", day, said["again_time"])

    def _together(self, said: dict[str, Any]) -> None:
        if said["action_words"]:
            for name in ("action_goal", "action_owner"):
                if not said[name]:
                    self.add_error(name, _("Select an answer"))
            if not (said["action_due_on"] or said["action_due"]):
                self.add_error("action_due", _("Select by when it will be done"))
        elif said["action_due_on"]:
            self.add_error("action_words", _("Enter what will be done"))
        if not said["support_kind"] and (said["support_amount"] or said["support_units"]):
            self.add_error("support_kind", _("Select what was given"))
        if said["task_due_on"] and not said["task_words"]:
            self.add_error("task_words", _("Enter what you are to do"))

    def _preset(self, again: str) -> date | None:
        return timezone.localdate() + timedelta(days=AGAIN[again]) if again in AGAIN else None

    def _instant(self, field: str, day: date, clock: time) -> datetime | None:
        try:
            return at_uk(day, clock)
        except NoSuchTime as refused:
            self.add_error(field, str(refused))
            return None
