"""What the Undo of a contact takes along, said before it is done."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from caseworker.appointments.models import Appointment, Task
from caseworker.casefile.composer import ACTION_DONE, MADE
from caseworker.contacts.models import Contact
from caseworker.contacts.queries import parts_of
from caseworker.core.codes import label
from caseworker.core.db import db
from caseworker.core.formatting import date_weekday, pounds
from caseworker.plans.models import Action
from caseworker.support.models import SupportGiven
from caseworker.support.rules import how_much


def taken_along(contact: Contact) -> list[tuple[str, str]]:
    """(what happens to it, its own words) of each part saved with a contact that still stands."""
    found = (_part(kind, about_id) for kind, about_id in parts_of(contact))
    return [part for part in found if part is not None]


def _part(kind: str, about_id: UUID) -> tuple[str, str] | None:
    if kind == ACTION_DONE:
        action = db.session.get(Action, about_id)
        if action is None or action.done_on is None:
            return None
        return _("Action is open again"), action.words or ""
    record: Any = db.session.get(MADE[kind], about_id)
    return None if record is None or record.voided_at is not None else _said(record)


def _said(record: Appointment | Action | SupportGiven | Task) -> tuple[str, str]:
    if isinstance(record, Appointment):
        when = f"{date_weekday(record.starts_on)}, {record.starts_time:%H:%M}"
        return _("Appointment is not booked any more"), when
    if isinstance(record, Action):
        return _("Action leaves the plan"), record.words or ""
    if isinstance(record, SupportGiven):
        return _("Help given is taken back"), _help(record)
    return _("Task is taken back"), record.words or ""


def _help(given: SupportGiven) -> str:
    said = [label("support_kind", given.kind)]
    if given.amount_pence is not None:
        said.append(pounds(given.amount_pence))
    if given.units_hundredths is not None:
        said.append(how_much(given.kind, given.units_hundredths))
    return ", ".join(said)
