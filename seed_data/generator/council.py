"""The council programme: 1,600 people who left in two years, and the survey of 1,000 of them."""

from dataclasses import dataclass
from typing import Any

from seed_data.generator import helping
from seed_data.generator.book import Book
from seed_data.generator.cases import IN_WORK, Case, change_status, open_case
from seed_data.generator.contacts import Contacts
from seed_data.generator.dice import Dice
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place
from seed_data.generator.survey import ask
from seed_data.generator.work import Work

MIX = {
    "face_to_face": 42,
    "telephone": 34,
    "video": 8,
    "email": 7,
    "text": 6,
    "home_visit": 1,
    "workplace_visit": 2,
}
STOPPED = ("died", "do_not_contact")
NEVER_MET = ("not_engaging", "not_known", "ineligible")
LAST_DAY, REPORT_DAY = 729, 1278


@dataclass
class Leaver:
    """Somebody as they will be found: with a job or not, still in it or not."""

    status: str
    benefit: str
    gets_job: bool
    reason: str = ""
    at_survey: bool = False


def write(book: Book, people: People, place: Place, table: dict[str, Any], shared: dict[str, Any]) -> None:
    dice = Dice("council")
    leavers = _leavers(dice, table)
    contacts = Contacts(book, shared["notes"], dice, MIX)
    work = Work(book, dice, shared["employers"], 950)
    cases = [_case(book, dice, people, place, leaver) for leaver in leavers]
    for case, leaver in zip(cases, leavers, strict=True):
        met = leaver.reason not in NEVER_MET or dice.chance(0.8)
        contacts.spread(case, dice.whole(3, 12), case.last, met=met)
        helping.barriers(book, dice, case, dice.whole(1, 4), case.last if dice.chance(0.6) else None, 0.55)
        if leaver.gets_job:
            _job(book, dice, work, contacts, case, leaver)
    _better_work(dice, work, cases, leavers, table["bettered_their_work"])
    _other_steps(book, dice, work, cases, leavers, table["other_steps"])
    for case in dice.some(cases, table["plans"]):
        _plan(book, dice, case, shared["goals"])
    _wellbeing(book, dice, cases, table["wellbeing"])
    asked = [(case, leaver.at_survey) for case, leaver in zip(cases, leavers, strict=True)
             if leaver.reason not in STOPPED]  # fmt: skip
    ask(book, dice, place, table["survey"], asked)


def _leavers(dice: Dice, table: dict[str, Any]) -> list[Leaver]:
    found: list[Leaver] = []
    for status, count in table["status_at_start"].items():
        benefits = dice.deal(table["benefit_at_start"][status])
        jobs = table["into_a_job"].get(status, 0)
        with_job = dice.deal({True: jobs, False: count - jobs})
        found += [Leaver(status, *pair) for pair in zip(benefits, with_job, strict=True)]
    got = [leaver for leaver in found if leaver.gets_job]
    already = [leaver for leaver in found if leaver.status == IN_WORK]
    without = [leaver for leaver in found if not leaver.gets_job and leaver.status != IN_WORK]
    for leaver in dice.some(got, table["still_in_it_at_the_survey"]):
        leaver.at_survey = True
    for leaver in dice.some(already, table["in_work_all_along"]):
        leaver.at_survey = True
    reasons = dice.deal(table["exit_reasons_without_work"])
    for leaver in got:
        leaver.reason = "into_work" if dice.chance(0.9) else "plan_achieved"
    for leaver in already + without:
        leaver.reason = reasons.pop()
    later = [leaver for leaver in without if leaver.reason not in (*STOPPED, "custody")]
    for leaver in dice.some(later, table["found_work_later"]):
        leaver.at_survey = True
    for leaver in already:
        leaver.at_survey = leaver.at_survey and leaver.reason not in STOPPED
    return dice.shuffled(found)


def _case(book: Book, dice: Dice, people: People, place: Place, leaver: Leaver) -> Case:
    start = place.days.weekday(dice.whole(1, 640))
    exit = min(place.days.weekday(start + dice.whole(35, 260)), LAST_DAY)
    age = dice.weighted({18: 10, 22: 14, 27: 16, 33: 16, 40: 16, 47: 13, 54: 10, 60: 5}) + dice.whole(0, 5)
    born = birth(place.days, start, age, dice) if dice.chance(0.985) else ""
    person = people.add(place, born, entered_at=place.days.at(start, "10:00"))
    required = {
        "looking": dice.weighted({True: 72, False: 20, None: 8}),
        "not_looking": False,
        IN_WORK: False,
    }
    return open_case(
        book, dice, place, person,
        start=start, exit=exit, reason=leaver.reason, status=leaver.status, benefit=leaver.benefit,
        required=required.get(leaver.status), keyworker=dice.pick(place.staff["keyworker"]),
    )  # fmt: skip


def _job(book: Book, dice: Dice, work: Work, contacts: Contacts, case: Case, leaver: Leaver) -> None:
    start = max(case.start + 7, case.last - dice.whole(-10, 40))
    end = None if leaver.at_survey else start + dice.whole(12, 420)
    kind = dice.weighted({"paid_work": 88, "self_employment": 6, "apprenticeship": 6})
    first_end = end
    again = leaver.at_survey and dice.chance(0.14)
    if again:
        first_end = start + dice.whole(40, 200)
    job = work.job(case, start, first_end, kind)
    work.checks(case, job, start, first_end, REPORT_DAY)
    if again and first_end is not None:
        # A second job: most within a fortnight, some after a longer gap.
        second = first_end + dice.whole(1, 30)
        work.checks(case, work.job(case, second), second, None, REPORT_DAY)
    elif dice.chance(0.07):
        beside = start + dice.whole(5, 60)
        work.job(case, beside, beside + dice.whole(20, 150), weekly_minutes=dice.pick((240, 360, 480, 600)))
    work.into_work(case, start, end, "none" if dice.chance(0.6) else leaver.benefit)
    if dice.chance(0.5):
        contacts.spoke(case, case.days.weekday(start + dice.whole(20, 80)), "telephone", "after")


def _better_work(dice: Dice, work: Work, cases: list[Case], leavers: list[Leaver], count: int) -> None:
    already = [case for case, leaver in zip(cases, leavers, strict=True) if leaver.status == IN_WORK]
    for case in dice.some(already, count):
        kind = dice.weighted({"more_hours": 40, "higher_pay": 22, "better_contract": 18, "job_kept": 12,
                              "back_from_sick_leave": 8})  # fmt: skip
        work.job(case, dice.whole(case.start + 5, case.last), None, kind)


def _other_steps(
    book: Book, dice: Dice, work: Work, cases: list[Case], leavers: list[Leaver], counts: dict[str, int]
) -> None:
    without = [
        case
        for case, leaver in zip(cases, leavers, strict=True)
        if not leaver.gets_job and leaver.status != IN_WORK and leaver.reason not in STOPPED
    ]
    not_looking = [case for case in without if case.status == "not_looking"]
    for kind, count in counts.items():
        for case in dice.some(not_looking if kind == "now_looking" else without, count):
            start = case.last if kind == "unable_to_contact" else dice.whole(case.start + 3, case.last)
            hours = dice.pick((120, 180, 240, 360)) if kind == "volunteering" else None
            end = start + dice.whole(30, 200) if kind != "now_looking" and dice.chance(0.6) else None
            work.step(case, kind, start, end if kind != "unable_to_contact" else None, weekly_minutes=hours)
            if kind == "now_looking":
                change_status(book, case, start, "looking", None, "universal_credit")


def _plan(book: Book, dice: Dice, case: Case, goals: list[dict[str, Any]]) -> None:
    day = min(case.start + dice.whole(0, 30), case.last)
    agreed = min(day + dice.whole(0, 9), case.last) if dice.chance(0.94) else None
    reviewed = dice.whole(agreed, case.last) if agreed is not None and dice.chance(0.8) else None
    helping.plan(
        book, dice, case, dice.some(goals, dice.whole(1, 3)), day=day, agreed=agreed, reviewed=reviewed
    )


def _wellbeing(book: Book, dice: Dice, cases: list[Case], table: dict[str, Any]) -> None:
    for place, case in enumerate(dice.some(cases, table["at_start"])):
        first = helping.scores(dice, table["means"])
        helping.wellbeing(book, dice, case, "start", case.start, first)
        if place < table["pairs"]:
            helping.wellbeing(
                book, dice, case, "exit", case.last, helping.changed(dice, first, table["change"])
            )
