"""What a story says of reaching somebody, in words that need no other page."""

from caseworker.participants.models import Participant
from caseworker.participants.rules import reach

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
