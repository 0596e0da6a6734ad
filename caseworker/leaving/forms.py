"""The last day, why, and what to know if they come back."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField, NoteField
from caseworker.core.forms import CaseForm


class ExitForm(CaseForm):
    exited_on = DateField(_("Last day on the programme"), past=True, width=10, noun=_("the last day"))
    exit_reason = ChoiceField(
        _("Why they leave"), list="exit_reason", component="select", noun=_("the reason")
    )
    note = NoteField(
        _("What to know if they come back"),
        optional=True,
        rows=4,
        max_length=4000,
        hint=_("What helped, what did not, how to reach them. Whoever works with them next reads this"),
    )
