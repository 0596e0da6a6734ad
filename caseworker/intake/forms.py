"""Who somebody is, and how they came to us: two pages, five answers needed."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core.fields import (
    ChoiceField,
    DateField,
    DateOfBirthField,
    EmailField,
    NiNumberField,
    NoteField,
    PhoneField,
    PostcodeField,
    TextField,
    YesNoField,
)
from caseworker.core.forms import CaseForm
from caseworker.intake.services import ReferralDetails
from caseworker.participants.details import PersonDetails
from caseworker.participants.own_numbers import OWN_REFERENCE_LENGTH, own_reference

NAME_LENGTH = 100
ADDRESS_LENGTH = 500
SOMEBODY_NEW = "new"
NOT_KNOWN = "98"


class PersonForm(CaseForm):
    """The person's own facts: the first page of a referral, and the page that changes them."""

    given_name = TextField(_("First names"), max_length=NAME_LENGTH, noun=_("their first names"))
    family_name = TextField(_("Surname"), max_length=NAME_LENGTH, noun=_("their surname"))
    preferred_name = TextField(
        _("Likes to be called"), optional=True, max_length=NAME_LENGTH, noun=_("what they like to be called")
    )
    born_on = DateOfBirthField(_("Date of birth"), noun=_("their date of birth"))
    phone = PhoneField(_("Telephone"), optional=True, noun=_("the telephone number"))
    email = EmailField(_("E-mail"), optional=True, noun=_("the e-mail address"))
    postcode = PostcodeField(_("Postcode"), optional=True, noun=_("the postcode"))
    address = NoteField(_("Address"), optional=True, rows=3, max_length=ADDRESS_LENGTH, noun=_("the address"))
    ni_number = NiNumberField(
        _("National Insurance number"), optional=True, noun=_("the National Insurance number")
    )
    own_reference = TextField(
        _("Your organisation’s own number for them"),
        optional=True,
        max_length=OWN_REFERENCE_LENGTH,
        width=20,
        noun=_("your own number for them"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = kwargs.get("obj")
        if person is not None and self.born_on._boxes is None:
            self.born_on.not_known = person.birth_not_known

    @property
    def details(self) -> PersonDetails:
        """What was filled in; only after the form was found to be right."""
        return PersonDetails(
            given_name=self.given_name.data,
            family_name=self.family_name.data,
            preferred_name=self.preferred_name.data,
            born_on=self.born_on.data,
            postcode=self.postcode.data,
            address=self.address.data,
            phone=self.phone.data,
            email=self.email.data,
            ni_number=self.ni_number.data,
            own_reference=own_reference(self.own_reference.data) if self.own_reference.data else None,
        )

    @property
    def reached(self) -> list[Any]:
        """The fields that reach them, none of which need be known."""
        return [self.phone, self.email, self.postcode, self.address, self.ni_number, self.own_reference]

    @property
    def opens(self) -> bool:
        """The folded part holds something, or something there is wrong."""
        return any(part.errors or part.data is not None for part in [self.preferred_name, *self.reached])

    def is_right(self) -> bool:
        """The fields alone: what was typed earlier is read again without the marks of a sent form."""
        return bool(super(CaseForm, self).validate())


class ReferralForm(CaseForm):
    """How they came, and how things stand. `same_as` is asked only when somebody like them is known."""

    same_as = ChoiceField(
        _("Is this somebody we know?"), options=[], optional=True, component="radios", noun=_("who this is")
    )
    programme_id = ChoiceField(_("Programme"), options=[], coerce=UUID, noun=_("a programme"))
    referral_source = ChoiceField(
        _("Who referred them"), list="referral_source", component="select", noun=_("who referred them")
    )
    referred_on = DateField(
        _("Day they were referred"),
        past=True,
        optional=True,
        noun=_("the day they were referred"),
        hint=_("Today if left empty"),
    )
    keyworker_id = ChoiceField(
        _("Keyworker"), options=[], coerce=UUID, optional=True, component="select", noun=_("a keyworker")
    )
    started_on = DateField(
        _("Start of support"),
        past=True,
        optional=True,
        noun=_("the start of support"),
        hint=_("Leave empty if support has not started"),
    )
    economic_status = ChoiceField(
        _("Work"), list="economic_status", component="radios", optional=True, noun=_("how things stand")
    )
    required_to_look = YesNoField(
        _("Must look for work to get their benefit?"), optional=True, noun=_("whether they must look")
    )
    benefit = ChoiceField(
        _("Main benefit"), list="benefit", component="select", optional=True, noun=_("the main benefit")
    )

    @property
    def details(self) -> ReferralDetails:
        """What was filled in; only after the form was found to be right."""
        return ReferralDetails(
            referral_source=self.referral_source.data,
            referred_on=self.referred_on.data,
            started_on=self.started_on.data,
            economic_status=self.economic_status.data or NOT_KNOWN,
            required_to_look=self.required_to_look.data,
            benefit=self.benefit.data,
        )

    @property
    def opens(self) -> bool:
        parts = (self.economic_status, self.required_to_look, self.benefit)
        return any(part.errors or part.data is not None for part in parts)
