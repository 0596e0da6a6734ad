"""Documents of a case, by two doors: the case itself, and a programme's office, which sees none on health."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.attachments import as_attachment, keep_chosen
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.documents import services
from caseworker.documents.forms import CopyForm, DocumentForm, OriginalForm
from caseworker.documents.models import Document
from caseworker.documents.queries import documents_of, get_document
from caseworker.documents.rules import standing
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment, get_listed_enrolment

bp = Blueprint("documents", __name__, url_prefix="/enrolments/<uuid:enrolment_id>/documents")
office = Blueprint("papers", __name__, url_prefix="/people/<uuid:enrolment_id>/documents")

FRAMES = {bp.name: "casefile/frame.html", office.name: "documents/office_frame.html"}


def _is_case() -> bool:
    return request.blueprint == bp.name


def _enrolment(enrolment_id: UUID) -> Enrolment:
    if _is_case():
        return get_enrolment(current_user(), enrolment_id, "documents")
    return get_listed_enrolment(current_user(), enrolment_id, "documents")


def _document(enrolment: Enrolment, document_id: UUID) -> Document:
    return get_document(enrolment, document_id, with_health=_is_case())


def index(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = _enrolment(enrolment_id)
    found = documents_of(enrolment, with_health=_is_case())
    return render_template(
        "documents/index.html",
        frame=FRAMES[str(request.blueprint)],
        enrolment=enrolment,
        documents=[(each, standing(each.original_seen_on, each.expires_on, today())) for each in found],
        is_case=_is_case(),
        me=current_user().id,
    )


def new(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = _enrolment(enrolment_id)
    form = DocumentForm(data={"seen_on": today()})
    if not _is_case():
        form.leave_out_health()
    if form.validate_on_submit():
        try:
            made = services.record_document(
                enrolment,
                form.paper,
                file_id=keep_chosen(form.copy, enrolment.participant_id, current_user().id),
                recorded_by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back", enrolment_id=enrolment.id, document_id=made.id)
            return saved(_("Document recorded"), _index(enrolment), (_("Undo"), undo))
    return _form_page("documents/new.html", form, enrolment)


def see(enrolment_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The original of what was only a copy."""
    enrolment = _enrolment(enrolment_id)
    document = _document(enrolment, document_id)
    form = OriginalForm(data={"seen_on": today()}, record=document)
    if form.validate_on_submit():
        try:
            services.see_original(document, seen_on=form.seen_on.data, seen_by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Original seen"), _index(enrolment))
    return _form_page("documents/see.html", form, enrolment, document=document)


def copy(enrolment_id: UUID, document_id: UUID) -> ResponseReturnValue:
    enrolment = _enrolment(enrolment_id)
    document = _document(enrolment, document_id)
    form = CopyForm(record=document)
    if form.validate_on_submit():
        kept = keep_chosen(form.copy, enrolment.participant_id, current_user().id)
        if kept is not None:
            services.add_copy(document, kept)
        return saved(_("Copy kept"), _index(enrolment))
    return _form_page("documents/copy.html", form, enrolment, document=document)


def download(enrolment_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The copy, as an attachment."""
    enrolment = _enrolment(enrolment_id)
    document = _document(enrolment, document_id)
    return as_attachment(document.file, f"{enrolment.participant.reference}-document")


def take_back(enrolment_id: UUID, document_id: UUID) -> ResponseReturnValue:
    enrolment = _enrolment(enrolment_id)
    if not is_tapped(CaseForm()):
        return redirect(_index(enrolment), 303)
    services.take_back_document(_document(enrolment, document_id), by=current_user(), now=now())
    return saved(_("Document taken back"), _index(enrolment))


def _form_page(template: str, form: CaseForm, enrolment: Enrolment, **about: object) -> ResponseReturnValue:
    frame = FRAMES[str(request.blueprint)]
    return render_form(template, form, frame=frame, enrolment=enrolment, back=_index(enrolment), **about)


def _index(enrolment: Enrolment) -> str:
    return url_for(".index", enrolment_id=enrolment.id)


def _add_to(door: Blueprint, read: Permission) -> None:
    may_read, may_write = requires(read), requires(Permission.DOCUMENT_RECORD)
    both = ["GET", "POST"]
    door.add_url_rule("", view_func=may_read(index))
    door.add_url_rule("/new", view_func=may_write(new), methods=both)
    door.add_url_rule("/<uuid:document_id>/original", view_func=may_write(see), methods=both)
    door.add_url_rule("/<uuid:document_id>/copy", view_func=may_write(copy), methods=both)
    door.add_url_rule("/<uuid:document_id>/file", view_func=may_read(download))
    door.add_url_rule("/<uuid:document_id>/take-back", view_func=may_write(take_back), methods=both)


_add_to(bp, Permission.CASE_READ)
_add_to(office, Permission.PEOPLE_READ)
