"""What is open of a case and goes along with it. Messages and what is due follow by themselves."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseworker.appointments.models import Appointment, Task
from caseworker.core.db import db

Thing = Appointment | Task
# By the kind a thing is stored under: its table, and the column that says whose it is.
OWNER: dict[str, tuple[type[Thing], str]] = {
    "appointment": (Appointment, "with_id"),
    "task": (Task, "user_id"),
}


def belongings(from_by_case: Mapping[UUID, UUID]) -> list[tuple[UUID, str, Thing]]:
    """(case, kind, thing) of everything open that the colleague of each case has for it."""
    cases, people = list(from_by_case), set(from_by_case.values())
    appointments = db.session.scalars(
        select(Appointment)
        .where(
            Appointment.enrolment_id.in_(cases),
            Appointment.with_id.in_(people),
            Appointment.result.is_(None),
            Appointment.voided_at.is_(None),
        )
        .options(joinedload(Appointment.enrolment))
    )
    tasks = db.session.scalars(
        select(Task)
        .where(
            Task.enrolment_id.in_(cases),
            Task.user_id.in_(people),
            Task.done_on.is_(None),
            Task.voided_at.is_(None),
        )
        .options(joinedload(Task.enrolment))
    )
    found: list[tuple[UUID, str, Thing]] = []
    for row in appointments:
        if row.enrolment_id is not None and from_by_case[row.enrolment_id] == row.with_id:
            found.append((row.enrolment_id, "appointment", row))
    for each in tasks:
        if each.enrolment_id is not None and from_by_case[each.enrolment_id] == each.user_id:
            found.append((each.enrolment_id, "task", each))
    return found
