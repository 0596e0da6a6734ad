"""One line for each part of what is asked: how far it is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from caseworker.enrolments.models import Enrolment
from caseworker.intake.eligible import standing
from caseworker.intake.known import Answer, Known, read_known
from caseworker.intake.later import Part
from caseworker.intake.questions import NOT_ASKED
from caseworker.intake.words import PARTS, missing_words


@dataclass(frozen=True)
class Asked:
    """What a page of a case says of what was asked, and what was not."""

    known: Known
    eligibility: str
    parts: Mapping[Part, tuple[Any, Any, str]]
    missing_words: Callable[..., str]


def asked_so_far(enrolment: Enrolment, today: date) -> Asked:
    """All of it from one query."""
    known = read_known(enrolment, today)
    return Asked(known, checked_words(known.answers, today), PARTS, missing_words)


def asked_words(answers: Iterable[Answer], every: tuple[str, ...]) -> str:
    """How many of the usual questions or purposes were asked."""
    asked = {answer.code for answer in answers if NOT_ASKED not in (answer.value, answer.more)}
    return str(_("%(asked)s of %(every)s asked", asked=len(asked & set(every)), every=len(every)))


def checked_words(answers: Mapping[str, list[Answer]], today: date) -> str:
    """How many of the programme's criteria are met today, and whether evidence has run out."""
    criteria = answers.get("criterion", [])
    if not criteria:
        return str(_("This programme has no eligibility rules"))
    checks = {each.code: each for each in answers.get("check", [])}
    found = [
        standing(row.value, row.more, row.until_on, today)
        for row in (checks.get(each.code) for each in criteria)
        if row is not None
    ]
    words = str(_("%(met)s of %(every)s met", met=found.count("met"), every=len(criteria)))
    if "expired" in found:
        words += ". " + str(_("Evidence is out of date"))
    return words
