"""What hangs on a case or a person: what was recorded since they came, whoever recorded it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import Column, Select, Table, exists, or_, select

from caseworker.core.db import Base, db

# What hangs on a case or a person without anybody having worked on it.
NOT_WORK = frozenset(
    {
        "due_item",
        "outcome_state",
        "imported_row",
        "participant_access",
        "name_key",
        "audit_event",
        "stated_reason",
    }
)
# What was recorded, in words; anything else is "something was recorded".
WORK = {
    "contact": "a contact is recorded",
    "appointment": "an appointment is booked",
    "task": "a task is set",
    "barrier_assessment": "barriers are recorded",
    "action_plan": "there is a plan",
    "wellbeing_assessment": "wellbeing questions are answered",
    "progression": "a progression is recorded",
    "course_enrolment": "they have a place on a course",
    "support_given": "support is recorded",
    "application": "an application is recorded",
    "agreement": "agreements are recorded",
    "equality_answer": "equality questions are answered",
    "stored_file": "a file is kept",
    "taken_message": "a message is taken",
    "handed_case": "the case was handed over",
    "eligibility_check": "eligibility is checked",
}
SOMETHING = "something was recorded"
_CAME_WITH = ("enrolment", "status_history")


def hanging_on(name: str, on: str) -> Iterator[tuple[Table, Column[UUID]]]:
    """Every table with a column `name` of the keys of table `on`, by its foreign key or its name."""
    for table in Base.metadata.sorted_tables:
        column = table.columns.get(name)
        if column is not None and table.name != on and table.name not in NOT_WORK:
            yield table, column


def held(table: Table, column: Column[UUID]) -> Select[UUID]:
    """The keys that rows of a table hang on, those taken back not counted."""
    keys = select(column).distinct()
    return keys.where(table.c.voided_at.is_(None)) if "voided_at" in table.c else keys


def is_worked_on(enrolment_id: UUID) -> bool:
    """Whether anybody recorded anything on a case; in one query."""
    return _any(hanging_on("enrolment_id", "enrolment"), enrolment_id)


def is_known_by_more(participant_id: UUID) -> bool:
    """Whether anything hangs on a person besides their enrolments and how things stood when they came."""
    every = hanging_on("participant_id", "participant")
    return _any((each for each in every if each[0].name not in _CAME_WITH), participant_id)


def _any(tables: Iterable[tuple[Table, Column[UUID]]], key: UUID) -> bool:
    found = [exists(held(table, column).where(column == key)) for table, column in tables]
    return bool(db.session.scalar(select(or_(*found))))
