"""Three concerns of one live programme: one nobody has read, one being dealt with, one closed."""

from typing import Any

from seed_data.generator.book import Book

PROGRAMME = "fresh-start"
LEAD = "Kwame Boateng"


def write(book: Book) -> None:
    """About people who are on the programme now, and one in words; nothing is drawn."""
    places = {row["code"]: number for number, row in enumerate(book.tables["programme"], start=1)}
    names = {row["name"]: number for number, row in enumerate(book.tables["user"], start=1)}
    programme, lead = places[PROGRAMME], names[LEAD]
    organisation = book.row("programme", programme)["organisation_id"]
    open_cases = [
        row
        for row in book.tables["enrolment"]
        if row["programme_id"] == programme and row.get("keyworker_id") and "exited_on" not in row
    ]

    def raised(at: str, by: int, **values: Any) -> int:
        whole = {"organisation_id": organisation, "happened_on": at.split("T")[0], "entered_at": at}
        return book.add("concern", **whole | values, entered_by_id=by)

    def step(concern: int, kind: str, at: str, **values: Any) -> int:
        made = {"concern_id": concern, "kind": kind, "happened_at": at, "entered_at": at}
        return book.add("concern_step", **made | values, entered_by_id=lead)

    first, second = open_cases[2], open_cases[9]
    raised(
        "@-1T16:40",
        first["keyworker_id"],
        about_participant_id=first["participant_id"],
        category="abuse",
        said="She said her partner reads her telephone and keeps her bank card. She asked me not to "
        "ring after four, when he is home.",
        done_at_once="Gave her the number of the helpline on a card that looks like a bus ticket.",
    )
    going_on = raised(
        "@-6T11:05",
        second["keyworker_id"],
        about_participant_id=second["participant_id"],
        category="self_harm",
        said="He said that he does not see the point of next week, and laughed it off.",
        told="My lead, by telephone",
        acknowledged_at="@-6T11:30",
        acknowledged_by_id=lead,
        last_step_at="@-6T15:20",
    )
    step(going_on, "taken", "@-6T11:30")
    step(
        going_on, "decision", "@-6T11:40", words="Ask him today, in person, how safe he is. GP if he agrees."
    )
    asked = step(going_on, "action", "@-6T11:42", words="His keyworker sees him this afternoon", due_on="@-6")
    step(going_on, "action", "@-6T11:45", words="Look in again with his keyworker", due_on="@+1")
    step(going_on, "done", "@-6T15:20", settles_id=asked, words="Seen. He rang his GP from here.")
    closed = raised(
        "@-41T09:50",
        names["Marek Wójcik"],
        programme_id=programme,
        about="A learner of the Tuesday class, in a red coat",
        category="adult",
        said="Somebody waits for her outside and she goes out by the back.",
        acknowledged_at="@-41T10:15",
        acknowledged_by_id=lead,
        last_step_at="@-36T14:00",
        outcome="safe",
        closed_on="@-36",
    )
    step(closed, "taken", "@-41T10:15")
    step(
        closed, "told", "@-40T09:30", agency="The centre’s manager", words="To keep an eye on the front door"
    )
    step(
        closed,
        "closed",
        "@-36T14:00",
        words="Safe now; nothing more to do. It was her brother, with her lunch.",
    )
