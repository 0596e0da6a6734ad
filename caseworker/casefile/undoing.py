"""What can still be undone in a timeline: one's own entries of the last 30 days, each at its own address."""

from typing import Any
from uuid import UUID

from flask import url_for

from caseworker.accounts.current import current_user
from caseworker.core.clock import now
from caseworker.core.taking_back import UNDOABLE

# Kind of entry: the view that takes one back, and the name its key has there.
TAKING_BACK = {
    "contact": ("contacts.take_back", "contact_id"),
    "appointment": ("appointments.take_back", "appointment_id"),
    "work": ("contacts.take_back_work_done", "work_id"),
    "goal": ("plans.take_back_goal", "goal_id"),
    "agreement": ("plans.take_back_agreement", "version_id"),
    "pause": ("pauses.take_back", "pause_id"),
    "wellbeing": ("wellbeing.take_back", "assessment_id"),
    "progression": ("progressions.take_back", "progression_id"),
    "support": ("support.take_back", "support_id"),
    "work_check": ("progressions.take_back_check", "check_id"),
    "document": ("documents.take_back", "document_id"),
    "referral": ("referrals.take_back", "referral_id"),
    "work_proof": ("progressions.take_back_proof", "proof_id"),
    "moved": ("moving.back", "moved_id"),
}
# Their addresses name the case by themselves.
WITHOUT_CASE = frozenset({"appointment"})


# Kinds of entry that can be moved to the person they belong to.
MOVING = frozenset({"contact", "work", "wellbeing", "support", "document"})


def move_address(row: Any, enrolment_id: UUID) -> str:
    """Where an entry on the wrong person is moved; empty for one that cannot, or was corrected since."""
    if row.kind not in MOVING or (row.kind == "contact" and row.other_id):
        return ""
    return url_for("moving.find", enrolment_id=enrolment_id, kind=row.kind, key=row.id)


def undo_address(row: Any, enrolment_id: UUID) -> str:
    """Where to post to undo a row of the timeline; empty where this user cannot."""
    # Who moved an entry is not shown in its old place, and may undo it there.
    whose = row.other_id if row.kind == "moved" else row.by_id
    if row.kind not in TAKING_BACK or whose != current_user().id or row.entered_at is None:
        return ""
    if now() - row.entered_at > UNDOABLE or (row.kind == "contact" and row.other_id):
        return ""
    endpoint, key = TAKING_BACK[row.kind]
    case: dict[str, Any] = {} if row.kind in WITHOUT_CASE else {"enrolment_id": enrolment_id}
    return url_for(endpoint, **case, **{key: row.id})
