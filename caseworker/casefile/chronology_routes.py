"""Everything that happened in a case, from the first day on, to print and take along."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.casefile.entries import entry
from caseworker.casefile.timeline import PARTS, read_timeline
from caseworker.casefile.words import KINDS
from caseworker.core.clock import now
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("chronology", __name__)

# More entries than anybody prints; the page says when it has left some out.
MOST = 2000


@bp.get("/enrolments/<uuid:enrolment_id>/chronology")
@requires(Permission.CASE_READ)
def show(enrolment_id: UUID) -> ResponseReturnValue:
    sensitive = request.args.get("sensitive") == "yes"
    looking_at = "chronology sensitive" if sensitive else "chronology"
    enrolment = get_enrolment(current_user(), enrolment_id, looking_at)
    kinds = [kind for kind in PARTS if kind in request.args.getlist("kind")]
    found = read_timeline(enrolment.id, kinds, MOST)
    return render_template(
        "casefile/chronology.html",
        enrolment=enrolment,
        entries=[entry(row, enrolment.id) for row in reversed(found.rows)],
        left_out=found.total - len(found.rows),
        sensitive=sensitive,
        chosen=kinds,
        kinds=KINDS,
        printed_at=now(),
        by=current_user().name,
    )
