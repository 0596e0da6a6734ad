"""Jobs and other steps forward, and the checks whether they lasted."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.cases import IN_WORK, LOOKING, Case, change_status
from seed_data.generator.dice import Dice

EVIDENCE = {"self_reported": 34, "document_seen": 26, "employer_confirmed": 24, "official": 16}
CHECKED_AFTER = (93, 184, 366)


class Work:
    """Writes steps forward. `hourly_pence` is the lowest wage of the time, which most first jobs pay."""

    def __init__(self, book: Book, dice: Dice, employers: list[dict[str, Any]], hourly_pence: int) -> None:
        self._book, self._dice, self._employers, self._hourly = book, dice, employers, hourly_pence

    def step(self, case: Case, kind: str, start: int, end: int | None = None, **changes: Any) -> int:
        """A step forward that needs no job details, such as volunteering or a course."""
        values = {
            "enrolment_id": case.enrolment,
            "kind": kind,
            "started_on": case.days.on(start),
            "ended_on": case.days.on(end) if end is not None else None,
            "evidence_level": self._dice.weighted(EVIDENCE),
            "entered_at": case.days.at(self._told(case, start), "15:30"),
            "entered_by_id": case.keyworker,
        }
        return self._book.add("progression", **(values | changes))

    def job(
        self, case: Case, start: int, end: int | None = None, kind: str = "paid_work", **changes: Any
    ) -> int:
        """A job with hours, pay, employer and contract; what is not known stays empty."""
        dice = self._dice
        employer = dice.pick(self._employers)
        hours = dice.weighted({8: 4, 12: 5, 16: 14, 20: 14, 24: 9, 30: 14, 35: 12, 37: 16, 40: 12})
        own = kind == "self_employment"
        contract = {"permanent": 46, "fixed_term": 16, "temporary": 18, "zero_hours": 12, "not_known": 8}
        values: dict[str, Any] = {
            "weekly_minutes": hours * 60 if dice.chance(0.96) else None,
            "employer": None if own else employer["name"],
            "job_title": "Own business" if own else dice.pick(employer["jobs"]),
            "contract": "self_employed" if own else dice.weighted(contract),
            "end_reason": self._end_reason() if end is not None else None,
        }
        if not own and dice.chance(0.93):
            values |= self._pay(hours)
        return self.step(case, kind, start, end, **(values | changes))

    def checks(self, case: Case, job: int, start: int, until: int | None, today: int) -> None:
        """Asked after a quarter, half a year and a year. `until`: their last day there, or None."""
        for after in CHECKED_AFTER:
            day = start + after + self._dice.whole(0, 6)
            if day > today:
                return
            result = "still_there"
            if until is not None and day > until:
                result = "left"
            elif self._dice.chance(0.13):
                result = "not_known"
            self._book.add(
                "sustainment_check",
                enrolment_id=case.enrolment,
                progression_id=job,
                checked_on=case.days.on(day),
                result=result,
                evidence_level="self_reported" if result != "still_there" else self._dice.weighted(EVIDENCE),
                entered_at=case.days.at(day, "15:45"),
                entered_by_id=case.keyworker,
            )
            if result == "left":
                return

    def into_work(self, case: Case, start: int, end: int | None, benefit: str) -> None:
        """What a job changes in somebody's status, and its end."""
        change_status(self._book, case, start, IN_WORK, False, benefit)
        if end is not None:
            change_status(self._book, case, end + 1, LOOKING, True, benefit)

    def _pay(self, hours: int) -> dict[str, Any]:
        dice = self._dice
        hourly = self._hourly + (0 if dice.chance(0.4) else dice.whole(5, 320))
        period = dice.weighted({"hour": 70, "month": 18, "year": 12})
        pence = {"hour": hourly, "month": hourly * hours * 52 // 12, "year": hourly * hours * 52}[period]
        return {"pay_pence": pence, "pay_period": period}

    def _end_reason(self) -> str:
        return self._dice.weighted(
            {"contract_ended": 28, "another_job": 18, "health": 14, "redundancy": 8, "pay_or_hours": 9,
             "caring": 7, "travel": 5, "dismissed": 4, "education": 2, "other": 2, "not_known": 3}
        )  # fmt: skip

    def _told(self, case: Case, start: int) -> int:
        """Often heard of later than it began; never entered after the day of loading."""
        heard = start + (self._dice.whole(1, 30) if self._dice.chance(0.4) else 0)
        return heard if case.days.first is not None else min(heard, -1)
