"""How somebody may safely be reached: asked, and written down with the day it was asked."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from caseworker.participants.models import Participant
from caseworker.participants.rules import Reachable

FLAGS = ("no_voicemail", "no_texts", "no_letters", "no_emails")


def care_of(person: Reachable, *, times: bool = True) -> list[str]:
    """What to know before reaching for the telephone, the same words everywhere.

    Without `times` the hours are not said, only that there are some: they are the person's own words.
    """
    if times:
        hours = _("Call only: %(times)s", times=person.safe_times)
    else:
        hours = _("Call at safe times only: ask their keyworker")
    said = (
        (getattr(person, "stopped", None), _("Must not be contacted")),
        (person.no_voicemail, _("No voicemail")),
        (person.no_texts, _("No texts")),
        (person.no_letters, _("No letters")),
        (person.no_emails, _("No e-mails")),
        (person.safe_times, hours),
    )
    return [str(words) for holds, words in said if holds]


def set_safety(person: Participant, *, never: Collection[str], safe_times: str | None, today: date) -> None:
    """Set each flag that is in `never`, and clear the others."""
    for flag in FLAGS:
        setattr(person, flag, flag in never)
    person.safe_times = safe_times
    person.safety_asked_on = today


def says_safety(said: Mapping[str, Any]) -> bool:
    return any(said.get(name) for name in (*FLAGS, "safe_times"))


def safety_added(person: Reachable, said: Mapping[str, Any]) -> dict[str, Any]:
    """What else is said of reaching somebody safely, by field: a flag is never cleared, both times stay."""
    added: dict[str, Any] = {flag: True for flag in FLAGS if said.get(flag) and not getattr(person, flag)}
    held, times = person.safe_times, said.get("safe_times")
    if times and f"; {times}; " not in f"; {held or ''}; ":
        added["safe_times"] = f"{held}; {times}" if held else times
    return added
