"""Lending one's own cases for dates: to whom, why, and until when."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.accounts.models import User
from caseworker.core.fields import ChoiceField, ChoicesField, DateField
from caseworker.core.forms import CaseForm
from caseworker.enrolments.models import Enrolment
from caseworker.handover.rules import FOR_A_WHILE, Terms


class LendForm(CaseForm):
    to_id = ChoiceField(
        _("Who looks after them"), options=(), component="select", coerce=UUID, noun=_("who looks after them")
    )
    reason = ChoiceField(_("Why"), list="handover_reason", component="select", noun=_("the reason"))
    from_on = DateField(_("First day"), width=10, noun=_("the first day"))
    until_on = DateField(
        _("Last day"),
        width=10,
        noun=_("the last day"),
        hint=_("Like 4 12 26 or next fri. They return the day after"),
    )
    enrolment = ChoicesField(_("Whom"), options=(), noun=_("at least one person to lend"))

    def offer(self, cases: Sequence[Enrolment], colleagues: Sequence[User], you: User) -> None:
        """Set what is known only now: one's own people, and the colleagues who may work with them."""
        self.enrolment.options = [
            (str(case.id), f"{case.participant.full_name}, {case.participant.reference}") for case in cases
        ]
        self.to_id.options = [(str(one.id), one.name) for one in colleagues if one.id != you.id]

    @property
    def terms(self) -> Terms:
        return Terms(FOR_A_WHILE, self.reason.data, self.from_on.data, self.until_on.data)
