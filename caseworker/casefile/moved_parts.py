"""Where an entry stood that belongs to somebody else: that it was moved, and when; nothing of it."""

from sqlalchemy import literal

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.enrolments.models import MovedEntry


def moved(enrolment_id: Whose) -> Part:
    row = MovedEntry
    return part("moved", at=noon(row.happened_on), timed=literal(False), id=row.id, day=row.moved_on).where(
        row.from_enrolment_id == enrolment_id, row.voided_at.is_(None), row.record_kind != "stored_file"
    )
