"""Tasks: added on one page, done with one tap, with Undo."""

from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.appointments import services
from caseworker.appointments.forms import TaskForm
from caseworker.appointments.queries import get_own_task
from caseworker.appointments.routes import bp
from caseworker.core.clock import now, today
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment

__all__ = ["bp"]


@bp.route("/tasks/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def new_task() -> ResponseReturnValue:
    return _add(None)


@bp.route("/enrolments/<uuid:enrolment_id>/tasks/new", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def new_task_for(enrolment_id: UUID) -> ResponseReturnValue:
    return _add(get_enrolment(current_user(), enrolment_id, "task"))


def _add(enrolment: Enrolment | None) -> ResponseReturnValue:
    form, user = TaskForm(), current_user()
    home = url_for("casefile.home")
    place = url_for("casefile.show", enrolment_id=enrolment.id) if enrolment else home
    if form.validate_on_submit():
        task = services.add_task(
            form.words.data, user=user, due_on=form.due_on.data, enrolment=enrolment, added_by=user
        )
        undo = url_for(".take_back_task", task_id=task.id)
        return saved(_("Task added. It is on your home page"), place, (_("Undo"), undo))
    return render_form("appointments/new_task.html", form, enrolment=enrolment, place=place)


@bp.route("/tasks/<uuid:task_id>/done", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def finish_task(task_id: UUID) -> ResponseReturnValue:
    task, home = get_own_task(current_user(), task_id), url_for("casefile.home")
    if not is_tapped(CaseForm()):
        return redirect(home, 303)
    services.finish_task(task, done_on=today())
    from_case = task.enrolment_id and "case" in request.form
    place = url_for("casefile.show", enrolment_id=task.enrolment_id) if from_case else home
    return saved(_("Task done"), place, (_("Undo"), url_for(".reopen_task", task_id=task_id)))


@bp.route("/tasks/<uuid:task_id>/reopen", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def reopen_task(task_id: UUID) -> ResponseReturnValue:
    task, home = get_own_task(current_user(), task_id), url_for("casefile.home")
    if not is_tapped(CaseForm()):
        return redirect(home, 303)
    services.reopen_task(task)
    return saved(_("The task is open again"), home)


@bp.route("/tasks/<uuid:task_id>/take-back", methods=["GET", "POST"])
@requires(Permission.APPOINTMENT_RECORD)
def take_back_task(task_id: UUID) -> ResponseReturnValue:
    task, home = get_own_task(current_user(), task_id), url_for("casefile.home")
    if not is_tapped(CaseForm()):
        return redirect(home, 303)
    services.take_back_task(task, by=current_user(), now=now())
    return saved(_("Task taken back"), home)
