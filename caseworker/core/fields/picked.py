"""Fields answered by picking: one of a list, several, yes or no, a place on a scale."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from caseworker.core import codes, values
from caseworker.core.clock import today
from caseworker.core.fields.base import Option, ValueField

MOST_RADIOS = 7
Offers = Iterable[tuple[str, ...]]
# Given as a function, they are looked up when they are first asked for.
Offered = Offers | Callable[[], Offers]


class ChoiceField(ValueField):
    """One of a code list (`list="contact_channel"`) or of `options` [(value, label[, hint])]. data: str.

    Offered are the codes in use today, and the stored one even if retired. Options known only to the
    request may be set after the form is made: they are checked on validation. `coerce` turns the picked
    string into the value wanted (a UUID, say).
    """

    def __init__(
        self,
        *args: Any,
        list: str = "",
        options: Offered | None = None,
        coerce: Callable[[str], Any] = str,
        component: str = "",
        **kwargs: Any,
    ) -> None:
        self.list = list
        self.coerce = coerce
        self._offered = options
        self._component = component
        super().__init__(*args, **kwargs)

    @property
    def options(self) -> list[Option]:
        """What is offered: [(value, label, hint)]."""
        if self._offered is not None:
            self._offered = _looked_up(self._offered)
            return [(each[0], each[1], each[2] if len(each) > 2 else "") for each in self._offered]
        return _coded(self.list, _kept(self.object_data))

    @options.setter
    def options(self, offered: Offered) -> None:
        self._offered = offered if callable(offered) else [*offered]

    @property
    def component(self) -> str:  # type: ignore[override]
        return self._component or ("radios" if len(self.options) <= MOST_RADIOS else "select")

    def parse(self, raw: Any) -> Any:
        return self.coerce(values.choice(raw, [value for value, _, _ in self.options], self.noun))

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = valuelist[0] if valuelist and not values.is_blank(valuelist[0]) else None

    def pre_validate(self, form: BaseForm) -> None:
        if self.data is None and self.optional:
            return
        if self.raw_data is None and self.data is not None:
            return
        picked, self.data = self.data, None
        try:
            self.data = self.parse(picked)
        except values.Invalid as refused:
            raise StopValidation(refused.message) from None


class YesNoField(ChoiceField):
    """data: True, False, or None when optional and not answered."""

    answer = "yes or no"

    def __init__(self, *args: Any, inline: bool = True, **kwargs: Any) -> None:
        super().__init__(
            *args, options=[("yes", "Yes"), ("no", "No")], component="yesno", inline=inline, **kwargs
        )

    def parse(self, raw: Any) -> bool:
        return values.yes_no(raw, self.noun)

    def show(self, value: Any) -> str:
        return "yes" if value is True else "no" if value is False else str(value)


class ScaleField(ChoiceField):
    """One tap from `low` to `high`. data: int, or None when skipped; `optional=False` asks for an answer."""

    def __init__(
        self,
        label: str | None = None,
        low: int = 0,
        high: int = 10,
        *args: Any,
        low_label: str = "",
        high_label: str = "",
        optional: bool = True,
        **kwargs: Any,
    ) -> None:
        self.low, self.high = low, high
        self.low_label, self.high_label = low_label, high_label
        steps = [(str(step), str(step)) for step in range(low, high + 1)]
        super().__init__(label, *args, options=steps, component="scale", optional=optional, **kwargs)

    def parse(self, raw: Any) -> int:
        return int(values.choice(raw, [value for value, _, _ in self.options], self.noun))


class ChoicesField(ValueField):
    """Some of a code list or of `options`. data: list of str as ticked; [] for none when optional."""

    component = "checkboxes"

    def __init__(self, *args: Any, list: str = "", options: Offered | None = None, **kwargs: Any) -> None:
        self.list = list
        self._offered = options
        super().__init__(*args, **kwargs)

    @property
    def options(self) -> list[Option]:
        if self._offered is not None:
            self._offered = _looked_up(self._offered)
            return [(each[0], each[1], each[2] if len(each) > 2 else "") for each in self._offered]
        return _coded(self.list, _kept(self.object_data))

    @options.setter
    def options(self, offered: Offered) -> None:
        self._offered = offered if callable(offered) else [*offered]

    @property
    def raw(self) -> list[str]:
        if self.raw_data is not None:
            return [values.showable(each) for each in self.raw_data]
        return [str(each) for each in self.data or ()]

    def parse(self, raw: Any) -> Any:
        return values.choices(raw, [value for value, _, _ in self.options], self.noun)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = [each for each in valuelist if not values.is_blank(each)]

    def pre_validate(self, form: BaseForm) -> None:
        picked, self.data = self.data or [], []
        if not picked and self.optional:
            return
        try:
            self.data = self.parse(picked)
        except values.Invalid as refused:
            raise StopValidation(refused.message) from None


def _looked_up(offered: Offered) -> Offers:
    return [*offered()] if callable(offered) else offered


def _kept(stored: Any) -> set[str]:
    if isinstance(stored, str):
        return {stored}
    return {str(each) for each in stored} if isinstance(stored, list | tuple | set | frozenset) else set()


def _coded(name: str, stored: set[str]) -> list[Option]:
    day = today()
    return [
        (code.code, code.label_en, code.extras.get("hint") or "")
        for code in codes.codes(name)
        if code.in_use(day) or code.code in stored
    ]
