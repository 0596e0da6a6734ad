"""The ladder of attempts, rung by rung."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.contacts.rules import DECIDES
from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.core.fields import ChoiceField, TextField, WholeNumberField
from caseworker.ruling.forms import RuleForm

RUNGS = 8
SHOWN = 5
MOST_DAYS = 60


class LadderForm(RuleForm):
    """Rungs that are left empty are left out."""

    @property
    def rungs(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each rung to draw: those filled in and two more."""
        filled = max((n for n in range(1, RUNGS + 1) if self[f"channel_{n}"].raw), default=0)
        shown = min(RUNGS, max(SHOWN, filled + 2))
        return [(self[f"channel_{n}"], self[f"after_{n}"], self[f"words_{n}"]) for n in range(1, shown + 1)]

    @property
    def settings(self) -> dict[str, Any]:
        steps: list[dict[str, Any]] = []
        for n in range(1, RUNGS + 1):
            channel, after, words = (self[f"{part}_{n}"].data for part in ("channel", "after", "words"))
            if channel is None:
                if after is not None or words:
                    raise RuleBroken(f"Choose how to try at step {n}, or empty the step", f"channel_{n}")
                continue
            if after is None and steps:
                raise RuleBroken(f"Enter how many days after the try before, at step {n}", f"after_{n}")
            if steps and steps[-1]["channel"] == DECIDES:
                raise RuleBroken("Nothing can follow once the lead decides", f"channel_{n}")
            steps.append({"channel": channel, "after_days": after or 0, "words": words or ""})
        if not steps:
            raise RuleBroken("Choose how to try first", "channel_1")
        return {"steps": steps}

    @classmethod
    def data_of(cls, label: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for n, step in enumerate(settings["steps"][:RUNGS], 1):
            found[f"channel_{n}"] = step["channel"]
            found[f"after_{n}"] = step["after_days"]
            found[f"words_{n}"] = step["words"] or None
        return found


def _ways() -> list[tuple[str, str]]:
    return [(each.code, each.label()) for each in codes("contact_channel")] + [(DECIDES, "The lead decides")]


for _n in range(1, RUNGS + 1):
    _step = {"n": _n}
    setattr(
        LadderForm,
        f"channel_{_n}",
        ChoiceField(
            _("Step %(n)s: try", **_step),
            options=_ways(),
            component="select",
            optional=True,
            noun=_("how to try"),
        ),
    )
    setattr(
        LadderForm,
        f"after_{_n}",
        WholeNumberField(
            _("Days after the try before step %(n)s", **_step),
            low=0,
            high=MOST_DAYS,
            optional=True,
            noun=_("the days"),
        ),
    )
    setattr(
        LadderForm,
        f"words_{_n}",
        TextField(
            _("What to do or say at step %(n)s", **_step), max_length=160, optional=True, noun=_("the words")
        ),
    )
