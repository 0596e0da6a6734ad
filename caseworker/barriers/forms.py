"""The assessment on one page: a tap for each theme, and more only where there is something."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.barriers.services import Finding
from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, DateField, NoteField
from caseworker.core.forms import CaseForm

THEMES = tuple(codes("barrier_theme"))
NOTE_LENGTH = 2000
MORE = ("barrier", "severity", "note")


class AssessmentForm(CaseForm):
    """For each theme four fields: state_, barrier_, severity_ and note_ with the theme's code behind."""

    assessed_on = DateField(_("When you talked about it"), past=True, noun=_("the day you talked about it"))

    @property
    def findings(self) -> list[Finding]:
        """The themes that were answered; only after the form was found to be right."""
        found = []
        for theme in THEMES:
            state = self._of("state", theme.code)
            if state is None:
                continue
            severity = self._of("severity", theme.code)
            found.append(
                Finding(
                    theme=theme.code,
                    state=state,
                    barrier=self._of("barrier", theme.code),
                    severity=None if severity is None else int(severity),
                    note=self._of("note", theme.code),
                )
            )
        return found

    def _of(self, part: str, theme: str) -> Any:
        return self[f"{part}_{theme}"].data

    def opens(self, theme: str) -> bool:
        """Something was said beyond the tap, or is wrong with what was said."""
        parts = [self[f"{part}_{theme}"] for part in MORE]
        return any(part.errors or part.data not in (None, "") for part in parts)


def _needs_a_tap(form: AssessmentForm, field: ChoiceField) -> None:
    """What was written about a theme is never dropped for want of the tap above it."""
    theme = field.short_name.removeprefix("state_")
    if field.data is None and any(form[f"{part}_{theme}"].data for part in MORE):
        raise ValidationError(_("Choose one of these, or clear what you wrote below it"))


def _add_theme(code: str, label: str) -> None:
    barriers = [(each.code, each.label_en) for each in codes("barrier_code") if each.extras["theme"] == code]
    setattr(
        AssessmentForm,
        f"state_{code}",
        ChoiceField(
            label,
            [_needs_a_tap],
            list="barrier_state",
            inline=True,
            optional=True,
            component="radios",
            noun=_("what there is"),
        ),
    )
    setattr(
        AssessmentForm,
        f"barrier_{code}",
        ChoiceField(_("Which"), options=barriers, optional=True, component="select", noun=_("which it is")),
    )
    setattr(
        AssessmentForm,
        f"severity_{code}",
        ChoiceField(
            _("How much it stands in the way"),
            list="barrier_severity",
            optional=True,
            component="select",
            noun=_("how much it stands in the way"),
        ),
    )
    setattr(
        AssessmentForm,
        f"note_{code}",
        NoteField(_("In their words"), optional=True, rows=2, max_length=NOTE_LENGTH, noun=_("the note")),
    )


for _theme in THEMES:
    _add_theme(_theme.code, _theme.label_en)
