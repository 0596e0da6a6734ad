"""Putting right, and keeping without using: the pages of a data protection officer."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.lawful import services as lawful
from caseworker.lawful.models import ProcessingLimit
from caseworker.lawful.queries import limits_on
from caseworker.rights import giving, mending, pack_routes, queries, rules, telling
from caseworker.rights.forms import DayForm, LimitForm, StatementForm, WantedForm
from caseworker.rights.mending import Held
from caseworker.rights.models import RightsRequest

__all__ = ["bp"]

bp = pack_routes.bp
LIMITS = frozenset({rules.RESTRICTION, rules.OBJECTION})


@bp.get("/entries")
@requires(Permission.RIGHTS_ANSWER)
def entries(request_id: UUID) -> ResponseReturnValue:
    """Which entry they mean, a kind at a time."""
    asked = _to_mend(request_id)
    subject = giving.subject_of(asked.participant_id, asked.id)
    counts = mending.kinds_held(subject)
    kind, page = request.args.get("kind", "participant"), request.args.get("page", default=1, type=int)
    if not 0 < page < 10**6 or kind not in counts:
        raise NotVisible
    last = max(1, -(-counts[kind] // mending.PAGE))
    return render_template(
        "rights/entries.html",
        asked=asked,
        kinds=[(name, telling.title_of(name), count) for name, count in counts.items()],
        kind=kind,
        title=telling.title_of(kind),
        entries=mending.page_of_entries(kind, subject, page),
        page=page,
        last=last,
    )


@bp.route("/entries/<kind>/<uuid:key>", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def wanted(request_id: UUID, kind: str, key: UUID) -> ResponseReturnValue:
    """What it should say, beside what it says."""
    asked = _to_mend(request_id)
    held = mending.held_entry(kind, key, giving.subject_of(asked.participant_id, asked.id))
    form = WantedForm(data={"wanted": asked.wanted or asked.words}, record=asked)
    if form.validate_on_submit():
        try:
            mending.name_entry(asked, held, form.wanted.data)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Saved"), _show(asked))
    return render_form("rights/wanted.html", form, asked=asked, held=held)


@bp.route("/put-right", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def put_right(request_id: UUID) -> ResponseReturnValue:
    """Tell their keyworker to put it right by the form it was written on."""
    asked = _to_mend(request_id)
    if not is_tapped(CaseForm()):
        return redirect(_show(asked), 303)
    mending.ask_keyworker(asked, _named(asked), by=current_user())
    return saved(
        _("Their keyworker has it among their tasks. Record the answer when it is done"), _show(asked)
    )


@bp.route("/statement", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def statement(request_id: UUID) -> ResponseReturnValue:
    """Their own word beside an entry that stays as it is."""
    asked = _to_mend(request_id)
    held = _named(asked)
    form = StatementForm(data={"words": asked.wanted}, record=asked)
    if form.validate_on_submit():
        try:
            day = mending.entry_day(held)
            made = mending.keep_statement(asked, held, day, form.words.data, by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_statement", request_id=asked.id, statement_id=made.id)
            return saved(_("Their word stands beside the entry"), _show(asked), (_("Undo"), undo))
    return render_form(
        "rights/step.html", form, asked=asked, heading=_("Their own word beside the entry"),
        explained=_("Everybody who reads the entry in the timeline reads this next to it: %(title)s.",
                    title=held.title),
    )  # fmt: skip


@bp.route("/statement/<uuid:statement_id>/take-back", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def take_back_statement(request_id: UUID, statement_id: UUID) -> ResponseReturnValue:
    asked = _to_mend(request_id)
    if not is_tapped(CaseForm()):
        return redirect(_show(asked), 303)
    mending.take_back_statement(asked, statement_id, by=current_user(), now=now())
    return saved(_("Their word was taken away"), _show(asked))


@bp.route("/limit", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def limit(request_id: UUID) -> ResponseReturnValue:
    """Keep the record and do not use it, or not for one purpose."""
    asked = _to_limit(request_id)
    form = LimitForm(data={"from_on": today()}, record=asked)
    form.offer(asked.kind)
    if form.validate_on_submit():
        try:
            lawful.limit(
                asked.participant, kind=asked.kind, reason=form.reason.data, from_on=form.from_on.data,
                by=current_user(), today=today(), purpose=form.purpose.data or None, request_id=asked.id,
            )  # fmt: skip
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("It holds from now on. Record the answer when you have told them"), _show(asked))
    return render_form("rights/limit.html", form, asked=asked)


@bp.route("/limits/<uuid:limit_id>/end", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def lift(request_id: UUID, limit_id: UUID) -> ResponseReturnValue:
    asked = _to_limit(request_id)
    row = next((row for row in limits_of(asked) if row.id == limit_id), None)
    if row is None:
        raise NotVisible
    form = DayForm(data={"on": today()}, record=row)
    if form.validate_on_submit():
        try:
            lawful.end_limit(row, until_on=form.on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("It is lifted"), _show(asked))
    return render_form(
        "rights/step.html", form, asked=asked, heading=_("It may be used again"),
        explained=_("Somebody whose record was restricted is told before it is lifted."),
    )  # fmt: skip


def limits_of(asked: RightsRequest) -> tuple[ProcessingLimit, ...]:
    """What stands today of the kind that was asked for."""
    return tuple(row for row in limits_on(asked.participant_id).rows if row.kind == asked.kind)


def _to_mend(request_id: UUID) -> RightsRequest:
    asked = queries.get_request(current_user(), request_id, "entry to put right")
    if asked.kind != rules.RECTIFICATION:
        raise NotVisible
    return asked


def _to_limit(request_id: UUID) -> RightsRequest:
    asked = queries.get_request(current_user(), request_id)
    if asked.kind not in LIMITS:
        raise NotVisible
    return asked


def _named(asked: RightsRequest) -> Held:
    """The entry they mean. Raises NotVisible before one is named."""
    if asked.about_kind is None or asked.about_id is None:
        raise NotVisible
    subject = giving.subject_of(asked.participant_id, asked.id)
    return mending.held_entry(asked.about_kind, asked.about_id, subject)


def _show(asked: RightsRequest) -> str:
    return url_for(".show", request_id=asked.id)
