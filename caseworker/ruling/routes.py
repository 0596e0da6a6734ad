"""Rules of a programme: what holds, from when, who said so; a new version, its end, taking it back."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.casefile.rebuild import rebuild
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.programmes.models import Programme, ProgrammeRule
from caseworker.programmes.rule_queries import (
    editions_of,
    get_rule,
    get_ruled_programme,
    ruled_programmes,
    rules_entered,
)
from caseworker.programmes.rule_services import (
    EditionDetails,
    add_edition,
    check_day,
    end_edition,
    resume_edition,
    take_back_edition,
)
from caseworker.ruling.forms import EndForm, RuleForm, VoidForm
from caseworker.ruling.kinds import KNOWN, RuleKind, code_for, kind_named, slug_of
from caseworker.ruling.previewing import preview
from caseworker.ruling.shown import sections_of
from caseworker.ruling.words import rule_lines

bp = Blueprint("ruling", __name__)


@bp.get("/rules")
@requires(Permission.PROGRAMME_RULES)
def index() -> ResponseReturnValue:
    return render_template("ruling/index.html", programmes=ruled_programmes(current_user()))


@bp.get("/programmes/<code>/rules")
@requires(Permission.PROGRAMME_RULES)
def show(code: str) -> ResponseReturnValue:
    programme = get_ruled_programme(current_user(), code)
    sections = sections_of(rules_entered(programme), today())
    return render_template("ruling/show.html", programme=programme, sections=sections, today=today())


@bp.route("/programmes/<code>/rules/new/<slug>", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def new(code: str, slug: str) -> ResponseReturnValue:
    """A rule the programme does not have yet."""
    programme = get_ruled_programme(current_user(), code)
    kind, form_class = kind_named(slug)
    if not kind.many and editions_of(programme.id, kind.kind):
        return redirect(url_for(".show", code=code, _anchor=kind.kind), 303)
    form = form_class(data={"from_on": max(today(), programme.starts_on)})
    return _written(programme, kind, form, None)


@bp.route("/programmes/<code>/rules/<uuid:rule_id>/next", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def change(code: str, rule_id: UUID) -> ResponseReturnValue:
    """A new version of a rule: the old one stays as it was, and ends the day before."""
    programme = get_ruled_programme(current_user(), code)
    before = get_rule(programme, rule_id)
    slug = slug_of(before)
    if not slug:
        raise NotVisible
    kind, form_class = kind_named(slug)
    shown = form_class.data_of(before.label, before.settings) | {"from_on": today()}
    form = form_class(data=shown, record=before)
    return _written(programme, kind, form, before)


def _written(
    programme: Programme, kind: RuleKind, form: RuleForm, before: ProgrammeRule | None
) -> ResponseReturnValue:
    form.offer(programme)
    moves: list[str] | None = None
    if form.validate_on_submit():
        try:
            details = _details(programme, kind, form, before)
            if "preview" not in request.form:
                rule = add_edition(programme, details, entered_by=current_user(), today=today())
                return _saved(_("Rule saved"), programme, rule, ".take_back_now")
            check_day(programme, details.from_on, today())
            moves = preview(programme, details)
        except RuleBroken as broken:
            form.reject(broken)
    return render_form(
        "ruling/edit.html",
        form,
        programme=programme,
        kind=kind,
        before=before,
        lines=rule_lines(before.kind, before.settings) if before else [],
        moves=moves,
    )


def _details(
    programme: Programme, kind: RuleKind, form: RuleForm, before: ProgrammeRule | None
) -> EditionDetails:
    settings = form.settings
    if before is not None:
        code, label = before.code, form.label or before.label
        if before.kind == "message_wording" and form["wording_code"].data != code:
            raise RuleBroken("A version is of the same text. Write another text as a rule of its own")
    else:
        taken = {each.code for each in editions_of(programme.id, kind.kind)}
        code, label = code_for(kind, form, settings, taken), form.label or str(kind.title)
    return EditionDetails(kind.kind, code, label, settings, form.source.data, form.from_on.data)


def _saved(
    words: str, programme: Programme, rule: ProgrammeRule, undo: str | None = None
) -> ResponseReturnValue:
    """What is due and what was achieved follows at once, in the same transaction."""
    if rule.kind in KNOWN and KNOWN[rule.kind].settles:
        rebuild(programme.id)
    page = url_for(".show", code=programme.code, _anchor=rule.kind)
    if undo is None:
        return saved(words, page)
    return saved(words, page, (_("Undo"), url_for(undo, code=programme.code, rule_id=rule.id)))


@bp.route("/programmes/<code>/rules/<uuid:rule_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def take_back(code: str, rule_id: UUID) -> ResponseReturnValue:
    programme = get_ruled_programme(current_user(), code)
    rule = get_rule(programme, rule_id)
    form = VoidForm(record=rule)
    if form.validate_on_submit():
        take_back_edition(rule, form.reason.data, by=current_user(), now=now())
        return _saved(_("Rule taken back"), programme, rule)
    return _about("ruling/void.html", form, programme, rule)


@bp.route("/programmes/<code>/rules/<uuid:rule_id>/undo", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def take_back_now(code: str, rule_id: UUID) -> ResponseReturnValue:
    """Undo of a version just entered."""
    programme = get_ruled_programme(current_user(), code)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", code=code), 303)
    rule = get_rule(programme, rule_id)
    take_back_edition(rule, "wrong_detail", by=current_user(), now=now())
    return _saved(_("Rule taken back"), programme, rule)


@bp.route("/programmes/<code>/rules/<uuid:rule_id>/end", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def end(code: str, rule_id: UUID) -> ResponseReturnValue:
    """Its last day, and nothing after it."""
    programme = get_ruled_programme(current_user(), code)
    rule = get_rule(programme, rule_id)
    form = EndForm(record=rule, data={"until_on": today()})
    if form.validate_on_submit():
        try:
            end_edition(rule, form.until_on.data)
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return _saved(_("The rule has its last day"), programme, rule, ".resume")
    return _about("ruling/end.html", form, programme, rule)


@bp.route("/programmes/<code>/rules/<uuid:rule_id>/resume", methods=["GET", "POST"])
@requires(Permission.PROGRAMME_RULES)
def resume(code: str, rule_id: UUID) -> ResponseReturnValue:
    """Undo of its end."""
    programme = get_ruled_programme(current_user(), code)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".show", code=code), 303)
    rule = get_rule(programme, rule_id)
    resume_edition(rule)
    return _saved(_("The rule goes on"), programme, rule)


def _about(template: str, form: CaseForm, programme: Programme, rule: ProgrammeRule) -> ResponseReturnValue:
    lines = rule_lines(rule.kind, rule.settings)
    return render_form(template, form, programme=programme, rule=rule, lines=lines)
