"""How answers changed, and when somebody should be asked how they are. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from caseworker.wellbeing.instruments import ONS4, SWEMWBS, Instrument, Item
from caseworker.wellbeing.models import ONS4 as MEASURES
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.questions import asks_for_care
from caseworker.wellbeing.swemwbs import norms

VERY_LOW = 2
Answers = Mapping[str, int | None]
BETTER, WORSE, SAME = "better", "worse", "same"


def changes(assessments: Sequence[WellbeingAssessment]) -> dict[str, int | None]:
    """From the first answer to the latest of each ONS question; None where it was answered less than twice.

    `assessments` in the order of time.
    """
    return changes_of([{name: getattr(each, name) for name in MEASURES} for each in assessments], MEASURES)


def changes_of(sittings: Sequence[Answers], keys: Sequence[str]) -> dict[str, int | None]:
    """The same for any instrument: a pair is two sittings in which the question was answered."""
    found: dict[str, int | None] = {}
    for key in keys:
        answers = [score for each in sittings if (score := each.get(key)) is not None]
        found[key] = answers[-1] - answers[0] if len(answers) > 1 else None
    return found


def direction(item: Item, change: int) -> str:
    """Whether a change is for the better; of an anxious question a fall is."""
    if change == 0:
        return SAME
    return BETTER if (change < 0) == item.low_is_better else WORSE


def is_very_low(instrument: str, answers: Answers, score_hundredths: int | None = None) -> bool:
    """An answer so low that the worker should ask, in private, how the person is today. No diagnosis."""
    if instrument == ONS4:
        return asks_for_care(dict(answers))
    if instrument == SWEMWBS:
        lowest = norms()["probable_depression_upper"].value
        return score_hundredths is not None and Decimal(score_hundredths) / 100 <= lowest
    return any(score is not None and score <= VERY_LOW for score in answers.values())


def keys_of(instrument: Instrument) -> tuple[str, ...]:
    return tuple(item.key for item in instrument.items)
