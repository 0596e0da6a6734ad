"""What the form of a contact starts with and offers, each looked up only when it is first asked for.

A page asks for all of it; a contact that is sent, and had nothing more to it, for none.
"""

from dataclasses import dataclass
from datetime import date, time
from functools import cached_property

from flask import request

from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import last_time
from caseworker.appointments.rules import USUAL_LENGTH, usual_time
from caseworker.casefile.overview import open_goals
from caseworker.contacts.queries import usual_channel
from caseworker.core.calendar import uk_time
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Goal
from caseworker.support.models import BudgetHead
from caseworker.support.queries import open_budgets

# Time, channel, minutes and place of the next meeting, as the last one was.
Before = tuple[time, str, int, str | None]


@dataclass
class Offer:
    """For a contact of a case, or what came of its `appointment`."""

    enrolment: Enrolment
    appointment: Appointment | None = None

    @property
    def counted_from(self) -> date:
        """The day from which "next week" is counted."""
        return max(self.appointment.starts_on, today()) if self.appointment else today()

    @cached_property
    def goals(self) -> list[Goal]:
        return open_goals(self.enrolment.id)

    @cached_property
    def budgets(self) -> dict[str, BudgetHead]:
        return {str(budget.id): budget for budget in open_budgets(self.enrolment.programme_id, today())}

    @cached_property
    def channel(self) -> str:
        """How they were contacted last. Of no interest where another way was sent that is offered today."""
        sent = request.form.get("channel", "")
        if sent and sent in {each.code for each in codes("contact_channel", today())}:
            return sent
        return usual_channel(self.enrolment.id)

    @cached_property
    def before(self) -> Before:
        made = self.appointment
        if made is not None:
            return made.starts_time, made.channel, made.length_minutes, made.place
        last = last_time(self.enrolment)
        if last is not None:
            return *last, None
        return usual_time(uk_time(now()).time()), usual_channel(self.enrolment.id), USUAL_LENGTH, None
