"""Finding a person. What is typed is posted, because no name may stand in an address."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.casefile.search import find_cases
from caseworker.casefile.words import STATUS, days_ago
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.values import showable

bp = Blueprint("search", __name__)

LONGEST = 100


@bp.route("/find", methods=["GET", "POST"])
@requires(Permission.PERSON_FIND)
def find() -> ResponseReturnValue:
    """A list of who was found; a single person is opened at once."""
    typed = showable(request.form.get("find", "")).strip()[:LONGEST]
    found = []
    if typed:
        audit.listed("search")
        found = find_cases(current_user(), typed, today())
        if len({case.reference for case in found}) == 1:
            return redirect(url_for("casefile.show", enrolment_id=found[0].enrolment_id), 303)
    return render_template(
        "casefile/find.html",
        typed=typed,
        found=found,
        today=today(),
        statuses=STATUS,
        days_ago=days_ago,
    )
