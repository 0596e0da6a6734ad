"""What came of an appointment, and when to meet again: asked once, on one page."""

from datetime import date, datetime, time
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.appointments.forms import preset_options
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails, is_missed, preset_day
from caseworker.contacts.rules import ContactDetails
from caseworker.core.calendar import uk_time
from caseworker.core.fields import ChoiceField, ChoicesField, DateField, MinutesField, NoteField, TimeField
from caseworker.core.forms import CaseForm
from caseworker.core.values import Invalid, instant

AGAIN_NEVER = "no"
FOLDED = [("yes", _("Fold it away, so that it is not read over somebody’s shoulder"))]


class OutcomeForm(CaseForm):
    result = ChoiceField(
        _("What came of it"),
        list="contact_result",
        component="radios",
        inline=True,
        noun=_("what came of it"),
    )
    note = NoteField(_("Note"), optional=True, rows=5, hint=_("What was said and agreed"))
    sensitive = ChoicesField(_("Sensitive"), options=FOLDED, optional=True)
    happened_on = DateField(_("The day it really was"), past=True, noun=_("the day"), width=10)
    happened_time = TimeField(_("Time"), noun=_("the time"))
    minutes = MinutesField(_("Minutes it took"), optional=True, noun=_("how long it took"))
    again = ChoiceField(_("Meet again"), options=(), component="radios", noun=_("whether to meet again"))
    again_on = DateField(
        _("Or on another day"), optional=True, future=True, noun=_("the day to meet again"), width=10
    )
    again_time = TimeField(_("At"), noun=_("the time to meet again"))

    happened_at: datetime
    counted_from: date

    def offer(self, counted_from: date) -> None:
        self.counted_from = counted_from
        self.again.options = [*preset_options(counted_from), (AGAIN_NEVER, str(_("Not agreed")))]

    def validate_happened_time(self, field: TimeField) -> None:
        if self.happened_on.data is None or field.data is None:
            return
        self.happened_at = _instant(self.happened_on.data, field.data)

    def validate_again_time(self, field: TimeField) -> None:
        day = self.again_day
        if day is not None and field.data is not None:
            _instant(day, field.data)

    @property
    def again_day(self) -> date | None:
        """When to meet again; a day typed wins over a preset; None: not agreed."""
        typed: date | None = self.again_on.data
        if typed is None and self.again.data and self.again.data != AGAIN_NEVER:
            return preset_day(self.again.data, self.counted_from)
        return typed

    def contact(self, channel: str) -> ContactDetails:
        """What was filled in; only after the form was found to be right."""
        return ContactDetails(
            happened_at=self.happened_at,
            channel=channel,
            direction="out",
            result=self.result.data,
            minutes=self.minutes.data,
            note=self.note.data,
            sensitive=bool(self.sensitive.data),
        )

    def booking(self, before: Appointment) -> AppointmentDetails | None:
        """The next appointment in the manner of this one; None when none was agreed."""
        day = self.again_day
        if day is None:
            return None
        return AppointmentDetails(
            day, self.again_time.data, before.channel, before.length_minutes, before.place
        )


def outcome_presets(appointment: Appointment, result: str, now: datetime) -> dict[str, Any]:
    """As it was booked, or now when it was called off ahead of its time."""
    local = uk_time(min(appointment.starts_at, now))
    missed = is_missed(result)
    return {
        "result": result or None,
        "happened_on": local.date(),
        "happened_time": local.time().replace(second=0, microsecond=0),
        "minutes": appointment.length_minutes if not missed and appointment.starts_at <= now else None,
        "again": "next_week" if missed else AGAIN_NEVER,
        "again_time": appointment.starts_time,
    }


def _instant(day: date, clock: time) -> datetime:
    try:
        return instant(day, clock)
    except Invalid as refused:
        raise ValidationError(refused.message) from None
