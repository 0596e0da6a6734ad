"""What a booking is answered with: its day and time, and what it meets."""

from collections.abc import Sequence

from flask_babel import gettext as _

from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import clashes
from caseworker.appointments.rules import is_day_off
from caseworker.core.formatting import date_weekday


def booked_words(appointment: Appointment) -> str:
    """Day and time, then whatever one should know about them. It names nobody."""
    said = [
        _(
            "Booked for %(day)s at %(time)s.",
            day=date_weekday(appointment.starts_on),
            time=f"{appointment.starts_time:%H:%M}",
        ),
        *warnings(appointment),
    ]
    return " ".join(said)


def warnings(appointment: Appointment) -> list[str]:
    """What else is booked then, and whether it is a day off; never a reason to refuse."""
    colleague, participant = clashes(appointment)
    said = []
    if colleague:
        said.append(_("Check: the colleague has something else at %(times)s.", times=_times(colleague)))
    if participant:
        said.append(_("Check: the participant has something else at %(times)s.", times=_times(participant)))
    if is_day_off(appointment.starts_on):
        said.append(_("Check: that is a weekend or a bank holiday."))
    return said


def _times(found: Sequence[Appointment]) -> str:
    return ", ".join(f"{each.starts_time:%H:%M}" for each in found)
