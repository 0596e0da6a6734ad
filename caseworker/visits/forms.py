"""Setting out in as few taps as can be, on a phone: where, back by when, and who looks out."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.core.calendar import NoSuchTime, at_uk, uk_time
from caseworker.core.errors import RuleBroken
from caseworker.core.fields import ChoiceField, PhoneField, TextField, TimeField
from caseworker.core.forms import CaseForm
from caseworker.visits.rules import PRESETS, VisitDetails

DAY = timedelta(days=1)


class SetOutForm(CaseForm):
    place = TextField(
        _("Where you go"), max_length=200, noun=_("where you go"), hint=_("So that somebody can find you")
    )
    preset = ChoiceField(
        _("Back in"), options=(), component="radios", optional=True, inline=True, noun=_("when you are back")
    )
    back_time = TimeField(
        _("Or back at"), optional=True, noun=_("the time you are back"), hint=_("A time typed here wins")
    )
    buddy_id = ChoiceField(
        _("Who looks out for you"),
        options=(),
        component="select",
        coerce=UUID,
        noun=_("who looks out for you"),
        hint=_("They are told when you are not back in time"),
    )
    phone = PhoneField(
        _("Your number on this visit"),
        optional=True,
        noun=_("your number"),
        hint=_("Your buddy sees it, and has nothing else to ring you on. It is remembered for next time"),
    )

    now: datetime

    def offer(self, now: datetime, buddies: Iterable[tuple[UUID, str]]) -> None:
        """Set what is known only now: the time the presets count from, and who can look out."""
        self.now = now
        self.preset.options = [(key, _in_words(now, minutes)) for key, minutes in PRESETS.items()]
        self.buddy_id.options = [(str(key), name) for key, name in buddies]

    def validate_back_time(self, field: TimeField) -> None:
        if field.data is None and not self.preset.data:
            raise ValidationError(gettext("Choose when you will be back"))

    @property
    def expected_back_at(self) -> datetime:
        """A time on the clock that has passed today is tomorrow's: a visit may run past midnight."""
        if self.back_time.data is None:
            return self.now + timedelta(minutes=PRESETS[self.preset.data])
        day = uk_time(self.now).date()
        at = _at(day, self.back_time.data)
        return at if at > self.now else _at(day + DAY, self.back_time.data)

    @property
    def details(self) -> VisitDetails:
        """What was filled in; only after the form was found to be right."""
        return VisitDetails(self.place.data, self.expected_back_at, self.buddy_id.data, self.phone.data)


class BackForm(CaseForm):
    back_time = TimeField(_("When were you back?"), noun=_("the time you were back"))

    def at(self, now: datetime) -> datetime:
        """The last time the clock said so: today, or the day before where that is still to come."""
        day = uk_time(now).date()
        at = _at(day, self.back_time.data)
        return at if at <= now else _at(day - DAY, self.back_time.data)


def _at(day: date, clock: time) -> datetime:
    """Raises RuleBroken for the hour that the clocks skip."""
    try:
        return at_uk(day, clock)
    except NoSuchTime as skipped:
        raise RuleBroken(str(skipped), "back_time") from None


def _in_words(now: datetime, minutes: int) -> str:
    at = uk_time(now + timedelta(minutes=minutes))
    hours, rest = divmod(minutes, 60)
    said = {
        (0, 30): gettext("30 minutes"),
        (1, 0): gettext("1 hour"),
        (1, 30): gettext("1½ hours"),
    }.get((hours, rest), gettext("%(hours)s hours", hours=hours))
    return f"{said}: {at:%H:%M}"


def values_of(place: str | None, buddy_id: UUID | None, phone: str | None) -> dict[str, Any]:
    return {"place": place, "preset": "60", "buddy_id": buddy_id, "phone": phone}
