"""Requests about somebody's own record: taken down from the case, and the desk that answers them."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, permissions_of, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment, get_listed_enrolment
from caseworker.rights import queries, services
from caseworker.rights.forms import DeskRequestForm, RequestForm, asked_of
from caseworker.rights.models import RightsRequest

bp = Blueprint("rights", __name__)


@bp.route("/enrolments/<uuid:enrolment_id>/request", methods=["GET", "POST"])
@requires(Permission.RIGHTS_RECORD)
def new(enrolment_id: UUID) -> ResponseReturnValue:
    """Take down what somebody asks about their own record."""
    enrolment = _case(enrolment_id)
    form = RequestForm(data=_as_usual())
    if form.validate_on_submit():
        try:
            made = services.record_request(
                enrolment.participant, services.Asked(**asked_of(form)), by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(_at_its_field(broken))
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, request_id=made.id)
            return saved(_said(made), _back(enrolment), (_("Undo"), undo))
    return render_form("rights/new.html", form, enrolment=enrolment, back=_back(enrolment))


@bp.route("/enrolments/<uuid:enrolment_id>/request/<uuid:request_id>/take-back", methods=["GET", "POST"])
@requires(Permission.RIGHTS_RECORD)
def take_back(enrolment_id: UUID, request_id: UUID) -> ResponseReturnValue:
    enrolment = _case(enrolment_id)
    if not is_tapped(CaseForm()):
        return redirect(_back(enrolment), 303)
    for made in queries.requests_of(enrolment.participant_id):
        if made.id == request_id:
            services.take_back_request(made, by=current_user(), now=now())
            return saved(_("Request taken back"), _back(enrolment))
    raise NotVisible


@bp.get("/requests")
@requires(Permission.RIGHTS_ANSWER)
def desk() -> ResponseReturnValue:
    """What waits for an answer, by its due date."""
    audit.listed("requests about records")
    lines = queries.open_requests(current_user(), today())
    counts = {name: sum(line.standing == name for line in lines) for name in ("overdue", "soon", "waiting")}
    return render_template("rights/desk.html", lines=lines, counts=counts, today=today())


@bp.get("/requests/answered")
@requires(Permission.RIGHTS_ANSWER)
def answered() -> ResponseReturnValue:
    page = request.args.get("page", default=1, type=int)
    if not 0 < page < 10**6:
        raise NotVisible
    audit.listed("requests about records")
    lines, total = queries.answered_requests(current_user(), today(), page)
    last = max(1, -(-total // queries.PAGE))
    pages = {
        "number": page,
        "last": last,
        "total": total,
        "from": (page - 1) * queries.PAGE + 1,
        "to": min(page * queries.PAGE, total),
        "previous": url_for(".answered", page=page - 1) if page > 1 else "",
        "next": url_for(".answered", page=page + 1) if page < last else "",
    }
    return render_template("rights/answered.html", lines=lines, total=total, pages=pages)


@bp.route("/requests/new", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def new_on_desk() -> ResponseReturnValue:
    """Take one down at the desk, for a person named by their reference."""
    form = DeskRequestForm(data=_as_usual())
    if form.validate_on_submit():
        try:
            person = queries.get_protected(current_user(), form.reference.data)
            if person is None:
                raise RuleBroken(_("There is nobody with this reference"), "reference")
            made = services.record_request(
                person, services.Asked(**asked_of(form)), by=current_user(), today=today()
            )
        except RuleBroken as broken:
            form.reject(_at_its_field(broken))
        else:
            return saved(_said(made), url_for("rights_answers.show", request_id=made.id))
    return render_form("rights/new.html", form, enrolment=None, back=url_for(".desk"))


def _as_usual() -> dict[str, object]:
    return {"received_on": today(), "how": "in_person", "asked_by": "self", "known": True}


def _at_its_field(broken: RuleBroken) -> RuleBroken:
    """`sure` is asked as yes or no."""
    return RuleBroken(broken.message, "known") if broken.field == "sure" else broken


def _said(made: RightsRequest) -> str:
    if made.due_on is None:
        return str(_("Request taken down. The month begins when we are sure who asks"))
    due = f"{made.due_on.day} {made.due_on:%B %Y}"
    return str(_("Request taken down. It has to be answered by %(day)s", day=due))


def _case(enrolment_id: UUID) -> Enrolment:
    """For those who work the case, and for its programme's office. Raises NotVisible."""
    user = current_user()
    if Permission.CASE_READ in permissions_of(user):
        return get_enrolment(user, enrolment_id, "request")
    return get_listed_enrolment(user, enrolment_id, "request")


def _back(enrolment: Enrolment) -> str:
    if Permission.CASE_READ in permissions_of(current_user()):
        return url_for("casefile.show", enrolment_id=enrolment.id)
    return url_for("office.people")
