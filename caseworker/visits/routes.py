"""Setting out on a visit and coming back, from a phone; and looking out for a colleague."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments.models import Appointment
from caseworker.appointments.queries import get_appointment
from caseworker.appointments.rules import ends_at
from caseworker.core import audit
from caseworker.core.calendar import uk_time
from caseworker.core.clock import now
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.visits import services
from caseworker.visits.forms import BackForm, SetOutForm, values_of
from caseworker.visits.models import Visit
from caseworker.visits.queries import buddies_of, get_own_visit, get_visit, last_visit, out_now, own_visit
from caseworker.visits.rules import WAY_BACK, is_late, late_minutes

bp = Blueprint("visits", __name__)
bp.add_app_template_global(
    lambda visit: is_late(visit.expected_back_at, visit.back_at, now()), "is_late_back"
)
bp.add_app_template_global(lambda visit: late_minutes(visit.expected_back_at, now()), "minutes_late_back")


@bp.get("/visits")
@requires(Permission.VISIT_RECORD)
def index() -> ResponseReturnValue:
    """Oneself, whom one looks out for, and for a lead everybody who is out."""
    visits = out_now(current_user())
    audit.listed("visits")
    return render_template("visits/index.html", visits=visits, me=current_user().id)


@bp.route("/visits/new", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def new() -> ResponseReturnValue:
    return _set_out(None, None, None)


@bp.route("/enrolments/<uuid:enrolment_id>/visit", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def to_case(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "visit")
    person = enrolment.participant
    return _set_out(enrolment, None, person.address or person.postcode)


@bp.route("/appointments/<uuid:appointment_id>/visit", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def to_appointment(appointment_id: UUID) -> ResponseReturnValue:
    appointment = get_appointment(current_user(), appointment_id)
    person = appointment.enrolment.participant if appointment.enrolment else None
    home = person.address or person.postcode if person and appointment.channel == "home_visit" else None
    return _set_out(appointment.enrolment, appointment, appointment.place or home)


def _set_out(
    enrolment: Enrolment | None, appointment: Appointment | None, place: str | None
) -> ResponseReturnValue:
    user, last = current_user(), last_visit(current_user())
    if last is not None and last.back_at is None:
        return redirect(url_for(".show", visit_id=last.id), 303)
    buddies = buddies_of(user)
    usual = last.buddy_id if last and last.buddy_id in dict(buddies) else None
    data = values_of(" ".join((place or "").split())[:200], usual, last.phone if last else None)
    ends = ends_at(appointment) + WAY_BACK if appointment else None
    if ends is not None and ends > now():
        data |= {"preset": None, "back_time": uk_time(ends).time()}
    form = SetOutForm(data=data)
    form.offer(now(), buddies)
    if form.validate_on_submit():
        try:
            visit = services.set_out(
                user,
                form.details,
                enrolment=enrolment,
                appointment_id=appointment.id if appointment else None,
                now=now(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            words = _("You are checked out until %(time)s", time=f"{uk_time(visit.expected_back_at):%H:%M}")
            undo = url_for(".take_back", visit_id=visit.id)
            return saved(words, url_for(".show", visit_id=visit.id), (_("Undo"), undo))
    return render_form("visits/new.html", form, enrolment=enrolment, buddies=buddies)


@bp.get("/visits/<uuid:visit_id>")
@requires(Permission.VISIT_RECORD)
def show(visit_id: UUID) -> ResponseReturnValue:
    """Where they are, how to ring them, and what to do; for the colleague who is out, the way back."""
    visit = get_visit(current_user(), visit_id)
    return render_template("visits/show.html", visit=visit, me=current_user().id)


@bp.route("/visits/<uuid:visit_id>/back", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def back(visit_id: UUID) -> ResponseReturnValue:
    """One tap: by whoever was out, or by their buddy after speaking with them."""
    visit = get_visit(current_user(), visit_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", visit_id=visit.id), 303)
    services.come_back(visit, at=now(), now=now())
    return _back_said(visit)


@bp.route("/visits/<uuid:visit_id>/back-earlier", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def back_earlier(visit_id: UUID) -> ResponseReturnValue:
    """A check-in that was forgotten, with the real time."""
    visit = get_visit(current_user(), visit_id)
    if visit.back_at is not None:
        return redirect(url_for(".show", visit_id=visit.id), 303)
    form = BackForm(record=visit)
    if form.validate_on_submit():
        try:
            services.come_back(visit, at=form.at(now()), now=now())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _back_said(visit)
    return render_form("visits/back.html", form, visit=visit)


def _back_said(visit: Visit) -> ResponseReturnValue:
    own = visit.visitor_id == current_user().id
    words = _("Good that you are back") if own else _("Noted: they are back")
    return saved(words, url_for(".index"), (_("Undo"), url_for(".out_again", visit_id=visit.id)))


@bp.route("/visits/<uuid:visit_id>/out-again", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def out_again(visit_id: UUID) -> ResponseReturnValue:
    visit = get_visit(current_user(), visit_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", visit_id=visit.id), 303)
    services.go_out_again(visit)
    return saved(_("They are out, as before"), url_for(".show", visit_id=visit.id))


@bp.route("/visits/<uuid:visit_id>/longer", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def longer(visit_id: UUID) -> ResponseReturnValue:
    visit = get_own_visit(current_user(), visit_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", visit_id=visit.id), 303)
    services.stay_longer(visit, now=now())
    words = _("You are expected back at %(time)s", time=f"{uk_time(visit.expected_back_at):%H:%M}")
    return saved(words, url_for(".show", visit_id=visit.id))


@bp.route("/visits/<uuid:visit_id>/answer", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def answer(visit_id: UUID) -> ResponseReturnValue:
    """The buddy sees to it: the e-mails stop, the list goes on."""
    visit = get_visit(current_user(), visit_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", visit_id=visit.id), 303)
    services.answer_alert(visit, now=now())
    return saved(_("Noted: you are seeing to it"), url_for(".show", visit_id=visit.id))


@bp.route("/visits/<uuid:visit_id>/take-back", methods=["GET", "POST"])
@requires(Permission.VISIT_RECORD)
def take_back(visit_id: UUID) -> ResponseReturnValue:
    visit = get_own_visit(current_user(), visit_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".index"), 303)
    services.take_back_visit(visit, by=current_user(), now=now())
    return saved(_("You are not checked out"), url_for(".index"))


def visit_under_way(enrolment: Enrolment) -> Visit | None:
    """The visit to somebody that one is out on: their contact's form offers to check in."""
    visit = own_visit(current_user())
    return visit if visit is not None and visit.enrolment_id == enrolment.id else None


bp.add_app_template_global(visit_under_way)


def visits_out() -> list[Visit]:
    """One's own visit, and those one looks out for: an administrator's first page shows who is late."""
    return out_now(current_user())


bp.add_app_template_global(visits_out)
