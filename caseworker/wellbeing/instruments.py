"""What can be asked: each instrument's questions and scale. Wording that is licensed is not in here."""

from dataclasses import dataclass
from types import MappingProxyType

from flask_babel import lazy_gettext as _

from caseworker.wellbeing.models import InstrumentWording
from caseworker.wellbeing.questions import QUESTIONS

ONS4, WHEEL, SWEMWBS = "ons4", "wheel", "swemwbs"
ITEMS = tuple(f"item_{number}" for number in range(1, 8))
ANSWERS = tuple(f"answer_{number}" for number in range(1, 6))
"""The parts of a wording of SWEMWBS: seven items, and the words of 1 to 5."""


@dataclass(frozen=True)
class Item:
    """One question. `low_is_better` turns every "better" and "worse" round."""

    key: str
    short: str
    words: str
    low_label: str = ""
    high_label: str = ""
    low_is_better: bool = False


@dataclass(frozen=True)
class Instrument:
    """Questions answered from `low` to `high`. `steps` are the words of each step, where it has words."""

    code: str
    name: str
    ask: str
    low: int
    high: int
    items: tuple[Item, ...]
    source: str
    lead: str = ""
    steps: tuple[str, ...] = ()


_NOT_AT_ALL, _COMPLETELY = _("Not at all"), _("Completely")

FOUR_QUESTIONS = Instrument(
    code=ONS4,
    name=_("Four questions on wellbeing"),
    ask=_("Ask the four questions"),
    low=0,
    high=10,
    items=tuple(
        Item(each.measure, each.short, each.words, _NOT_AT_ALL, _COMPLETELY, each.low_is_better)
        for each in QUESTIONS
    ),
    source=_(
        "Questions: Office for National Statistics, personal wellbeing. Crown copyright, "
        "Open Government Licence v3.0."
    ),
)

_AREAS = (
    ("health", _("Health"), _("Does your health let you do what you want to do?"), _("It stops me"),
     _("It lets me")),
    ("home", _("Home"), _("Is the place you live in settled and good to come back to?"), _("Not at all"),
     _("Yes, fully")),
    ("money", _("Money"), _("Does your money last until the next comes in?"), _("Never"), _("Always")),
    ("skills", _("Skills"), _("Do you have the skills for the work you want?"), _("None of them"),
     _("All of them")),
    ("confidence", _("Confidence"), _("Could you walk into a new place and say who you are?"), _("Not yet"),
     _("Easily")),
    ("people", _("People around me"), _("Is there somebody who backs you when things are hard?"),
     _("Nobody"), _("Always somebody")),
    ("looking", _("Looking for work"), _("Do you know what to do next to find work?"), _("No idea"),
     _("I know and do it")),
    ("getting_there", _("Getting there"), _("Could you get to a job on time, every day?"), _("No way to"),
     _("Without trouble")),
)  # fmt: skip

READINESS_WHEEL = Instrument(
    code=WHEEL,
    name=_("Work-readiness wheel"),
    ask=_("Ask about the eight areas"),
    low=1,
    high=10,
    items=tuple(Item(*area) for area in _AREAS),
    source=_("Questions: Caseworker’s own words. There is no total: each area stands for itself."),
)

OPEN = MappingProxyType({ONS4: FOUR_QUESTIONS, WHEEL: READINESS_WHEEL})
"""Those that anybody may ask."""


def licensed(wording: InstrumentWording) -> Instrument:
    """The seven questions in the words that an organisation is licensed to ask."""
    said = {key: str(words) for key, words in wording.wording.items()}
    return Instrument(
        code=SWEMWBS,
        name=_("Seven statements on wellbeing"),
        ask=_("Ask the seven statements"),
        low=1,
        high=5,
        items=tuple(Item(key, f"{number}", said[key]) for number, key in enumerate(ITEMS, start=1)),
        source=said.get("notice", ""),
        lead=said.get("introduction", ""),
        steps=tuple(said[key] for key in ANSWERS),
    )
