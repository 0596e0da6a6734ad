"""The second person: what was proposed, erasing or keeping it, and what was erased."""

from io import BytesIO
from uuid import UUID

from flask import after_this_request, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.retention import queries, reviewing, services
from caseworker.retention.counting import count_rows, in_all
from caseworker.retention.erasing import with_absorbed
from caseworker.retention.file_tidying import empty_journal
from caseworker.retention.forms import EraseForm, KeepForm
from caseworker.retention.routes import bp, may_decide, page_number, pages
from caseworker.retention.rules import IN_THE_WAY, PROPOSED, seen
from caseworker.retention.words import counted, kept_words

__all__ = ["bp"]


@bp.get("/retention/waiting")
@requires(Permission.RETENTION_PROPOSE)
def waiting() -> ResponseReturnValue:
    audit.listed("proposals")
    return render_template("retention/waiting.html", proposals=queries.open_proposals(current_user()))


@bp.get("/retention/proposals/<uuid:together_id>")
@requires(Permission.RETENTION_PROPOSE)
def proposal(together_id: UUID) -> ResponseReturnValue:
    """What was proposed together: what would go, what stands in the way, and what became of each."""
    return _page(together_id)


def _page(together_id: UUID, form: EraseForm | None = None) -> ResponseReturnValue:
    user, form = current_user(), form or EraseForm()
    erasures = queries.get_together(user, together_id)
    undecided = [each for each in erasures if each.state == PROPOSED]
    people = queries.still_proposed(together_id)
    counts = count_rows(with_absorbed(people)) if undecided else {}
    form.show(seen(counts))
    standing = reviewing.in_the_way(people, erasures[0].because, today(), decided=True) if undecided else {}
    return render_form(
        "retention/proposal.html",
        form,
        together_id=together_id,
        erasures=erasures,
        undecided=undecided,
        first=erasures[0],
        rows=counted(in_all(counts)),
        standing=standing,
        reasons=IN_THE_WAY,
        is_mine=erasures[0].entered_by_id == user.id,
        may_decide=may_decide() and erasures[0].entered_by_id != user.id,
    )


@bp.route("/retention/proposals/<uuid:together_id>/erase", methods=["GET", "POST"])
@requires(Permission.RETENTION_DECIDE)
def erase(together_id: UUID) -> ResponseReturnValue:
    here = url_for(".proposal", together_id=together_id)
    queries.get_together(current_user(), together_id)
    form = EraseForm()
    if not form.is_submitted():
        return redirect(here, 303)
    if form.validate():
        mark = form.looked_at.data
        try:
            done = services.erase_together(
                together_id, looked_at=mark, by=current_user(), today=today(), now=now()
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            after_this_request(_tidy)
            said = ngettext("%(num)s record was erased", "%(num)s records were erased", done)
            return saved(said, here)
    return _page(together_id, form)


def _tidy(response: Response) -> Response:
    """After the commit: what was erased goes from the journal too."""
    if response.status_code < 400:
        empty_journal()
    return response


@bp.route("/retention/proposals/<uuid:together_id>/keep", methods=["GET", "POST"])
@requires(Permission.RETENTION_DECIDE)
def keep(together_id: UUID) -> ResponseReturnValue:
    here = url_for(".proposal", together_id=together_id)
    erasures = queries.get_together(current_user(), together_id)
    form = KeepForm()
    form.offer(each for each in erasures if each.state == PROPOSED)
    if form.validate_on_submit():
        try:
            kept = services.keep(
                together_id,
                form.chosen,
                reason=form.reason.data,
                look_again_on=form.look_again_on.data,
                by=current_user(),
                today=today(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(ngettext("%(num)s record is kept", "%(num)s records are kept", kept), here)
    return render_form("retention/keep.html", form, here=here, first=erasures[0])


@bp.route("/retention/proposals/<uuid:together_id>/withdraw", methods=["GET", "POST"])
@requires(Permission.RETENTION_PROPOSE)
def withdraw(together_id: UUID) -> ResponseReturnValue:
    here = url_for(".proposal", together_id=together_id)
    queries.get_together(current_user(), together_id)
    if not is_tapped(CaseForm()):
        return redirect(here, 303)
    try:
        services.withdraw(together_id, by=current_user(), today=today())
    except RuleBroken as broken:
        return saved(broken.message, here)
    return saved(_("The proposal is taken back"), here)


@bp.get("/retention/erased")
@requires(Permission.RETENTION_PROPOSE)
def erased() -> ResponseReturnValue:
    """Tombstones: what was erased, when, and by whom."""
    total, _rows = queries.page_of_erased(current_user(), 1)
    number = page_number(total)
    _total, rows = queries.page_of_erased(current_user(), number)
    audit.listed("erased")
    return render_template(
        "retention/erased.html", rows=rows, pages=pages(".erased", number, total), total=total
    )


@bp.get("/retention/erasures/<uuid:erasure_id>")
@requires(Permission.RETENTION_PROPOSE)
def certificate(erasure_id: UUID) -> ResponseReturnValue:
    found = queries.get_erasure(current_user(), erasure_id)
    names = reviewing.names_of(UUID(each["programme"]) for each in found.basis)
    return render_template(
        "retention/certificate.html",
        erasure=found,
        rows=counted(found.counts or {}),
        basis=[kept_words(each, names) for each in found.basis],
        wrong=services.is_as_certified(found),
    )


@bp.get("/retention/erasures/<uuid:erasure_id>/certificate.pdf")
@requires(Permission.RETENTION_PROPOSE)
def certificate_file(erasure_id: UUID) -> ResponseReturnValue:
    from caseworker.retention.certificate import certificate_page

    found = queries.get_erasure(current_user(), erasure_id)
    names = reviewing.names_of(UUID(each["programme"]) for each in found.basis)
    return send_file(
        BytesIO(certificate_page(found, names)),
        "application/pdf",
        as_attachment=True,
        download_name=f"erasure-{found.participant.reference}.pdf",
    )
