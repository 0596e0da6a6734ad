"""A step forward on one page, a check, and a last day."""

from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.codes import code
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
from caseworker.progressions.jobs import LEFT, NOT_KNOWN, STILL_THERE
from caseworker.progressions.services import StepDetails

HOURS_A_WEEK = 100
# Asked for these, a phone offers its camera, and turns what it took into one of them.
PHOTO = {"accept": "image/jpeg,image/png,application/pdf"}


class ProgressionForm(CaseForm):
    kind = ChoiceField(_("What it is"), list="progression_kind", component="select", noun=_("what it is"))
    started_on = DateField(
        _("First day"), past=True, noun=_("the first day"), hint=_("Like 31 3 2026, or today")
    )
    ended_on = DateField(
        _("Last day"),
        past=True,
        optional=True,
        noun=_("the last day"),
        hint=_("Leave empty while it goes on"),
    )
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
    employer = TextField(
        _("Employer, college or host"),
        optional=True,
        max_length=160,
        noun=_("the employer, college or host"),
    )
    job_title = TextField(
        _("What they do there"), optional=True, max_length=120, noun=_("what they do there")
    )
    contract = ChoiceField(
        _("Contract"), list="contract_type", component="select", optional=True, noun=_("the contract")
    )
    evidence = ChoiceField(_("How do we know?"), list="evidence_level", noun=_("how we know"))
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
    evidence_file = FileField(
        _("Document"),
        optional=True,
        noun=_("a document"),
        hint=_("A photo or PDF of a contract or payslip, up to 10 MB"),
        attributes=PHOTO,
    )

    @property
    def opens(self) -> bool:
        """The folded part holds something, or something there is wrong."""
        parts = (
            self.job_title,
            self.contract,
            self.sector,
            self.priority_sector,
            self.green,
            self.planned_until_on,
            self.ended_on,
        )
        return any(part.errors or part.data is not None for part in parts)

    def details(self, evidence_file_id: Any = None) -> StepDetails:
        """What was filled in; only after the form was found to be right."""
        return StepDetails(
            kind=self.kind.data,
            started_on=self.started_on.data,
            ended_on=self.ended_on.data,
            weekly_minutes=minutes_of(self.hours.data),
            pay_pence=self.pay.data,
            pay_period=self.pay_period.data,
            employer=self.employer.data,
            job_title=self.job_title.data,
            contract=self.contract.data,
            sector=self.sector.data,
            priority_sector=self.priority_sector.data,
            green=self.green.data,
            planned_until_on=self.planned_until_on.data,
            evidence=self.evidence.data,
            evidence_file_id=evidence_file_id,
        )


def minutes_of(hours: Decimal | None) -> int | None:
    return None if hours is None else int((hours * 60).to_integral_value())


class CheckForm(CaseForm):
    result = ChoiceField(
        _("Are they still there?"),
        options=[
            (STILL_THERE, _("Still there")),
            (LEFT, _("They have left")),
            (NOT_KNOWN, _("Nobody could say")),
        ],
        noun=_("whether they are still there"),
    )
    checked_on = DateField(
        _("On which day"), past=True, noun=_("the day"), hint=_("The day the answer is about")
    )
    evidence = ChoiceField(_("How do we know?"), list="evidence_level", noun=_("how we know"))


class EndForm(CaseForm):
    ended_on = DateField(_("Last day"), past=True, noun=_("the last day"))
    end_reason = ChoiceField(
        _("Why it ended"), list="job_end_reason", component="select", optional=True, noun=_("why it ended")
    )


def ilr_outcome(kind: str, weekly_minutes: int | None) -> str:
    """The ILR destination code of a step: derived, never typed. '' where it has none or hours decide it
    and are not known."""
    row = code("progression_kind", kind)
    if row.extras["ilr_code"]:
        return row.extras["ilr_code"]
    if weekly_minutes is None:
        return ""
    return row.extras["ilr_16_or_more" if weekly_minutes >= 16 * 60 else "ilr_under_16"]


def needs_hours(kind: str) -> bool:
    """Whether the hours of a week decide its ILR code."""
    return bool(code("progression_kind", kind).extras["ilr_16_or_more"])


def asks(kind: str, what: str) -> bool:
    """Whether a kind of step has `hours` or `pay`."""
    return what in code("progression_kind", kind).extras["asks"].split()


def weeks_done(started_on: date, ended_on: date | None, today: date) -> int:
    """Whole weeks of a placement so far; none before it begins."""
    last = min(ended_on or today, today)
    return max(0, ((last - started_on).days + 1) // 7)
