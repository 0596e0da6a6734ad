"""Help on one page, a lead's answer, and a budget."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.core.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    MoneyField,
    NoteField,
    TextField,
)
from caseworker.core.formatting import pounds
from caseworker.core.forms import CaseForm
from caseworker.support.budgets import BudgetDetails
from caseworker.support.models import BudgetHead
from caseworker.support.queries import BudgetLine
from caseworker.support.rules import ASKED, GIVEN

MOST_UNITS = 1000
MOST_PENCE = 1_000_000
PHONE_CAMERA = {"accept": "image/*,application/pdf", "capture": "environment"}


def _receipt(**about: Any) -> FileField:
    return FileField(
        _("Receipt"),
        noun=_("a photo or a file"),
        hint=_("A photo or PDF, up to 10 MB"),
        attributes=PHONE_CAMERA,
        **about,
    )


class SupportForm(CaseForm):
    kind = ChoiceField(_("What help"), list="support_kind", component="select", noun=_("what help it is"))
    stage = ChoiceField(
        _("Have they had it?"),
        options=[(GIVEN, _("Yes, they have had it")), (ASKED, _("Not yet: ask a lead first"))],
        noun=_("whether they have had it"),
    )
    given_on = DateField(
        _("The day they had it"), past=True, optional=True, noun=_("the day they had it"), width=10
    )
    amount = MoneyField(_("What it cost"), high=MOST_PENCE, optional=True, noun=_("what it cost"))
    units = DecimalField(
        _("How much of it"),
        low=0,
        high=MOST_UNITS,
        optional=True,
        noun=_("how much of it"),
        hint=_("Parcels, journeys, hours and so on. Enter this, or what it cost, or both"),
    )
    budget = ChoiceField(_("Paid from"), component="select", optional=True, noun=_("what pays for it"))
    theme = ChoiceField(
        _("What it helps with"),
        list="barrier_theme",
        component="select",
        optional=True,
        noun=_("what it helps with"),
    )
    note = NoteField(
        _("Note"),
        optional=True,
        rows=3,
        hint=_("For a health check write only that it was done and what was advised, never the reading"),
    )
    receipt = _receipt(optional=True)

    def offer(self, lines: Sequence[BudgetLine]) -> None:
        """The budgets that may pay, each with what is left of it."""
        nothing = ("", gettext("None of our budgets"), "")
        self.budget.options = [nothing, *(_offered(line) for line in lines)]

    def budget_of(self, lines: Sequence[BudgetLine]) -> BudgetHead | None:
        picked = self.budget.data
        return next((line.budget for line in lines if str(line.budget.id) == picked), None)

    @property
    def units_hundredths(self) -> int | None:
        return None if self.units.data is None else int(self.units.data * 100) or None


def _offered(line: BudgetLine) -> tuple[str, str, str]:
    words = gettext("%(name)s: %(left)s left", name=line.budget.name, left=pounds(max(line.left, 0)))
    return str(line.budget.id), words, ""


class HandOutForm(CaseForm):
    given_on = DateField(_("The day they had it"), past=True, noun=_("the day they had it"), width=10)
    receipt = _receipt(optional=True)


class ReceiptForm(CaseForm):
    receipt = _receipt()


class AnswerForm(CaseForm):
    answer = ChoiceField(
        _("Your answer"), options=[("yes", _("Yes, agree to it")), ("no", _("No"))], noun=_("yes or no")
    )
    reason = ChoiceField(
        _("Why not"), list="support_refusal", component="select", optional=True, noun=_("why not")
    )


class BudgetForm(CaseForm):
    name = TextField(_("Name"), max_length=80, noun=_("a name"), hint=_("As people say it: travel fund"))
    from_on = DateField(_("First day"), noun=_("the first day"), width=10)
    until_on = DateField(_("Last day"), noun=_("the last day"), width=10)
    limit = MoneyField(_("All of it"), noun=_("the whole budget"))
    person_limit = MoneyField(
        _("Most for one person"), optional=True, noun=_("the most for one person"), hint=_("Empty: no limit")
    )
    approval_over = MoneyField(
        _("More than this at once needs a lead’s yes"),
        optional=True,
        noun=_("the sum that needs a yes"),
        hint=_("Empty: never. 0: always"),
    )

    @property
    def details(self) -> BudgetDetails:
        """What was filled in; only after the form was found to be right."""
        return BudgetDetails(
            name=self.name.data,
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            limit_pence=self.limit.data,
            person_limit_pence=self.person_limit.data,
            approval_over_pence=self.approval_over.data,
        )


def values_of(budget: BudgetHead) -> dict[str, Any]:
    """A budget as its form shows it."""
    return {
        "name": budget.name,
        "from_on": budget.from_on,
        "until_on": budget.until_on,
        "limit": budget.limit_pence,
        "person_limit": budget.person_limit_pence,
        "approval_over": budget.approval_over_pence,
    }
