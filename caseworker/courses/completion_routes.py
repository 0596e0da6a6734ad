"""Recording completions, for a class or one learner, and taking them back."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.pages import render_form, saved
from caseworker.courses import services
from caseworker.courses.forms import CompleteForm, CompletionForm
from caseworker.courses.learners import on_roll
from caseworker.courses.queries import get_course, get_place, places_on
from caseworker.courses.routes import bp, need_tokens

__all__ = ["bp"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@bp.route("/courses/<uuid:course_id>/complete", methods=["GET", "POST"])
@requires(Permission.COMPLETION_RECORD)
def complete(course_id: UUID) -> ResponseReturnValue:
    user, day = current_user(), today()
    course = get_course(user, course_id)
    last = min(day, course.ends_on)
    places = places_on(course, last)
    open_places = {str(place.id): place for place in places if place.finished is None}
    form = CompleteForm(data={"places": list(open_places), "completed_on": last})
    form.places.options = [(key, place.enrolment.participant.reference) for key, place in open_places.items()]
    if form.validate_on_submit():
        at = now()
        chosen = [open_places[key] for key in form.places.data]
        try:
            made = services.complete_places(
                chosen, completed_on=form.completed_on.data, recorded_by=user, today=day, now=at
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            count = len(made)
            words = ngettext("%(num)d completion recorded", "%(num)d completions recorded", count)
            undo = url_for(".take_back_completions", course_id=course.id, made_at=(at - EPOCH) // MICROSECOND)
            return saved(words, url_for(".show", course_id=course.id), (_("Undo"), undo))
    audit.listed("completions")
    roll = on_roll(user, list(open_places.values()))
    done = len(places) - len(open_places)
    return render_form("courses/complete.html", form, course=course, roll=roll, done=done)


@bp.post("/courses/<uuid:course_id>/completions/take-back/<int:made_at>")
@requires(Permission.COMPLETION_RECORD)
def take_back_completions(course_id: UUID, made_at: int) -> ResponseReturnValue:
    course = get_course(current_user(), course_id)
    need_tokens()
    try:
        instant = EPOCH + made_at * MICROSECOND
    except OverflowError:
        raise NotVisible from None
    services.take_back_completions(course, instant, by=current_user(), now=now())
    return saved(_("Completions taken back"), url_for(".complete", course_id=course.id))


@bp.route("/courses/<uuid:course_id>/places/<uuid:place_id>/completion", methods=["GET", "POST"])
@requires(Permission.COMPLETION_RECORD)
def completion(course_id: UUID, place_id: UUID) -> ResponseReturnValue:
    user = current_user()
    course = get_course(user, course_id)
    place = get_place(course, place_id)
    (learner,) = on_roll(user, [place])
    audit.looked(learner.participant_id, "completion")
    finished = place.finished
    form = CompletionForm(obj=finished, record=finished)
    if form.validate_on_submit():
        try:
            services.record_completion(
                place,
                completed_on=form.completed_on.data,
                achieved_on=form.achieved_on.data,
                grade=form.grade.data,
                certificate_seen_on=form.certificate_seen_on.data,
                recorded_by=user,
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_completion", course_id=course.id, place_id=place.id)
            return saved(
                _("Completion saved"),
                url_for(".show", course_id=course.id),
                None if finished else (_("Undo"), undo),
            )
    return render_form(
        "courses/completion.html", form, course=course, place=place, learner=learner, finished=finished
    )


@bp.post("/courses/<uuid:course_id>/places/<uuid:place_id>/completion/take-back")
@requires(Permission.COMPLETION_RECORD)
def take_back_completion(course_id: UUID, place_id: UUID) -> ResponseReturnValue:
    course = get_course(current_user(), course_id)
    finished = get_place(course, place_id).finished
    if finished is None:
        raise NotVisible
    need_tokens()
    services.take_back_completion(finished, by=current_user(), now=now())
    return saved(_("Completion taken back"), url_for(".show", course_id=course.id))
