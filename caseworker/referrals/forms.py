"""A referral on one page, and what came of it."""

from collections.abc import Sequence

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.core.errors import RuleBroken
from caseworker.core.fields import ChoiceField, ChoicesField, DateField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.referrals.models import Agency, OnwardReferral
from caseworker.referrals.services import ReferralDetails

SENT, TOLD = "sent", "told"


class ReferralForm(CaseForm):
    agency = ChoiceField(
        _("Agency"), component="select", optional=True, noun=_("an agency"), hint=_("Or name a new one below")
    )
    new_agency = TextField(
        _("Another agency"), max_length=120, optional=True, noun=_("the name of the agency")
    )
    reason = ChoiceField(
        _("Why"), list="referral_reason", component="select", noun=_("why they are referred")
    )
    how = ChoiceField(
        _("How"),
        options=[
            (SENT, _("I send their details, and they said yes to that"), ""),
            (TOLD, _("I only told them about it: nothing is shared"), ""),
        ],
        noun=_("whether their details are sent"),
    )
    shared = ChoicesField(_("What is shared"), list="shared_kind", optional=True, noun=_("what is shared"))
    sent_on = DateField(_("Sent on"), past=True, optional=True, noun=_("the day it was sent"), width=10)
    chase_on = DateField(
        _("Ask the agency on"),
        optional=True,
        noun=_("the day to ask the agency"),
        hint=_("Empty: two weeks from now"),
        width=10,
    )
    words = NoteField(_("Note"), optional=True, rows=3)

    def offer(self, agencies: Sequence[Agency]) -> None:
        listed = [(str(agency.id), agency.name, agency.helps_with) for agency in agencies]
        self.agency.options = [("", gettext("Choose an agency"), ""), *listed]

    def named(self, agencies: Sequence[Agency]) -> Agency | str:
        """The agency chosen, or the name of a new one. Raises RuleBroken for neither."""
        if self.new_agency.data:
            return str(self.new_agency.data)
        for agency in agencies:
            if str(agency.id) == self.agency.data:
                return agency
        raise RuleBroken(gettext("Choose an agency, or name another"), "agency")

    @property
    def details(self) -> ReferralDetails:
        """Raises RuleBroken for details sent on no day."""
        sent = self.how.data == SENT
        if sent and self.sent_on.data is None:
            raise RuleBroken(gettext("Enter the day it was sent"), "sent_on")
        return ReferralDetails(
            reason=self.reason.data,
            shared=tuple(self.shared.data or ()) if sent else (),
            sent_on=self.sent_on.data if sent else None,
            words=self.words.data,
            chase_on=self.chase_on.data,
        )


class FollowForm(CaseForm):
    accepted_on = DateField(
        _("The agency said yes on"), past=True, optional=True, noun=_("the day they said yes"), width=10
    )
    attended_on = DateField(
        _("They first went on"), past=True, optional=True, noun=_("the day they first went"), width=10
    )
    result = ChoiceField(
        _("What came of it"),
        list="referral_result",
        component="select",
        optional=True,
        noun=_("what came of it"),
        hint=_("Leave it empty while it goes on"),
    )
    closed_on = DateField(
        _("You heard on"),
        past=True,
        optional=True,
        noun=_("the day you heard"),
        hint=_("Empty: today"),
        width=10,
    )
    chase_on = DateField(_("Ask the agency on"), optional=True, noun=_("the day to ask the agency"), width=10)


def values_of(referral: OnwardReferral) -> dict[str, object]:
    """A referral as its form shows it."""
    return {
        name: getattr(referral, name)
        for name in ("accepted_on", "attended_on", "result", "closed_on", "chase_on")
    }
