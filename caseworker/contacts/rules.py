"""What counts as contact, and what to try next when nobody answers. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from caseworker.core.codes import code

# Without two-way contact for longer than this, somebody is out of touch, whatever the programme's clock.
QUIET_DAYS = 28


@dataclass(frozen=True)
class ContactDetails:
    """A contact or attempt in plain values: codes of contact_channel, contact_direction, contact_result.

    `happened_at` is an aware instant; `minutes` from 0 to 1,440 or None; `note` None when nothing was said;
    `themes` of barrier_theme; `not_attended_reason` only where they did not come; `message_kind` of
    message_wording where a ready wording was sent.
    """

    happened_at: datetime
    channel: str
    direction: str
    result: str
    minutes: int | None = None
    note: str | None = None
    sensitive: bool = False
    themes: tuple[str, ...] = ()
    not_attended_reason: str | None = None
    message_kind: str | None = None


def is_two_way(result: str) -> bool:
    """They spoke, came or answered. Raises KeyError for a code that does not exist."""
    return code("contact_result", result).flag("two_way")


def asks_why(result: str) -> bool:
    """They did not come, and why may be said. Raises KeyError for a code that does not exist."""
    return code("contact_result", result).flag("asks_reason")


def quiet_before(today: date) -> date:
    """Whoever was last in touch before this day has been out of touch too long."""
    return today - timedelta(days=QUIET_DAYS)


def is_attempt(result: str, direction: str) -> bool:
    """We tried to reach them and did not. What they left for us is theirs. Raises KeyError."""
    return direction == "out" and code("contact_result", result).flag("attempt")


# The step of a ladder at which nobody is tried any more.
DECIDES = "lead"


@dataclass(frozen=True)
class Reached:
    """A contact or attempt as the ladder sees it: the UK day, a code of contact_channel."""

    on: date
    channel: str
    two_way: bool
    attempt: bool


@dataclass(frozen=True)
class Step:
    """A rung: try this way, so many days after the attempt before. `channel` DECIDES: the lead decides."""

    channel: str
    after_days: int
    words: str


@dataclass(frozen=True)
class Climb:
    """Where somebody stands on the ladder: `attempts` since they were spoken with; `step` None where
    nothing was tried yet or nothing is left to try (`exhausted`)."""

    attempts: int
    step: Step | None
    due_on: date | None
    exhausted: bool


def read_ladder(settings: Mapping[str, Any]) -> list[Step]:
    """The steps of a programme's rule of kind contact_ladder. Raises KeyError or ValueError for a bad one."""
    return [
        Step(str(step["channel"]), int(step["after_days"]), str(step["words"])) for step in settings["steps"]
    ]


def last_spoken(history: Iterable[Reached]) -> dict[str, date]:
    """The last day they were spoken with, by channel."""
    found: dict[str, date] = {}
    for each in history:
        if each.two_way:
            found[each.channel] = max(each.on, found.get(each.channel, each.on))
    return found


def attempts_since(history: Sequence[Reached]) -> list[Reached]:
    """The tries since they were last spoken with; `history` oldest first."""
    since = next((place for place in range(len(history), 0, -1) if history[place - 1].two_way), 0)
    return [each for each in history[since:] if each.attempt]


def climb(steps: Sequence[Step], attempts: Sequence[Reached], closed: Collection[str] = ()) -> Climb:
    """What to try next. Each rung takes one attempt of its own way, in whatever order they were made;
    a way in `closed` (never text them) is passed over. Trying never moves the day they are due."""
    if not attempts:
        return Climb(0, None, None, False)
    spare = [each.channel for each in attempts]
    for step in steps:
        if step.channel == DECIDES:
            break
        if step.channel in closed:
            continue
        if step.channel in spare:
            spare.remove(step.channel)
            continue
        due_on = max(each.on for each in attempts) + timedelta(days=step.after_days)
        return Climb(len(attempts), step, due_on, False)
    return Climb(len(attempts), None, None, bool(steps))
