"""The date of birth: three boxes and "not known"."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from caseworker.core import values
from caseworker.core.clock import today
from caseworker.core.fields.base import ValueField

BOXES = ("day", "month", "year")


class DateOfBirthField(ValueField):
    """data: date, or None when "not known" is ticked (`not_known` True) or the field is optional and blank.

    Reads `<name>-day`, `<name>-month`, `<name>-year` and `<name>-not_known`; `raw` is the three boxes,
    `wrong_boxes` those at fault.
    """

    component = "dob"

    def __init__(self, *args: Any, not_known: bool = False, **kwargs: Any) -> None:
        self.not_known = not_known
        self.wrong_boxes: tuple[str, ...] = ()
        self._boxes: list[Any] | None = None
        super().__init__(*args, **kwargs)

    @property
    def posted_names(self) -> list[str]:
        return [f"{self.name}-{box}" for box in (*BOXES, "not_known")]

    def usual_noun(self) -> str:
        return "their date of birth"

    @property
    def raw(self) -> list[str]:
        if self._boxes is not None:
            return [values.showable(box) for box in self._boxes]
        if isinstance(self.data, date):
            return [str(self.data.day), str(self.data.month), str(self.data.year)]
        return ["", "", ""]

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        if formdata is not None:
            typed = [formdata.getlist(name) for name in self.posted_names]
            self._boxes = [box[0] if box else "" for box in typed[:3]]
            self.not_known = bool(typed[3]) and not values.is_blank(typed[3][0])
        super().process(formdata, *args, **kwargs)

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        boxes = self._boxes or ["", "", ""]
        blank = all(values.is_blank(box) for box in boxes)
        self.data = None
        self.wrong_boxes = ()
        if self.not_known and not blank:
            raise values.Invalid("Enter a date of birth or tick “not known”, not both")
        if self.not_known or (blank and self.optional):
            return
        if blank:
            self.wrong_boxes = BOXES
            raise values.Invalid(f"Enter {self.noun}, like 31 3 1990, or tick “not known”")
        self.data = self.parse(boxes)

    def parse(self, raw: Any) -> date:
        try:
            day, month, year = raw
            return values.date_of_birth(day, month, year, today(), self.noun)
        except values.Invalid as refused:
            self.wrong_boxes = refused.parts
            raise

    def refuse_blank(self) -> values.Invalid:
        return values.Invalid(f"Enter {self.noun}, like 31 3 1990, or tick “not known”", BOXES)
