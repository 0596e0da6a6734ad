"""The programme administrator's home: people, bookings, evidence to chase."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments.forms import BookingForm, MoveForm
from caseworker.appointments.queries import colleagues_on
from caseworker.appointments.rules import USUAL_LENGTH, usual_time
from caseworker.appointments.services import book_appointment, move_appointment, take_back_appointment
from caseworker.appointments.words import booked_words
from caseworker.casefile import office
from caseworker.casefile.filters import page_within, pages_of
from caseworker.casefile.search_routes import LONGEST
from caseworker.core import audit
from caseworker.core.calendar import uk_time
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.values import showable
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_listed_enrolment

bp = Blueprint("office", __name__, url_prefix="/people")

# What of a booking its move begins with; never where it is, which may be somebody's home.
MOVED = ("starts_time", "length_minutes", "channel", "with_id")


@bp.get("")
@requires(Permission.PEOPLE_READ)
def people() -> ResponseReturnValue:
    waiting = request.args.get("show") == "waiting"
    return _listed("people", office.people(current_user(), waiting=waiting), office.Person, waiting=waiting)


@bp.route("/find", methods=["GET", "POST"])
@requires(Permission.PEOPLE_READ)
def find() -> ResponseReturnValue:
    """What is typed is posted, because no name may stand in an address."""
    typed = showable(request.form.get("find", "")).strip()[:LONGEST]
    found: list[office.Person] = []
    more = False
    if typed:
        audit.listed("search")
        found, more = office.find_listed_people(current_user(), typed, today())
    return render_template("office/find.html", typed=typed, lines=found, more=more)


@bp.get("/bookings")
@requires(Permission.BOOKING_MAKE)
def bookings() -> ResponseReturnValue:
    return _listed("bookings", office.bookings(current_user(), today()), office.Booking)


@bp.get("/evidence")
@requires(Permission.EVIDENCE_CHASE)
def evidence() -> ResponseReturnValue:
    return _listed("evidence", office.evidence(current_user()), office.Unproved)


def _listed(part: str, rows: office.Rows, kind: type[office.Person], waiting: bool = False) -> str:
    """A list with the counts of all four above it."""
    user, total = current_user(), office.count(rows)
    number = page_within(request.args, office.PAGE, total)
    audit.listed(part)
    show = "waiting" if waiting else None
    return render_template(
        f"office/{part}.html",
        lines=office.page_of(rows, kind, number),
        total=total,
        waiting=waiting,
        counts={
            "people": office.count(office.people(user)),
            "waiting": office.count(office.people(user, waiting=True)),
            "bookings": office.count(office.bookings(user, today())),
            "evidence": office.count(office.evidence(user)),
        },
        pages=pages_of(number, office.PAGE, total, lambda page: url_for(f".{part}", show=show, page=page)),
    )


@bp.route("/<uuid:enrolment_id>/book", methods=["GET", "POST"])
@requires(Permission.BOOKING_MAKE)
def book(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_listed_enrolment(current_user(), enrolment_id)
    form = BookingForm(
        data={
            "preset": "next_week",
            "starts_time": usual_time(uk_time(now()).time()),
            "channel": "face_to_face",
            "length_minutes": USUAL_LENGTH,
            "with_id": enrolment.keyworker_id,
        }
    )
    form.offer(today(), _colleagues(enrolment))
    if form.validate_on_submit():
        try:
            appointment = book_appointment(
                form.details,
                with_id=form.with_id.data,
                enrolment=enrolment,
                booked_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", appointment_id=appointment.id)
            return saved(booked_words(appointment), url_for(".people"), (_("Undo"), undo))
    return render_form("office/book.html", form, enrolment=enrolment)


@bp.route("/bookings/<uuid:appointment_id>/move", methods=["GET", "POST"])
@requires(Permission.BOOKING_MAKE)
def move(appointment_id: UUID) -> ResponseReturnValue:
    """Another day or time; where it is and what its keyworker noted stays, and is not shown."""
    appointment = office.get_booking(current_user(), appointment_id)
    if appointment.enrolment_id is None:
        raise NotVisible
    enrolment = get_listed_enrolment(current_user(), appointment.enrolment_id)
    shown = {name: getattr(appointment, name) for name in MOVED}
    form = MoveForm(data={"preset": "next_week"} | shown, record=appointment)
    form.offer(max(appointment.starts_on, today()), _colleagues(enrolment, appointment.colleague))
    if form.validate_on_submit():
        try:
            moved = form.moved(appointment)
            by = current_user()
            move_appointment(appointment, moved, with_id=form.with_id.data, moved_by=by, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(booked_words(appointment), url_for(".bookings"))
    return render_form("office/move.html", form, enrolment=enrolment, appointment=appointment)


@bp.route("/bookings/<uuid:appointment_id>/take-back", methods=["GET", "POST"])
@requires(Permission.BOOKING_MAKE)
def take_back(appointment_id: UUID) -> ResponseReturnValue:
    appointment = office.get_booking(current_user(), appointment_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".people"), 303)
    take_back_appointment(appointment, by=current_user(), now=now())
    return saved(_("The booking is taken back"), url_for(".people"))


def _colleagues(enrolment: Enrolment, *others: User) -> list[tuple[UUID, str]]:
    """Whoever does casework on the programme; always their own keyworker, and the `others`."""
    found = dict(colleagues_on(enrolment.programme))
    for user in (enrolment.keyworker, *others):
        if user is not None:
            found[user.id] = user.name
    return sorted(found.items(), key=lambda pair: pair[1].lower())
