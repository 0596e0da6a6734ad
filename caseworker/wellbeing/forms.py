"""One tap a question, each of which may be left out. Earlier answers are shown only afterwards."""

from collections.abc import Sequence
from types import new_class
from typing import Any, TypeVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.accounts.forms import PasswordField
from caseworker.core.fields import ChoiceField, DateField, ScaleField
from caseworker.core.forms import CaseForm
from caseworker.wellbeing.instruments import Instrument, Item

Form = TypeVar("Form", bound="AnswersForm")


class AnswersForm(CaseForm):
    """The questions of one instrument and nothing else, as they are answered on a handed screen."""

    instrument: Instrument

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in self.instrument.items:
            field = self[item.key]
            field.options = [*field.options, ("", gettext("Not answered"), "")]

    @property
    def scores(self) -> dict[str, int | None]:
        return {item.key: self[item.key].data for item in self.instrument.items}


class SittingForm(AnswersForm):
    """The questions with a worker beside: when, and how it was answered."""

    stage = ChoiceField(
        _("When in their time with us"), list="wellbeing_stage", inline=True, noun=_("when it is")
    )
    assessed_on = DateField(_("Day"), past=True, noun=_("the day"))
    completed_how = ChoiceField(
        _("How it was answered"), list="completion_method", noun=_("how it was answered")
    )


def asking(base: type[Form], instrument: Instrument) -> type[Form]:
    """A form with the questions of an instrument."""
    fields = {item.key: _field(instrument, item) for item in instrument.items}
    made: type[Form] = new_class(base.__name__, (base,), exec_body=lambda body: body.update(fields))
    made.instrument = instrument
    return made


def _field(instrument: Instrument, item: Item) -> Any:
    if instrument.steps:
        steps = [(str(step), words) for step, words in enumerate(instrument.steps, start=instrument.low)]
        return ChoiceField(
            item.words, options=steps, coerce=int, component="radios", optional=True, noun=_("an answer")
        )
    return ScaleField(
        item.words,
        instrument.low,
        instrument.high,
        low_label=item.low_label,
        high_label=item.high_label,
        noun=_("a number"),
    )


class HandOverForm(CaseForm):
    instrument = ChoiceField(_("Which questions"), noun=_("which questions"))
    stage = ChoiceField(_("When in their time with us"), list="wellbeing_stage", noun=_("when it is"))

    def offer(self, instruments: Sequence[Instrument]) -> None:
        self.instrument.options = [(each.code, str(each.name)) for each in instruments]


class UnlockForm(CaseForm):
    # A browser that offers the saved password would let anybody unlock the screen.
    password = PasswordField(_("Your password"), autocomplete="new-password", noun=_("your password"))
