"""Whether a booking would bring two people together who must not meet."""

from uuid import UUID

from sqlalchemy import and_, or_, select

from caseworker.accounts.models import User
from caseworker.appointments.models import Appointment
from caseworker.appointments.rules import AppointmentDetails
from caseworker.core.calendar import at_uk
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.risks.models import KeepApart
from caseworker.risks.queries import stands
from caseworker.risks.rules import Meeting, would_meet
from caseworker.risks.services import let_meet


def refuse_meeting(
    enrolment: Enrolment,
    details: AppointmentDetails,
    *,
    with_id: UUID,
    by: User,
    despite: str | None,
    besides: UUID | None = None,
) -> None:
    """Raises ApartRefused where this booking meets one of somebody to be kept apart, unless a lead lets it.

    `besides`: the appointment that is moved. It is one statement whether there is a pair or not.
    """
    whose = enrolment.participant_id
    pair = or_(
        and_(KeepApart.one_id == whose, KeepApart.other_id == Enrolment.participant_id),
        and_(KeepApart.other_id == whose, KeepApart.one_id == Enrolment.participant_id),
    )
    rows = db.session.execute(
        select(Appointment, Enrolment.programme_id)
        .join(Enrolment, Enrolment.id == Appointment.enrolment_id)
        .join(KeepApart, pair)
        .where(
            stands(details.starts_on, details.starts_on),
            Appointment.starts_on == details.starts_on,
            Appointment.result.is_(None),
            Appointment.voided_at.is_(None),
            *([Appointment.id != besides] if besides else []),
        )
    ).all()
    mine = Meeting(
        at_uk(details.starts_on, details.starts_time),
        details.starts_on,
        details.channel,
        details.place,
        with_id,
        enrolment.programme_id,
    )
    if any(would_meet(mine, _meeting(row, programme_id)) for row, programme_id in rows):
        let_meet(enrolment.programme_id, despite, by=by)


def _meeting(row: Appointment, office_id: UUID) -> Meeting:
    return Meeting(row.starts_at, row.starts_on, row.channel, row.place, row.with_id, office_id)
