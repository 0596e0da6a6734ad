"""The readiness checklist as a form: a choice for each item of its code list."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField
from caseworker.core.forms import CaseForm
from caseworker.progressions.readiness import Readiness


class ReadinessForm(CaseForm):
    """`seen` holds how things stood on the page, so that only what was tapped is written down: a
    colleague may have changed another item since."""

    seen = HiddenField()

    @property
    def answers(self) -> dict[str, str]:
        """What is other than it was on the page; only after the form was found to be right."""
        before = dict(part.split(":", 1) for part in str(self.seen.data or "").split(" ") if ":" in part)
        picked = {each.code: self[each.code].data for each in codes("readiness_item")}
        return {item: state for item, state in picked.items() if state and before.get(item) != state}


for each in codes("readiness_item"):
    setattr(
        ReadinessForm,
        each.code,
        ChoiceField(
            each.label_en,
            list="readiness_state",
            inline=True,
            optional=True,
            hint=each.extras["hint"],
            noun=_("how it is"),
        ),
    )


def readiness_form(standing: Readiness) -> ReadinessForm:
    known = {item: state for item, state in standing.states.items() if state is not None}
    seen = " ".join(f"{item}:{state}" for item, state in known.items())
    return ReadinessForm(data={**known, "seen": seen})
