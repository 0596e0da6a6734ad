"""What changes in a step that goes on: hours and pay, breaks, its description, better evidence."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    MoneyField,
    TextField,
    YesNoField,
)
from caseworker.core.forms import CaseForm
from caseworker.progressions.changing import NewTerms
from caseworker.progressions.forms import HOURS_A_WEEK, PHOTO, minutes_of


class TermsForm(CaseForm):
    from_on = DateField(_("From which day"), past=True, noun=_("the day"), hint=_("Like 31 3 2026, or today"))
    hours = DecimalField(
        _("Hours in a usual week"),
        low=0,
        high=HOURS_A_WEEK,
        places=2,
        optional=True,
        noun=_("the hours in a usual week"),
        hint=_("Leave empty if not known"),
    )
    pay = MoneyField(_("Pay before tax"), optional=True, noun=_("the pay"))
    pay_period = ChoiceField(
        _("Pay is for"), list="pay_period", inline=True, optional=True, noun=_("what the pay is for")
    )
    contract = ChoiceField(
        _("Contract"), list="contract_type", component="select", optional=True, noun=_("the contract")
    )

    @property
    def terms(self) -> NewTerms:
        """What was filled in; only after the form was found to be right."""
        return NewTerms(
            from_on=self.from_on.data,
            weekly_minutes=minutes_of(self.hours.data),
            pay_pence=self.pay.data,
            pay_period=self.pay_period.data,
            contract=self.contract.data,
        )


class BreakForm(CaseForm):
    from_on = DateField(_("First day without work"), past=True, noun=_("the first day without work"))
    until_on = DateField(
        _("Last day without work"),
        past=True,
        optional=True,
        noun=_("the last day without work"),
        hint=_("Leave empty while it lasts"),
    )


class BackForm(CaseForm):
    until_on = DateField(_("Last day without work"), past=True, noun=_("the last day without work"))


class DescriptionForm(CaseForm):
    employer = TextField(
        _("Employer, college or host"),
        optional=True,
        max_length=160,
        noun=_("the employer, college or host"),
    )
    job_title = TextField(
        _("What they do there"), optional=True, max_length=120, noun=_("what they do there")
    )
    sector = ChoiceField(_("Sector"), list="sector", component="select", optional=True, noun=_("the sector"))
    priority_sector = YesNoField(
        _("A priority sector of the programme"), optional=True, noun=_("whether it is a priority sector")
    )
    green = YesNoField(_("A green job or course"), optional=True, noun=_("whether it is green"))
    planned_until_on = DateField(
        _("Last day as agreed"),
        optional=True,
        noun=_("the last day as agreed"),
        hint=_("Of a placement or a fixed term"),
    )


class EvidenceForm(CaseForm):
    evidence_file = FileField(
        _("Photo or file"),
        optional=True,
        noun=_("a photo or a file"),
        hint=_(
            "A photo or PDF of a payslip, contract or letter, up to 10 MB. Leave out if somebody told you."
        ),
        attributes=PHOTO,
    )
    level = ChoiceField(_("What it is"), list="evidence_level", noun=_("what it is"))
    seen_on = DateField(_("When you saw or heard it"), past=True, noun=_("the day"))
