"""A text in ready words, to copy or to open in the phone, and kept as an attempt with one tap."""

from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import next_booked
from caseworker.contacts.forms import SentForm
from caseworker.contacts.queries import own_wordings
from caseworker.contacts.routes import bp
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import record_contact
from caseworker.contacts.wording import ReadyText, ready_texts, sms_link
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.contactable import must_not_message
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.participants.rules import Reach, reach

__all__ = ["bp"]

# What may be used in a text's place, the likeliest first; and voicemail is a question of its own.
INSTEAD = ("telephone", "voicemail", "email", "letter")


@bp.route("/text", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def text(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "contact")
    person = enrolment.participant
    meeting = next_booked(enrolment, _asked(), now())
    ready = _ready(enrolment, meeting)
    form = SentForm()
    form.offer(ready)
    never = must_not_message([person.id]).get(person.id)
    allowed = Reach(False, never) if never else reach(person, "text")
    if not allowed.allowed and form.is_submitted():
        form.refusals.append(str(allowed.warning))
    elif form.validate_on_submit():
        sent = next(each for each in ready if each.code == form.wording.data)
        details = ContactDetails(
            happened_at=now(),
            channel="text",
            direction="out",
            result="message_sent",
            note=sent.text,
            message_kind=sent.code,
        )
        contact = record_contact(enrolment, details, recorded_by=current_user(), now=now())
        undo = url_for(".take_back", enrolment_id=enrolment.id, contact_id=contact.id)
        case = url_for("casefile.show", enrolment_id=enrolment.id)
        return saved(_("Text kept as an attempt"), case, (_("Undo"), undo))
    return render_form(
        "contacts/text.html",
        form,
        enrolment=enrolment,
        meeting=meeting,
        allowed=allowed,
        never=never,
        texts=[(each, sms_link(person.phone, each.text)) for each in ready],
        instead=[(way, _way(way), reach(person, way)) for way in INSTEAD],
    )


def _asked() -> UUID | None:
    """The appointment of the address; what is none is left out."""
    try:
        return UUID(request.args.get("appointment", ""))
    except ValueError:
        return None


def _ready(enrolment: Enrolment, meeting: Appointment | None) -> list[ReadyText]:
    at = (meeting.starts_on, meeting.starts_time) if meeting else None
    own = own_wordings(enrolment.programme_id, today())
    return ready_texts(enrolment.participant.known_as, current_user().name, at, today(), own)


def _way(way: str) -> str:
    names = {each.code: each.label_en for each in codes("contact_channel")}
    return names.get(way) or str(_("Leaving a message"))
