"""The pack of a request for access: its texts read through, the archive made, opened, handed over."""

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.attachments import as_attachment
from caseworker.core.clock import now, today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.files import StoredFile
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.rights import giving, passages, queries, services, telling
from caseworker.rights.answer_routes import bp
from caseworker.rights.forms import DayForm, PackForm, PassageForm
from caseworker.rights.models import AccessPack, RightsRequest
from caseworker.rights.packing import KINDS, make_pack

__all__ = ["bp"]


@bp.get("/texts")
@requires(Permission.RIGHTS_ANSWER)
def texts(request_id: UUID) -> ResponseReturnValue:
    """What a reviewer reads through, a kind at a time."""
    asked = _for_a_pack(request_id)
    subject = giving.subject_of(asked.participant_id, asked.id)
    counts = passages.count_texts(subject)
    kind, page = request.args.get("kind", ""), request.args.get("page", default=1, type=int)
    if not 0 < page < 10**6 or (kind and kind not in counts):
        raise NotVisible
    kind = kind or next(iter(counts), "")
    last = max(1, -(-counts.get(kind, 0) // passages.PAGE))
    here: dict[str, Any] = {"request_id": asked.id, "kind": kind}
    return render_template(
        "rights/texts.html",
        asked=asked,
        kinds=[(name, telling.title_of(name), count) for name, count in counts.items()],
        kind=kind,
        title=telling.title_of(kind),
        texts=passages.page_of_texts(kind, subject, page) if kind else [],
        label_of=telling.label_of,
        pages={
            "number": page,
            "last": last,
            "total": counts.get(kind, 0),
            "from": (page - 1) * passages.PAGE + 1,
            "to": min(page * passages.PAGE, counts.get(kind, 0)),
            "previous": url_for(".texts", **here, page=page - 1) if page > 1 else "",
            "next": url_for(".texts", **here, page=page + 1) if page < last else "",
        },
    )


@bp.route("/texts/<kind>/<uuid:key>/<field>", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def mark(request_id: UUID, kind: str, key: UUID, field: str) -> ResponseReturnValue:
    """Passages of one text: kept in, or taken out with a reason."""
    asked = _for_a_pack(request_id)
    text = passages.find_text(kind, key, field, giving.subject_of(asked.participant_id, asked.id))
    form = PassageForm(data={"decision": "out", "reason": "third_party"})
    form.offer(text)
    if form.validate_on_submit():
        try:
            spans = form.spans
            if form.phrase.data:
                spans = [*spans, *passages.spans_of(text, form.phrase.data)]
            passages.mark_passages(
                asked, text, spans, form.decision.data, form.reason.data, by=current_user(), now=now()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            here = url_for(".mark", request_id=asked.id, kind=kind, key=key, field=field)
            undo = url_for(".unmark", request_id=asked.id, kind=kind, key=key, field=field)
            return saved(_("Decision saved"), here, (_("Give all of it"), undo))
    return render_form(
        "rights/mark.html", form, asked=asked, text=text, kind=kind, title=telling.title_of(kind),
        label=telling.label_of(text.column),
    )  # fmt: skip


@bp.route("/texts/<kind>/<uuid:key>/<field>/all", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def unmark(request_id: UUID, kind: str, key: UUID, field: str) -> ResponseReturnValue:
    asked = _for_a_pack(request_id)
    text = passages.find_text(kind, key, field, giving.subject_of(asked.participant_id, asked.id))
    here = url_for(".mark", request_id=asked.id, kind=kind, key=key, field=field)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    passages.unmark_text(text, by=current_user(), now=now())
    return saved(_("All of it is given"), here)


@bp.route("/pack", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def pack(request_id: UUID) -> ResponseReturnValue:
    """Make the archive. It stays as it is: another is made beside it."""
    asked = _for_a_pack(request_id)
    form = PackForm()
    if form.validate_on_submit():
        try:
            make_pack(asked, by=current_user(), now=now(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Pack made. Look through it before you hand it over"), _show(asked))
    subject = giving.subject_of(asked.participant_id, asked.id)
    marked = sum(len(marks) for marks in subject.marks.values())
    counts = passages.count_texts(subject)
    return render_form(
        "rights/pack.html", form, asked=asked, marked=marked, texts=sum(counts.values()),
        packs=queries.packs_of(asked.id),
    )  # fmt: skip


@bp.get("/packs/<uuid:pack_id>")
@requires(Permission.RIGHTS_ANSWER)
def archive(request_id: UUID, pack_id: UUID) -> Response:
    """The archive, as an attachment."""
    asked, made = _pack(request_id, pack_id)
    audit.looked(asked.participant_id, "access pack")
    stored = db.session.get(StoredFile, made.file_id)
    return as_attachment(stored, f"{asked.participant.reference}-record")


@bp.route("/packs/<uuid:pack_id>/given", methods=["GET", "POST"])
@requires(Permission.RIGHTS_ANSWER)
def given(request_id: UUID, pack_id: UUID) -> ResponseReturnValue:
    """It was handed over: that answers the request."""
    asked, made = _pack(request_id, pack_id)
    form = DayForm(data={"on": today()}, record=made)
    if form.validate_on_submit():
        try:
            services.record_giving(asked, made, on=form.on.data, today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Handed over. The request is answered"), _show(asked))
    return render_form(
        "rights/step.html", form, asked=asked, heading=_("The pack was handed over"),
        explained=_("In person, or by a way they chose and you trust. Check once more whose pack it is."),
    )  # fmt: skip


def _for_a_pack(request_id: UUID) -> RightsRequest:
    asked = queries.get_request(current_user(), request_id, "texts for a pack")
    if asked.kind not in KINDS:
        raise NotVisible
    return asked


def _pack(request_id: UUID, pack_id: UUID) -> tuple[RightsRequest, AccessPack]:
    asked = _for_a_pack(request_id)
    for made in queries.packs_of(asked.id):
        if made.id == pack_id:
            return asked, made
    raise NotVisible


def _show(asked: RightsRequest) -> str:
    return url_for(".show", request_id=asked.id)
