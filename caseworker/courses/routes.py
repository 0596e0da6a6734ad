"""A tutor's classes, registers, courses and learners, and the learning part of a case."""

from datetime import timedelta
from uuid import UUID

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.care.queries import needs_of, shown_cards
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm
from caseworker.core.pages import render_form, saved
from caseworker.courses import services
from caseworker.courses.forms import register_form
from caseworker.courses.learners import (
    get_learner,
    on_roll,
    places_of_case,
    places_of_learner,
    recent_marks,
    unread_learners,
)
from caseworker.courses.queries import (
    attendance_by_class,
    attendance_of,
    classes_of,
    classes_on,
    course_lines,
    get_class,
    get_course,
    places_on,
    unmarked_before,
)
from caseworker.courses.rules import Attended
from caseworker.enrolments.queries import get_enrolment

bp = Blueprint("courses", __name__)

WEEK = timedelta(days=7)


@bp.get("/classes")
@requires(Permission.CLASS_READ)
def index() -> ResponseReturnValue:
    user, day = current_user(), today()
    week = classes_of(user, day, day + WEEK)
    empty, total = unmarked_before(user, day)
    return render_template(
        "courses/index.html",
        today=day,
        now_classes=[each for each in week if each.held_on == day],
        week=[each for each in week if each.held_on > day],
        empty=empty,
        empty_total=total,
        lines=course_lines(user, day),
        unread=unread_learners(user),
    )


@bp.route("/classes/<uuid:session_id>", methods=["GET", "POST"])
@requires(Permission.REGISTER_MARK)
def register(session_id: UUID) -> ResponseReturnValue:
    user = current_user()
    held = get_class(user, session_id)
    places = places_on(held.course, held.held_on)
    used = [place for place in places if not place.enrolment.participant.limited]
    roll = on_roll(user, used)
    form = register_form(roll)(record=held)
    before = held.happened
    if form.validate_on_submit():
        try:
            if form.held.data == "no":
                services.mark_not_held(held, today=today())
            else:
                services.mark_register(held, form.marks, recorded_by=user, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _register_saved(held.id, held.version, before, held.happened)
    audit.listed("register")
    left_out = len(places) - len(used)
    return render_form("courses/register.html", form, held=held, today=today(), left_out=left_out)


def _register_saved(
    session_id: UUID, version: int, before: bool | None, after: bool | None
) -> ResponseReturnValue:
    """Undo is offered where it leads back to what was there before; else the register is opened again."""
    words = _("Register saved") if after else _("Saved: this class did not happen")
    undo = url_for(".take_back_register", session_id=session_id, version=version)
    exact = before is None or (before, after) == (True, False)
    return saved(words, url_for(".index"), (_("Undo"), undo) if exact else None)


@bp.post("/classes/<uuid:session_id>/take-back/<int:version>")
@requires(Permission.REGISTER_MARK)
def take_back_register(session_id: UUID, version: int) -> ResponseReturnValue:
    held = get_class(current_user(), session_id)
    need_tokens()
    services.take_back_register(held, version, by=current_user(), now=now())
    return saved(_("Taken back"), url_for(".register", session_id=held.id))


@bp.get("/courses/<uuid:course_id>")
@requires(Permission.CLASS_READ)
def show(course_id: UUID) -> ResponseReturnValue:
    user = current_user()
    course = get_course(user, course_id)
    roll = on_roll(user, places_on(course))
    figures = attendance_of([each.place_id for each in roll])
    audit.listed("course")
    return render_template(
        "courses/show.html",
        course=course,
        roll=roll,
        figures=figures,
        all_together=sum(figures.values(), Attended()),
        nobody=Attended(),
        classes=classes_on(course),
        by_class=attendance_by_class(course),
        today=today(),
    )


@bp.get("/learners/<uuid:participant_id>")
@requires(Permission.LEARNER_READ)
def learner(participant_id: UUID) -> ResponseReturnValue:
    """What helps them learn and how to reach them safely; nothing of their case."""
    found = get_learner(current_user(), participant_id)
    lines = places_of_learner(current_user(), found)
    return render_template(
        "courses/learner.html",
        learner=found,
        lines=lines,
        marks=recent_marks(lines),
        needs=needs_of(found.id),
        has_card=bool(shown_cards([found.id])),
        today=today(),
    )


@bp.get("/enrolments/<uuid:enrolment_id>/learning")
@requires(Permission.CASE_READ)
def learning(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "learning")
    lines = places_of_case(enrolment)
    return render_template(
        "courses/learning.html", enrolment=enrolment, lines=lines, marks=recent_marks(lines), today=today()
    )


def need_tokens() -> None:
    """A button's form counts once and comes from a page of ours."""
    if not CaseForm().validate_on_submit():
        abort(400)
