"""Going through who has access."""

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _

from caseworker.core.fields import NoteField
from caseworker.core.forms import CaseForm


class ReviewForm(CaseForm):
    """A row of the page sends `seen`, and `ended` where it was ticked: keys of grants."""

    words = NoteField(
        _("What did you find?"),
        rows=3,
        optional=True,
        hint=_("Anything the next reviewer should know. Names of participants do not belong here"),
    )

    @property
    def seen(self) -> set[UUID]:
        return _keys("seen")

    @property
    def ended(self) -> set[UUID]:
        return _keys("ended") & self.seen


def _keys(name: str) -> set[UUID]:
    found = set()
    for typed in request.form.getlist(name):
        try:
            found.add(UUID(typed))
        except ValueError:
            continue
    return found
