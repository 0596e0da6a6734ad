"""Finding who rang, and what they want: on one page, without opening their record."""

from collections.abc import Sequence
from uuid import UUID

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.contacts.message_queries import Caller
from caseworker.core.fields import ChoiceField, NoteField, TextField
from caseworker.core.forms import CaseForm

# The button beside the box that looks for somebody and saves nothing.
LOOK = "look"
# With the words for what they want it fits into a task.
MOST_WORDS = 400


class MessageForm(CaseForm):
    caller = TextField(
        _("Who is it from?"),
        max_length=100,
        noun=_("a name or a reference"),
        hint=_("The beginnings of their names, or their reference"),
        attributes={"autocomplete": "off", "spellcheck": "false"},
    )
    person = ChoiceField(
        _("Is it one of these?"),
        options=(),
        optional=True,
        component="radios",
        coerce=UUID,
        noun=_("who it is from"),
    )
    wants = ChoiceField(
        _("What they want"), list="message_wants", component="radios", noun=_("what they want")
    )
    words = NoteField(
        _("What they said"),
        optional=True,
        rows=3,
        max_length=MOST_WORDS,
        noun=_("what they said"),
        hint=_("A number to call back, a time, a few words"),
    )

    def offer(self, found: Sequence[Caller]) -> None:
        self.person.options = [(str(each.enrolment_id), f"{each.name}, {each.reference}") for each in found]
        self.person.optional = not found
        if not found:
            self.person.data = None
        if len(found) == 1 and self.is_looking:
            self.person.data, self.person.raw_data = found[0].enrolment_id, None

    def validate_caller(self, _field: TextField) -> None:
        if not self.person.options:
            raise ValidationError(
                gettext("Nobody of your programmes is found so. Try the beginning of the surname")
            )

    @property
    def is_looking(self) -> bool:
        return LOOK in request.form
