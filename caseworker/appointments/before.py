"""What to know before one meets the people of a week or a day."""

from collections.abc import Sequence
from uuid import UUID

from caseworker.appointments.queries import Booked
from caseworker.care.queries import needs_by_person
from caseworker.care.rules import interpreter_missing
from caseworker.risks.queries import measures_of


def measures_for(lines: Sequence[Booked]) -> dict[UUID, list[str]]:
    """What to do about the risks of those one meets, by person."""
    return measures_of({line.person.id for line in lines if line.person is not None})


def interpreters_for(lines: Sequence[Booked]) -> dict[UUID, str]:
    """What is still to be booked for those one meets, by appointment."""
    needs = needs_by_person({line.person.id for line in lines if line.person is not None})
    return {
        line.appointment.id: interpreter_missing(needs.get(line.person.id), line.appointment.interpreter)
        for line in lines
        if line.person is not None and line.appointment.result is None
    }
