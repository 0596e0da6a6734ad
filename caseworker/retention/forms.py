"""Forms of keeping and erasing."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, ChoicesField, DateField, HiddenField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.retention.models import Erasure


class FindForm(CaseForm):
    reference = TextField(
        _("Reference of the record"),
        noun=_("the reference of the record"),
        hint=_("Like CW-0A1B2C3"),
        max_length=20,
        width=10,
    )


class ManyForm(CaseForm):
    """The records are in the address; how many they were is sent along, because a list may grow."""

    people = HiddenField(optional=False)

    def show(self, count: int) -> None:
        self.people.data, self.people.raw_data = str(count), None


class OneForm(CaseForm):
    because = ChoiceField(_("Why"), list="erasure_reason", noun=_("why it should be erased"))


class HoldForm(CaseForm):
    reason = ChoiceField(_("Why it must be kept"), list="hold_reason", noun=_("why it must be kept"))
    words = NoteField(_("More about it"), optional=True, hint=_("Such as the number of the claim"))


class EraseForm(CaseForm):
    sure = ChoicesField(
        _("Before you erase"),
        options=[("yes", _("I have looked at what goes, and I know that it cannot be brought back"))],
        noun=_("that you have looked at what goes"),
    )
    looked_at = HiddenField(optional=False)

    def show(self, mark: str) -> None:
        """The dry run as it is on the page."""
        self.looked_at.data, self.looked_at.raw_data = mark, None


class KeepForm(CaseForm):
    person = ChoicesField(_("Which records"), options=(), noun=_("at least one record to keep"))
    reason = ChoiceField(
        _("Why they are kept"), list="kept_reason", component="select", noun=_("why they are kept")
    )
    look_again_on = DateField(_("When to look again"), width=10, noun=_("when to look again"))

    def offer(self, waiting: Iterable[Erasure]) -> None:
        """The records that wait for a decision, all of them ticked."""
        waiting = list(waiting)
        self.person.options = [(str(each.participant_id), each.participant.reference) for each in waiting]
        if not self.is_submitted():
            self.person.data = [str(each.participant_id) for each in waiting]

    @property
    def chosen(self) -> list[UUID]:
        ticked: Any = self.person.data
        return [UUID(each) for each in ticked]
