"""What a story says of reaching somebody, in words that need no other page."""

from uuid import UUID

from caseworker.care.queries import needs_of
from caseworker.care.rules import in_words
from caseworker.participants.models import Participant
from caseworker.participants.rules import reach
from caseworker.risks.queries import measures_of

# (channel, what it is called, what holds the number or address)
WAYS = (
    ("telephone", "Telephone", "phone"),
    ("text", "Text", "phone"),
    ("email", "E-mail", "email"),
    ("letter", "Post", "address"),
)


def channel_words(person: Participant) -> list[tuple[str, str]]:
    """(way, what to know) of every way there is: its number, or that it must not be used."""
    found = []
    for channel, name, where in WAYS:
        rule, value = reach(person, channel), getattr(person, where)
        if not rule.allowed:
            found.append((name, rule.warning or "No"))
        elif value:
            shown = " ".join(value.split())
            found.append((name, f"{shown}. {rule.warning}" if rule.warning else shown))
    return found


def clipped(text: str | None, most: int) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    cut = line[: most - 1].rsplit(" ", 1)[0] or line[: most - 1]
    return f"{cut}…"


def first_words(participant_id: UUID) -> list[tuple[str, str]]:
    """What to do about risks, and what helps words to reach them: read before anything else."""
    measures = measures_of([participant_id]).get(participant_id, [])
    needs = needs_of(participant_id)
    said = {"Read this first": measures, "Words reach them by": in_words(needs) if needs else []}
    return [(title, ", ".join(words)) for title, words in said.items() if words]
