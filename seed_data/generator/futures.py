"""The housing association's futures team: 300 people, placements, apprenticeships and internships."""

from typing import Any

from seed_data.generator import helping
from seed_data.generator.book import Book
from seed_data.generator.cases import Case, change_status, open_case
from seed_data.generator.contacts import Contacts
from seed_data.generator.dice import Dice
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place
from seed_data.generator.work import Work

MIX = {"face_to_face": 46, "telephone": 33, "video": 5, "email": 6, "text": 8, "home_visit": 2}
LAST_DAY, REPORT_DAY = 365, 548


class Futures:
    def __init__(
        self, book: Book, people: People, place: Place, table: dict[str, Any], shared: dict[str, Any]
    ) -> None:
        self.book, self.people, self.place, self.table, self.shared = book, people, place, table, shared
        self.dice = Dice("futures")
        self.contacts = Contacts(book, shared["notes"], self.dice, MIX)
        self.work = Work(book, self.dice, shared["employers"], 1042)
        self.cohort = {each["name"]: each["number"] for each in place.cohorts}

    def write(self) -> None:
        cases = self.one_to_one() + self.placements() + self.apprentices() + self.interns()
        for case in cases:
            lost = self.book.row("enrolment", case.enrolment)["exit_reason"] in ("not_engaging", "not_known")
            met = not lost or self.dice.chance(0.8)
            self.contacts.spread(case, self.dice.whole(2, 9), case.last, met=met)
        supported = [case for case in cases if case.status != "in_work"]
        for case in supported:
            later = case.last if self.dice.chance(0.6) else None
            helping.barriers(self.book, self.dice, case, self.dice.whole(1, 4), later, 0.5)
            helping.strengths(self.book, case)
        for case in self.dice.some(supported, 240):
            day = min(case.start + self.dice.whole(0, 24), case.last)
            agreed = min(day + self.dice.whole(0, 7), case.last)
            goals = self.dice.some(self.shared["goals"], self.dice.whole(1, 3))
            helping.plan(self.book, self.dice, case, goals, day=day, agreed=agreed, reviewed=None)
        self.wellbeing(supported)

    def case(
        self, cohort: str, start: int, exit: int, reason: str, status: str, required: bool | None, age: int
    ) -> Case:
        dice, place = self.dice, self.place
        born = birth(place.days, start, age, dice) if dice.chance(0.98) else ""
        person = self.people.add(place, born, entered_at=place.days.at(start, "10:00"))
        benefit = "none" if status == "in_work" else dice.weighted(self.table["benefits"])
        return open_case(
            self.book, dice, place, person,
            start=start, exit=exit, reason=reason, status=status, benefit=benefit, required=required,
            keyworker=dice.pick(place.staff["keyworker"]), cohort=self.cohort[cohort],
        )  # fmt: skip

    def one_to_one(self) -> list[Case]:
        """272 people: 57 into work, 30 who now look and were not required to, and the others."""
        dice, table = self.dice, self.table
        kinds = dice.deal(table["into_work"])
        in_work = table["not_required_now_in_work"]
        groups: list[tuple[str, bool | None]] = []
        groups += [("work", False)] * in_work + [("work", True)] * (len(kinds) - in_work)
        groups += [("looking", False)] * table["not_required_now_looking"]
        groups += [("none", False)] * table["not_required_otherwise"]
        rest = table["cohorts"]["One-to-one support"] - len(groups)
        groups += [("none", True)] * (rest - 12) + [("none", None)] * 12
        reasons = dice.deal(table["exit_reasons_without_work"])
        cases = []
        for outcome, required in dice.shuffled(groups):
            start = self.place.days.weekday(dice.whole(0, 270))
            exit = min(self.place.days.weekday(start + dice.whole(40, 190)), LAST_DAY)
            status = {True: "looking", False: "not_looking", None: "not_known"}[required]
            reason = "into_work" if outcome == "work" else reasons.pop()
            case = self.case("One-to-one support", start, exit, reason, status, required, dice.whole(17, 62))
            if outcome == "work":
                self.into_work(case, kinds.pop())
            elif outcome == "looking":
                day = dice.whole(case.start + 10, case.last)
                self.work.step(case, "now_looking", day)
                change_status(self.book, case, day, "looking", True, "universal_credit")
            elif dice.chance(0.3):
                kind = dice.weighted({"volunteering": 4, "short_course": 5, "further_education_part_time": 2})
                minutes = 240 if kind == "volunteering" else None
                self.work.step(case, kind, dice.whole(start + 5, exit), weekly_minutes=minutes)
            cases.append(case)
        return cases

    def into_work(self, case: Case, kind: str) -> None:
        dice = self.dice
        start = max(case.start + 10, case.last - dice.whole(0, 30))
        end = start + dice.whole(20, 170) if dice.chance(0.3) else None
        job = self.work.job(case, start, end, kind)
        self.work.checks(case, job, start, end, REPORT_DAY)
        self.work.into_work(case, start, end, "universal_credit" if dice.chance(0.5) else "none")

    def placements(self) -> list[Case]:
        """Paid by the association for 26 weeks; then a contract, an apprenticeship, or looking again."""
        cases, table = [], self.table["placement"]
        for place, after in enumerate(self.table["after_placements"]):
            start = 2 + 7 * place
            end = start + table["weeks"] * 7 - 1
            reason = {"fixed_term": "into_work", "apprenticeship": "into_education"}.get(
                after, "plan_achieved"
            )
            case = self.case("Paid placements", start, end + 14, reason, "looking", True, 24 + 7 * place)
            self.work.step(
                case, "paid_placement", start, end, weekly_minutes=table["weekly_minutes"],
                pay_pence=table["hourly_pence"], pay_period="hour", employer="Larkfield Homes",
                job_title=table["title"], contract="fixed_term", end_reason="contract_ended",
                evidence_level="official",
            )  # fmt: skip
            if after == "fixed_term":
                job = self.work.job(
                    case, end + 1, None, contract="fixed_term", weekly_minutes=2220, pay_pence=1155,
                    pay_period="hour", employer="Larkfield Homes",
                    job_title="Lettings assistant, twelve months", evidence_level="official",
                )  # fmt: skip
                self.work.checks(case, job, end + 1, None, REPORT_DAY)
            elif after == "apprenticeship":
                job = self.work.job(
                    case, end + 1, None, "apprenticeship", contract="apprenticeship", weekly_minutes=2220,
                    pay_pence=1042, pay_period="hour", employer="Larkfield Homes",
                    job_title="Apprentice in property maintenance, two years", evidence_level="official",
                )  # fmt: skip
                self.work.checks(case, job, end + 1, None, REPORT_DAY)
            else:
                self.work.step(case, "not_in_work_looking", end + 1)
            cases.append(case)
        return cases

    def apprentices(self) -> list[Case]:
        """17 courses, one learner each: 7 tenants, who completed, and 10 colleagues. All were in work."""
        cases = []
        for whose, courses in self.table["apprenticeships"].items():
            for course in courses:
                for _ in range(course["learners"]):
                    start, end = self.dice.whole(0, 20), self.dice.whole(300, 345)
                    cohort = f"Apprenticeships of {whose}"
                    case = self.case(cohort, start, LAST_DAY, "plan_achieved", "in_work", False,
                                     self.dice.whole(18, 46))  # fmt: skip
                    self.course(case, course, start, end, completed=whose == "tenants")
                    cases.append(case)
        return cases

    def course(self, case: Case, course: dict[str, Any], start: int, end: int, completed: bool) -> None:
        book, days, tutor = self.book, self.place.days, self.place.staff["tutor"][0]
        number = book.add(
            "course", programme_id=self.place.number, tutor_id=tutor, title=course["title"],
            subject=course["subject"], level=course["level"], guided_minutes=278 * 60,
            starts_on=days.on(start), ends_on=days.on(end), entered_at=days.at(start, "09:00"),
        )  # fmt: skip
        place = book.add(
            "course_enrolment", enrolment_id=case.enrolment, course_id=number, joined_on=days.on(start),
            entered_at=days.at(start, "09:30"),
        )  # fmt: skip
        if completed:
            seen = end + self.dice.whole(8, 20) if self.dice.chance(0.7) else None
            book.add(
                "completion", place_id=place, completed_on=days.on(end), achieved_on=days.on(end + 7),
                certificate_seen_on=days.on(seen) if seen else None, entered_at=days.at(end, "16:00"),
                entered_by_id=tutor,
            )  # fmt: skip

    def interns(self) -> list[Case]:
        cases = []
        for _ in range(self.table["cohorts"]["Supported internships"]):
            start = 160 + self.dice.whole(0, 6)
            case = self.case("Supported internships", start, LAST_DAY, "plan_achieved", "not_looking", None,
                             self.dice.whole(18, 23))  # fmt: skip
            self.work.step(
                case, "supported_internship", start, LAST_DAY, weekly_minutes=18 * 60,
                employer="Larkfield Homes", evidence_level="employer_confirmed",
            )  # fmt: skip
            cases.append(case)
        return cases

    def wellbeing(self, cases: list[Case]) -> None:
        table, dice = self.table["wellbeing"], self.dice
        for place, case in enumerate(dice.some(cases, table["at_start"])):
            first = helping.scores(dice, table["means"])
            helping.wellbeing(self.book, dice, case, "start", case.start, first)
            if place < table["pairs"]:
                after = helping.changed(dice, first, table["change"])
                helping.wellbeing(self.book, dice, case, "exit", case.last, after)
