"""Booking in as few taps as can be: a day preset, a time that is likely, the rest left as it was."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import LONGEST, SHORTEST, AppointmentDetails, preset_day
from caseworker.core.fields import ChoiceField, DateField, MinutesField, NoteField, TextField, TimeField
from caseworker.core.formatting import date_weekday
from caseworker.core.forms import CaseForm
from caseworker.core.values import Invalid, instant

PRESET_WORDS = {
    "tomorrow": _("Tomorrow"),
    "next_week": _("Same time next week"),
    "two_weeks": _("In two weeks"),
}


def preset_options(counted_from: date) -> list[tuple[str, str]]:
    """Each preset with the day it means."""
    return [
        (preset, f"{words}: {date_weekday(preset_day(preset, counted_from))}")
        for preset, words in PRESET_WORDS.items()
    ]


class BookingForm(CaseForm):
    """What a programme administrator fills in too: there is no note."""

    preset = ChoiceField(_("Day"), options=(), component="radios", optional=True, noun=_("the day"))
    starts_on = DateField(
        _("Or another day"),
        optional=True,
        future=True,
        noun=_("the day"),
        width=10,
        hint=_("A day typed here wins"),
    )
    starts_time = TimeField(_("Time"), noun=_("the time"))
    length_minutes = MinutesField(
        _("How long"), low=SHORTEST, high=LONGEST, noun=_("how long it takes"), hint=_("Minutes, or 1h 30")
    )
    channel = ChoiceField(_("How"), list="contact_channel", component="select", noun=_("how you meet"))
    with_id = ChoiceField(_("With"), options=(), component="select", coerce=UUID, noun=_("with whom"))
    place = TextField(_("Where"), optional=True, max_length=160, noun=_("where"))
    interpreter = ChoiceField(
        _("Is the interpreter booked?"),
        list="interpreter_state",
        optional=True,
        inline=True,
        noun=_("whether the interpreter is booked"),
    )
    despite = ChoiceField(
        _("Why it may go ahead"),
        list="apart_override",
        optional=True,
        component="radios",
        noun=_("why it may go ahead"),
    )

    counted_from: date
    # A lead may let a booking go ahead that was refused to keep people apart.
    asks_despite = False

    def offer(self, counted_from: date, colleagues: Iterable[tuple[UUID, str]]) -> None:
        """Set what is known only now: the day the presets count from, and with whom one may meet."""
        self.counted_from = counted_from
        self.preset.options = preset_options(counted_from)
        self.with_id.options = [(str(key), name) for key, name in colleagues]

    @property
    def day(self) -> date:
        typed: date | None = self.starts_on.data
        return typed or preset_day(self.preset.data, self.counted_from)

    def validate_starts_on(self, field: DateField) -> None:
        if field.data is None and not self.preset.data:
            raise ValidationError(gettext("Choose a day above, or type one, like 31 3 2026"))

    def validate_starts_time(self, field: TimeField) -> None:
        if field.data is None or (self.starts_on.data is None and not self.preset.data):
            return
        if self.starts_on.errors or self.preset.errors:
            return
        try:
            instant(self.day, field.data)
        except Invalid as refused:
            raise ValidationError(refused.message) from None

    @property
    def opens(self) -> bool:
        """The folded part holds something, or something there is wrong."""
        return bool(self.place.data or self.place.errors)

    @property
    def details(self) -> AppointmentDetails:
        """What was filled in; only after the form was found to be right."""
        return AppointmentDetails(
            starts_on=self.day,
            starts_time=self.starts_time.data,
            channel=self.channel.data,
            length_minutes=self.length_minutes.data,
            place=self.place.data,
            interpreter=self.interpreter.data,
        )


class AppointmentForm(BookingForm):
    note = NoteField(_("Note to yourself"), optional=True, rows=3, hint=_("It never leaves this case file"))

    @property
    def opens(self) -> bool:
        return super().opens or bool(self.note.data or self.note.errors)

    @property
    def details(self) -> AppointmentDetails:
        return replace(super().details, note=self.note.data)


class MoveForm(BookingForm):
    """A programme administrator's move: where it is may be somebody's home, and stays unseen."""

    place = None  # type: ignore[assignment]

    @property
    def opens(self) -> bool:
        return False

    def moved(self, appointment: Appointment) -> AppointmentDetails:
        """What was filled in, with the place and the note it has; once the form is right."""
        return AppointmentDetails(
            self.day,
            self.starts_time.data,
            self.channel.data,
            self.length_minutes.data,
            appointment.place,
            appointment.note,
            # An interpreter was booked for the time before.
            "not_yet" if appointment.interpreter == "booked" else appointment.interpreter,
        )


class TaskForm(CaseForm):
    words = NoteField(_("What is to be done"), rows=2, max_length=500, noun=_("what is to be done"))
    due_on = DateField(
        _("By when"), optional=True, noun=_("the day"), width=10, hint=_("Like tomorrow, next fri or 31 3 26")
    )


def values_of(appointment: Appointment) -> dict[str, Any]:
    """An appointment as its form shows it."""
    return {
        "starts_on": appointment.starts_on,
        "starts_time": appointment.starts_time,
        "length_minutes": appointment.length_minutes,
        "channel": appointment.channel,
        "with_id": appointment.with_id,
        "place": appointment.place,
        "interpreter": appointment.interpreter,
        "note": appointment.note,
    }
