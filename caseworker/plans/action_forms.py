"""An action: what, by whom, by when; and why it no longer matters."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.clock import today
from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, DateField, TextField
from caseworker.core.forms import CaseForm
from caseworker.plans.forms import FIRST_ACTION, USUAL_OWNER, fill
from caseworker.plans.ideas import Idea
from caseworker.plans.rules import ActionDetails


def new_action_presets(day: date) -> dict[str, Any]:
    return {"owner": USUAL_OWNER, "due_on": day + FIRST_ACTION}


class ActionForm(CaseForm):
    words = TextField(_("What will be done"), noun=_("what will be done"))
    owner = ChoiceField(_("Who does it"), list="action_owner", inline=True, noun=_("who does it"))
    due_on = DateField(_("Done by"), width=10, noun=_("the day it is done by"))

    @property
    def details(self) -> ActionDetails:
        return ActionDetails(self.words.data, self.owner.data, self.due_on.data)


def take(form: ActionForm, idea: Idea) -> None:
    """Write an idea into the form; nothing is saved by it."""
    step = idea.details(today())
    fill(form.words, step.words)
    fill(form.owner, step.owner)
    fill(form.due_on, step.due_on)


class DropActionForm(CaseForm):
    drop_reason = ChoiceField(
        _("Why it no longer matters"),
        options=(),
        component="radios",
        noun=_("why it no longer matters"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [row for row in codes("action_drop_reason", today()) if row.flag("offered")]
        self.drop_reason.options = [(row.code, row.label()) for row in offered]
