"""Why somebody opens a colleague's case."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, NoteField
from caseworker.core.forms import CaseForm


class AskForm(CaseForm):
    reason = ChoiceField(
        _("Why do you need to open it?"), list="access_reason", component="radios", noun=_("a reason")
    )
    words = NoteField(
        _("More about it"),
        optional=True,
        rows=3,
        hint=_("Kept sealed with the reason"),
    )
