"""Help with a goal while it is being written: which part is weak, and what would mend it. Pure.

It advises and never blocks. It reads words by small lists, so the same goal always gets the same advice.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from caseworker.core.calendar import add_months
from caseworker.core.codes import code
from caseworker.core.formatting import date_uk


class Part(StrEnum):
    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ACHIEVABLE = "achievable"
    RELEVANT = "relevant"
    TIME_BOUND = "time_bound"


def part_words(settings: Mapping[str, Any]) -> dict[Part, str]:
    """What the five parts are called; a programme's rule "plan_words" may say {"relevant": "Realistic"}."""
    words = {
        Part.SPECIFIC: "Specific",
        Part.MEASURABLE: "Measurable",
        Part.ACHIEVABLE: "Achievable",
        Part.RELEVANT: "Relevant",
        Part.TIME_BOUND: "Time-bound",
    }
    return {part: str(settings.get(part.value, usual)) for part, usual in words.items()}


@dataclass(frozen=True)
class Draft:
    """A goal as far as it is written. `confidence` 1 to 10; `theme` a barrier theme or an aspiration."""

    words: str
    measure: str | None = None
    confidence: int | None = None
    support: str | None = None
    theme: str | None = None
    horizon: str | None = None
    target_on: date | None = None


@dataclass(frozen=True)
class Advice:
    """What is weak about one part, and what would mend it, in words for both sides of the desk."""

    part: Part
    weak: str
    mend: str


# What somebody can be seen to do. Stems: `appl` finds apply, applies, applied, applying.
_STEMS = (
    r"appl|ask|attend|bak|book|bring|build|buy|call|cancel|check|choos|clean|clear|collect|complet|"
    r"contact|cook|creat|cut|cycl|deliver|draft|driv|earn|eat|email|e-mail|enrol|enter|fill|find|finish|"
    r"fix|gain|get|give|go|hand|handl|hold|improv|increas|join|keep|lay|learn|leav|list|look|mak|manag|"
    r"meet|mov|open|order|organis|pass|pay|phon|plan|practis|prepar|print|produc|put|quit|read|receiv|"
    r"reduc|register|repair|repl|ring|sav|secur|see|send|set|shop|show|sign|sort|speak|spend|start|stay|"
    r"stop|stud|submit|swim|take|talk|teach|tell|tidy|train|travel|tri|try|turn|updat|upload|us|visit|"
    r"volunteer|walk|wash|work|writ"
)
_ENDINGS = r"(?:e|es|s|ed|ied|y|ies|ing|ting|ning)?"
_ACTION = re.compile(rf"\b(?:{_STEMS}){_ENDINGS}\b", re.IGNORECASE)
_WISHES = re.compile(
    r"\b(?:feel|be|become|have|more|less|better|happier|fitter|healthier|confident|positive|motivated|"
    r"improve my (?:life|confidence|self))\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half|once|twice|a (?:day|week|month)|"
    r"each|every|daily|weekly|monthly|full)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:certificate|letter|offer|contract|pass(?:ed|es)?|list|booked|receipt|card|form|payslip|signed|"
    r"ticket|licence|account|cv|timetable|photo|log|diary|chart|score|level)\b",
    re.IGNORECASE,
)
_SOMEDAY = re.compile(
    r"\b(?:soon|some ?day|one day|eventually|in (?:the )?future|as soon as possible|asap|at some point|"
    r"when (?:i|we) can|when ready)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^\s*(?:(?:my|the|our|a)\s+)?(?:key ?worker|tutor|council|job ?centre|landlord|doctor|gp|school|college|"
    r"employer|manager|social worker|work coach|mum|dad|mother|father|partner|husband|wife|son|daughter|"
    r"friend|boss|nurse|bank|housing (?:officer|association)|somebody|someone|they|he|she)\b"
    r"(?:\s+(?:to|will|should|must|needs? to|has to|have to|is going to|are going to|gives?|helps?|finds?|"
    r"sorts?|calls?|phones?|rings?|pays?|fix(?:es)?)\b)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"(?:\band\b(?: then)?|\bthen\b|\bplus\b|;|\.\s+(?=\w)|&)", re.IGNORECASE)
_GETTING = re.compile(r"\s*(?:get|have|bring|show)\b", re.IGNORECASE)
_LEAD = re.compile(r"^(?:i(?:'ll| will| want to| would like to)?|to|also|we)\s+", re.IGNORECASE)
_UNSURE = 4
_FEWEST_WORDS = 3


def advise(goal: Draft, today: date) -> list[Advice]:
    """What to say about a goal, part by part in the order of the word SMART; empty when nothing is weak."""
    words = " ".join(goal.words.split())
    found = [
        *_specific(words),
        *_measurable(words, goal.measure or ""),
        *_achievable(goal),
        *_relevant(goal),
        *_time_bound(words, goal, today),
    ]
    return [Advice(part, weak, mend) for part, weak, mend in found]


Finding = tuple[Part, str, str]


def _specific(words: str) -> Iterable[Finding]:
    if len(words.split()) < _FEWEST_WORDS:
        yield Part.SPECIFIC, "It is very short.", "Say what will be done, where, or with whom."
        return
    if _OTHERS.search(words):
        yield (
            Part.SPECIFIC,
            "It is somebody else's action.",
            "Write what the participant will do; put the other person's part down as an action.",
        )
    elif not _ACTION.search(words):
        weak = "It says how things should be." if _WISHES.search(words) else "No word says what will be done."
        yield Part.SPECIFIC, weak, "Begin with something to do: apply, ring, finish, visit."
    if _is_several(words):
        yield (
            Part.SPECIFIC,
            "It looks like more than one goal.",
            "Keep one here and make another for the rest.",
        )


def _is_several(words: str) -> bool:
    """Two halves that each begin with something to do. "… and get the certificate" is how one will know."""
    first, *others = [half for half in _JOINED.split(words) if half.strip()] or [""]
    others = [half for half in others if not (_GETTING.match(half) and _SEEN.search(half))]
    return sum(1 for half in (first, *others) if _begins_to(half)) > 1


def _begins_to(half: str) -> bool:
    return bool(_ACTION.match(_LEAD.sub("", half.strip())))


def _measurable(words: str, measure: str) -> Iterable[Finding]:
    said = f"{words} {measure}"
    if not (_NUMBER.search(said) or _SEEN.search(said)):
        yield (
            Part.MEASURABLE,
            "Nothing says how you will both know it is done.",
            "Add a number, or a thing one can see: two applications, a certificate, a booked date.",
        )


def _achievable(goal: Draft) -> Iterable[Finding]:
    if goal.confidence is not None and goal.confidence <= _UNSURE and not goal.support:
        yield (
            Part.ACHIEVABLE,
            f"They are {goal.confidence} out of 10 sure.",
            "Write down what help would raise it, or choose a smaller step first.",
        )


def _relevant(goal: Draft) -> Iterable[Finding]:
    if not goal.theme:
        yield (
            Part.RELEVANT,
            "It is not tied to anything that stands in the way or that they hope for.",
            "Choose what it helps with.",
        )


def _time_bound(words: str, goal: Draft, today: date) -> Iterable[Finding]:
    if goal.target_on is None:
        weak = "“Soon” is not a day." if _SOMEDAY.search(words) else "There is no day to aim for."
        yield Part.TIME_BOUND, weak, "Choose a day, even a rough one: it can be moved."
        return
    if goal.target_on < today:
        yield Part.TIME_BOUND, "The day has passed.", "Choose a day that is still to come."
    elif goal.horizon is not None:
        last = add_months(today, code("goal_horizon", goal.horizon).number("months") or 0)
        if goal.target_on > last:
            yield (
                Part.TIME_BOUND,
                f"That is later than {date_uk(last)}, the end of the time chosen.",
                "Choose an earlier day, or a longer time.",
            )
