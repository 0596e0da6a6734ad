"""Whom one may write to, by text and by e-mail, and who is left out and why."""

from collections.abc import Iterable
from dataclasses import dataclass

from caseworker.core.codes import code
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


def message_list(cases: Iterable[Enrolment], channel: str) -> list[Addressed]:
    """Each person once, in their order. `channel` is text or email."""
    where = dict(WAYS)[channel]
    found: dict[object, Addressed] = {}
    for case in cases:
        person = case.participant
        rule = reach(person, channel)
        address = getattr(person, where)
        if case.exit_reason and code("exit_reason", case.exit_reason).flag("stops_messages"):
            line = Addressed(case, "", "No messages go to them since they left", "")
        elif not rule.allowed:
            line = Addressed(case, "", rule.warning or "They must not be reached this way", "")
        elif not address:
            line = Addressed(case, "", "No number" if channel == "text" else "No e-mail address", "")
        else:
            line = Addressed(case, address, "", rule.warning or "")
        # Somebody with a stop on one enrolment is written to on none.
        before = found.get(person.id)
        if before is None or (before.address and line.why_not):
            found[person.id] = line
    return list(found.values())
