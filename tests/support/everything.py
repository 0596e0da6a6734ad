"""A row in every table for one person, made from the metadata: a new table is filled by itself.

Who made it knows whose it is, so it can judge code that finds it out by another way.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from caseworker.core.db import Base, db
from caseworker.core.ids import new_id
from caseworker.core.sealing import seal
from caseworker.core.types import Instant, Key
from caseworker.participants.models import Participant
from tests.support.builders import a_participant, a_programme, a_user, an_organisation

DAY = date(2026, 11, 2)
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)
# Rows that are not made here: the audit writes its own, and of these there is one or the builders make them.
NOT_MADE = frozenset({"audit_event", "installation", "participant"})
# What a check constraint wants.
VALUES: Mapping[str, Mapping[str, Any]] = {
    "action": {"state": "done"},
    "appointment": {"length_minutes": 45},
    "barrier_assessment": {"state": "something"},
    "contact": {"correction_reason": None},
    "equality_answer": {"state": "answered"},
    "moved_entry": {"record_kind": "contact"},
    "participant_access": {"user_id": None},
    "role_grant": {"organisation_id": None, "role": "keyworker"},
    "support_given": {"state": "given", "refusal_reason": None},
    "valuation_run": {"organisation_id": None},
}


@dataclass
class Made:
    """The rows of one person, and those they hang on, by table."""

    person: Participant
    keys: dict[str, Any] = field(default_factory=dict)
    poor: list[str] = field(default_factory=list)  # made with their required columns only
    failed: dict[str, str] = field(default_factory=dict)

    def canary(self, table: str, column: str) -> str:
        """The words in a text column of this person's row: no other row holds them."""
        return f"{table}.{column} of {self.person.reference}"


def a_row_in_every_table(
    person: Participant, other: Participant | None = None, only: Collection[str] | None = None
) -> Made:
    """Fill every table, or only these, parents first, each row hanging on the rows made before it."""
    made = Made(person)
    programme = a_programme(organisation_id=person.organisation_id)
    made.keys |= {
        "participant": person.id,
        "organisation": person.organisation_id,
        "programme": programme.id,
        "user": a_user().id,
    }
    others = {
        "participant": (other or a_participant(organisation_id=person.organisation_id)).id,
        "organisation": an_organisation().id,
        "user": a_user().id,
    }
    for table in Base.metadata.sorted_tables:
        wanted = only is None or table.name in only
        if wanted and table.name not in made.keys and table.name not in NOT_MADE:
            _fill(table, made, others)
    return made


def _fill(table: sa.Table, made: Made, others: Mapping[str, UUID]) -> None:
    """With every column, or, where its checks do not want that, with the required ones."""
    for whole in (True, False):
        values = _values(table, made, dict(others), whole)
        try:
            with db.session.begin_nested():
                db.session.execute(sa.insert(table).values(values))
        except IntegrityError as error:
            made.failed[table.name] = str(error.orig)
            continue
        (key,) = table.primary_key.columns
        made.keys[table.name] = values[key.name]
        made.failed.pop(table.name, None)
        if not whole:
            made.poor.append(table.name)
        return


def _values(table: sa.Table, made: Made, others: dict[str, UUID], whole: bool) -> dict[str, Any]:
    row: dict[str, Any] = {}
    key = new_id()
    named: set[str] = set()
    for column in table.columns:
        target = next((each.column.table.name for each in column.foreign_keys), None)
        if column.name == "id":
            row["id"] = key
        elif column.name in VALUES.get(table.name, {}):
            row[column.name] = VALUES[table.name][column.name]
        elif column.name == "participant_id":
            row[column.name] = made.person.id
        elif target is not None:
            # Two keys to one table, of a row about two people or two colleagues, are two.
            again = target in named and target in others
            row[column.name] = others.pop(target) if again else made.keys.get(target)
            named.add(target)
        elif column.name.startswith("void") or (column.nullable and not whole):
            row[column.name] = None
        else:
            row[column.name] = _some(table, column, made, key, len(row))
    return row


def _some(table: sa.Table, column: sa.Column[Any], made: Made, key: UUID, place: int) -> Any:
    words = made.canary(table.name, column.name)
    kind = column.type
    if isinstance(kind, Instant):
        return AT + timedelta(minutes=place)
    if isinstance(kind, Key):
        return new_id()
    if isinstance(kind, sa.Date):
        return DAY
    if isinstance(kind, sa.Time):
        return time(9, 30)
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.JSON):
        return {"made": 1}
    if isinstance(kind, sa.LargeBinary):
        sealed = column.name.endswith("_sealed")
        return seal(words.encode(), table.name, key, column.name) if sealed else key.bytes * 2
    if isinstance(kind, sa.Integer):
        return 1
    if isinstance(kind, sa.String):
        return words if (kind.length or 0) >= len(words) else made.person.reference[: kind.length]
    raise TypeError(f"{table.name}.{column.name} is {kind!r}")
