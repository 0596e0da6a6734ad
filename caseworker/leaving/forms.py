"""The last day, why, and what to know if they come back."""

from flask_babel import lazy_gettext as _

from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, DateField, NoteField
from caseworker.core.forms import CaseForm

# A referral that did not start is closed on a page of its own.
REASONS = [(each.code, each.label_en) for each in codes("exit_reason") if each.code != "did_not_start"]


class ExitForm(CaseForm):
    exited_on = DateField(_("Last day on the programme"), past=True, width=10, noun=_("the last day"))
    exit_reason = ChoiceField(_("Why they leave"), options=REASONS, component="select", noun=_("the reason"))
    note = NoteField(
        _("What to know if they come back"),
        optional=True,
        rows=4,
        max_length=4000,
        hint=_("What helped, what did not, how to reach them. Whoever works with them next reads this"),
    )
