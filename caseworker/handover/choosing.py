"""What a page of chosen people was sent: keys in the body of a POST, never in an address."""

from collections.abc import Iterable
from uuid import UUID

from flask import request

from caseworker.enrolments.models import Enrolment
from caseworker.handover.rules import MOST

NOBODY = "nobody"


def keys(name: str = "enrolment") -> list[UUID]:
    """The keys sent under a name, each once; what is no key is left out."""
    return list(dict.fromkeys(found for typed in request.form.getlist(name) if (found := key_of(typed))))


def key_of(typed: str) -> UUID | None:
    try:
        found = UUID(typed)
    except ValueError:
        return None
    return found if str(found) == typed else None


def too_many(chosen: Iterable[UUID]) -> bool:
    return len(list(chosen)) > MOST


def mark(case: Enrolment) -> str:
    """How a case stood when the page was made: `key:keyworker`."""
    return f"{case.id}:{case.keyworker_id or NOBODY}"


def shown() -> list[UUID]:
    """The cases that the page listed when it was sent."""
    found = (key_of(each.partition(":")[0]) for each in request.form.getlist("stood"))
    return list(dict.fromkeys(key for key in found if key))


def moved_meanwhile(cases: Iterable[Enrolment]) -> list[Enrolment]:
    """Those that went to somebody else after the page was made."""
    stood = set(request.form.getlist("stood"))
    return [case for case in cases if mark(case) not in stood]
