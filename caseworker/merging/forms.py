"""Naming the other record, and saying which value is kept where the two differ."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, HiddenField, TextField
from caseworker.core.formatting import date_uk
from caseworker.core.forms import CaseForm
from caseworker.merging.rules import Side, differing
from caseworker.participants.models import Participant

LABELS: dict[str, Any] = {
    "given_name": _("First name"),
    "family_name": _("Last name"),
    "preferred_name": _("Known as"),
    "born_on": _("Date of birth"),
    "postcode": _("Postcode"),
    "phone": _("Phone"),
    "email": _("E-mail"),
    "address": _("Address"),
    "ni_number": _("National Insurance number"),
    "own_reference": _("Your own number for them"),
}


class OtherForm(CaseForm):
    reference = TextField(
        _("Reference of the other record"),
        noun=_("the reference of the other record"),
        hint=_("Like CW-0A1B2C3"),
        max_length=20,
        width=10,
    )


class MergeForm(CaseForm):
    absorbed_version = HiddenField(optional=False)

    @property
    def choices(self) -> dict[str, Side]:
        fields = {name: self._fields.get(_field(name)) for name in LABELS}
        return {name: field.data for name, field in fields.items() if field is not None}

    @property
    def asked(self) -> list[Any]:
        """The fields of what differs, in order."""
        return [self._fields[_field(name)] for name in LABELS if _field(name) in self._fields]


def merge_form(kept: Participant, absorbed: Participant) -> MergeForm:
    """A form that asks which value is kept, once for each field in which the two differ."""
    fields = {
        _field(name): ChoiceField(
            LABELS[name],
            noun=_("which one is right"),
            options=[("kept", shown(getattr(kept, name))), ("absorbed", shown(getattr(absorbed, name)))],
            default="kept",
        )
        for name in differing(kept, absorbed)
    }
    form: MergeForm = type("MergeForm", (MergeForm,), fields)(record=kept)
    if not form.is_submitted():
        form.absorbed_version.data = str(absorbed.version)
    return form


def _field(name: str) -> str:
    return f"keep_{name}"


def shown(value: Any) -> str:
    return date_uk(value) if isinstance(value, date) else str(value)
