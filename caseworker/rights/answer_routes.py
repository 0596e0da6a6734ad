"""The steps of answering a request: who asks, what they mean, more time, the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import today
from caseworker.core.codes import code
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.lawful.queries import limits_on
from caseworker.rights import giving, mending, queries, services
from caseworker.rights.forms import AnswerForm, DayForm, ExtendForm
from caseworker.rights.mending import Held
from caseworker.rights.models import RightsRequest
from caseworker.rights.packing import KINDS

bp = Blueprint("rights_answers", __name__, url_prefix="/requests/<uuid:request_id>")


@bp.get("")
@requires(Permission.RIGHTS_ANSWER)
def show(request_id: UUID) -> ResponseReturnValue:
    asked = queries.get_request(current_user(), request_id)
    pauses = queries.pauses_of([asked.id]).get(asked.id, [])
    return render_template(
        "rights/show.html",
        asked=asked,
        line=queries.line_of(asked, pauses, today()),
        clarified=code("rights_kind", asked.kind).flag("clarified"),
        packs=queries.packs_of(asked.id),
        wants_pack=asked.kind in KINDS,
        limits=[row for row in limits_on(asked.participant_id).rows if row.kind == asked.kind],
        about=_about(asked),
        others=[each for each in queries.requests_of(asked.participant_id) if each.id != asked.id],
        today=today(),
    )


def _about(asked: RightsRequest) -> Held | None:
    """The entry they want changed, once it is named."""
    if asked.about_kind is None or asked.about_id is None:
        return None
    subject = giving.subject_of(asked.participant_id, asked.id)
    return mending.held_entry(asked.about_kind, asked.about_id, subject)


@bp.route("/identity", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def identity(request_id: UUID) -> ResponseReturnValue:
    """We are sure who asks: the month begins."""
    return _day_step(
        request_id,
        _("We are sure who asks"),
        lambda asked, on: services.confirm_identity(asked, on, today=today()),
        _("The month is counted from this day."),
    )


@bp.route("/asked", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def ask(request_id: UUID) -> ResponseReturnValue:
    """We asked what they mean: the clock stands still."""
    return _day_step(
        request_id,
        _("We asked what they mean"),
        lambda asked, on: services.ask_meaning(asked, on, by=current_user(), today=today()),
        _("The clock stands still from this day to the one on which they answer. Ask only what you need."),
    )


@bp.route("/heard", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def hear(request_id: UUID) -> ResponseReturnValue:
    """They said what they mean: the clock runs."""
    return _day_step(
        request_id,
        _("They said what they mean"),
        lambda asked, on: services.hear_meaning(asked, on, today=today()),
        _("The clock runs again from the day after."),
    )


def _day_step(
    request_id: UUID, heading: str, step: Callable[[RightsRequest, Any], object], explained: str
) -> ResponseReturnValue:
    asked = queries.get_request(current_user(), request_id)
    form = DayForm(data={"on": today()}, record=asked)
    if form.validate_on_submit():
        try:
            step(asked, form.on.data)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Saved"), _show(asked))
    return render_form("rights/step.html", form, asked=asked, heading=heading, explained=explained)


@bp.route("/more-time", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def extend(request_id: UUID) -> ResponseReturnValue:
    asked = queries.get_request(current_user(), request_id)
    form = ExtendForm(record=asked)
    if form.validate_on_submit():
        try:
            services.extend_request(asked, form.reason.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Two further months taken. Tell them today, with the reason"), _show(asked))
    explained = _("Two months more, for a complex request or several at once. They must be told, and why.")
    return render_form(
        "rights/step.html", form, asked=asked, heading=_("Take two more months"), explained=explained
    )


@bp.route("/answer", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def answer(request_id: UUID) -> ResponseReturnValue:
    asked = queries.get_request(current_user(), request_id)
    form = AnswerForm(data={"on": today()}, record=asked)
    form.offer(asked.kind)
    if form.validate_on_submit():
        try:
            services.answer_request(asked, form.outcome.data, form.words.data, on=form.on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".reopen", request_id=asked.id)
            return saved(_("Answer recorded"), _show(asked), (_("Undo"), undo))
    return render_form(
        "rights/step.html",
        form,
        asked=asked,
        heading=_("Record the answer"),
        explained=_("They may complain to the Information Commissioner or go to court: an answer says so."),
    )


@bp.route("/reopen", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def reopen(request_id: UUID) -> ResponseReturnValue:
    asked = queries.get_request(current_user(), request_id)
    if not is_tapped(CaseForm()):
        return redirect(_show(asked), 303)
    services.reopen_request(asked)
    return saved(_("The request is open again"), _show(asked))


def _show(asked: RightsRequest) -> str:
    return url_for(".show", request_id=asked.id)
