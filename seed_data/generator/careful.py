"""What keeps people safe on one live programme: risks, visits, needs, emergency cards, words with tutors."""

from typing import Any

from seed_data.generator.book import Book

PROGRAMME = "fresh-start"
RISKS = (
    (1, "two_staff", "staff_saw", "He kicked the door of room 2 when a letter came about his rent.", -40, 51),
    (4, "call_before", "own_words", "An uncle who drinks stays with her at weekends.", -120, -9),
    (
        7,
        "office_only",
        "probation",
        "Nobody is to visit the address: it is shared with a former partner.",
        -12,
        79,
    ),
)
NEEDS = (
    (1, {"language": "english", "interpreter": "none"}),
    (4, {"language": "polish", "interpreter": "spoken", "helps": "Numbers written down"}),
    (5, {"language": "bsl", "interpreter": "bsl", "helps": "Face them and keep the light on your face"}),
    (8, {"language": "english", "interpreter": "none", "large_print": True}),
    (11, {"language": "english", "interpreter": "none", "reads_with_help": True, "easy_read": True}),
)
CARDS = (
    (1, "My sister Ann", "07700 900461", "Sit with me somewhere quiet, then ring her.", True),
    (4, "Marta, next door", "07700 900462", "My inhaler is in my coat.", True),
    (8, "My support worker", "07700 900463", None, False),
)
MESSAGES = (
    ("helps", "A seat near the door, and the slides the day before."),
    ("progress", "She read aloud to the whole group today."),
    ("worry", "Left early twice this week and was very quiet."),
)


def write(book: Book) -> None:
    """About people who are on the programme now; nothing is drawn."""
    places = {row["code"]: number for number, row in enumerate(book.tables["programme"], start=1)}
    programme = places[PROGRAMME]
    cases = [
        row | {"number": number}
        for number, row in enumerate(book.tables["enrolment"], start=1)
        if row["programme_id"] == programme and row.get("keyworker_id") and "exited_on" not in row
    ]
    _about(book, cases)
    _visits(book, cases)
    _apart(book, cases, programme)
    _words(book, programme)


def _entered(case: dict[str, Any], day: int) -> dict[str, Any]:
    return {"entered_by_id": case["keyworker_id"], "entered_at": f"@{day:+d}T15:10"}


def _about(book: Book, cases: list[dict[str, Any]]) -> None:
    for place, what_to_do, source, fact, since, review in RISKS:
        case = cases[place]
        book.add(
            "risk_flag",
            participant_id=case["participant_id"],
            what_to_do=what_to_do,
            source=source,
            fact=fact,
            from_on=f"@{since:+d}",
            review_on=f"@{review:+d}",
            **_entered(case, since),
        )
    for place, said in NEEDS:
        case = cases[place]
        flags = {"large_print": False, "easy_read": False, "reads_with_help": False} | said
        whose = {"participant_id": case["participant_id"], "asked_on": "@-20"}
        book.add("communication_needs", **whose | flags, **_entered(case, -20))
    for place, who, phone, what_to_do, shown in CARDS:
        case = cases[place]
        book.add(
            "emergency_card",
            participant_id=case["participant_id"],
            who=who,
            phone=phone,
            what_to_do=what_to_do,
            shown_to_staff=shown,
            agreed_on="@-20",
            **_entered(case, -20),
        )


def _visits(book: Book, cases: list[dict[str, Any]]) -> None:
    """Two that are over: who is out now is nobody's to invent."""
    keyworkers = list(dict.fromkeys(case["keyworker_id"] for case in cases))
    for days, place in ((-3, 2), (-1, 6)):
        case = cases[place]
        buddy = next(each for each in keyworkers if each != case["keyworker_id"])
        book.add(
            "visit",
            visitor_id=case["keyworker_id"],
            buddy_id=buddy,
            enrolment_id=case["number"],
            place="At their home",
            out_at=f"@{days:+d}T10:00",
            expected_back_at=f"@{days:+d}T11:30",
            back_at=f"@{days:+d}T11:20",
            entered_by_id=case["keyworker_id"],
            entered_at=f"@{days:+d}T10:00",
        )


def _apart(book: Book, cases: list[dict[str, Any]], programme: int) -> None:
    grants = book.tables["role_grant"]
    lead = next(
        row["user_id"] for row in grants if row["role"] == "lead" and row.get("programme_id") == programme
    )
    one, other = sorted((cases[3]["participant_id"], cases[10]["participant_id"]))
    book.add(
        "keep_apart",
        one_id=one,
        other_id=other,
        reason="Neighbours; a court has told one to stay away from the other.",
        from_on="@-30",
        entered_by_id=lead,
        entered_at="@-30T09:20",
    )


def _words(book: Book, programme: int) -> None:
    """Between a tutor and a keyworker, about somebody on a course of the programme."""
    cases = book.tables["enrolment"]
    for row in reversed(book.tables["course_enrolment"]):
        case, course = cases[row["enrolment_id"] - 1], book.row("course", row["course_id"])
        here = case["programme_id"] == programme and "exited_on" not in case and case.get("keyworker_id")
        if here and "left_on" not in row:
            break
    else:
        return
    by = (case["keyworker_id"], course["tutor_id"], course["tutor_id"])
    for number, (kind, words) in enumerate(MESSAGES):
        at = f"@{number - 4:+d}T12:40"
        book.add(
            "learner_message",
            participant_id=case["participant_id"],
            kind=kind,
            written_at=at,
            written_on=at.split("T")[0],
            words=words,
            entered_by_id=by[number],
            entered_at=at,
        )
