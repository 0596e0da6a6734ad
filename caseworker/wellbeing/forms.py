"""Four questions, one tap each. Earlier answers are shown only afterwards."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoiceField, DateField, ScaleField
from caseworker.core.forms import CaseForm
from caseworker.wellbeing.questions import QUESTIONS


class WellbeingForm(CaseForm):
    stage = ChoiceField(
        _("When in their time with us"), list="wellbeing_stage", inline=True, noun=_("when it is")
    )
    assessed_on = DateField(_("Day"), past=True, noun=_("the day"))
    completed_how = ChoiceField(
        _("How it was answered"), list="completion_method", noun=_("how it was answered")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            field = self[question.measure]
            field.options = [*field.options, ("", gettext("Not answered"), "")]

    @property
    def scores(self) -> dict[str, int | None]:
        return {question.measure: self[question.measure].data for question in QUESTIONS}


for _question in QUESTIONS:
    setattr(
        WellbeingForm,
        _question.measure,
        ScaleField(
            _question.words, 0, 10, low_label=_("Not at all"), high_label=_("Completely"), noun=_("a number")
        ),
    )
