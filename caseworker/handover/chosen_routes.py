"""What else can be done with people chosen on the caseload: a course for all, and a list to write to."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.courses import joining
from caseworker.courses.models import Course
from caseworker.enrolments.models import Enrolment
from caseworker.handover.choosing import key_of, keys
from caseworker.handover.chosen_forms import CourseForm
from caseworker.handover.messages import message_lists
from caseworker.handover.queries import get_course_of, readable_cases
from caseworker.handover.rules import MOST
from caseworker.handover.story_routes import bp
from caseworker.risks.queries import leads
from caseworker.risks.services import ApartRefused

__all__ = ["bp"]

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
RESULTS = {
    joining.ALREADY: lazy_gettext("On it already"),
    joining.WAS_ON_IT: lazy_gettext("Was on it and left it"),
    joining.OTHER_PROGRAMME: lazy_gettext("On another programme than the course"),
    joining.LEFT: lazy_gettext("Has left the programme"),
}


@bp.route("/handover/add-to-course", methods=["GET", "POST"])
@requires(Permission.COURSE_PLACE)
def add_to_course() -> ResponseReturnValue:
    """First which course, then whom of those chosen; both from keys in the body."""
    cases = readable_cases(current_user(), keys()[:MOST]) if request.method == "POST" else []
    if not cases:
        return redirect(url_for("casefile.caseload"), 303)
    audit.listed("add to course")
    courses = {course.id: (course, learners) for course, learners in joining.courses_open_to(cases, today())}
    picked = key_of(request.form.get("course_id", ""))
    if len(courses) == 1 and "joined_on" not in request.form:
        picked = next(iter(courses))
    if picked not in courses:
        return render_template("handover/which_course.html", cases=cases, courses=courses.values())
    return _join(courses[picked][0], cases)


def _join(course: Course, cases: Sequence[Enrolment]) -> ResponseReturnValue:
    results = {each.enrolment.id: each.result for each in joining.results_for(course, cases)}
    can = [str(case.id) for case in cases if results[case.id] == joining.ADDED]
    first = max(today(), course.starts_on)
    if "joined_on" in request.form:
        form = CourseForm()
    else:
        form = CourseForm(
            formdata=None, data={"course_id": str(course.id), "enrolment": can, "joined_on": first}
        )
        form.renew()
    form.enrolment.options = [(str(case.id), case.participant.reference) for case in cases]
    if "joined_on" in request.form and form.validate_on_submit():
        chosen = [case for case in cases if str(case.id) in form.enrolment.data]
        try:
            return _added(course, chosen, form)
        except RuleBroken as broken:
            form.reject(broken)
            if isinstance(broken, ApartRefused):
                form.asks_despite = leads(current_user(), course.programme_id)
    return render_form(
        "handover/add_to_course.html",
        form,
        course=course,
        cases=cases,
        results=results,
        words=RESULTS,
        can=set(can),
        chosen=set(form.enrolment.raw),
    )


def _added(course: Course, cases: Sequence[Enrolment], form: CourseForm) -> ResponseReturnValue:
    at = now()
    results = joining.add_learners(
        course,
        cases,
        joined_on=form.joined_on.data,
        added_by=current_user(),
        now=at,
        despite=form.despite.data,
    )
    counts = Counter(each.result for each in results)
    added = counts.pop(joining.ADDED)
    words = ngettext("%(num)d person added to the course", "%(num)d people added to the course", added)
    rest = "; ".join(f"{RESULTS[result]}: {count}" for result, count in counts.items())
    undo = url_for(".undo_places", course_id=course.id, added_at=(at - EPOCH) // MICROSECOND)
    return saved(f"{words}. {rest}" if rest else words, url_for("casefile.caseload"), (_("Undo"), undo))


@bp.route("/handover/add-to-course/<uuid:course_id>/undo/<int:added_at>", methods=["GET", "POST"])
@requires(Permission.COURSE_PLACE)
def undo_places(course_id: UUID, added_at: int) -> ResponseReturnValue:
    course = get_course_of(current_user(), course_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for("casefile.caseload"), 303)
    try:
        instant = EPOCH + added_at * MICROSECOND
    except OverflowError:
        raise NotVisible from None
    count = joining.take_back_learners(course, instant, by=current_user(), now=now(), today=today())
    words = ngettext("%(num)d person is off the course", "%(num)d people are off the course", count)
    return saved(words, url_for("casefile.caseload"))


@bp.route("/handover/message-list", methods=["GET", "POST"], endpoint="message_list")
@requires(Permission.CONTACT_RECORD)
def message_list_page() -> ResponseReturnValue:
    """First names with numbers and addresses that may be written to; each person shown is noted as a look."""
    cases = readable_cases(current_user(), keys()[:MOST]) if request.method == "POST" else []
    if not cases:
        return redirect(url_for("casefile.caseload"), 303)
    for case in cases:
        audit.looked(case.participant_id, "message list")
    lists = message_lists(cases)
    return render_template("handover/message_list.html", lists=lists, count=len(lists["text"]))
