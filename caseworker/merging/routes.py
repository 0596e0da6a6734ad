"""Making two records of one person one, and taking them apart again."""

from collections import Counter
from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import enrolments_of, get_enrolment
from caseworker.merging import queries
from caseworker.merging.forms import LABELS, OtherForm, merge_form, shown
from caseworker.merging.parting import may_part, unmerge
from caseworker.merging.services import ask_again, merge_people, tell_apart, why_not
from caseworker.merging.tables import UNSAID, count_held
from caseworker.merging.words import FLAGS, held_words
from caseworker.participants.models import Participant
from caseworker.participants.words import SHARED

bp = Blueprint("merging", __name__)

MERGES_SHOWN = 20


@bp.get("/merging")
@requires(Permission.PERSON_MERGE)
def index() -> ResponseReturnValue:
    user = current_user()
    total = queries.count_pairs(user)
    number = _page(total)
    audit.listed("merging")
    merges = db.session.execute(queries.visible_merges(user).limit(MERGES_SHOWN)).all()
    return render_template(
        "merging/index.html",
        pairs=queries.page_of_pairs(user, number),
        merges=merges,
        shared=SHARED,
        pages={
            "number": number,
            "last": max(1, -(-total // queries.PAGE)),
            "previous": url_for(".index", page=number - 1) if number > 1 else "",
            "next": url_for(".index", page=number + 1) if number * queries.PAGE < total else "",
            "total": total,
            "from": (number - 1) * queries.PAGE + 1,
            "to": min(number * queries.PAGE, total),
        },
    )


def _page(total: int) -> int:
    typed = request.args.get("page", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    return min(max(1, asked), max(1, -(-total // queries.PAGE)))


@bp.route("/enrolments/<uuid:enrolment_id>/same-person", methods=["GET", "POST"])
@requires(Permission.PERSON_MERGE)
def other(enrolment_id: UUID) -> ResponseReturnValue:
    """Which other record is of the same person."""
    enrolment = get_enrolment(current_user(), enrolment_id, "merge")
    kept = queries.get_person(current_user(), enrolment.participant_id)
    form = OtherForm()
    if form.validate_on_submit():
        found = queries.find_by_reference(current_user(), form.reference.data)
        reason = None
        if found is None:
            reason = _("No record of yours has this reference. Check it")
        elif kept.id == found.id or kept.organisation_id != found.organisation_id:
            reason = why_not(kept, found, current_user())
        if reason is None and found is not None:
            return redirect(url_for(".compare", kept_id=kept.id, absorbed_id=found.id), 303)
        form.reject(RuleBroken(str(reason), "reference"))
    return render_form("merging/other.html", form, enrolment=enrolment)


@bp.route("/merging/<uuid:kept_id>/with/<uuid:absorbed_id>", methods=["GET", "POST"])
@requires(Permission.PERSON_MERGE)
def compare(kept_id: UUID, absorbed_id: UUID) -> ResponseReturnValue:
    kept, absorbed = (queries.get_person(current_user(), key) for key in (kept_id, absorbed_id))
    reason = why_not(kept, absorbed, current_user())
    form = merge_form(kept, absorbed)
    if reason is None and form.validate_on_submit():
        try:
            if form.absorbed_version.data != str(absorbed.version):
                form.absorbed_version.data = str(absorbed.version)
                raise RuleBroken("Somebody changed the other record since. Look again, then save")
            merge = merge_people(kept, absorbed, form.choices, by=current_user(), today=today(), now=now())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".undo", merge_id=merge.id)
            return saved(
                _("The two records are one now"), url_for(".show", merge_id=merge.id), (_("Undo"), undo)
            )
    return render_form(
        "merging/compare.html",
        form,
        kept=kept,
        absorbed=absorbed,
        reason=reason,
        holding=queries.open_on_both(current_user(), kept.id, absorbed.id) if reason else [],
        alike=_alike(kept, absorbed),
        flags=_protecting(kept, absorbed),
        held=_held(kept, absorbed),
    )


@bp.route("/merging/<uuid:kept_id>/with/<uuid:absorbed_id>/two-people", methods=["GET", "POST"])
@requires(Permission.PERSON_MERGE)
def two_people(kept_id: UUID, absorbed_id: UUID) -> ResponseReturnValue:
    """They are not one person: the pair is not offered again."""
    one, other = (queries.get_person(current_user(), key) for key in (kept_id, absorbed_id))
    if one.id == other.id or not is_tapped(CaseForm()):
        return redirect(url_for(".index"), 303)
    said = tell_apart(one, other, by=current_user())
    undo = url_for(".ask_pair_again", said_id=said.id)
    return saved(_("Noted: two people. The pair is not shown again"), url_for(".index"), (_("Undo"), undo))


@bp.route("/merging/two-people/<uuid:said_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PERSON_MERGE)
def ask_pair_again(said_id: UUID) -> ResponseReturnValue:
    said = queries.get_told_apart(current_user(), said_id)
    if is_tapped(CaseForm()):
        ask_again(said, by=current_user(), now=now())
        return saved(_("The pair is shown again"), url_for(".index"))
    return redirect(url_for(".index"), 303)


def _alike(kept: Participant, absorbed: Participant) -> list[tuple[Any, str, str]]:
    """(field, what the kept record says, what the other says), where nothing has to be chosen."""
    rows = []
    for name, words in LABELS.items():
        mine, theirs = getattr(kept, name), getattr(absorbed, name)
        if (mine or theirs) and (not mine or not theirs or mine == theirs):
            rows.append((words, shown(mine) if mine else "", shown(theirs) if theirs else ""))
    return rows


def _protecting(kept: Participant, absorbed: Participant) -> list[tuple[Any, Any, Any]]:
    """What protects the person in either record."""
    rows = [(words, getattr(kept, name), getattr(absorbed, name)) for name, words in FLAGS.items()]
    return [row for row in rows if row[1] or row[2]]


def _held(kept: Participant, absorbed: Participant) -> list[tuple[Any, int, int]]:
    held = [(held_words(name), *rows) for name, rows in count_held(kept.id, absorbed.id).items()]
    return sorted(held, key=lambda row: str(row[0]).lower())


@bp.get("/merging/<uuid:merge_id>")
@requires(Permission.PERSON_MERGE)
def show(merge_id: UUID) -> ResponseReturnValue:
    merge, kept, absorbed = queries.get_merge(current_user(), merge_id)
    counted: Counter[str] = Counter()
    for name, keys in merge.moved.items():
        counted[name.partition(".")[0]] += len(keys)
    moved = [(held_words(name), count) for name, count in counted.items() if name not in UNSAID]
    return render_template(
        "merging/show.html",
        merge=merge,
        kept=kept,
        absorbed=absorbed,
        moved=sorted(moved, key=lambda row: str(row[0]).lower()),
        case=_case_of(kept),
        may_part=may_part(current_user(), merge),
    )


def _case_of(person: Participant) -> Enrolment | None:
    return next(iter(enrolments_of(current_user(), person)), None)


@bp.route("/merging/<uuid:merge_id>/undo", methods=["GET", "POST"])
@requires(Permission.PERSON_MERGE)
def undo(merge_id: UUID) -> ResponseReturnValue:
    merge, kept, _absorbed = queries.get_merge(current_user(), merge_id)
    here = url_for(".show", merge_id=merge_id)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    try:
        parted = unmerge(merge, by=current_user(), now=now())
    except RuleBroken as broken:
        return saved(broken.message, here)
    said = _("The two records are apart again")
    if parted.fields:
        said += ". " + _("What was changed since stays with the record that was kept")
    if parted.elsewhere:
        said += ". " + _("%(count)s entries had been moved elsewhere since", count=parted.elsewhere)
    return saved(said, _after_parting(kept, here))


def _after_parting(kept: Participant, here: str) -> str:
    """The merge's own page, unless the kept record is no longer this user's to see."""
    try:
        queries.get_person(current_user(), kept.id)
    except NotVisible:
        return url_for(".index")
    return here
