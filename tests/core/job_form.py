"""A form with one field of every kind, and good answers to it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from werkzeug.datastructures import MultiDict
from wtforms import Form

from caseworker.core import fields

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEAM = UUID("01890000-0000-7000-8000-000000000001")


class JobForm(Form):
    employer = fields.TextField("Employer")
    note = fields.NoteField("Note", optional=True)
    started_on = fields.DateField("Start date", noun="the date they started", past=True)
    born_on = fields.DateOfBirthField("Date of birth")
    hours = fields.DecimalField("Hours a week", high=80, places=1)
    children = fields.WholeNumberField("Children", high=20, optional=True)
    pay = fields.MoneyField("Pay", optional=True, high=100_000_00)
    length = fields.MinutesField("Length of the meeting", optional=True)
    begins = fields.TimeField("Start time", optional=True)
    channel = fields.ChoiceField("How you spoke", list="contact_channel", noun="how you spoke")
    direction = fields.ChoiceField("Who contacted whom?", list="contact_direction")
    team = fields.ChoiceField(
        "Team", options=[(str(TEAM), "North", "The north team")], coerce=UUID, optional=True
    )
    benefits = fields.ChoicesField("Benefits", list="benefit", optional=True)
    seen = fields.YesNoField("Have you seen a payslip?")
    satisfied = fields.ScaleField("How satisfied?", 0, 10)
    evidence = fields.FileField("Evidence", optional=True, most=2)
    reference = fields.HiddenField("Reference")
    postcode = fields.PostcodeField("Postcode", optional=True)
    email = fields.EmailField("E-mail address", optional=True)
    phone = fields.PhoneField("Telephone number", optional=True)
    ni_number = fields.NiNumberField("National Insurance number", optional=True)


GOOD = {
    "employer": "A shop", "started_on": "31/3/26", "born_on-day": "1", "born_on-month": "Feb",
    "born_on-year": "1990",
    "hours": "16.5", "channel": "video", "direction": "out", "seen": "yes",
}  # fmt: skip
NAMES = [name for name in JobForm(MultiDict())._fields if name not in ("born_on", "evidence")]


def filled(**typed: Any) -> JobForm:
    """The form sent with GOOD and these answers; two underscores stand for a hyphen."""
    form = JobForm(MultiDict({**GOOD, **{name.replace("__", "-"): value for name, value in typed.items()}}))
    form.validate()
    return form


def field(form: Form, name: str) -> Any:
    """A field of ours, with what WTForms does not know about it."""
    return form[name]
