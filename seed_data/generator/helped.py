"""What the live programmes gave and agreed to, how people see themselves, and messages for keyworkers."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.setting import Place

Row = dict[str, Any]


class Shown:
    """Some of those who have been on a live programme for a while and are in touch, in the book's order."""

    def __init__(self, book: Book, place: Place, table: Row) -> None:
        names = {number: user["name"] for number, user in enumerate(book.tables["user"], start=1)}
        left, spoke = dict(table["shown"]), _in_touch(book, table["spoke_since"])
        self.cases: list[tuple[int, Row]] = []
        for number, row in enumerate(book.tables["enrolment"], start=1):
            name = names.get(row.get("keyworker_id", 0), "")
            if row["programme_id"] != place.number or "exited_on" in row or not left.get(name):
                continue
            if started(row) <= table["started_by"] and number in spoke:
                left[name] -= 1
                self.cases.append((number, row))

    def looking(self) -> list[tuple[int, Row]]:
        return [(number, row) for number, row in self.cases if row["status_at_start"] == "11"]


def started(row: Row) -> int:
    """The day of a start, counted from loading."""
    return _day(row["started_on"])


def _in_touch(book: Book, since: int) -> set[int]:
    """Enrolments with a talk in the days before loading."""
    return {
        row["enrolment_id"]
        for row in book.tables["contact"]
        if row["two_way"] and row["happened_at"].startswith("@") and _day(row["happened_at"]) >= since
    }


def _day(instant: str) -> int:
    return int(instant.removeprefix("@").partition("T")[0])


def write(book: Book, place: Place, table: Row) -> None:
    """Nothing is drawn."""
    shown = Shown(book, place, table)
    budgets = [_budget(book, place, each) for each in table["budgets"][place.code]]
    themes = _themes(book, {number for number, _row in shown.cases})
    for number, row in shown.cases:
        for turn, theme in enumerate(themes.get(number, [])):
            choice = table["help"].get(theme)
            if choice:
                day = max(started(row) + 4, -8 - (number * 7 + turn * 23) % 80)
                _give(book, number, row, theme, choice[(number + turn) % len(choice)], budgets, day)


def write_first(book: Book, place: Place, table: Row) -> None:
    """What only the first of the programmes has: a lead's answers, the wheel, messages."""
    shown = Shown(book, place, table)
    themes = _themes(book, {number for number, _row in shown.cases})
    fund = [head["programme_id"] for head in book.tables["budget_head"]].index(place.number) + 1
    lead, free = place.staff["lead"][0], list(shown.cases)
    for each in table["asked"]:
        fitting = next(
            (number, row)
            for number, row in free
            if started(row) < each["asked"] and each["theme"] in themes.get(number, [])
        )
        free.remove(fitting)
        _ask(book, *fitting, each, fund, lead)
    _wheel(book, shown, table["wheel"])
    taker = place.staff["programme_administrator"][0]
    open_cases = [
        case
        for case in shown.cases
        if not book.row("participant", case[1]["participant_id"]).get("restricted")
    ]
    for (number, _row), each in zip(open_cases[1:], table["messages"], strict=False):
        book.add(
            "taken_message", enrolment_id=number, taken_at=f"@-1T{each['at']}", wants=each["wants"],
            words=each["words"], entered_at=f"@-1T{each['at']}", entered_by_id=taker,
        )  # fmt: skip


def _budget(book: Book, place: Place, each: Row) -> int:
    return book.add(
        "budget_head",
        programme_id=place.number,
        name=each["name"],
        from_on=f"@{each['from']:+d}",
        until_on=f"@{each['until']:+d}",
        limit_pence=each["limit_pence"],
        person_limit_pence=each.get("person_limit_pence"),
        approval_over_pence=each.get("approval_over_pence"),
        entered_at=f"@{each['from']:+d}T09:00",
        entered_by_id=place.staff["lead"][0],
    )


def _themes(book: Book, cases: set[int]) -> dict[int, list[str]]:
    """What was found to stand in the way of each."""
    found: dict[int, dict[str, None]] = {}
    for row in book.tables["barrier_assessment"]:
        if row["enrolment_id"] in cases and row["state"] == "something":
            found.setdefault(row["enrolment_id"], {})[row["theme"]] = None
    return {number: list(themes) for number, themes in found.items()}


def _give(book: Book, number: int, row: Row, theme: str, what: Row, budgets: list[int], day: int) -> None:
    place = what.get("budget")
    book.add(
        "support_given",
        enrolment_id=number,
        kind=what["kind"],
        state="given",
        asked_on=f"@{day:+d}",
        given_on=f"@{day:+d}",
        amount_pence=what.get("pence"),
        units_hundredths=what.get("units"),
        theme=theme,
        budget_id=None if place is None else budgets[min(place, len(budgets) - 1)],
        note=what["note"],
        entered_at=f"@{day:+d}T14:20",
        entered_by_id=row["keyworker_id"],
    )


def _ask(book: Book, number: int, row: Row, what: Row, fund: int, lead: int) -> None:
    given, decided = what.get("given"), what.get("decided")
    state = "asked" if decided is None else "approved"
    state = "refused" if "refused" in what else "given" if given is not None else state
    book.add(
        "support_given",
        enrolment_id=number,
        kind=what["kind"],
        state=state,
        asked_on=f"@{what['asked']:+d}",
        given_on=None if given is None else f"@{given:+d}",
        amount_pence=what["pence"],
        units_hundredths=what.get("units"),
        theme=what["theme"],
        budget_id=fund,
        decided_by_id=None if decided is None else lead,
        decided_on=None if decided is None else f"@{decided:+d}",
        refusal_reason=what.get("refused"),
        note=what["note"],
        entered_at=f"@{what['asked']:+d}T15:10",
        entered_by_id=row["keyworker_id"],
    )


def _wheel(book: Book, shown: Shown, table: Row) -> None:
    """A pair for those with a review, asked the day before the four questions of that review."""
    reviews = {
        row["enrolment_id"]: _day(row["assessed_on"])
        for row in book.tables["wellbeing_assessment"]
        if row["stage"] == "review" and row["assessed_on"].startswith("@")
    }
    reviewed = [case for case in shown.cases if case[0] in reviews]
    for (number, row), pair in zip(reviewed, table["pairs"], strict=False):
        later = [first + change for first, change in zip(pair["start"], pair["change"], strict=True)]
        sittings = (("start", started(row), pair["start"]), ("review", reviews[number] - 1, later))
        for stage, day, scores in sittings:
            book.add(
                "wellbeing_assessment",
                enrolment_id=number,
                instrument="wheel",
                stage=stage,
                assessed_on=f"@{day:+d}",
                completed_how="with_help",
                answers=dict(zip(table["areas"], scores, strict=True)),
                entered_at=f"@{day:+d}T12:55",
                entered_by_id=row["keyworker_id"],
            )
