"""What a tutor may open of a learner: the emergency card where agreed, messages, and a sheet for a trip."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.care import services
from caseworker.care.forms import MessageForm
from caseworker.care.queries import get_own_message, messages_about, needs_by_person, shown_cards
from caseworker.core import audit
from caseworker.core.clock import now
from caseworker.core.db import after_reading
from caseworker.core.errors import NotVisible
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.courses.completion_routes import bp
from caseworker.courses.learners import get_learner, on_roll
from caseworker.courses.queries import get_class, places_on

__all__ = ["bp"]


@bp.get("/learners/<uuid:participant_id>/emergency-card")
@requires(Permission.CARD_OPEN)
def emergency_card(participant_id: UUID) -> ResponseReturnValue:
    """Only where they agreed; that it was opened is noted on their record."""
    found = get_learner(current_user(), participant_id)
    card = shown_cards([found.id]).get(found.id)
    if card is None:
        raise NotVisible
    audit.looked(found.id, "emergency card")
    return render_template("courses/emergency_card.html", learner=found, card=card)


@bp.get("/classes/<uuid:session_id>/trip-sheet")
@requires(Permission.CARD_OPEN)
def trip_sheet(session_id: UUID) -> ResponseReturnValue:
    """Everybody on the roll, and the cards of those who agreed: to print for a trip."""
    held = get_class(current_user(), session_id)
    roll = on_roll(current_user(), places_on(held.course, held.held_on))
    seen = [each.participant_id for each in roll if each.opens]
    cards = shown_cards(seen)
    for whose in cards:
        audit.looked(whose, "emergency card")
    audit.listed("trip sheet")
    return render_template(
        "courses/trip_sheet.html", held=held, roll=roll, cards=cards, needs=needs_by_person(seen)
    )


@bp.route("/learners/<uuid:participant_id>/messages", methods=["GET", "POST"])
@requires(Permission.LEARNER_MESSAGE)
def learner_messages(participant_id: UUID) -> ResponseReturnValue:
    """A word with their keyworker; opening the page reads what is new."""
    found, user, at = get_learner(current_user(), participant_id), current_user(), now()
    form = MessageForm(data={"kind": "helps"})
    here = url_for(".learner_messages", participant_id=found.id)
    if form.validate_on_submit():
        made = services.write_message(found.id, form.kind.data, form.words.data, by=user, now=at)
        undo = url_for(".take_back_learner_message", participant_id=found.id, message_id=made.id)
        return saved(_("Message sent to their keyworker"), here, (_("Undo"), undo))
    lines = messages_about(found.id, user)
    new = [line.message.id for line in lines if line.new]
    if new:
        after_reading(lambda: services.mark_read(new, by_id=user.id, now=at))
    return render_form("courses/learner_messages.html", form, learner=found, lines=lines)


@bp.route("/learners/<uuid:participant_id>/messages/<uuid:message_id>/take-back", methods=["GET", "POST"])
@requires(Permission.LEARNER_MESSAGE)
def take_back_learner_message(participant_id: UUID, message_id: UUID) -> ResponseReturnValue:
    found = get_learner(current_user(), participant_id)
    message = get_own_message(current_user(), found.id, message_id)
    here = url_for(".learner_messages", participant_id=found.id)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    services.take_back_message(message, by=current_user(), now=now())
    return saved(_("Message taken back"), here)
