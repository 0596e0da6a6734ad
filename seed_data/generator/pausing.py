"""Some of those on the live programmes had the clock paused, and it lasts for a few."""

from seed_data.generator.book import Book

# (reason, first day, last day or None while it lasts), one for each of those chosen, in turn.
PAUSES = (
    ("health", 75, 62),
    ("caring", 50, 41),
    ("away", 66, 57),
    ("custody", 16, None),
    ("bereavement", 58, 45),
    ("health", 12, None),
)
LONG_ENOUGH = 90


def write(book: Book) -> None:
    """One in four of those who have been there a while and still are; nothing is drawn."""
    turn = 0
    for number, row in enumerate(book.tables["enrolment"], start=1):
        started, keyworker = str(row.get("started_on", "")), row.get("keyworker_id")
        if not started.startswith("@-") or keyworker is None or "exited_on" in row or number % 4:
            continue
        if int(started[2:]) < LONG_ENOUGH:
            continue
        reason, first, last = PAUSES[turn % len(PAUSES)]
        turn += 1
        book.add(
            "review_pause",
            enrolment_id=number,
            reason=reason,
            from_on=f"@-{first}",
            **({} if last is None else {"until_on": f"@-{last}"}),
            entered_at=f"@-{first}T15:00",
            entered_by_id=keyworker,
        )
