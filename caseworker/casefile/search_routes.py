"""Finding a person. What is typed is posted, because no name may stand in an address."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.casefile.search import Found, find_cases
from caseworker.casefile.words import STATUS, days_ago
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.values import showable

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
