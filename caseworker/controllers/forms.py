"""Who may see a restricted record, two references to link, an agreement to share."""

from collections.abc import Iterable
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.controllers.words import COVERS
from caseworker.core.fields import ChoiceField, ChoicesField, DateField, NoteField, TextField
from caseworker.core.forms import CaseForm

Offered = Iterable[tuple[UUID, str]]


class RestrictForm(CaseForm):
    reason = ChoiceField(_("Why"), list="restricted_reason", component="radios", noun=_("why"))
    named = ChoicesField(
        _("Who may see it"),
        options=[],
        optional=True,
        noun=_("who may see it"),
        hint=_("Their keyworker always does. Tick yourself too if you need to see it"),
    )
    words = NoteField(
        _("More on why"), optional=True, rows=3, hint=_("Only those who see the record read it")
    )

    def offer(self, colleagues: Offered) -> None:
        self.named.options = [(str(key), name) for key, name in colleagues]

    @property
    def chosen(self) -> list[UUID]:
        return [UUID(key) for key in self.named.data or ()]


class NameForm(CaseForm):
    user_id = ChoiceField(
        _("Who else may see it"), options=[], component="select", noun=_("a colleague"), coerce=UUID
    )

    def offer(self, colleagues: Offered) -> None:
        self.user_id.options = [
            ("", _("Choose a colleague")),
            *((str(key), name) for key, name in colleagues),
        ]


class LinkForm(CaseForm):
    one = TextField(_("Reference of one record"), max_length=10, noun=_("the first reference"), width=10)
    other = TextField(_("Reference of the other"), max_length=10, noun=_("the other reference"), width=10)


class SharingForm(CaseForm):
    giver_id = ChoiceField(
        _("Whose records"), options=[], component="select", noun=_("whose records"), coerce=UUID
    )
    receiver_id = ChoiceField(
        _("Who is told"), options=[], component="select", noun=_("who is told"), coerce=UUID
    )
    covers = ChoiceField(_("What is shared"), options=list(COVERS.items()), noun=_("what is shared"))
    reference = TextField(
        _("Where the signed agreement is kept"), max_length=120, noun=_("where the agreement is kept")
    )
    from_on = DateField(_("First day"), noun=_("the first day"), width=10)
    until_on = DateField(
        _("Last day"), optional=True, noun=_("the last day"), hint=_("Empty: until it is ended"), width=10
    )

    def offer(self, organisations: Offered) -> None:
        offered = [("", _("Choose an organisation")), *((str(key), name) for key, name in organisations)]
        self.giver_id.options = self.receiver_id.options = offered
