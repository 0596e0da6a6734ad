"""What a safeguarding lead does about a concern: each a page of its own, each a line of the chronology."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from caseworker.accounts.current import current_user
from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.safeguarding import services
from caseworker.safeguarding import step_forms as forms
from caseworker.safeguarding.desk_routes import bp
from caseworker.safeguarding.models import Concern
from caseworker.safeguarding.queries import find_on_record, get_led, name_of
from caseworker.safeguarding.rules import reference_of

__all__ = ["bp"]

# kind of step: (its form, the page's heading, the words of its button)
STEPS: dict[str, tuple[type[CaseForm], Any, Any]] = {
    "note": (forms.NoteStepForm, lazy_gettext("Add a note"), lazy_gettext("Keep note")),
    "decision": (forms.DecisionForm, lazy_gettext("Record a decision"), lazy_gettext("Keep decision")),
    "action": (forms.ActionForm, lazy_gettext("Add an action"), lazy_gettext("Keep action")),
    "told": (forms.TellForm, lazy_gettext("Record whom you told"), lazy_gettext("Keep whom you told")),
    "referral": (forms.ReferForm, lazy_gettext("Refer to an agency"), lazy_gettext("Keep referral")),
}


def _show(concern: Concern) -> str:
    return url_for(".show", concern_id=concern.id)


def _page(concern: Concern, form: CaseForm, heading: Any, button: Any) -> ResponseReturnValue:
    return render_form(
        "safeguarding/step.html",
        form,
        concern=concern,
        reference=reference_of(concern.id),
        words=heading,
        button=button,
    )


def _settle(
    concern: Concern, form: CaseForm, act: Callable[[], object], heading: Any, button: Any
) -> ResponseReturnValue:
    """The form's page until it is right, then what it asks for."""
    if form.validate_on_submit():
        try:
            act()
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Kept in the chronology"), _show(concern))
    return _page(concern, form, heading, button)


@bp.route("/<uuid:concern_id>/take", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def take(concern_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    if not is_tapped(CaseForm()):
        return redirect(_show(concern), 303)
    if services.take(concern, by=current_user(), now=now()):
        return saved(_("You have taken this concern. The alerts stop"), _show(concern))
    first = name_of(concern.acknowledged_by_id) if concern.acknowledged_by_id else ""
    flash(_("%(name)s has taken this concern already", name=first), "info")
    return redirect(_show(concern), 303)


@bp.route("/<uuid:concern_id>/steps/<kind>", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def step(concern_id: UUID, kind: str) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    if kind not in STEPS:
        raise NotVisible
    asked, heading, button = STEPS[kind]
    form = asked(record=concern)

    def act() -> None:
        services.add_step(
            concern,
            kind,
            words=form["words"].data,
            agency=form["agency"].data if "agency" in form else None,
            due_on=form["due_on"].data if "due_on" in form else None,
            by=current_user(),
            now=now(),
        )

    return _settle(concern, form, act, heading, button)


@bp.route("/<uuid:concern_id>/actions/<uuid:step_id>/done", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def done(concern_id: UUID, step_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    if step_id not in {each.id for each in concern.steps if each.kind == "action"}:
        raise NotVisible
    form = forms.DoneForm(record=concern)

    def act() -> None:
        services.settle_action(concern, step_id, words=form.words.data, by=current_user(), now=now())

    return _settle(concern, form, act, _("Mark an action as done"), _("Mark as done"))


@bp.route("/<uuid:concern_id>/close", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def close(concern_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    form = forms.CloseForm(record=concern)

    def act() -> None:
        services.close(
            concern, form.outcome.data, words=form.words.data, by=current_user(), now=now(), today=today()
        )

    return _settle(concern, form, act, _("Close this concern"), _("Close concern"))


@bp.route("/<uuid:concern_id>/reopen", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def reopen(concern_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    form = forms.ReopenForm(record=concern)

    def act() -> None:
        services.reopen(concern, words=form.words.data, by=current_user(), now=now())

    return _settle(concern, form, act, _("Open it again"), _("Open again"))


@bp.route("/<uuid:concern_id>/readers", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def name_reader(concern_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    form = forms.ReaderForm(record=concern)

    def act() -> None:
        reader = db.session.get(User, form.reader.data)
        if reader is None:
            raise NotVisible
        services.name_reader(concern, reader, by=current_user(), now=now())

    return _settle(concern, form, act, _("Let somebody else read it"), _("Let them read it"))


@bp.route("/<uuid:concern_id>/readers/<uuid:reader_id>/end", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def end_reader(concern_id: UUID, reader_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    if is_tapped(CaseForm()) and services.end_reader(concern, reader_id, by=current_user(), now=now()):
        return saved(_("They can no longer read it"), _show(concern))
    return redirect(_show(concern), 303)


@bp.route("/<uuid:concern_id>/about", methods=["GET", "POST"])
@requires(Permission.CONCERN_LEAD)
def about(concern_id: UUID) -> ResponseReturnValue:
    concern = get_led(current_user(), concern_id)
    form = forms.AboutForm(record=concern, obj=concern)

    def act() -> None:
        typed = form.about_reference.data
        same = typed == concern.about_reference
        found = concern.about_participant if same else find_on_record(concern, typed)
        if typed and found is None:
            raise RuleBroken(_("Nobody of this organisation has this reference"), "about_reference")
        services.say_about(
            concern,
            participant=found,
            about_user_id=form.about_user_id.data,
            category=form.category.data,
            by=current_user(),
            now=now(),
        )

    return _settle(concern, form, act, _("Say what it is about"), _("Save what it is about"))
