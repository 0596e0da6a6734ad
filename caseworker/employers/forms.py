"""An employer, a vacancy, an application and its next stage, each on one page."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core.codes import codes
from caseworker.core.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    MoneyField,
    NoteField,
    TextField,
    WholeNumberField,
)
from caseworker.core.forms import CaseForm
from caseworker.employers.applications import Going
from caseworker.employers.models import Vacancy
from caseworker.employers.services import EmployerDetails, VacancyDetails
from caseworker.programmes.models import Organisation

HOURS_A_WEEK = 100
MOST_PLACES = 500
# What a vacancy can lead to.
KINDS = ("work", "education", "placement", "volunteering")


class EmployerForm(CaseForm):
    name = TextField(_("Name"), max_length=160, noun=_("the name"))
    sector = ChoiceField(_("Sector"), list="sector", component="select", optional=True, noun=_("the sector"))
    town = TextField(_("Town"), optional=True, max_length=80, noun=_("the town"))
    contact = TextField(
        _("Whom to speak to"),
        optional=True,
        max_length=300,
        noun=_("whom to speak to"),
        hint=_("Name, telephone or e-mail address. Kept sealed."),
    )
    good_to_know = NoteField(
        _("What helps an applicant"),
        optional=True,
        max_length=600,
        noun=_("what helps an applicant"),
        hint=_("Adjustments they make, hours they bend, the bus that stops there"),
    )

    @property
    def details(self) -> EmployerDetails:
        """What was filled in; only after the form was found to be right."""
        return EmployerDetails(
            name=self.name.data,
            sector=self.sector.data,
            town=self.town.data,
            contact=self.contact.data,
            good_to_know=self.good_to_know.data,
        )


class NewEmployerForm(EmployerForm):
    organisation_id = ChoiceField(
        _("Who works with them"), coerce=UUID, optional=True, noun=_("who works with them")
    )

    def offer(self, organisations: Sequence[Organisation]) -> None:
        self.organisation_id.options = [(str(each.id), each.name) for each in organisations]


class VacancyForm(CaseForm):
    title = TextField(_("What they would do"), max_length=120, noun=_("what they would do"))
    kind = ChoiceField(
        _("What it leads to"),
        options=[
            (each.code, each.label_en) for each in codes("progression_kind") if each.extras["group"] in KINDS
        ],
        component="select",
        noun=_("what it leads to"),
    )
    places = WholeNumberField(_("How many places"), low=1, high=MOST_PLACES, noun=_("how many places"))
    closes_on = DateField(
        _("Last day to apply"),
        optional=True,
        noun=_("the last day to apply"),
        hint=_("Leave empty if it is open until filled"),
    )
    hours = DecimalField(
        _("Hours in a usual week"),
        low=0,
        high=HOURS_A_WEEK,
        places=2,
        optional=True,
        noun=_("the hours in a usual week"),
    )
    pay = MoneyField(_("Pay before tax"), optional=True, noun=_("the pay"))
    pay_period = ChoiceField(
        _("Pay is for"), list="pay_period", inline=True, optional=True, noun=_("what the pay is for")
    )
    words = NoteField(
        _("What it asks for"), optional=True, max_length=1000, noun=_("what it asks for"), rows=4
    )

    @property
    def details(self) -> VacancyDetails:
        """What was filled in; only after the form was found to be right."""
        hours = self.hours.data
        return VacancyDetails(
            title=self.title.data,
            kind=self.kind.data,
            places=self.places.data,
            closes_on=self.closes_on.data,
            weekly_minutes=None if hours is None else int((hours * 60).to_integral_value()),
            pay_pence=self.pay.data,
            pay_period=self.pay_period.data,
            words=self.words.data,
        )


class ApplicationForm(CaseForm):
    vacancy = ChoiceField(
        _("One of our vacancies"),
        component="select",
        optional=True,
        coerce=UUID,
        noun=_("a vacancy"),
        hint=_("Or leave it, and enter the employer they found"),
    )
    employer = TextField(_("Employer they found"), optional=True, max_length=160, noun=_("the employer"))
    job_title = TextField(
        _("What they would do"), optional=True, max_length=120, noun=_("what they would do")
    )
    stage = ChoiceField(_("How far they are"), list="application_stage", noun=_("how far they are"))
    stage_on = DateField(_("Since"), past=True, noun=_("the day"))

    def offer(self, vacancies: Sequence[Vacancy]) -> None:
        self.vacancy.options = [(str(each.id), f"{each.title}, {each.employer.name}") for each in vacancies]

    def going(self, vacancies: Sequence[Vacancy]) -> Going:
        """What was filled in; only after the form was found to be right."""
        chosen = next((each for each in vacancies if each.id == self.vacancy.data), None)
        return Going(
            stage=self.stage.data,
            stage_on=self.stage_on.data,
            vacancy=chosen,
            employer=self.employer.data,
            job_title=self.job_title.data,
        )


class StageForm(CaseForm):
    stage = ChoiceField(_("How far they are now"), list="application_stage", noun=_("how far they are"))
    stage_on = DateField(_("Since"), past=True, noun=_("the day"))
