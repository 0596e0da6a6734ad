"""Handing cases over, for good, for a while, or to a team."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from caseworker.accounts.current import current_user
from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.drafts import find_draft, typed_in
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.handover import services
from caseworker.handover.choosing import NOBODY, key_of, keys, mark, moved_meanwhile, shown
from caseworker.handover.forms import HandoverForm, opening_values
from caseworker.handover.history import get_handover, handed_to_me, recent_handovers
from caseworker.handover.queries import caseload_sizes, cases_with, chosen_cases, colleagues, things_of
from caseworker.handover.rules import MOST
from caseworker.risks.queries import measures_of

bp = Blueprint("handover", __name__)


@bp.get("/handover")
@requires(Permission.CASELOAD_READ)
def index() -> ResponseReturnValue:
    """What came to me, and for a lead what went from whom to whom."""
    user = current_user()
    leads = may(user, Permission.CASE_HAND_OVER)
    mine = handed_to_me(user)
    audit.listed("handovers")
    return render_template(
        "handover/index.html",
        mine=mine,
        lines=recent_handovers(user) if leads else [],
        leads=leads,
        today=today(),
        user_id=user.id,
        now=now(),
        measures=measures_of({row.enrolment.participant_id for row in mine}),
    )


@bp.route("/handover/new", methods=["GET", "POST"])
@requires(Permission.CASE_HAND_OVER)
def new() -> ResponseReturnValue:
    """Opened with the people chosen on the caseload, or with everybody of a keyworker; then sent."""
    if "kind" in request.form:
        return _send()
    user = current_user()
    wanted = _wanted()
    cases = _named(wanted) if wanted is not None else []
    if not cases:
        audit.listed("handover")
        return render_template(
            "handover/whose.html", sizes=caseload_sizes(user), asked=wanted is not None, nobody=NOBODY
        )
    form = HandoverForm(formdata=None, data=opening_values() | {"enrolment": [str(one.id) for one in cases]})
    form.renew()
    form.offer(cases, _colleagues(cases), user)
    left_out = len(wanted) - len(cases) if isinstance(wanted, list) else 0
    return _page(form, cases, left_out)


def _wanted() -> list[UUID] | str | None:
    """Keys of cases, or the keyworker of an address; None: nobody was chosen yet."""
    if request.method == "POST":
        return keys()
    draft = find_draft(current_user().id, request.path)
    typed = [key for each in typed_in(draft).getlist("enrolment") if (key := key_of(each))] if draft else []
    return typed or request.args.get("keyworker") or None


def _named(wanted: list[UUID] | str) -> list[Enrolment]:
    if isinstance(wanted, list):
        return chosen_cases(current_user(), wanted[:MOST])
    whose = None if wanted == NOBODY else key_of(wanted)
    return [] if whose is None and wanted != NOBODY else cases_with(current_user(), whose, MOST)


def _send() -> ResponseReturnValue:
    user = current_user()
    form = HandoverForm()
    cases = chosen_cases(user, [*shown(), *keys()][: 2 * MOST])
    form.offer(cases, _colleagues(cases, active=False), user)
    if form.validate_on_submit():
        chosen = {UUID(key) for key in form.enrolment.data}
        moving = [case for case in cases if case.id in chosen]
        try:
            _refuse_moved(moving)
            handover = services.hand_over(moving, _people(form, cases), form.terms, by=user, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            count = len({row.enrolment_id for row in handover.cases})
            words = ngettext("%(num)d person handed over", "%(num)d people handed over", count)
            undo = url_for(".undo", handover_id=handover.id)
            return saved(words, url_for(".index"), (_("Undo"), undo))
    if not cases:
        return redirect(url_for(".new"), 303)
    return _page(form, cases, 0)


def _refuse_moved(cases: Sequence[Enrolment]) -> None:
    moved = [case.participant.reference for case in moved_meanwhile(cases)]
    if moved:
        names = ", ".join(moved[:5])
        raise RuleBroken(f"Somebody else handed these over after you opened this page: {names}. Look again")


def _people(form: HandoverForm, cases: Sequence[Enrolment]) -> list[User]:
    wanted = set(form.to_ids)
    return [one for one in _colleagues(cases, active=False) if one.id in wanted]


def _colleagues(cases: Sequence[Enrolment], *, active: bool = True) -> list[User]:
    return colleagues({case.programme_id for case in cases}, active=active)


def _page(form: HandoverForm, cases: Sequence[Enrolment], left_out: int) -> ResponseReturnValue:
    audit.listed("handover")
    chosen = set(form.enrolment.raw)
    return render_form(
        "handover/new.html",
        form,
        cases=cases,
        chosen=chosen,
        things=things_of(cases),
        left_out=left_out,
        mark=mark,
        most=MOST,
    )


@bp.route("/handover/<uuid:handover_id>/undo", methods=["GET", "POST"])
@requires(Permission.CASE_HAND_OVER)
def undo(handover_id: UUID) -> ResponseReturnValue:
    handover = get_handover(current_user(), handover_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".index"), 303)
    back, stay = services.undo_handover(handover, by=current_user(), now=now(), today=today())
    words = ngettext("%(num)d person is back", "%(num)d people are back", back)
    if stay:
        words += _(", %(stay)s moved on since and stay where they are", stay=stay)
    return saved(words, url_for(".index"))


@bp.route("/handover/<uuid:handover_id>/end", methods=["GET", "POST"])
@requires(Permission.CASE_HAND_OVER)
def end(handover_id: UUID) -> ResponseReturnValue:
    handover = get_handover(current_user(), handover_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".index"), 303)
    services.end_handover(handover, today=today())
    return saved(_("Ended. The people are back with their own keyworkers"), url_for(".index"))
