"""A contact on one page: two answers needed, the rest preset or left out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.contacts.models import Contact
from caseworker.contacts.rules import ContactDetails, asks_why
from caseworker.contacts.wording import ReadyText
from caseworker.core import clock
from caseworker.core.calendar import uk_time
from caseworker.core.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    MinutesField,
    NoteField,
    TimeField,
)
from caseworker.core.forms import CaseForm
from caseworker.core.values import Invalid, instant

FOLDED = [("yes", _("Fold it away, so that it is not read over somebody’s shoulder"))]


class ContactForm(CaseForm):
    channel = ChoiceField(
        _("How"), list="contact_channel", component="radios", inline=True, noun=_("how it was made")
    )
    result = ChoiceField(
        _("What came of it"),
        list="contact_result",
        component="radios",
        inline=True,
        noun=_("what came of it"),
    )
    happened_on = DateField(_("Day"), past=True, noun=_("the day"), width=10)
    happened_time = TimeField(_("Time"), noun=_("the time"))
    direction = ChoiceField(
        _("Who contacted whom"), list="contact_direction", inline=True, noun=_("who contacted whom")
    )
    minutes = MinutesField(_("Minutes it took"), optional=True, noun=_("how long it took"))
    note = NoteField(_("Note"), optional=True, rows=6, hint=_("What was said and agreed"))
    sensitive = ChoicesField(_("Sensitive"), options=FOLDED, optional=True)

    not_attended_reason = ChoiceField(
        _("Why they did not come"),
        list="not_attended_reason",
        optional=True,
        component="radios",
        inline=True,
        noun=_("why they did not come"),
    )
    themes = ChoicesField(
        _("What you talked about"), list="barrier_theme", optional=True, noun=_("what you talked about")
    )

    happened_at: datetime

    def validate_happened_time(self, field: TimeField) -> None:
        if self.happened_on.data is None or field.data is None:
            return
        try:
            self.happened_at = instant(self.happened_on.data, field.data)
        except Invalid as refused:
            raise ValidationError(refused.message) from None

    @property
    def details(self) -> ContactDetails:
        """What was filled in; only after the form was found to be right."""
        return ContactDetails(
            happened_at=self.happened_at,
            channel=self.channel.data,
            direction=self.direction.data,
            result=self.result.data,
            minutes=self.minutes.data,
            note=self.note.data,
            sensitive=bool(self.sensitive.data),
            themes=tuple(dict.fromkeys(self.themes.data)),
            not_attended_reason=self.not_attended_reason.data if asks_why(self.result.data) else None,
        )


class CorrectionForm(ContactForm):
    reason = ChoiceField(
        _("Why it is corrected"),
        list="correction_reason",
        component="radios",
        noun=_("why it is corrected"),
    )


def presets(channel: str) -> dict[str, Any]:
    """A new contact happened now, and most likely in the way of the last one."""
    local = uk_time(clock.now())
    return {
        "happened_on": local.date(),
        "happened_time": local.time().replace(second=0, microsecond=0),
        "direction": "out",
        "channel": channel,
    }


def values_of(contact: Contact, themes: list[str]) -> dict[str, Any]:
    """An entry as its form shows it."""
    local = uk_time(contact.happened_at)
    return {
        "happened_on": local.date(),
        "happened_time": local.time(),
        "direction": contact.direction,
        "channel": contact.channel,
        "result": contact.result,
        "minutes": contact.minutes,
        "note": contact.note,
        "sensitive": ["yes"] if contact.sensitive else [],
        "not_attended_reason": contact.not_attended_reason,
        "themes": themes,
    }


class WorkForm(CaseForm):
    kind = ChoiceField(
        _("What you did"), list="case_work_kind", component="radios", inline=True, noun=_("what you did")
    )
    minutes = MinutesField(
        _("How long it took"), low=1, noun=_("how long it took"), hint=_("Minutes, or 1h 30")
    )
    done_on = DateField(_("Day"), past=True, noun=_("the day"), width=10)
    note = NoteField(_("Note"), optional=True, rows=4)


class SentForm(CaseForm):
    """One tap: this wording was sent."""

    wording = ChoiceField(options=(), component="hidden", noun=_("which text was sent"))

    def offer(self, ready: Sequence[ReadyText]) -> None:
        self.wording.options = [(each.code, each.label) for each in ready]

    def validate(self, extra_validators: Any = None) -> bool:
        """What is wrong is said above the texts: nobody sees the field."""
        right = super().validate(extra_validators)
        if self.wording.errors:
            self.refusals.append(gettext("That text is not offered any more. Choose one below"))
            self.wording.errors = []
        return right
