"""An entry on the wrong person: find the right one, confirm, done. And what stood in the old place."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.casefile.search import Found, find_cases
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.values import showable
from caseworker.enrolments.models import CaseRecord, Enrolment
from caseworker.enrolments.queries import get_enrolment
from caseworker.rights import moved_queries, moving, telling
from caseworker.rights.copying import table_of

bp = Blueprint("moving", __name__)
FROM = "/enrolments/<uuid:enrolment_id>/move/<kind>/<uuid:key>"
LONGEST = 100


@bp.route(FROM, methods=["GET", "POST"])
@requires(Permission.ENTRY_MOVE)
def find(enrolment_id: UUID, kind: str, key: UUID) -> ResponseReturnValue:
    """Who the entry belongs to. What is typed is posted: no name stands in an address."""
    source, entry = _entry(enrolment_id, kind, key)
    typed = showable(request.form.get("whose", "")).strip()[:LONGEST]
    found = Found()
    if typed:
        audit.listed("search")
        found = find_cases(current_user(), typed, today())
    cases = [
        case for case in (*found.mine, *found.mine_alike) if case.reference != source.participant.reference
    ]
    return render_template(
        "rights/move.html", enrolment=source, typed=typed, cases=cases,
        others=[*found.others, *found.others_alike], leads=moved_queries.leads_of(source.programme_id),
        **_told(kind, entry),
    )  # fmt: skip


@bp.route(f"{FROM}/to/<uuid:to_id>", methods=["GET", "POST"])
@requires(Permission.ENTRY_MOVE)
def confirm(enrolment_id: UUID, kind: str, key: UUID, to_id: UUID) -> ResponseReturnValue:
    source, entry = _entry(enrolment_id, kind, key)
    to = get_enrolment(current_user(), to_id, "move of an entry")
    form = CaseForm(record=entry)
    if form.validate_on_submit():
        try:
            moved = moving.move_entry(kind, entry, to, by=current_user(), now=now(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".back", enrolment_id=source.id, moved_id=moved.id)
            there = url_for("casefile.timeline", enrolment_id=to.id)
            return saved(_("Entry moved. You are now in the other record"), there, (_("Undo"), undo))
    return render_form("rights/move_confirm.html", form, enrolment=source, to=to, **_told(kind, entry))


@bp.route("/enrolments/<uuid:enrolment_id>/moved/<uuid:moved_id>/back", methods=["GET", "POST"])
@requires(Permission.ENTRY_MOVE)
def back(enrolment_id: UUID, moved_id: UUID) -> ResponseReturnValue:
    """Undo, for 30 days, by somebody who sees both people."""
    source = get_enrolment(current_user(), enrolment_id, "timeline")
    timeline = url_for("casefile.timeline", enrolment_id=source.id)
    if not is_tapped(CaseForm()):
        return redirect(timeline, 303)
    moved = moved_queries.get_moved_from(current_user(), source, moved_id)
    moving.move_back(moved, by=current_user(), now=now())
    return saved(_("Entry moved back"), timeline)


@bp.get("/moved-entries")
@requires(Permission.RIGHTS_ANSWER)
def index() -> ResponseReturnValue:
    """What was moved, for a data protection officer."""
    page = request.args.get("page", default=1, type=int)
    if not 0 < page < 10**6:
        raise NotVisible
    audit.listed("moved entries")
    lines, total = moved_queries.page_of_moved(current_user(), page)
    last = max(1, -(-total // moved_queries.PAGE))
    pages = {
        "number": page,
        "last": last,
        "total": total,
        "from": (page - 1) * moved_queries.PAGE + 1,
        "to": min(page * moved_queries.PAGE, total),
        "previous": url_for(".index", page=page - 1) if page > 1 else "",
        "next": url_for(".index", page=page + 1) if page < last else "",
    }
    return render_template("rights/moved.html", lines=lines, pages=pages, title_of=telling.title_of)


@bp.get("/moved-entries/<uuid:moved_id>")
@requires(Permission.RIGHTS_ANSWER)
def show(moved_id: UUID) -> ResponseReturnValue:
    """What stood in the old place, read by a data protection officer alone."""
    line = moved_queries.get_moved(current_user(), moved_id)
    return render_template(
        "rights/moved_entry.html", line=line, texts=moved_queries.texts_of(line.moved),
        title=telling.title_of(line.moved.record_kind),
    )  # fmt: skip


def _entry(enrolment_id: UUID, kind: str, key: UUID) -> tuple[Enrolment, CaseRecord]:
    enrolment = get_enrolment(current_user(), enrolment_id, "entry to move")
    return enrolment, moving.find_entry(enrolment, kind, key)


def _told(kind: str, entry: CaseRecord) -> dict[str, Any]:
    """The entry as the pages show it: what it is, its day, and its texts."""
    table = table_of(type(entry)).name
    return {
        "kind": kind,
        "entry": entry,
        "what": telling.title_of(table),
        "day": moving.day_of(kind, entry),
        "text": getattr(entry, "note", None) or getattr(entry, "words", None) or "",
    }
