"""Better evidence of a step: from the case, or from an administrator's list, who sees no notes."""

from uuid import UUID

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.attachments import as_attachment, keep_chosen
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import get_enrolment, get_listed_enrolment
from caseworker.progressions.change_forms import EvidenceForm
from caseworker.progressions.forms import asks
from caseworker.progressions.models import Progression, ProgressionEvidence
from caseworker.progressions.proving import add_evidence, take_back_evidence
from caseworker.progressions.queries import get_progression, get_proof
from caseworker.progressions.readiness_routes import bp

__all__ = ["bp", "office"]

# Sent from the list of progressions without evidence, by somebody who opens no case.
office = Blueprint("proofs", __name__, url_prefix="/people/<uuid:enrolment_id>/evidence")


def _form(step: Progression) -> EvidenceForm:
    """A payslip for what is paid, until told otherwise."""
    return EvidenceForm(
        data={"level": "official" if asks(step.kind, "pay") else "document_seen", "seen_on": today()}
    )


def _add(enrolment: Enrolment, step: Progression, form: EvidenceForm) -> ProgressionEvidence | None:
    if not form.validate_on_submit():
        return None
    try:
        return add_evidence(
            step,
            level=form.level.data,
            seen_on=form.seen_on.data,
            file_id=keep_chosen(form.evidence_file, enrolment.participant_id, current_user().id),
            added_by=current_user(),
            today=today(),
        )
    except RuleBroken as broken:
        form.reject(broken)
        return None


@bp.route("/<uuid:progression_id>/evidence", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def prove(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    step = get_progression(enrolment, progression_id)
    form = _form(step)
    proof = _add(enrolment, step, form)
    if proof is not None:
        undo = url_for(".take_back_proof", enrolment_id=enrolment.id, proof_id=proof.id)
        index = url_for(".index", enrolment_id=enrolment.id)
        return saved(_("Evidence added"), index, (_("Undo"), undo))
    return render_form("progressions/evidence.html", form, enrolment=enrolment, step=step)


@bp.route("/proofs/<uuid:proof_id>/take-back", methods=["GET", "POST"])
@requires(Permission.PROGRESSION_RECORD)
def take_back_proof(enrolment_id: UUID, proof_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "progressions")
    return _undone(enrolment, proof_id, url_for(".index", enrolment_id=enrolment.id))


def _undone(enrolment: Enrolment, proof_id: UUID, back: str) -> ResponseReturnValue:
    proof = get_proof(enrolment, proof_id)
    if not is_tapped(CaseForm()):
        return redirect(back, 303)
    take_back_evidence(get_progression(enrolment, proof.progression_id), proof, by=current_user(), now=now())
    return saved(_("Evidence taken back"), back)


@bp.get("/proofs/<uuid:proof_id>/document")
@requires(Permission.CASE_READ)
def proof_document(enrolment_id: UUID, proof_id: UUID) -> ResponseReturnValue:
    """The document somebody added later, as an attachment."""
    enrolment = get_enrolment(current_user(), enrolment_id, "document")
    return as_attachment(get_proof(enrolment, proof_id).file, f"{enrolment.participant.reference}-evidence")


@office.route("/<uuid:progression_id>", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_CHASE)
def send(enrolment_id: UUID, progression_id: UUID) -> ResponseReturnValue:
    enrolment = get_listed_enrolment(current_user(), enrolment_id)
    audit.looked(enrolment.participant_id, "evidence")
    step = get_progression(enrolment, progression_id)
    form = _form(step)
    proof = _add(enrolment, step, form)
    if proof is not None:
        undo = url_for(".take_back", enrolment_id=enrolment.id, proof_id=proof.id)
        return saved(_("Evidence added"), url_for("office.evidence"), (_("Undo"), undo))
    return render_form("progressions/office_evidence.html", form, enrolment=enrolment, step=step)


@office.route("/proofs/<uuid:proof_id>/take-back", methods=["GET", "POST"])
@requires(Permission.EVIDENCE_CHASE)
def take_back(enrolment_id: UUID, proof_id: UUID) -> ResponseReturnValue:
    enrolment = get_listed_enrolment(current_user(), enrolment_id)
    return _undone(enrolment, proof_id, url_for("office.evidence"))
