"""What became of an entry: it was moved, and nothing of it is said; or its person does not agree."""

from sqlalchemy import literal

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.enrolments.models import EntryStatement, MovedEntry


def moved(enrolment_id: Whose) -> Part:
    row = MovedEntry
    return part(
        "moved",
        at=noon(row.happened_on),
        timed=literal(False),
        id=row.id,
        day=row.moved_on,
        entered_at=row.entered_at,
        other_id=row.entered_by_id,
    ).where(row.from_enrolment_id == enrolment_id, row.voided_at.is_(None), row.record_kind != "stored_file")


def statements(enrolment_id: Whose) -> Part:
    """What somebody says about an entry, at the entry's own time."""
    row = EntryStatement
    return part(
        "statement",
        at=row.happened_at,
        timed=literal(False),
        id=row.id,
        entered_at=row.entered_at,
        day=row.said_on,
        words=row.title,
        sealed=row.words_sealed,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
