"""The people chosen, and the first day of their course."""

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, ChoicesField, DateField, HiddenField
from caseworker.core.forms import CaseForm


class CourseForm(CaseForm):
    course_id = HiddenField()
    enrolment = ChoicesField(_("Whom"), options=(), noun=_("at least one person to add"))
    joined_on = DateField(_("First day on the course"), width=10, noun=_("the first day"))
    despite = ChoiceField(
        _("Why it may go ahead"),
        list="apart_override",
        optional=True,
        component="radios",
        noun=_("why it may go ahead"),
    )

    # A lead may let people share a class who are to be kept apart.
    asks_despite = False
