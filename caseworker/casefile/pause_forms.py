"""A pause of the review clock: why, from when, until when."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField
from caseworker.core.forms import CaseForm


class PauseForm(CaseForm):
    reason = ChoiceField(_("Why the clock stops"), list="pause_reason", component="radios", noun=_("why"))
    from_on = DateField(_("First day"), past=True, width=10, noun=_("the first day"))
    until_on = DateField(
        _("Last day"),
        optional=True,
        width=10,
        noun=_("the last day"),
        hint=_("Leave empty while nobody knows"),
    )


class EndPauseForm(CaseForm):
    until_on = DateField(_("Last day of the pause"), width=10, noun=_("the last day"))
