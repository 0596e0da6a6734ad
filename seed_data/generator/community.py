"""Job clubs, events and what is done for neighbourhoods: not anybody's case."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.dice import Dice, parts
from seed_data.generator.people import People, birth
from seed_data.generator.setting import Place

LAST_DAY = 365


def write(book: Book, people: People, place: Place, table: dict[str, Any]) -> None:
    dice = Dice("community")
    _job_clubs(book, dice, people, place, table)
    _events(book, dice, place, table["events"])
    _activities(book, dice, place, table)


def _job_clubs(book: Book, dice: Dice, people: People, place: Place, table: dict[str, Any]) -> None:
    """Light records: a name and little else, no enrolment, and which sessions they came to."""
    days = place.days
    held = sorted(days.weekday(dice.whole(0, LAST_DAY - 4)) for _ in range(table["job_club_sessions"]))
    came: list[set[int]] = [set() for _ in held]
    for _ in range(table["job_club_people"]):
        first = dice.whole(0, len(held) - 1)
        born = birth(days, held[first], dice.whole(17, 66), dice) if dice.chance(0.45) else ""
        person = people.add(place, born, known=dice.chance(0.35), entered_at=days.at(held[first], "11:00"))
        came[first].add(person)
        for _ in range(dice.weighted({0: 52, 1: 22, 2: 12, 4: 9, 7: 5})):
            came[min(len(held) - 1, first + dice.whole(1, 40))].add(person)
        if dice.chance(0.9):
            book.add(
                "agreement", participant_id=person, purpose="notice", answer="given",
                given_on=days.on(held[first]), notice_version="2", entered_at=days.at(held[first], "11:05"),
            )  # fmt: skip
    for day, there in zip(held, came, strict=True):
        event = book.add(
            "event", programme_id=place.number, kind="job_club", title="Job club", held_on=days.on(day),
            place=dice.pick(table["job_club_places"]), head_count=len(there), independent_living_count=0,
            entered_at=days.at(day, "15:00"),
        )  # fmt: skip
        for person in sorted(there):
            book.add(
                "event_attendance", event_id=event, participant_id=person, entered_at=days.at(day, "15:00")
            )


def _events(book: Book, dice: Dice, place: Place, table: dict[str, Any]) -> None:
    """Head counts that add up to the published attendances, those of independent living among them."""
    days = place.days
    at_schemes = table["count"] * 46 // 100
    elsewhere = table["count"] - at_schemes
    scheme_counts = parts(table["independent_living"], [dice.whole(3, 14) for _ in range(at_schemes)])
    rest = table["attendances"] - table["independent_living"]
    other_counts = parts(rest, [dice.whole(2, 30) for _ in range(elsewhere)])
    for counts, kinds, living in (
        (scheme_counts, table["at_schemes"], True),
        (other_counts, table["elsewhere"], False),
    ):
        for count in counts:
            kind = dice.pick(list(kinds))
            day = dice.whole(0, LAST_DAY)
            book.add(
                "event", programme_id=place.number, kind=kind, title=dice.pick(kinds[kind]),
                held_on=days.on(day), place=dice.pick(table["schemes"]) if living else "",
                head_count=count, independent_living_count=count if living else 0,
                entered_at=days.at(day, "17:00"),
            )  # fmt: skip


def _activities(book: Book, dice: Dice, place: Place, table: dict[str, Any]) -> None:
    for each in table["activities"]:
        for number, pence in enumerate(_amounts(dice, each), start=1):
            title = each["title"]
            if each["kind"] == "fund_project":
                title = f"{title}: {dice.pick(table['grant_for']).lower()}, project {number}"
            elif each["count"] > 1:
                title = f"{title} {number}"
            _activity(book, place, each["kind"], title, dice.whole(0, LAST_DAY), pence)
        for number in range(1, each.get("count_before", 0) + 1):
            _activity(book, place, each["kind"], f"{each['title']} {number}", dice.whole(-365, -1), None)
    before = table["fund_before"]
    _activity(book, place, before["kind"], before["title"], -1, before["pence"], quantity=0)
    for name, neighbourhood in table["centres"]:
        _activity(book, place, "community_centre", f"{name}, {neighbourhood}", LAST_DAY, None)


def _amounts(dice: Dice, each: dict[str, Any]) -> list[int | None]:
    """Amounts in pence: exactly the total where there is one, in whole pounds between bounds where not."""
    count = each["count"]
    if "low" not in each:
        return [None] * count
    if "total_pence" not in each:
        return [dice.whole(each["low"] // 5000, each["high"] // 5000) * 5000 for _ in range(count)]
    weights = [dice.whole(each["low"], each["high"]) for _ in range(count)]
    return list(parts(each["total_pence"], weights))


def _activity(
    book: Book, place: Place, kind: str, title: str, day: int, pence: int | None, quantity: int = 1
) -> None:
    book.add(
        "activity", programme_id=place.number, kind=kind, title=title, done_on=place.days.on(day),
        quantity=quantity, amount_pence=pence, entered_at=place.days.at(day, "17:00"),
    )  # fmt: skip
