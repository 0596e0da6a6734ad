"""The learning project, live: two caseloads with something due every day, and those who have left."""

from typing import Any

from seed_data.generator import helping
from seed_data.generator.book import Book
from seed_data.generator.cases import NOT_KNOWN, REFERRALS, STATUS, Case, open_case
from seed_data.generator.contacts import Contacts
from seed_data.generator.dice import Dice
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place
from seed_data.generator.teaching import Course
from seed_data.generator.work import Work

MIX = {
    "telephone": 40,
    "face_to_face": 18,
    "video": 18,
    "doorstep": 14,
    "text": 6,
    "email": 2,
    "home_visit": 2,
}
NEW_STARTS = (-2, -4, -5, -8, -9, -12, -15, -19, -22)
YESTERDAY = -1


class Learning:
    def __init__(
        self, book: Book, people: People, place: Place, table: dict[str, Any], shared: dict[str, Any]
    ) -> None:
        self.book, self.people, self.place, self.table, self.shared = book, people, place, table, shared
        self.dice = Dice("learning")
        self.contacts = Contacts(book, shared["notes"], self.dice, MIX)
        self.work = Work(book, self.dice, shared["employers"], 1271)
        self.restricted_left: int = table["restricted"]

    def write(self) -> None:
        finished = self.finished()
        live = self.live(finished)
        self.waiting()
        self.courses(live, finished)

    def case(self, start: int, exit: int | None, reason: str | None, keyworker: int, **changes: Any) -> Case:
        dice, place = self.dice, self.place
        person = changes.get("person")
        if person is None:
            age = dice.weighted({19: 14, 24: 16, 30: 18, 37: 16, 44: 14, 51: 12, 58: 6}) + dice.whole(0, 6)
            person = self.people.add(
                place, birth(place.days, start, age, dice), entered_at=place.days.at(start, "10:00"),
                entered_by_id=keyworker, restricted=changes.get("restricted"),
            )  # fmt: skip
        status = dice.weighted(self.table["status_at_start"])
        required = {"looking": dice.chance(0.7), "not_looking": False, "in_work": False}.get(status)
        benefit = "none" if status == "in_work" else dice.weighted(self.table["benefits"])
        case = open_case(
            self.book, dice, place, person, start=start, exit=exit, reason=reason, status=status,
            benefit=benefit, required=required, keyworker=keyworker,
        )  # fmt: skip
        first = helping.scores(dice, self.table["means"]["start"])
        helping.wellbeing(self.book, dice, case, "start", start, first)
        case.seen["scores"] = first
        return case

    def finished(self) -> list[Case]:
        """Those who have left, most of them with a score at the end."""
        dice, cases = self.dice, []
        scored = dice.deal(
            {True: self.table["exit_scores"], False: self.table["finished"] - self.table["exit_scores"]}
        )
        for reason, has_score in zip(dice.deal(self.table["exits"]), scored, strict=True):
            start = dice.whole(-510, -170)
            exit = min(start + dice.whole(80, 300), -14)
            case = self.case(start, exit, reason, dice.pick(self.place.staff["keyworker"]))
            self.contacts.spread(case, max(4, (exit - start) // 12), exit)
            helping.barriers(self.book, dice, case, dice.whole(2, 5), exit, 0.65)
            self.plan(case, agreed=start + dice.whole(3, 16), reviewed=exit - dice.whole(0, 25))
            if has_score:
                self.score(case, "exit", exit, 1.1)
            self.next_step(case, reason, exit)
            cases.append(case)
        return cases

    def next_step(self, case: Case, reason: str, exit: int) -> None:
        dice = self.dice
        start = min(exit - dice.whole(0, 14), YESTERDAY)
        if reason == "into_work":
            kind = dice.weighted({"paid_work": 86, "self_employment": 7, "apprenticeship": 7})
            until = start + dice.whole(30, 160) if dice.chance(0.2) else None
            until = until if until is None or until < YESTERDAY else None
            job = self.work.job(case, start, until, kind)
            self.work.checks(case, job, start, until, YESTERDAY)
            self.work.into_work(case, start, until, "universal_credit" if dice.chance(0.5) else "none")
        elif reason == "into_education":
            kind = dice.weighted(
                {"further_education_full_time": 5, "further_education_part_time": 8, "short_course": 4}
            )
            self.work.step(case, kind, start, employer="Vale Community College")
        elif reason == "into_volunteering":
            self.work.step(case, "volunteering", start, weekly_minutes=dice.pick((180, 240, 360)))
        elif reason == "not_known":
            self.work.step(case, "unable_to_contact", start)

    def live(self, finished: list[Case]) -> list[Case]:
        dice, table = self.dice, self.table
        spoke = dice.deal(table["last_spoke"])
        newest = sorted(spoke)[: len(NEW_STARTS)]
        settled = sorted(spoke, reverse=True)[: len(spoke) - len(NEW_STARTS)]
        reviewed = self._reviews(settled)
        keyworkers = self._dealt_keyworkers(len(spoke))
        back = [case for case in finished if case.exit is not None and case.exit < -130][: table["came_back"]]
        cases = []
        for since_review, since_contact in zip(reviewed, settled, strict=True):
            person = back.pop().person if back and since_contact < 14 else None
            cases.append(self._settled(keyworkers.pop(), since_contact, since_review, person))
        for start, since_contact in zip(NEW_STARTS, newest, strict=True):
            cases.append(self._new(keyworkers.pop(), start, min(since_contact, -start)))
        return cases

    def _reviews(self, settled: list[int]) -> list[int]:
        """Days since the last review for each number of days since the last contact: never fewer."""
        left = self.dice.deal(self.table["last_reviewed"])
        found = []
        for since_contact in settled:
            fitting = [days for days in left if days >= since_contact]
            chosen = self.dice.pick(fitting) if fitting else max(left)
            left.remove(chosen)
            found.append(max(chosen, since_contact))
        return found

    def _dealt_keyworkers(self, count: int) -> list[int]:
        first, second = self.place.staff["keyworker"]
        sizes = list(self.table["live_caseloads"].values())
        dealt = self.dice.deal({first: sizes[0], second: sizes[1]})
        if len(dealt) != count:
            raise ValueError(f"the caseloads hold {len(dealt)} people, the contacts {count}")
        return dealt

    def _settled(self, keyworker: int, since_contact: int, since_review: int, person: int | None) -> Case:
        """Somebody with an agreed plan, reviewed or not yet."""
        dice = self.dice
        seen_again = person is None and dice.chance(0.65)
        agreed = -since_review - (dice.whole(28, 190) if seen_again else 0)
        start = agreed - dice.whole(2, 12)
        restricted = True if self.restricted_left and person is None and since_contact < 14 else None
        self.restricted_left -= bool(restricted)
        case = self.case(start, None, None, keyworker, person=person, restricted=restricted)
        self.contacts.spread(case, max(2, (-since_contact - start) // 11), -since_contact - 1)
        self.contacts.spoke(case, -since_contact)
        if since_contact > 21:
            for day in range(-since_contact + 9, 0, 8):
                self.contacts.attempt(case, day)
        later = -since_review if seen_again else None
        helping.barriers(self.book, dice, case, dice.whole(2, 5), later, 0.5)
        helping.strengths(self.book, case)
        self.plan(case, agreed=agreed, reviewed=-since_review if seen_again else None)
        if seen_again and start < -90:
            self.score(case, "review", -since_review, 1.5)
        return case

    def _new(self, keyworker: int, start: int, since_contact: int) -> Case:
        """Somebody who started lately and has no plan yet."""
        case = self.case(start, None, None, keyworker)
        self.contacts.spoke(case, start, "face_to_face", "first")
        if -since_contact > start:
            self.contacts.spoke(case, -since_contact)
        helping.barriers(self.book, self.dice, case, self.dice.whole(2, 4), None, 0)
        helping.strengths(self.book, case)
        return case

    def plan(self, case: Case, agreed: int, reviewed: int | None) -> None:
        """Short, medium and long: one goal of each, sometimes one more."""
        goals = self.dice.shuffled(self.shared["goals"])
        chosen = [
            next(goal for goal in goals if goal["horizon"] == horizon)
            for horizon in ("short", "medium", "long")
        ]
        if self.dice.chance(0.3):
            chosen.append(next(goal for goal in goals if goal not in chosen))
        day = max(case.start, agreed - self.dice.whole(0, 5))
        helping.plan(self.book, self.dice, case, chosen, day=day, agreed=agreed, reviewed=reviewed)

    def score(self, case: Case, stage: str, day: int, spread: float) -> None:
        """Later scores are seldom below the first ones."""
        later = helping.scores(self.dice, self.table["means"][stage], spread)
        first = case.seen["scores"]
        for name, score in later.items():
            better = min(score, first[name] + 1) if name == "anxiety" else max(score, first[name] - 1)
            later[name] = better
        helping.wellbeing(self.book, self.dice, case, stage, day, later)

    def waiting(self) -> None:
        """Referred and not yet started."""
        dice, days = self.dice, self.place.days
        for _ in range(self.table["waiting_to_start"]):
            referred = -dice.whole(2, 9)
            person = self.people.add(self.place, birth(days, referred, dice.whole(22, 50), dice),
                                     entered_at=days.at(referred, "11:00"))  # fmt: skip
            self.book.add(
                "enrolment", participant_id=person, programme_id=self.place.number,
                cohort_id=self.place.cohort_on(referred), referral_source=dice.weighted(REFERRALS),
                referred_on=days.on(referred), status_at_start=STATUS[NOT_KNOWN],
                benefit_at_start="not_asked", entered_at=days.at(referred, "11:00"),
            )  # fmt: skip

    def courses(self, live: list[Case], finished: list[Case]) -> None:
        tutor = self.place.staff["tutor"][0]
        for table in self.table["courses"]:
            course = Course(self.book, self.dice, self.place, tutor, table)
            if course.running:
                there = [case for case in live if case.start < -20]
            else:
                there = [
                    case for case in finished if case.start <= course.starts and case.last >= course.ends
                ]
            for case in self.dice.some(there, table["places"]):
                place = course.join(case)
                if not course.running and self.dice.chance(0.85):
                    course.complete(place)
            course.hold_classes()
