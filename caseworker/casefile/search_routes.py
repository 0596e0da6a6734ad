"""Finding a person. What is typed is posted, because no name may stand in an address."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.casefile.asking_forms import AskForm
from caseworker.casefile.search import Found, find_cases, get_colleagues
from caseworker.casefile.words import STATUS, days_ago
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.formatting import date_uk
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.values import showable
from caseworker.enrolments.queries import enrolments_of
from caseworker.participants.queries import get_findable, get_stated_reason
from caseworker.participants.services import REASON_DAYS, state_reason, take_back_reason

bp = Blueprint("search", __name__)

LONGEST = 100


@bp.route("/find", methods=["GET", "POST"])
@requires(Permission.PERSON_FIND)
def find() -> ResponseReturnValue:
    """A list of who was found; a single person of one's own is opened at once, unless all are asked for."""
    user, typed = current_user(), showable(request.form.get("find", "")).strip()[:LONGEST]
    everybody = "everybody" in request.form
    found = Found()
    if typed:
        audit.listed("search")
        found = find_cases(user, typed, today())
        if found.only is not None and not everybody:
            return redirect(url_for("casefile.show", enrolment_id=found.only.enrolment_id), 303)
    return render_template(
        "casefile/find.html",
        typed=typed,
        everybody=everybody,
        found=found,
        may_ask="search.ask" in current_app.view_functions and may(user, Permission.PERSON_ASK),
        may_leave_message="messages.take" in current_app.view_functions
        and may(user, Permission.MESSAGE_TAKE),
        today=today(),
        statuses=STATUS,
        days_ago=days_ago,
    )


@bp.route("/find/<uuid:participant_id>/ask", methods=["GET", "POST"])
@requires(Permission.PERSON_ASK)
def ask(participant_id: UUID) -> ResponseReturnValue:
    """Open a colleague's case for some days, with a reason that stays on its access list."""
    user = current_user()
    person = get_findable(user, participant_id)
    named = get_colleagues(user, person)
    opened = enrolments_of(user, person)
    if opened:
        return redirect(url_for("casefile.show", enrolment_id=opened[0].id), 303)
    form = AskForm()
    if form.validate_on_submit():
        try:
            stated = state_reason(
                person, reason=form.reason.data, words=form.words.data, by=user, today=today()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            db.session.flush()
            case = url_for("casefile.show", enrolment_id=enrolments_of(user, person)[0].id)
            undo = url_for(".take_back", participant_id=person.id, stated_id=stated.id)
            words = _("This case is open to you until %(day)s", day=date_uk(stated.until_on))
            return saved(words, case, (_("Undo"), undo))
    return render_form(
        "casefile/ask.html",
        form,
        person=named,
        days=REASON_DAYS,
        may_leave_message="messages.take" in current_app.view_functions,
    )


@bp.route("/find/<uuid:participant_id>/ask/<uuid:stated_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PERSON_ASK)
def take_back(participant_id: UUID, stated_id: UUID) -> ResponseReturnValue:
    """Undo: the case is closed to this user again."""
    stated = get_stated_reason(current_user(), stated_id)
    if stated.participant_id != participant_id:
        raise NotVisible
    if is_tapped(CaseForm()):
        take_back_reason(stated, by=current_user(), now=now(), today=today())
        return saved(_("Taken back: the case is closed to you again"), url_for(".find"))
    return redirect(url_for(".find"), 303)
