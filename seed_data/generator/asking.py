"""What was asked of people on the live programmes: eligibility with its evidence, equality, safety."""

from seed_data.generator.book import Book

CRITERIA = (
    ("lives_here", "Lives in the area", "Do they live where this programme works?", 90,
     ["Council tax bill", "Tenancy agreement", "Letter from a benefit office"]),
    ("right_to_work", "May work in the UK", "Have you seen that they may work in the UK?", 365,
     ["Passport", "Birth certificate and NI letter", "Share code checked online"]),
)  # fmt: skip
SEX = ("female", "male", "female", "male", None)
ETHNICITY = ("white_british", "pakistani", "white_other", None, "african", "white_british")
DISABILITY = ("no", "yes_a_little", "no", None, "no", "yes_a_lot")


def write(book: Book) -> None:
    """For some of those who are still on a live programme; nothing is drawn."""
    rules = _rules(book)
    asked: set[int] = set()
    for number, row in enumerate(book.tables["enrolment"], start=1):
        live = str(row.get("started_on", "")).startswith("@-")
        keyworker, person = row.get("keyworker_id"), row["participant_id"]
        if not live or keyworker is None or "exited_on" in row or row["programme_id"] not in rules:
            continue
        if number % 4:
            _checks(book, number, keyworker)
        if number % 3 and person not in asked:
            asked.add(person)
            _equality(book, person, number, keyworker)
            book.row("participant", person)["safety_asked_on"] = "@-9"


def _rules(book: Book) -> set[int]:
    """Two criteria for every programme whose days are counted from loading."""
    live = [row for row in book.tables["programme_rule"] if str(row["from_on"]).startswith("@")]
    programmes = {row["programme_id"]: row for row in live}
    for programme, first in programmes.items():
        for code, label, question, days, evidence in CRITERIA:
            book.add(
                "programme_rule",
                programme_id=programme,
                kind="eligibility",
                code=code,
                label=label,
                settings={"question": question, "evidence": evidence, "valid_days": days},
                source="The programme’s own rule",
                from_on=first["from_on"],
                entered_at=first["entered_at"],
            )
    return set(programmes)


def _checks(book: Book, number: int, keyworker: int) -> None:
    for place, (code, _label, _question, days, evidence) in enumerate(CRITERIA):
        ago = 100 if number % 5 == 0 else 12
        if (number + place) % 6 == 0:
            continue
        book.add(
            "eligibility_check",
            enrolment_id=number,
            criterion=code,
            answer="met",
            evidence=evidence[number % 3],
            seen_on=f"@-{ago}",
            valid_until_on=f"@{days - ago:+d}",
            entered_at=f"@-{ago}T11:00",
            entered_by_id=keyworker,
        )


def _equality(book: Book, person: int, number: int, keyworker: int) -> None:
    answers = (
        ("sex", SEX[number % 5]),
        ("ethnicity", ETHNICITY[number % 6]),
        ("disability", DISABILITY[number % 6]),
        ("carer", "yes" if number % 7 == 0 else "no"),
    )
    for question, answer in answers:
        book.add(
            "equality_answer",
            participant_id=person,
            question=question,
            state="answered" if answer else "declined",
            answer=answer,
            asked_on="@-9",
            entered_at="@-9T11:10",
            entered_by_id=keyworker,
        )
