"""The columns that every part of a timeline fills; what a part leaves out is empty.

`at` is the instant a thing happened, or noon of its day where only the day is known.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    Date,
    Integer,
    LargeBinary,
    Select,
    String,
    cast,
    literal,
    null,
    select,
)

from caseworker.core.types import Instant, Key

Part = Select[*tuple[Any, ...]]
# An enrolment's key, or the place where it goes in a statement kept ready.
Whose = UUID | BindParameter[UUID]

SHAPE: dict[str, Any] = {
    "at": Instant(),
    "timed": Boolean(),
    "by_id": Key(),
    "entered_at": Instant(),
    "id": Key(),
    "other_id": Key(),
    "code": String(40),
    "second": String(40),
    "third": String(40),
    "number": Integer(),
    "one": Integer(),
    "two": Integer(),
    "three": Integer(),
    "four": Integer(),
    "day": Date(),
    "words": String(2000),
    "sealed": LargeBinary(),
    "flag": Boolean(),
}


def part(kind: str, **columns: Any) -> Part:
    filled = [
        (columns[name] if name in columns else cast(null(), type_)).label(name)
        for name, type_ in SHAPE.items()
    ]
    return select(literal(kind).label("kind"), *filled)
