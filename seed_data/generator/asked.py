"""What people asked about their own records. By when it is due is worked out when the rows are loaded."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.helped import Shown
from seed_data.generator.setting import Place

Row = dict[str, Any]


def write(book: Book, place: Place, table: Row, shown: Row) -> None:
    """Nothing is drawn."""
    cases = Shown(book, place, shown).cases
    for each in table["requests"]:
        _number, row = cases[each["case"]]
        received = f"@{each['received']:+d}"
        answered = each.get("answered")
        book.add(
            "rights_request",
            participant_id=row["participant_id"],
            kind=each["kind"],
            received_on=received,
            how=each["how"],
            asked_by=each.get("asked_by", "self"),
            asker=each.get("asker"),
            words=each["words"],
            identity_on=received if each["known"] else None,
            answered_on=None if answered is None else f"@{answered:+d}",
            outcome=each.get("outcome"),
            answer=each.get("answer"),
            entered_at=f"{received}T11:30",
            entered_by_id=row["keyworker_id"],
        )
