"""Contacts and attempts, with notes, late entries and corrections."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.cases import Case
from seed_data.generator.dice import Dice

ATTEMPTS = {
    "no_answer": 40,
    "left_message": 25,
    "did_not_attend": 22,
    "cancelled_by_us": 4,
    "wrong_number": 3,
}
MINUTES = {"face_to_face": (25, 70), "telephone": (4, 25), "video": (15, 45), "doorstep": (10, 40),
           "home_visit": (30, 60), "text": (1, 5), "email": (2, 10), "workplace_visit": (20, 50)}  # fmt: skip
CLOCKS = (
    "09:20",
    "09:45",
    "10:10",
    "10:40",
    "11:15",
    "11:50",
    "13:10",
    "13:40",
    "14:05",
    "14:30",
    "15:20",
    "16:00",
)
TYPED = ("text", "email")


class Contacts:
    def __init__(self, book: Book, notes: dict[str, Any], dice: Dice, mix: dict[str, int]) -> None:
        self._book, self._notes, self._dice, self._mix = book, notes, dice, mix

    def spread(self, case: Case, count: int, until: int, failed: float = 0.22, met: bool = True) -> None:
        """A first meeting, then `count` more up to `until`, some of them attempts; `met` is False for
        somebody who never came."""
        if met:
            self.spoke(case, case.start, "face_to_face", "first")
        gap = (until - case.start) / (count + 1)
        for place in range(1, count + 1):
            day = int(case.start + gap * place + self._dice.bell(0, max(gap, 1) / 6))
            day = min(max(case.days.weekday(day), case.start), until)
            if not met or self._dice.chance(failed):
                self.attempt(case, day)
            else:
                self.spoke(case, day)

    def spoke(self, case: Case, day: int, channel: str | None = None, about: str = "") -> int:
        dice = self._dice
        channel = channel or dice.weighted(self._mix)
        low, high = MINUTES.get(channel, (5, 30))
        result = "late" if channel == "face_to_face" and dice.chance(0.06) else "spoke"
        note, sensitive = self._note(channel, about), False
        if about == "" and dice.chance(0.02):
            note, sensitive = dice.pick(self._notes["sensitive"]), True
        return self._write(case, day, channel, result, True, dice.whole(low, high), note, sensitive)

    def attempt(self, case: Case, day: int) -> int:
        dice = self._dice
        result = dice.weighted(ATTEMPTS)
        channel = "telephone"
        if result in ("did_not_attend", "cancelled_by_us"):
            channel = dice.pick(("face_to_face", "video"))
        note = dice.pick(self._notes["attempt"][result]) if dice.chance(0.3) else None
        return self._write(case, day, channel, result, False, None, note, False)

    def _note(self, channel: str, about: str) -> str | None:
        dice = self._dice
        if about:
            return str(dice.pick(self._notes[about]))
        if channel in ("video", "doorstep") and dice.chance(0.4):
            return str(dice.pick(self._notes[channel]))
        return str(dice.pick(self._notes["spoke"])) if dice.chance(0.55) else None

    def _write(
        self, case: Case, day: int, channel: str, result: str, two_way: bool,
        minutes: int | None, note: str | None, sensitive: bool,
    ) -> int:  # fmt: skip
        dice, days = self._dice, case.days
        clock = dice.pick(CLOCKS)
        late = dice.whole(1, 9) if dice.chance(0.06) else 0
        entered = day + late if days.first is not None or day + late < 0 else day
        values = {
            "enrolment_id": case.enrolment,
            "happened_at": days.at(day, clock),
            "channel": channel,
            "direction": "in" if two_way and dice.chance(0.18) else "out",
            "result": result,
            "two_way": two_way,
            "minutes": minutes,
            "note": note,
            "sensitive": sensitive,
            "entered_at": days.at(entered, "17:10" if late else clock),
            "entered_by_id": case.keyworker,
        }
        number = self._book.add("contact", **values)
        if note and day > case.start and dice.chance(0.012):
            corrected = {
                "happened_at": days.at(day - 1, clock),
                "note": self._notes["corrected"],
                "corrects_id": number,
                "correction_reason": "wrong_detail",
            }
            self._book.add("contact", **(values | corrected))
        return number
