"""One form with every kind of field."""

from caseworker.core import fields
from caseworker.core.forms import CaseForm

HEARD = [
    ("jcp", "Jobcentre Plus", ""),
    ("self", "They came by themselves", ""),
    ("la", "Local authority", ""),
    ("gp", "GP or social prescriber", "Ask whether the surgery wants to hear back"),
]
BARRIERS = [
    ("health", "Health condition or disability", ""),
    ("care", "Caring responsibilities", "Children, parents, partner"),
    ("confidence", "Confidence", ""),
    ("skills", "Basic skills", ""),
]
CENTRES = [(str(number), f"Centre {number}") for number in range(1, 11)]


class ReferralForm(CaseForm):
    name = fields.TextField("Full name", noun="their full name")
    born = fields.DateOfBirthField("Date of birth", hint="For example, 31 3 1990")
    postcode = fields.PostcodeField("Postcode", optional=True)
    email = fields.EmailField("E-mail", optional=True)
    heard = fields.ChoiceField("How did they hear about us?", options=HEARD)
    centre = fields.ChoiceField("Centre", options=CENTRES, optional=True)
    barriers = fields.ChoicesField(
        "Barriers to work", options=BARRIERS, hint="Tick all that apply", optional=True
    )
    lone = fields.YesNoField("Are they a lone parent?", optional=True)
    satisfied = fields.ScaleField(
        "How satisfied are you with your life nowadays?", low_label="Not at all", high_label="Completely"
    )
    started_on = fields.DateField("Start date", hint="Like 31 3 26, today or next tue")
    met_at = fields.TimeField("Time", optional=True)
    hours = fields.WholeNumberField("Hours a week", high=80, suffix="hours")
    pay = fields.MoneyField("Pay", suffix="an hour", optional=True)
    note = fields.NoteField("First contact", hint="Do not write medical detail here", optional=True)
    proof = fields.FileField("Proof of address", optional=True)
