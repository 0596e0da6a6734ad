"""A message for a colleague's participant: taken without opening the record, read by whoever has the case."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.contacts import message_services as services
from caseworker.contacts.message_forms import MessageForm
from caseworker.contacts.message_queries import (
    find_callers,
    get_called_about,
    get_message,
    get_taken,
    list_messages,
)
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.values import showable

bp = Blueprint("messages", __name__, url_prefix="/messages")


@bp.route("/take", methods=["GET", "POST"])
@requires(Permission.MESSAGE_TAKE)
def take() -> ResponseReturnValue:
    form = MessageForm()
    typed = showable(form.caller.raw).strip()[:100]
    if typed:
        audit.listed("message search")
    form.offer(find_callers(current_user(), typed) if typed else ())
    if not form.is_looking and form.validate_on_submit():
        enrolment = get_called_about(current_user(), form.person.data)
        audit.looked(enrolment.participant_id, "name")
        message = services.take_message(
            enrolment, wants=form.wants.data, words=form.words.data, taken_by=current_user(), now=now()
        )
        undo = url_for(".take_back", message_id=message.id)
        return saved(_("Message kept for their keyworker"), url_for(".take"), (_("Undo"), undo))
    return render_form("contacts/take_message.html", form, typed=typed)


@bp.route("/<uuid:message_id>/take-back", methods=["GET", "POST"])
@requires(Permission.MESSAGE_TAKE)
def take_back(message_id: UUID) -> ResponseReturnValue:
    message = get_taken(current_user(), message_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".take"), 303)
    services.take_back_message(message, by=current_user(), now=now())
    return saved(_("Message taken back"), url_for(".take"))


@bp.get("")
@requires(Permission.CASELOAD_READ)
def index() -> ResponseReturnValue:
    audit.listed("messages")
    return render_template("contacts/messages.html", messages=list_messages(current_user()))


@bp.route("/<uuid:message_id>/read", methods=["GET", "POST"])
@requires(Permission.CASELOAD_READ)
def read(message_id: UUID) -> ResponseReturnValue:
    message = get_message(current_user(), message_id)
    if is_tapped(CaseForm()):
        services.read_message(message, by=current_user(), now=now())
        undo = url_for(".unread", message_id=message.id)
        return saved(_("Marked as read"), url_for(".index"), (_("Undo"), undo))
    return redirect(url_for(".index"), 303)


@bp.route("/<uuid:message_id>/unread", methods=["GET", "POST"])
@requires(Permission.CASELOAD_READ)
def unread(message_id: UUID) -> ResponseReturnValue:
    message = get_message(current_user(), message_id)
    if is_tapped(CaseForm()):
        services.unread_message(message)
        return saved(_("Not read yet"), url_for(".index"))
    return redirect(url_for(".index"), 303)


@bp.route("/<uuid:message_id>/task", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def make_task(message_id: UUID) -> ResponseReturnValue:
    message = get_message(current_user(), message_id)
    if is_tapped(CaseForm()):
        task = services.make_task(message, by=current_user(), now=now(), today=today())
        undo = url_for("appointments.take_back_task", task_id=task.id)
        return saved(_("Task added for today"), url_for(".index"), (_("Undo"), undo))
    return redirect(url_for(".index"), 303)


@bp.route("/<uuid:message_id>/contact", methods=["GET", "POST"])
@requires(Permission.CONTACT_RECORD)
def make_contact(message_id: UUID) -> ResponseReturnValue:
    message = get_message(current_user(), message_id)
    if is_tapped(CaseForm()):
        audit.looked(message.enrolment.participant_id, "contact")
        contact = services.make_contact(message, by=current_user(), now=now())
        undo = url_for("contacts.take_back", enrolment_id=message.enrolment_id, contact_id=contact.id)
        return saved(_("Contact saved"), url_for(".index"), (_("Undo"), undo))
    return redirect(url_for(".index"), 303)
