"""The group: five subsidiaries, each its own controller, with some people known to two of them."""

from datetime import date
from typing import Any

from seed_data.generator import helping
from seed_data.generator.book import Book
from seed_data.generator.cases import Case, open_case
from seed_data.generator.contacts import Contacts
from seed_data.generator.dice import Dice
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place
from seed_data.generator.work import Work

MIX = {"face_to_face": 44, "telephone": 26, "video": 18, "doorstep": 5, "text": 5, "email": 2}
LAST_DAY, REPORT_DAY = 730, 973
SAME = ("given_name", "family_name", "preferred_name", "born_on", "postcode")


class Group:
    def __init__(
        self,
        book: Book,
        people: People,
        places: dict[str, Place],
        table: dict[str, Any],
        shared: dict[str, Any],
    ) -> None:
        self.book, self.people, self.places, self.table, self.shared = book, people, places, table, shared
        self.dice = Dice("group")
        self.contacts = Contacts(book, shared["notes"], self.dice, MIX)
        self.work = Work(book, self.dice, shared["employers"], 821)
        self.humans = 0

    def write(self) -> None:
        cases = {code: self.subsidiary(code, table) for code, table in self.table["subsidiaries"].items()}
        joined: set[int] = set()
        for link in self.table["known_to"]:
            ages = self.table["subsidiaries"][link["also"]]["ages"]
            self.join(cases[link["from"]], cases[link["also"]], link["people"], ages, joined)

    def subsidiary(self, code: str, table: dict[str, Any]) -> list[Case]:
        dice, place = self.dice, self.places[code]
        statuses, benefits = dice.deal(table["status"]), dice.deal(table["benefits"])
        jobs = dice.deal(table["jobs"])
        reasons = dice.deal(table["exits"])
        again = table["came_back"]
        cases: list[Case] = []
        # Those not in work at the start come first in the dealing of jobs and of the exits that go with them.
        statuses.sort(key=lambda status: status == "in_work")
        reasons.sort(key=lambda reason: reason != "into_work")
        for number, (status, reason) in enumerate(zip(statuses, reasons, strict=True)):
            old = next((case for case in cases if case.exit is not None and case.exit < 300), None)
            person = old.person if again and old and number > table["people"] // 2 else None
            again -= person is not None
            case = self.case(place, table, status, benefits.pop(), reason, person,
                             after=old.exit if person and old else None)  # fmt: skip
            if reason == "into_work" and jobs:
                self.job(case, jobs.pop())
            cases.append(case)
        self.steps(cases, table["steps"])
        self.help(cases)
        return cases

    def case(
        self, place: Place, table: dict[str, Any], status: str, benefit: str, reason: str,
        person: int | None, after: int | None,
    ) -> Case:  # fmt: skip
        dice = self.dice
        start = place.days.weekday(dice.whole((after or 0) + 30 if after else 20, 560 if not after else 600))
        exit = min(place.days.weekday(start + dice.whole(60, 280)), LAST_DAY)
        low, high = table["ages"]
        if person is None:
            age = dice.whole(low, high)
            person = self.people.add(
                place, birth(place.days, start, age, dice), entered_at=place.days.at(start, "10:00")
            )
        required = dice.chance(0.7) if status == "looking" else None if status == "not_known" else False
        return open_case(
            self.book, dice, place, person, start=start, exit=exit, reason=reason, status=status,
            benefit=benefit, required=required, keyworker=dice.pick(place.staff["keyworker"]),
        )  # fmt: skip

    def job(self, case: Case, kind: str) -> None:
        dice = self.dice
        start = max(case.start + 7, case.last - dice.whole(0, 30))
        end = start + dice.whole(20, 230) if dice.chance(0.3) else None
        job = self.work.job(case, start, end, kind)
        self.work.checks(case, job, start, end, REPORT_DAY)
        self.work.into_work(case, start, end, "none" if dice.chance(0.6) else "universal_credit")

    def steps(self, cases: list[Case], counts: dict[str, int]) -> None:
        """Steps other than jobs; a job is not followed by being out of touch."""
        dice = self.dice
        without = [case for case in cases if self.reason(case) != "into_work"]
        for kind, count in counts.items():
            learning = kind in ("short_course", "qualification_achieved")
            for case in dice.some(cases if learning else without, count):
                start = case.last if kind == "unable_to_contact" else dice.whole(case.start + 20, case.last)
                minutes = dice.pick((120, 180, 300)) if kind == "volunteering" else None
                self.work.step(case, kind, start, weekly_minutes=minutes)

    def reason(self, case: Case) -> str:
        return str(self.book.row("enrolment", case.enrolment)["exit_reason"])

    def help(self, cases: list[Case]) -> None:
        dice, table = self.dice, self.table["wellbeing"]
        for case in cases:
            self.contacts.spread(case, dice.whole(3, 12), case.last)
            later = case.last if dice.chance(0.6) else None
            helping.barriers(self.book, dice, case, dice.whole(1, 3), later, 0.55)
            if dice.chance(0.6):
                goals = dice.some(self.shared["goals"], dice.whole(1, 2))
                agreed = min(case.start + dice.whole(1, 25), case.last)
                helping.plan(self.book, dice, case, goals, day=case.start, agreed=agreed, reviewed=None)
        for place, case in enumerate(dice.some(cases, round(len(cases) * table["share"]))):
            first = helping.scores(dice, table["means"])
            helping.wellbeing(self.book, dice, case, "start", case.start, first)
            if place < round(len(cases) * table["pairs_share"]):
                helping.wellbeing(
                    self.book, dice, case, "exit", case.last, helping.changed(dice, first, table["change"])
                )

    def join(
        self, ones: list[Case], others: list[Case], count: int, ages: list[int], joined: set[int]
    ) -> None:
        """Make `count` people of one subsidiary known to another too, at an age it takes."""
        pairs: list[tuple[int, Case]] = []
        others = sorted(others, key=lambda case: case.start)
        for one in sorted(ones, key=lambda case: self._born(case).toordinal()):
            born = self._born(one)
            match = next(
                (other for other in others if other.person not in joined
                 and ages[0] <= (other.start - other.days.number(born)) / 365.25 < ages[1] + 1),
                None,
            )  # fmt: skip
            if one.person not in joined and match is not None and len(pairs) < count:
                joined |= {one.person, match.person}
                pairs.append((one.person, match))
        if len(pairs) < count:
            raise ValueError(f"only {len(pairs)} of {count} people could be known to both")
        for person, other in pairs:
            self._same(person, other)

    def _born(self, case: Case) -> date:
        return date.fromisoformat(self.book.row("participant", case.person)["born_on"])

    def _same(self, person: int, other: Case) -> None:
        first, second = self.book.row("participant", person), self.book.row("participant", other.person)
        for name in SAME:
            second.pop(name, None)
            if name in first:
                second[name] = first[name]
        self.humans += 1
        for number in (person, other.person):
            self.book.add("person_link", human_id=f"human {self.humans}", participant_id=number,
                          entered_at=other.days.at(other.start, "18:00"))  # fmt: skip
