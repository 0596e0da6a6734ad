"""The register of one class, completions of a whole class, and the three facts about one learner."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from caseworker.core.fields import ChoiceField, ChoicesField, DateField, TextField, WholeNumberField
from caseworker.core.forms import CaseForm
from caseworker.courses.learners import OnRoll
from caseworker.courses.models import CourseSession
from caseworker.courses.queries import marks_of
from caseworker.courses.rules import LATE, MARKS, MOST_MINUTES_LATE, PRESENT
from caseworker.courses.services import Mark

HELD = [("yes", _("The class happened")), ("no", _("The class did not happen"))]


SHORT_WORDS = {"apology": _("Apology")}


class MarkField(ChoiceField):
    """A mark is asked for only of a class that happened."""

    def short_options(self) -> list[tuple[str, Any]]:
        """(code, words) in the order of a register, in words that fit beside each other on a telephone."""
        words = {code: SHORT_WORDS.get(code, label) for code, label, _hint in self.options}
        return sorted(words.items(), key=lambda each: MARKS.index(each[0]))

    def pre_validate(self, form: BaseForm) -> None:
        if form["held"].data == "no":
            raise StopValidation
        super().pre_validate(form)


class MinutesLateField(WholeNumberField):
    """Minutes count beside "late" only; beside another mark they are dropped, whatever they say."""

    def __init__(self, *args: Any, beside: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside = beside

    def pre_validate(self, form: BaseForm) -> None:
        if form["held"].data == "no" or form[self.beside].data != LATE:
            self.errors, self.data = [], None
            raise StopValidation
        super().pre_validate(form)


class RegisterForm(CaseForm):
    """One mark a learner. Made for a class by `register_form`, with `roll` and a pair of fields each."""

    roll: Sequence[OnRoll] = ()
    # Each of the two buttons says one of these.
    held = ChoiceField(_("This class"), options=HELD, noun=_("whether the class happened"))

    def __init__(self, *args: Any, record: CourseSession, obj: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, data=_as_saved(record, self.roll), **kwargs)

    def rows(self) -> Iterator[tuple[OnRoll, MarkField, MinutesLateField]]:
        """(learner, mark, minutes late) in the order of the roll."""
        for learner in self.roll:
            yield learner, self[_mark(learner.place_id)], self[_late(learner.place_id)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators=extra_validators)
        if any(name.startswith("mark_") and name not in self for name in request.form):
            words = _("Somebody on that page is not in this class any more. Check the list and save again.")
            self.refusals.append(str(words))
            return False
        return bool(valid)

    @property
    def marks(self) -> dict[UUID, Mark]:
        """What was marked, by place; only after the form was found to be right."""
        return {learner.place_id: Mark(mark.data, late.data) for learner, mark, late in self.rows()}


def register_form(roll: Sequence[OnRoll]) -> type[RegisterForm]:
    """The form of a class with these learners."""
    fields: dict[str, Any] = {"roll": roll}
    for learner in roll:
        who, name = learner.name or learner.reference, _mark(learner.place_id)
        fields[name] = MarkField(who, list="register_mark", noun=str(_("the mark of %(who)s", who=who)))
        fields[_late(learner.place_id)] = MinutesLateField(
            _("%(who)s: minutes late", who=who),
            noun=str(_("the minutes %(who)s was late", who=who)),
            low=1,
            high=MOST_MINUTES_LATE,
            optional=True,
            beside=name,
        )
    return type("RegisterForm", (RegisterForm,), fields)


def _as_saved(session: CourseSession, roll: Sequence[OnRoll]) -> dict[str, Any]:
    """A register as it is saved; everybody is present in one that was never saved."""
    stored = marks_of(session)
    usual = PRESENT if not stored else None
    shown: dict[str, Any] = {"held": {True: "yes", False: "no"}.get(session.happened)}  # type: ignore[arg-type]
    for learner in roll:
        row = stored.get(learner.place_id)
        shown[_mark(learner.place_id)] = row.mark if row else usual
        shown[_late(learner.place_id)] = row.minutes_late if row else None
    return shown


def _mark(place_id: UUID) -> str:
    return f"mark_{place_id.hex}"


def _late(place_id: UUID) -> str:
    return f"late_{place_id.hex}"


class CompleteForm(CaseForm):
    places = ChoicesField(_("Who completed"), options=(), noun=_("at least one learner"))
    completed_on = DateField(_("Day they completed"), past=True, noun=_("the day they completed"), width=10)


class CompletionForm(CaseForm):
    completed_on = DateField(
        _("Completed on"),
        past=True,
        noun=_("the day they completed"),
        width=10,
        hint=_("They did all that the course asks for"),
    )
    achieved_on = DateField(
        _("Achieved on"),
        past=True,
        optional=True,
        noun=_("the day they achieved the award"),
        width=10,
        hint=_("The awarding body’s result. Leave empty until it is known"),
    )
    grade = TextField(
        _("Grade"), optional=True, max_length=40, width=10, hint=_("In the awarding body’s words")
    )
    certificate_seen_on = DateField(
        _("Certificate seen on"),
        past=True,
        optional=True,
        noun=_("the day the certificate was seen"),
        width=10,
        hint=_("The day somebody here saw it"),
    )
