"""Raising a concern: one page, one thing to say."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, ChoicesField, DateField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.safeguarding.raising import Offered, Place


class ConcernForm(CaseForm):
    said = NoteField(
        _("What was seen or said?"),
        rows=6,
        noun=_("what was seen or said"),
        hint=_("What you saw, or what somebody told you, in their own words. You need not be sure."),
    )
    about = TextField(
        _("Who is it about?"),
        optional=True,
        max_length=200,
        hint=_("A name or a reference, or how they can be recognised"),
        attributes={"autocomplete": "off", "spellcheck": "false"},
    )
    category = ChoiceField(
        _("What kind of worry is it?"), list="concern_category", component="radios", optional=True
    )
    danger = ChoicesField(
        _("Is somebody in danger?"),
        options=[("yes", _("Somebody may be in danger now"))],
        optional=True,
    )
    colleague = ChoiceField(
        _("A colleague it is about"),
        options=(),
        component="select",
        optional=True,
        coerce=UUID,
        hint=_("They will never see it, whatever their role is."),
    )
    happened_on = DateField(
        _("When was it seen or said?"),
        past=True,
        optional=True,
        noun=_("when it was seen or said"),
        hint=_("Leave it empty for today"),
    )
    done_at_once = NoteField(_("What was done straight away?"), rows=3, optional=True)
    told = NoteField(_("Who has been told?"), rows=2, optional=True)
    place = ChoiceField(
        _("Where does it belong?"), options=(), component="select", noun=_("where it belongs"), optional=True
    )

    def offer(self, offered: Offered, with_person: bool) -> None:
        """Fill in what this user may choose; a concern about somebody on record belongs where they do."""
        self.colleague.options = offered.colleagues
        self.places = {place.key: place for place in offered.places}
        self.place.options = [(key, place.name) for key, place in self.places.items()]
        if with_person:
            del self.about
        if with_person or len(self.places) < 2:
            del self.place
        elif not self.is_submitted():
            self.place.data = offered.places[0].key

    @property
    def chosen_place(self) -> Place | None:
        """None where no organisation is set up yet."""
        field: Any = self._fields.get("place")
        picked = self.places.get(field.data) if field is not None else None
        return picked or next(iter(self.places.values()), None)

    @property
    def chosen_colleague(self) -> UUID | None:
        """Known once the form is checked; what was sent and is not offered is nobody."""
        return self.colleague.data if isinstance(self.colleague.data, UUID) else None
