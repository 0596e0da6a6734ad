"""Agreement, review, and barriers left without a goal by choice."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField
from caseworker.core.forms import CaseForm


class AgreeForm(CaseForm):
    agreed_how = ChoiceField(_("How they agreed"), list="agreed_how", noun=_("how they agreed"))
    agreed_on = DateField(_("On which day"), past=True, width=10, noun=_("the day they agreed"))


class ReviewForm(CaseForm):
    reviewed_on = DateField(
        _("When you looked at it together"), past=True, width=10, noun=_("the day of the review")
    )


class DeclineForm(CaseForm):
    """One button on the plan. The theme travels in the form: an address is kept in too many places."""

    theme = ChoiceField(list="barrier_theme", component="hidden", noun=_("the theme"))
