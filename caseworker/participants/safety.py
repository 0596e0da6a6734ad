"""How somebody may safely be reached: asked, and written down with the day it was asked."""

from collections.abc import Collection
from datetime import date

from caseworker.participants.models import Participant

FLAGS = ("no_voicemail", "no_texts", "no_letters", "no_emails")


def set_safety(person: Participant, *, never: Collection[str], safe_times: str | None, today: date) -> None:
    """Set each flag that is in `never`, and clear the others."""
    for flag in FLAGS:
        setattr(person, flag, flag in never)
    person.safe_times = safe_times
    person.safety_asked_on = today
