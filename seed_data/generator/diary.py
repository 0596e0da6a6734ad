"""What keyworkers of the live programmes have booked and to do around the day of loading."""

from collections import Counter

from seed_data.generator.book import Book

MOST = 10  # appointments of one keyworker
OFFSETS = (-1, 0, 0, 1, 2, 3, 6)
TIMES = ("09:30", "10:15", "11:30", "13:30", "14:15", "15:30")
CHANNELS = ("face_to_face", "telephone", "face_to_face", "video")
TASKS = (
    "Ring the college about the start date",
    "Ask the bank which papers they need",
    "Send the interview clothes form",
    "Look for buses to the new workplace",
)
TASK_DAYS = (-2, 0, 1, 4, None)


def write(book: Book) -> None:
    """Appointments for some open enrolments of the live programmes, and a few tasks; nothing is drawn."""
    booked: Counter[int] = Counter()
    tasks = 0
    for number, row in enumerate(book.tables["enrolment"], start=1):
        keyworker = row.get("keyworker_id")
        live = str(row.get("started_on", "")).startswith("@-")
        if not live or keyworker is None or "exited_on" in row:
            continue
        place = booked[keyworker]
        if place < MOST and number % 3 == 0:
            booked[keyworker] += 1
            day, clock = OFFSETS[place % len(OFFSETS)], TIMES[(place * 2 + place // 7) % len(TIMES)]
            book.add(
                "appointment",
                enrolment_id=number,
                with_id=keyworker,
                starts_on=f"@{day:+d}",
                starts_time=clock,
                starts_at=f"@{day:+d}T{clock}",
                length_minutes=(30, 45, 30)[place % 3],
                channel=CHANNELS[place % len(CHANNELS)],
                entered_at="@-8T16:00",
                entered_by_id=keyworker,
            )
        elif number % 7 == 0:
            due = TASK_DAYS[tasks % len(TASK_DAYS)]
            book.add(
                "task",
                user_id=keyworker,
                enrolment_id=number,
                words=TASKS[tasks % len(TASKS)],
                due_on=None if due is None else f"@{due:+d}",
                entered_at="@-5T16:30",
                entered_by_id=keyworker,
            )
            tasks += 1
