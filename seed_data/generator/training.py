"""The training provider, live: courses with registers, completions, and jobs that follow."""

from typing import Any

from seed_data.generator import helping
from seed_data.generator.book import Book
from seed_data.generator.cases import Case, open_case
from seed_data.generator.contacts import Contacts
from seed_data.generator.dice import Dice
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place
from seed_data.generator.teaching import Course
from seed_data.generator.work import Work

MIX = {"face_to_face": 40, "telephone": 40, "email": 12, "text": 8}
YESTERDAY = -1
GONE = {
    "not_engaging": 30,
    "own_choice": 25,
    "work_or_caring": 20,
    "health": 13,
    "moved_away": 8,
    "not_known": 4,
}
LEFT_BECAUSE = {"not_engaging": "no_contact", "own_choice": "course_not_right", "work_or_caring": "caring",
                "health": "health", "moved_away": "other", "not_known": "not_known"}  # fmt: skip


class Training:
    def __init__(
        self, book: Book, people: People, place: Place, table: dict[str, Any], shared: dict[str, Any]
    ) -> None:
        self.book, self.people, self.place, self.table, self.shared = book, people, place, table, shared
        self.dice = Dice("training")
        self.contacts = Contacts(book, shared["notes"], self.dice, MIX)
        self.work = Work(book, self.dice, shared["employers"], 1271)
        self.statuses = self.dice.deal(table["status_at_start"])

    def write(self) -> None:
        cases: list[Case] = []
        tutors = self.place.staff["tutor"]
        for number, table in enumerate(self.table["courses"]):
            course = Course(self.book, self.dice, self.place, tutors[table["tutor"]], table)
            for _ in range(table["places"]):
                cases.append(self.learner(course, cases))
            course.hold_classes(
                forgotten=5 if number == 12 else None, cancelled=3 if number in (2, 6, 10) else None
            )
        self.wellbeing([case for case in cases if case.exit is not None])

    def learner(self, course: Course, before: list[Case]) -> Case:
        dice = self.dice
        start = course.starts - dice.whole(0, 6)
        leaves = dice.chance(0.1)
        left = course.starts + dice.whole(8, 40) if leaves else None
        if left is not None and (left >= YESTERDAY or left >= course.ends):
            left = None
        exit = left if left is not None else None if course.running else course.ends + dice.whole(1, 12)
        job = exit is not None and left is None and dice.chance(self.table["into_work_share"])
        reason = None
        if exit is not None:
            reason = dice.weighted(GONE) if left is not None else "plan_achieved"
        case = self.case(start, exit, reason, before)
        place = course.join(case, left, LEFT_BECAUSE[reason] if left is not None and reason else None)
        if not course.running and left is None and dice.chance(0.93):
            course.complete(place)
        low, high = self.table["contacts"]["low"], self.table["contacts"]["high"]
        self.contacts.spread(case, dice.whole(low, high), case.last, 0.15)
        self.plan(case)
        if case.status != "in_work":
            helping.barriers(self.book, dice, case, dice.whole(1, 3), exit, 0.5)
            if job and exit is not None:
                self.job(case, exit)
        return case

    def case(self, start: int, exit: int | None, reason: str | None, before: list[Case]) -> Case:
        dice, place = self.dice, self.place
        earlier = [case for case in before if case.exit is not None and case.exit < start - 60
                   and "again" not in case.seen]  # fmt: skip
        if self.table["came_back"] and earlier and dice.chance(0.06):
            self.table["came_back"] -= 1
            again = dice.pick(earlier)
            again.seen["again"] = True
            person = again.person
        else:
            age = dice.weighted({19: 30, 24: 18, 30: 18, 38: 16, 46: 12, 54: 6}) + dice.whole(0, 6)
            person = self.people.add(
                place, birth(place.days, start, age, dice), entered_at=place.days.at(start, "10:00")
            )
        status = self.statuses.pop()
        benefit = "none" if status == "in_work" else dice.weighted(self.table["benefits"])
        required = {"looking": dice.chance(0.6), "not_looking": False, "in_work": False}.get(status)
        return open_case(
            self.book, dice, place, person, start=start, exit=exit, reason=reason, status=status,
            benefit=benefit, required=required, keyworker=place.staff["keyworker"][0],
        )  # fmt: skip

    def plan(self, case: Case) -> None:
        """Agreed soon after the start, and looked at again every month or two."""
        dice = self.dice
        agreed = case.start + dice.whole(2, 20)
        if agreed > case.last or dice.chance(0.12):
            return
        reviewed = case.last - dice.whole(0, 50) if case.last - agreed > 55 else None
        goals = dice.some(self.shared["goals"], dice.whole(1, 2))
        helping.plan(self.book, dice, case, goals, day=case.start, agreed=agreed, reviewed=reviewed)

    def job(self, case: Case, exit: int) -> None:
        dice = self.dice
        start = min(exit + dice.whole(-10, 25), YESTERDAY)
        end = start + dice.whole(20, 200) if dice.chance(0.28) else None
        end = end if end is None or end < YESTERDAY else None
        kind = dice.weighted({"paid_work": 88, "self_employment": 5, "apprenticeship": 7})
        job = self.work.job(case, start, end, kind)
        self.work.checks(case, job, start, end, YESTERDAY)
        self.work.into_work(case, start, end, "universal_credit" if dice.chance(0.4) else "none")
        self.book.row("enrolment", case.enrolment)["exit_reason"] = "into_work"

    def wellbeing(self, cases: list[Case]) -> None:
        table, dice = self.table["wellbeing"], self.dice
        for place, case in enumerate(dice.some(cases, table["at_start"])):
            first = helping.scores(dice, table["means"])
            helping.wellbeing(self.book, dice, case, "start", case.start, first)
            if place < table["pairs"]:
                helping.wellbeing(
                    self.book, dice, case, "exit", case.last, helping.changed(dice, first, table["change"])
                )
