"""A strength, in their words."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField, NoteField
from caseworker.core.forms import CaseForm


class StrengthForm(CaseForm):
    words = NoteField(
        _("What do they have going for them?"),
        rows=2,
        max_length=1000,
        noun=_("what they have going for them"),
        hint=_("In their own words. One thing at a time"),
    )
    kind = ChoiceField(_("What it is"), list="strength_kind", inline=True, noun=_("what it is"))
    noted_on = DateField(_("When they said it"), past=True, width=10, noun=_("the day"))
