"""What every field has: a noun for its messages, what was typed, and how it is drawn."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation
from wtforms.widgets import Input, TextInput

from caseworker.core.values import Invalid, is_blank, showable

Option = tuple[str, str, str]
ASKING = (
    "how",
    "what",
    "when",
    "where",
    "which",
    "who",
    "why",
    "did",
    "does",
    "do",
    "is",
    "are",
    "has",
    "was",
)


class ValueField(Field):
    """A WTForms field whose value is made by `core.values`; subclasses give `parse` and `show`.

    `noun` completes "Enter …" and starts "… must be": "the date they started". `optional` gives None for a
    blank. `raw` is what was typed, kept whatever the verdict; before anything is typed, the stored value.
    """

    component = "text"
    widget: Input = TextInput()
    width: int | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    suffix = ""
    answer = "an answer"
    options: Sequence[Option] = ()

    def __init__(
        self,
        label: str | None = None,
        validators: Sequence[Any] | None = None,
        *,
        noun: str = "",
        hint: str = "",
        optional: bool = False,
        width: int | None = None,
        suffix: str = "",
        inline: bool = False,
        attributes: dict[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(label, list(validators or ()), **kwargs)
        self._noun = noun
        self.hint = hint
        self.optional = optional
        self.inline = inline
        self.width = width or self.width
        self.suffix = suffix or self.suffix
        self.attributes = dict(attributes or {})

    @cached_property
    def noun(self) -> str:
        """Only messages need it: a form that is right never asks."""
        return str(self._noun) or self.usual_noun()

    def usual_noun(self) -> str:
        """The label as a noun, "Start date" → "the start date"; a question is answered with "an answer"."""
        words = str(self.label.text)
        if words.endswith("?") or not words or words.lower().split()[0] in ASKING:
            return self.answer
        return "the " + (words if words[1:2].isupper() else words[:1].lower() + words[1:])

    def parse(self, raw: Any) -> Any:
        """The value of what was typed, which is not blank. Raises Invalid."""
        raise NotImplementedError

    def refuse_blank(self) -> Invalid:
        """What to say when nothing was typed: the parser's own words, which ask for the value."""
        try:
            self.parse("")
        except Invalid as refused:
            return refused
        raise AssertionError(f"{type(self).__name__} took a blank for a value")

    def show(self, value: Any) -> str:
        """A stored value as someone would have typed it."""
        return str(value)

    @property
    def raw(self) -> Any:
        if self.raw_data is not None:
            return showable(self.raw_data[0]) if self.raw_data else ""
        return "" if self.data is None else self.show(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        raw = valuelist[0] if valuelist else None
        self.data = None
        if is_blank(raw):
            if not self.optional:
                raise self.refuse_blank()
            return
        self.data = self.parse(raw)

    def pre_validate(self, form: BaseForm) -> None:
        """Stop at the first fault, so that a form's own checks see only good values."""
        if self.errors:
            raise StopValidation
        if self.data is None and not self.optional and self.raw_data is None:
            raise StopValidation(str(self.refuse_blank()))

    def _value(self) -> str:
        return str(self.raw)
