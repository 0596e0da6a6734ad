"""Booking and moving appointments, one's week and its printed day."""

from datetime import date, timedelta
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments import services
from caseworker.appointments.before import interpreters_for, measures_for
from caseworker.appointments.forms import AppointmentForm, values_of
from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import (
    clashes,
    colleagues_on,
    get_appointment,
    last_time,
    list_booked,
    list_tasks,
)
from caseworker.appointments.rules import USUAL_LENGTH, is_day_off, monday_of, overlap, usual_time
from caseworker.appointments.words import booked_words
from caseworker.core import audit
from caseworker.core.calendar import bank_holidays, uk_time
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.values import Invalid, date_
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.risks.queries import leads
from caseworker.risks.services import ApartRefused

bp = Blueprint("appointments", __name__)

DAY = timedelta(days=1)
WEEK = 7 * DAY


@bp.get("/week")
@requires(Permission.APPOINTMENT_RECORD)
def week() -> ResponseReturnValue:
    first = monday_of(day_asked())
    lines = list_booked(current_user(), first, first + 6 * DAY)
    tasks = list_tasks(current_user(), first, first + 6 * DAY)
    open_ones = [line.appointment for line in lines if line.appointment.result is None]
    audit.listed("week")
    return render_template(
        "appointments/week.html",
        days=[first + number * DAY for number in range(7)],
        lines=lines,
        measures=measures_for(lines),
        to_book=interpreters_for(lines),
        tasks=tasks,
        clashing={
            one.id for one in open_ones if any(one is not each and overlap(one, each) for each in open_ones)
        },
        holidays=bank_holidays(first.year) | bank_holidays((first + 6 * DAY).year),
        before=first - WEEK,
        after=first + WEEK,
        today=today(),
        now=now(),
    )


@bp.get("/day")
@requires(Permission.APPOINTMENT_RECORD)
def day_sheet() -> ResponseReturnValue:
    """A day to print: initials and reference, never a name."""
    day = day_asked()
    lines = list_booked(current_user(), day, day)
    audit.listed("day sheet")
    return render_template(
        "appointments/day.html",
        day=day,
        lines=lines,
        measures=measures_for(lines),
        tasks=list_tasks(current_user(), day, day),
        before=day - DAY,
        after=day + DAY,
    )


def day_asked() -> date:
    """The day of the address, or today; far ends of the calendar are left out."""
    try:
        return date_(request.args.get("on", ""), today())
    except Invalid:
        return today()


@bp.route("/enrolments/<uuid:enrolment_id>/appointments/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    return _book(get_enrolment(current_user(), enrolment_id, "appointment"))


@bp.route("/appointments/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def new_for_nobody() -> ResponseReturnValue:
    return _book(None)


def _book(enrolment: Enrolment | None) -> ResponseReturnValue:
    usual = last_time(enrolment) if enrolment else None
    time, channel, length = usual or (usual_time(uk_time(now()).time()), "face_to_face", USUAL_LENGTH)
    form = AppointmentForm(
        data={
            "preset": "next_week",
            "starts_time": time,
            "channel": channel,
            "length_minutes": length,
            "with_id": current_user().id,
        }
    )
    form.offer(today(), _colleagues(enrolment))
    if form.validate_on_submit():
        try:
            appointment = services.book_appointment(
                form.details,
                with_id=form.with_id.data,
                enrolment=enrolment,
                booked_by=current_user(),
                today=today(),
                despite=form.despite.data,
            )
        except RuleBroken as broken:
            _reject(form, broken, enrolment)
        else:
            return _saved(appointment)
    return render_form("appointments/new.html", form, enrolment=enrolment, place=place_of(enrolment))


def _reject(form: AppointmentForm, broken: RuleBroken, enrolment: Enrolment | None) -> None:
    """Where two people are to be kept apart, a lead of the programme may say why it goes ahead."""
    form.reject(broken)
    if isinstance(broken, ApartRefused) and enrolment is not None:
        form.asks_despite = leads(current_user(), enrolment.programme_id)


@bp.route("/appointments/<uuid:appointment_id>", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def change(appointment_id: UUID) -> ResponseReturnValue:
    appointment = get_appointment(current_user(), appointment_id)
    enrolment = appointment.enrolment
    form = AppointmentForm(data=values_of(appointment), record=appointment)
    form.starts_on.future = False
    form.offer(today(), _colleagues(enrolment, appointment))
    if form.validate_on_submit():
        try:
            services.move_appointment(
                appointment,
                form.details,
                with_id=form.with_id.data,
                moved_by=current_user(),
                today=today(),
                despite=form.despite.data,
            )
        except RuleBroken as broken:
            _reject(form, broken, enrolment)
        else:
            return saved(booked_words(appointment), place_of(enrolment))
    return render_form(
        "appointments/change.html",
        form,
        enrolment=enrolment,
        appointment=appointment,
        clashes=clashes(appointment) if appointment.result is None else ([], []),
        day_off=is_day_off(appointment.starts_on),
        place=place_of(enrolment),
    )


@bp.route("/appointments/<uuid:appointment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def take_back(appointment_id: UUID) -> ResponseReturnValue:
    appointment = get_appointment(current_user(), appointment_id)
    location = place_of(appointment.enrolment)
    if not is_tapped(CaseForm()):
        return redirect(location, 303)
    services.take_back_appointment(appointment, by=current_user(), now=now())
    return saved(_("The booking is taken back"), location)


@bp.route("/appointments/<uuid:appointment_id>/done", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def done(appointment_id: UUID) -> ResponseReturnValue:
    """One about nobody has no contact to record: it is over, and that is all."""
    appointment = get_appointment(current_user(), appointment_id)
    if appointment.enrolment is not None or not is_tapped(CaseForm(record=appointment)):
        return redirect(place_of(appointment.enrolment), 303)
    services.close_appointment(appointment, result="spoke", closed_on=appointment.starts_on, now=now())
    undo = url_for(".reopen", appointment_id=appointment.id)
    return saved(_("Written up"), place_of(None), (_("Undo"), undo))


@bp.route("/appointments/<uuid:appointment_id>/reopen", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def reopen(appointment_id: UUID) -> ResponseReturnValue:
    appointment = get_appointment(current_user(), appointment_id)
    if appointment.enrolment is not None or not is_tapped(CaseForm()):
        return redirect(place_of(appointment.enrolment), 303)
    services.reopen_appointment(appointment)
    return saved(_("It is open again"), place_of(None))


def _saved(appointment: Appointment) -> ResponseReturnValue:
    undo = url_for("appointments.take_back", appointment_id=appointment.id)
    return saved(booked_words(appointment), place_of(appointment.enrolment), (_("Undo"), undo))


def place_of(enrolment: Enrolment | None) -> str:
    """Where one goes on: to the case, or to one's week."""
    if enrolment is None:
        return url_for("appointments.week")
    return url_for("casefile.show", enrolment_id=enrolment.id)


def _colleagues(
    enrolment: Enrolment | None, appointment: Appointment | None = None
) -> list[tuple[UUID, str]]:
    """Oneself, whoever does casework on the programme, and whoever it was agreed with."""
    user = current_user()
    found = {user.id: user.name}
    if enrolment is not None:
        found |= dict(colleagues_on(enrolment.programme))
    if appointment is not None and appointment.with_id not in found:
        found[appointment.with_id] = appointment.colleague.name
    return sorted(found.items(), key=lambda pair: pair[1].lower())
