"""The private calendar: its address on one's own page, and the file a calendar program reads."""

import re

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, public, requires
from caseworker.appointments import services
from caseworker.appointments.calendar_file import calendar_file
from caseworker.appointments.queries import list_for_calendar, living_address, owner_of_address
from caseworker.appointments.task_routes import bp
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import public_url, saved

__all__ = ["bp"]

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@bp.get("/account/calendar")
@requires(Permission.APPOINTMENT_RECORD)
def calendar() -> ResponseReturnValue:
    return render_template("appointments/calendar.html", living=living_address(current_user()), address="")


@bp.route("/account/calendar/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def new_calendar() -> ResponseReturnValue:
    """The address is shown by this answer and never again: only its hash is kept."""
    user, address = current_user(), ""
    if is_tapped(CaseForm()):
        token = services.new_calendar_address(user, now=now())
        address = f"{public_url()}{url_for('.calendar_of', token=token)}"
    return render_template("appointments/calendar.html", living=living_address(user), address=address)


@bp.route("/account/calendar/end", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def end_calendar() -> ResponseReturnValue:
    if not is_tapped(CaseForm()):
        return redirect(url_for(".calendar"), 303)
    services.end_calendar_address(current_user(), now=now())
    return saved(_("The address no longer opens anything"), url_for(".calendar"))


@bp.get("/calendar/<token>.ics")
@public
def calendar_of(token: str) -> ResponseReturnValue:
    """Opened by the secret alone. A wrong, replaced or revoked one is as if it had never been."""
    owner = owner_of_address(services.hash_of(token)) if TOKEN.fullmatch(token) else None
    if owner is None or not may(owner, Permission.APPOINTMENT_RECORD):
        raise NotVisible
    audit.act_as(owner.id)
    audit.listed("calendar")
    body = calendar_file(list_for_calendar(owner, today()), _("Appointment"))
    return Response(
        body,
        mimetype="text/calendar",
        headers={"Content-Disposition": "attachment; filename=calendar.ics"},
    )
