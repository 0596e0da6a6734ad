"""Employers the live programmes know, what they offer, who goes for it, and who is ready for work."""

from collections import Counter
from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.helped import Row, Shown, started
from seed_data.generator.setting import Place

SPECIAL = "&’'"


def write(book: Book, place: Place, table: Row) -> None:
    """Nothing is drawn."""
    shown = Shown(book, place, table)
    employers = [_employer(book, place, each) for each in table["employers"][place.code]]
    vacancies = [_vacancy(book, place, each, employers) for each in table["vacancies"][place.code]]
    looking, made = shown.looking(), Counter[int]()
    for each in table["applications"][place.code]:
        first = min(each["stages"].values())
        there = [case for case in looking if started(case[1]) < first]
        number, row = min(there, key=lambda case: made[case[0]])
        made[number] += 1
        _apply(book, number, row, each, vacancies)
    for number, row in looking:
        _ready(book, number, row, table["ready"])
    _link(book, place, employers)


def _employer(book: Book, place: Place, each: dict[str, Any]) -> int:
    if any(mark in each["name"] for mark in SPECIAL):
        raise ValueError(f"the key of {each['name']} needs more than small letters")
    return book.add(
        "employer",
        organisation_id=place.organisation,
        **each,
        name_key=each["name"].lower(),
        entered_at="@-110T10:00",
        entered_by_id=place.staff["keyworker"][0],
    )


def _vacancy(book: Book, place: Place, each: Row, employers: list[int]) -> int:
    closes, filled, pay = each.get("closes"), each.get("filled"), each.get("pay")
    return book.add(
        "vacancy",
        employer_id=employers[each["employer"]],
        title=each["title"],
        kind=each["kind"],
        closes_on=None if closes is None else f"@{closes:+d}",
        filled_on=None if filled is None else f"@{filled:+d}",
        places=each["places"],
        weekly_minutes=each["minutes"],
        pay_pence=pay,
        pay_period="hour" if pay else None,
        words=each["words"],
        entered_at="@-40T10:30",
        entered_by_id=place.staff["keyworker"][0],
    )


def _apply(book: Book, number: int, row: Row, each: Row, vacancies: list[int]) -> None:
    reached = list(each["stages"].items())
    vacancy = each.get("vacancy")
    application = book.add(
        "application",
        enrolment_id=number,
        vacancy_id=None if vacancy is None else vacancies[vacancy],
        employer_words=each.get("employer"),
        job_title=each.get("job"),
        stage=reached[-1][0],
        stage_on=f"@{reached[-1][1]:+d}",
        entered_at=f"@{reached[0][1]:+d}T11:20",
        entered_by_id=row["keyworker_id"],
    )
    for stage, day in reached:
        book.add(
            "application_stage",
            enrolment_id=number,
            application_id=application,
            stage=stage,
            reached_on=f"@{day:+d}",
            entered_at=f"@{day:+d}T11:20",
            entered_by_id=row["keyworker_id"],
        )


def _ready(book: Book, number: int, row: Row, table: Row) -> None:
    """A first look at every item, and one item better since."""
    first, since = table["first"], table["since"]
    states = {item: first[(number + turn) % len(first)] for turn, item in enumerate(table["items"])}
    better = next(item for item, state in states.items() if state in since)
    looks = ((started(row) + 5, states), (table["since_on"], {better: since[states[better]]}))
    for day, answers in looks:
        for item, state in answers.items():
            book.add(
                "readiness_item",
                enrolment_id=number,
                item=item,
                state=state,
                noted_on=f"@{day:+d}",
                entered_at=f"@{day:+d}T11:40",
                entered_by_id=row["keyworker_id"],
            )


def _link(book: Book, place: Place, employers: list[int]) -> None:
    """Jobs of the programme with an employer it knows."""
    known = {book.row("employer", number)["name"]: number for number in employers}
    for number, step in enumerate(book.tables["progression"], start=1):
        programme = book.row("enrolment", step["enrolment_id"])["programme_id"]
        if programme == place.number and step.get("employer") in known:
            book.add("progression_employer", progression_id=number, employer_id=known[step["employer"]])
