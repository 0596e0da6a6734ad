"""What is known of contact with somebody, and how little of it a programme allows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Heard:
    """What is known of contact with somebody: the last two-way day by channel, and the day by which the
    programme's ladder of attempts wants the next try, with the code of its rule."""

    spoken: Mapping[str, date]
    step: tuple[date, str] | None = None

    @property
    def last_two_way_on(self) -> date | None:
        return max(self.spoken.values(), default=None)

    @classmethod
    def of(cls, told: "Heard | date | None") -> "Heard":
        """A day alone was in some way that is not told; None is never."""
        if isinstance(told, Heard):
            return told
        return cls({} if told is None else {"": told})


@dataclass(frozen=True)
class Minimum:
    """Settings of a programme's least contact: spoken with every so many days, in one of these ways (any)."""

    every_days: int
    channels: frozenset[str]

    @classmethod
    def read(cls, settings: Mapping[str, Any]) -> "Minimum":
        """Raises ValueError for a rule that attempts would satisfy: they never reset a clock."""
        if settings.get("two_way", True) is not True:
            raise ValueError("minimum_contact counts two-way contact only")
        return cls(int(settings["every_days"]), frozenset(settings.get("channels", ())))

    def last_on(self, heard: Heard) -> date | None:
        counted = [day for way, day in heard.spoken.items() if not self.channels or way in self.channels]
        return max(counted, default=None)
