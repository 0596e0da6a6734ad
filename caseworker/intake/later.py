"""The "later" list: what has not been asked of somebody yet. Pure: what is known in, what is missing out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from caseworker.intake.questions import NOT_ASKED, usual_questions
from caseworker.participants.agreed import PURPOSES

STATUS_NOT_KNOWN = "98"


class Part(StrEnum):
    """What is asked together, in the order it is offered."""

    SAFETY = "safety"
    CONTACT = "contact"
    AGREEMENTS = "agreements"
    ELIGIBILITY = "eligibility"
    STATUS = "status"
    EQUALITY = "equality"


@dataclass(frozen=True)
class SoFar:
    """What is known of a person and an enrolment.

    `reached` holds the contact details there are, by field; `equality`, `agreements` and `checks` the
    latest answer by question, purpose and criterion; `criteria` those the programme asks about today;
    `may_ask` the sensitive fields it may ask for.
    """

    safety_asked: bool
    birth_known: bool
    reached: frozenset[str]
    status: str | None
    equality: Mapping[str, str] = field(default_factory=dict)
    agreements: Mapping[str, str] = field(default_factory=dict)
    criteria: tuple[str, ...] = ()
    may_ask: frozenset[str] = frozenset()
    checks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Missing:
    """A part with what of it has not been asked: field names, questions, purposes or criteria."""

    part: Part
    what: tuple[str, ...]


REACHED_BY = ("phone", "email", "postcode", "address", "ni_number")


def not_asked_yet(so_far: SoFar) -> list[Missing]:
    """Every part with something missing, in the order of `Part`.

    An answer of "prefers not to say" or "not known" was asked: it is not missing.
    """
    found = {
        Part.SAFETY: () if so_far.safety_asked else ("safety",),
        Part.CONTACT: _contact(so_far),
        Part.AGREEMENTS: tuple(each for each in PURPOSES if each not in so_far.agreements),
        Part.ELIGIBILITY: tuple(each for each in so_far.criteria if each not in so_far.checks),
        Part.STATUS: ("status",) if so_far.status in (None, STATUS_NOT_KNOWN) else (),
        Part.EQUALITY: tuple(
            each
            for each in usual_questions(so_far.may_ask)
            if so_far.equality.get(each, NOT_ASKED) == NOT_ASKED
        ),
    }
    return [Missing(part, what) for part, what in found.items() if what]


def _contact(so_far: SoFar) -> tuple[str, ...]:
    birth = () if so_far.birth_known else ("born_on",)
    return birth + tuple(each for each in REACHED_BY if each not in so_far.reached)
