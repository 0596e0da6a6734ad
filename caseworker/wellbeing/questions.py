"""The four questions on personal wellbeing of the Office for National Statistics.

Wording: Crown copyright, Open Government Licence v3.0, from the ONS harmonised standard on personal
wellbeing. Each is answered from 0 (not at all) to 10 (completely).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    measure: str
    short: str
    words: str
    low_is_better: bool = False


QUESTIONS = (
    Question(
        "life_satisfaction",
        "Life satisfaction",
        "Overall, how satisfied are you with your life nowadays?",
    ),
    Question(
        "worthwhile",
        "Worthwhile",
        "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    ),
    Question("happiness", "Happy yesterday", "Overall, how happy did you feel yesterday?"),
    Question("anxiety", "Anxious yesterday", "Overall, how anxious did you feel yesterday?", True),
)

VERY_LOW, VERY_ANXIOUS = 2, 8


def asks_for_care(scores: dict[str, int | None]) -> bool:
    """An answer so low that the worker should ask, in private, how the person is today. No diagnosis."""
    for question in QUESTIONS:
        score = scores.get(question.measure)
        if score is None:
            continue
        if score >= VERY_ANXIOUS if question.low_is_better else score <= VERY_LOW:
            return True
    return False
