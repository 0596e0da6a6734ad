"""The assessment on one page: a tap for each theme, and more only where there is something."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.barriers.asked import OFF
from caseworker.barriers.rules import SOMETHING, LastTime
from caseworker.barriers.services import Finding
from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, ChoicesField, DateField, HiddenField, NoteField
from caseworker.core.forms import CaseForm

THEMES = tuple(codes("barrier_theme"))
NOTE_LENGTH = 2000
MORE = ("barrier", "severity", "note")


class AssessmentForm(CaseForm):
    """For each theme four fields: state_, barrier_, severity_ and note_ with the theme's code behind.

    It opens with last time's answers. What stays as it opened is no new answer, unless `same` says so; a
    colleague who answered a theme in the meantime keeps the last word on it.
    """

    assessed_on = DateField(_("When you talked about it"), past=True, noun=_("the day you talked about it"))
    opened_with = HiddenField(optional=True, max_length=2000)
    same = ChoicesField(
        _("The others"),
        options=[("same", _("We talked about the others too: they are as last time"))],
        optional=True,
        noun=_("whether the others are as last time"),
    )

    def only(self, offered: Mapping[str, Sequence[tuple[str, str]]], sent: Mapping[str, str]) -> None:
        """Leave out what the programme may not ask about; an answer to it is refused, not dropped."""
        self.themes = [theme for theme in THEMES if theme.code in offered]
        for theme in THEMES:
            if theme.code in offered:
                self[f"barrier_{theme.code}"].options = list(offered[theme.code])
                continue
            for part in ("state", *MORE):
                if sent.get(f"{part}_{theme.code}"):
                    self.refusals.append(OFF)
                del self[f"{part}_{theme.code}"]

    def findings(self, last: Mapping[str, LastTime]) -> list[Finding]:
        """The themes that were answered, where `last` is what is on record now; once the form is right."""
        opened, again, found = _read(self.opened_with.data or ""), bool(self.same.data), []
        for theme in self.themes:
            finding = self._finding(theme.code)
            if finding is None:
                continue
            answer = LastTime(finding.state, finding.severity, finding.barrier)
            if finding.note or opened.get(theme.code) != answer or (again and last.get(theme.code) == answer):
                found.append(finding)
        return found

    def _finding(self, theme: str) -> Finding | None:
        state = self._of("state", theme)
        if state is None:
            return None
        severity = self._of("severity", theme) if state == SOMETHING else None
        return Finding(
            theme=theme,
            state=state,
            barrier=self._of("barrier", theme) if state == SOMETHING else None,
            severity=None if severity is None else int(severity),
            note=self._of("note", theme),
        )

    def _of(self, part: str, theme: str) -> Any:
        return self[f"{part}_{theme}"].data

    def opens(self, theme: str) -> bool:
        """Something was said beyond the tap, or is wrong with what was said."""
        parts = [self[f"{part}_{theme}"] for part in MORE]
        told = [parts[-1]] if self._of("state", theme) else parts
        return any(part.errors for part in parts) or any(part.data not in (None, "") for part in told)


def presets(last: Mapping[str, LastTime]) -> dict[str, Any]:
    """What the form opens with: last time's answers, and which they were."""
    found: dict[str, Any] = {"opened_with": _written(last)}
    for theme, said in last.items():
        found |= {f"state_{theme}": said.state, f"barrier_{theme}": said.barrier}
        found[f"severity_{theme}"] = None if said.severity is None else str(said.severity)
    return found


def _written(last: Mapping[str, LastTime]) -> str:
    parts = ((theme, said.state, said.severity, said.barrier) for theme, said in sorted(last.items()))
    return ";".join(":".join("" if part is None else str(part) for part in each) for each in parts)


def _read(written: str) -> dict[str, LastTime]:
    """Back from what `_written` wrote; what it never wrote is nothing."""
    found = {}
    for each in written.split(";"):
        theme, _colon, rest = each.partition(":")
        state, _colon, rest = rest.partition(":")
        severity, _colon, barrier = rest.partition(":")
        how = int(severity) if severity in {"0", "1", "2", "3", "4"} else None
        found[theme] = LastTime(state, how, barrier or None)
    return found


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
