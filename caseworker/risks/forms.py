"""A risk in six answers, its review in two taps, and a pair to be kept apart."""

from datetime import date

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.risks.rules import USUAL_REVIEW, RiskDetails

HOLDS, ENDS = "holds", "ends"


class RiskForm(CaseForm):
    what_to_do = ChoiceField(_("What to do"), list="risk_measure", component="radios", noun=_("what to do"))
    fact = NoteField(
        _("What happened or was said"),
        rows=3,
        max_length=2000,
        noun=_("what happened or was said"),
        hint=_("The fact, with its day. Not what kind of person somebody is"),
    )
    source = ChoiceField(
        _("Where it comes from"), list="risk_source", component="select", noun=_("the source")
    )
    more = NoteField(
        _("More on what to do"), optional=True, rows=2, max_length=1000, noun=_("more on what to do")
    )
    from_on = DateField(_("Since"), past=True, width=10, noun=_("since when"))
    review_on = DateField(
        _("Look at it again by"), future=True, width=10, noun=_("the day to look at it again")
    )

    @property
    def details(self) -> RiskDetails:
        """What was filled in; only after the form was found to be right."""
        return RiskDetails(
            self.what_to_do.data,
            self.source.data,
            self.fact.data,
            self.from_on.data,
            self.review_on.data,
            self.more.data,
        )


class ReviewForm(CaseForm):
    answer = ChoiceField(
        _("Does it still hold?"),
        options=[(HOLDS, _("Yes, it still holds")), (ENDS, _("No, end it"))],
        noun=_("whether it still holds"),
    )
    next_on = DateField(
        _("Look at it again by"),
        optional=True,
        future=True,
        width=10,
        noun=_("the day to look at it again"),
        hint=_("Where it still holds"),
    )
    end_reason = ChoiceField(
        _("Why it ends"), list="risk_end_reason", component="select", optional=True, noun=_("why it ends")
    )
    words = NoteField(_("What you found"), optional=True, rows=2, max_length=2000, noun=_("what you found"))


class ApartForm(CaseForm):
    other = TextField(
        _("Reference of the other person"),
        max_length=12,
        noun=_("the reference of the other person"),
        width=12,
        hint=_("Like CW-1234567. Both must be on programmes that you lead"),
    )
    reason = NoteField(
        _("Why"), optional=True, rows=2, max_length=2000, noun=_("why"), hint=_("Only leads read it")
    )
    from_on = DateField(_("From"), width=10, noun=_("the first day"))
    until_on = DateField(
        _("Until"), optional=True, width=10, noun=_("the last day"), hint=_("Empty: until further notice")
    )


def opening_values(today: date) -> dict[str, date]:
    return {"from_on": today, "review_on": today + USUAL_REVIEW}
