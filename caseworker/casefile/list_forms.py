"""A name for a list that somebody keeps."""

from flask_babel import lazy_gettext as _

from caseworker.casefile.saved_filters import LONGEST_NAME
from caseworker.core.fields import TextField
from caseworker.core.forms import CaseForm


class KeepListForm(CaseForm):
    name = TextField(
        _("What do you call this list?"),
        max_length=LONGEST_NAME,
        noun=_("a name for the list"),
        hint=_("Only you see it. Name what is in it, not a participant"),
    )
