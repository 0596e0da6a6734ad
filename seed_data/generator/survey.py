"""A follow-up survey whose counts of agreement come out exactly as its table says."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.cases import Case
from seed_data.generator.dice import Dice
from seed_data.generator.setting import Place

AGREE, NOT = {5: 40, 4: 60}, {3: 48, 2: 34, 1: 18}


def ask(book: Book, dice: Dice, place: Place, table: dict[str, Any], asked: list[tuple[Case, bool]]) -> None:
    """Everyone in `asked` is tried; `answered` of them answer, those in work as many as the table says."""
    days = place.days
    survey = book.add(
        "survey",
        programme_id=place.number,
        code=table["code"],
        title=table["title"],
        asked_from_on=days.on(table["asked_from"]),
        asked_until_on=days.on(table["asked_until"]),
        entered_at=days.at(table["asked_from"], "09:00"),
    )
    statements = [
        book.add(
            "survey_statement",
            survey_id=survey,
            code=each["code"],
            words=each["words"],
            scale=each["scale"],
            place=number,
            entered_at=days.at(table["asked_from"], "09:00"),
        )
        for number, each in enumerate(table["statements"], start=1)
    ]
    answers = _answers(dice, table, asked)
    for case, _ in asked:
        said = answers.get(case.enrolment)
        _response(book, dice, case, survey, table, dict(zip(statements, said, strict=True)) if said else None)


def _answers(dice: Dice, table: dict[str, Any], asked: list[tuple[Case, bool]]) -> dict[int, list[int]]:
    """Values by enrolment, one for each statement, with the exact number who agree to each."""
    agree = {each["code"]: each["agree"] for each in table["statements"]}
    in_work = dice.some([case.enrolment for case, works in asked if works], agree["in_work"])
    others = [case.enrolment for case, works in asked if not works]
    out_of_work = dice.some(others, table["answered"] - agree["in_work"])
    yes: dict[str, set[int]] = {"in_work": set(in_work)}
    yes["valued"] = set(in_work) | set(dice.some(out_of_work, agree["valued"] - len(in_work)))
    warmth = {
        person: dice.bell(1.1 if person in yes["in_work"] else 0, 1) for person in in_work + out_of_work
    }
    for code, count in agree.items():
        if code not in yes:
            keen = {person: warm + dice.bell(0, 1) for person, warm in warmth.items()}
            yes[code] = set(sorted(keen, key=lambda person: (-keen[person], person))[:count])
    return {person: [_value(dice, each, person in yes[each["code"]]) for each in table["statements"]]
            for person in warmth}  # fmt: skip


def _value(dice: Dice, statement: dict[str, Any], agrees: bool) -> int:
    if statement["scale"] == "yes_no":
        return 5 if agrees else 1
    return dice.weighted(AGREE if agrees else NOT)


def _response(
    book: Book, dice: Dice, case: Case, survey: int, table: dict[str, Any], said: dict[int, int] | None
) -> None:
    days = case.days
    answered = dice.whole(table["asked_from"] + 1, table["asked_until"]) if said else None
    response = book.add(
        "survey_response",
        enrolment_id=case.enrolment,
        survey_id=survey,
        attempts=dice.whole(1, 3) if said else dice.whole(3, 5),
        answered_on=days.on(answered) if answered is not None else None,
        mode=dice.weighted({"telephone": 62, "link": 30, "paper": 8}) if said else None,
        entered_at=days.at(answered if answered is not None else table["asked_until"], "17:00"),
    )
    for statement, value in (said or {}).items():
        book.add(
            "survey_answer",
            response_id=response,
            statement_id=statement,
            value=value,
            entered_at=days.at(answered or table["asked_until"], "17:00"),
        )
