"""What somebody needs so that words reach them, their emergency card, and messages with their tutors."""

from uuid import UUID

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.care import services
from caseworker.care.forms import CardForm, MessageForm, NeedsForm, card_values, needs_values
from caseworker.care.queries import card_of, get_own_message, messages_about, needs_of
from caseworker.care.routes import bp
from caseworker.care.rules import about_texts, in_words, interpreter_missing, usual_print
from caseworker.core.clock import now, today
from caseworker.core.db import after_reading
from caseworker.core.errors import NotVisible
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment

__all__ = ["bp"]

CASE = "/enrolments/<uuid:enrolment_id>"


def interpreter_wanted(participant_id: UUID) -> str:
    """`a BSL interpreter`, or empty: asked by forms of a booking."""
    return interpreter_missing(needs_of(participant_id), None).removeprefix("Book ")


bp.add_app_template_global(interpreter_wanted)
bp.add_app_template_global(about_texts)
bp.add_app_template_global(usual_print)
bp.add_app_template_global(in_words, "needs_in_words")


@bp.route(f"{CASE}/needs", methods=["GET", "POST"])
@requires(Permission.CARE_RECORD)
def needs(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "needs")
    before = needs_of(enrolment.participant_id)
    form = NeedsForm(data=needs_values(before), record=before)
    if form.validate_on_submit():
        made = services.record_needs(
            enrolment.participant, form.said, recorded_by=current_user(), today=today()
        )
        undo = url_for(".take_back_needs", enrolment_id=enrolment.id, needs_id=made.id)
        return saved(_("Saved. Letters, texts and prints follow it"), _safety(enrolment), (_("Undo"), undo))
    return render_form("care/needs.html", form, enrolment=enrolment, before=before)


@bp.route(f"{CASE}/needs/<uuid:needs_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CARE_RECORD)
def take_back_needs(enrolment_id: UUID, needs_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "needs")
    found = needs_of(enrolment.participant_id)
    if found is None or found.id != needs_id:
        raise NotVisible
    if not is_tapped(CaseForm()):
        return redirect(_safety(enrolment), 303)
    services.take_back_needs(found, by=current_user(), now=now())
    return saved(_("It is as it was before"), _safety(enrolment))


@bp.route(f"{CASE}/emergency-card", methods=["GET", "POST"])
@requires(Permission.CARE_RECORD)
def card(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "emergency card")
    before = card_of(enrolment.participant_id)
    form = CardForm(data=card_values(before), record=before)
    if form.validate_on_submit():
        made = services.record_card(
            enrolment.participant,
            who=form.who.data,
            phone=form.phone.data,
            what_to_do=form.what_to_do.data,
            shown_to_staff=form.shown.data == "yes",
            recorded_by=current_user(),
            today=today(),
        )
        undo = url_for(".take_back_card", enrolment_id=enrolment.id, card_id=made.id)
        return saved(_("Emergency card saved"), _safety(enrolment), (_("Undo"), undo))
    return render_form("care/card.html", form, enrolment=enrolment)


@bp.route(f"{CASE}/emergency-card/<uuid:card_id>/take-back", methods=["GET", "POST"])
@requires(Permission.CARE_RECORD)
def take_back_card(enrolment_id: UUID, card_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "emergency card")
    found = card_of(enrolment.participant_id)
    if found is None or found.id != card_id:
        raise NotVisible
    if not is_tapped(CaseForm()):
        return redirect(_safety(enrolment), 303)
    services.take_back_card(found, by=current_user(), now=now())
    return saved(_("It is as it was before"), _safety(enrolment))


@bp.route(f"{CASE}/learner-messages", methods=["GET", "POST"])
@requires(Permission.LEARNER_MESSAGE)
def messages(enrolment_id: UUID) -> ResponseReturnValue:
    """A word with their tutors; opening the page reads what is new."""
    enrolment = get_enrolment(current_user(), enrolment_id, "learner messages")
    whose, user, at = enrolment.participant_id, current_user(), now()
    form = MessageForm(data={"kind": "helps"})
    if form.validate_on_submit():
        made = services.write_message(whose, form.kind.data, form.words.data, by=user, now=at)
        undo = url_for(".take_back_message", enrolment_id=enrolment.id, message_id=made.id)
        return saved(_("Message sent to their tutors"), _messages(enrolment), (_("Undo"), undo))
    lines = messages_about(whose, user)
    new = [line.message.id for line in lines if line.new]
    if new:
        after_reading(lambda: services.mark_read(new, by_id=user.id, now=at))
    return render_form("care/messages_of_case.html", form, enrolment=enrolment, lines=lines)


@bp.route(f"{CASE}/learner-messages/<uuid:message_id>/take-back", methods=["GET", "POST"])
@requires(Permission.LEARNER_MESSAGE)
def take_back_message(enrolment_id: UUID, message_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "learner messages")
    found = get_own_message(current_user(), enrolment.participant_id, message_id)
    if not is_tapped(CaseForm()):
        return redirect(_messages(enrolment), 303)
    services.take_back_message(found, by=current_user(), now=now())
    return saved(_("Message taken back"), _messages(enrolment))


def _safety(enrolment: Enrolment) -> str:
    return url_for("risks.index", enrolment_id=enrolment.id)


def _messages(enrolment: Enrolment) -> str:
    return url_for("care.messages", enrolment_id=enrolment.id)
