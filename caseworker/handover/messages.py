"""Whom one may write to, by text and by e-mail, and who is left out and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from caseworker.care.models import CommunicationNeeds
from caseworker.care.queries import needs_by_person
from caseworker.care.rules import about_texts
from caseworker.enrolments.contactable import must_not_message
from caseworker.enrolments.models import Enrolment
from caseworker.participants.rules import reach

WAYS = (("text", "phone"), ("email", "email"))


@dataclass(frozen=True)
class Addressed:
    """One person by one way: the number or address, or why there is none; what to keep in mind."""

    enrolment: Enrolment
    address: str
    why_not: str
    warning: str


def message_lists(cases: Sequence[Enrolment]) -> dict[str, list[Addressed]]:
    """By way, each person once, in their order."""
    never = must_not_message(case.participant_id for case in cases)
    needs = needs_by_person({case.participant_id for case in cases})
    return {channel: _message_list(cases, channel, where, never, needs) for channel, where in WAYS}


def _message_list(
    cases: Sequence[Enrolment],
    channel: str,
    where: str,
    never: Mapping[UUID, str],
    needs: Mapping[UUID, CommunicationNeeds],
) -> list[Addressed]:
    found: dict[UUID, Addressed] = {}
    for case in cases:
        person = case.participant
        if person.id in found:
            continue
        rule = reach(person, channel)
        address = getattr(person, where)
        if person.id in never:
            line = Addressed(case, "", never[person.id], "")
        elif not rule.allowed:
            line = Addressed(case, "", rule.warning or "They must not be reached this way", "")
        elif not address:
            line = Addressed(case, "", "No number" if channel == "text" else "No e-mail address", "")
        else:
            keep = [str(rule.warning)] if rule.warning else []
            line = Addressed(case, address, "", ". ".join(keep + about_texts(needs.get(person.id))))
        found[person.id] = line
    return list(found.values())
