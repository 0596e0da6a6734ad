"""Courses with their classes, registers and completions."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.cases import Case
from seed_data.generator.dice import Dice
from seed_data.generator.setting import Place

MARKS = {
    "present": 78,
    "late": 6,
    "left_early": 2,
    "apology": 5,
    "excused": 2,
    "absent": 6,
    "not_required": 1,
}
TODAY = 0


class Course:
    """A course of a live programme: weekly classes from a day on, the past ones marked."""

    def __init__(self, book: Book, dice: Dice, place: Place, tutor: int, table: dict[str, Any]) -> None:
        self.book, self.dice, self.place, self.tutor, self.table = book, dice, place, tutor, table
        self.starts: int = table["starts"]
        self.ends: int = self.starts + 7 * (table["weeks"] - 1)
        days = place.days
        self.number = book.add(
            "course",
            programme_id=place.number,
            tutor_id=tutor,
            title=table["title"],
            subject=table["subject"],
            level=table["level"],
            awarding_body=table.get("body"),
            guided_minutes=table["weeks"] * table["minutes"],
            starts_on=days.on(self.starts),
            ends_on=days.on(self.ends),
            entered_at=days.at(self.starts - 14, "09:00"),
        )
        self.learners: list[tuple[int, int, int | None]] = []

    @property
    def running(self) -> bool:
        return self.ends >= TODAY

    def join(self, case: Case, left: int | None = None, reason: str | None = None) -> int:
        days = self.place.days
        joined = max(self.starts, case.start)
        place = self.book.add(
            "course_enrolment",
            enrolment_id=case.enrolment,
            course_id=self.number,
            joined_on=days.on(joined),
            left_on=days.on(left) if left is not None else None,
            leave_reason=reason,
            entered_at=days.at(joined - 1, "14:00"),
        )
        self.learners.append((place, joined, left))
        return place

    def complete(self, place: int) -> None:
        """Most who stay finish; not all of those have achieved, and not every certificate was seen."""
        dice, days, day = self.dice, self.place.days, self.ends
        awarded = self.table.get("body") is not None
        achieved = day + dice.whole(0, 9) if awarded and dice.chance(0.91) else None
        seen = achieved + dice.whole(5, 21) if achieved is not None and dice.chance(0.72) else None
        self.book.add(
            "completion",
            place_id=place,
            completed_on=days.on(day),
            achieved_on=days.on(achieved) if achieved is not None and achieved < TODAY else None,
            grade=dice.weighted({"Pass": 70, "Merit": 20, "Distinction": 10})
            if achieved is not None
            else None,
            certificate_seen_on=days.on(seen) if seen is not None and seen < TODAY else None,
            entered_at=days.at(min(day + 1, -1), "16:30"),
            entered_by_id=self.tutor,
        )

    def hold_classes(self, forgotten: int | None = None, cancelled: int | None = None) -> None:
        """Past classes are marked, but the one `forgotten`; the one `cancelled` did not happen."""
        days, table = self.place.days, self.table
        for week in range(table["weeks"]):
            day = self.starts + 7 * week
            past = day < TODAY and week != forgotten
            session = self.book.add(
                "course_session",
                course_id=self.number,
                held_on=days.on(day),
                starts_at_time=table["time"],
                minutes=table["minutes"],
                room=table["room"],
                happened=(week != cancelled) if past else None,
                marked_on=days.on(day) if past else None,
                entered_at=days.at(self.starts - 14, "09:05"),
            )
            if past and week != cancelled:
                self._mark(session, day)

    def _mark(self, session: int, day: int) -> None:
        dice, days = self.dice, self.place.days
        for place, joined, left in self.learners:
            if joined <= day and (left is None or day <= left):
                mark = dice.weighted(MARKS)
                self.book.add(
                    "attendance",
                    session_id=session,
                    place_id=place,
                    mark=mark,
                    minutes_late=dice.pick((5, 5, 10, 15, 20)) if mark == "late" else None,
                    entered_at=days.at(day, "17:20"),
                    entered_by_id=self.tutor,
                )
