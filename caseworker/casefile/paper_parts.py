"""Documents seen, and agencies somebody was sent on to."""

from sqlalchemy import literal

from caseworker.casefile.noon import noon
from caseworker.casefile.shape import Part, Whose, part
from caseworker.documents.models import Document
from caseworker.referrals.models import Agency, OnwardReferral


def documents(enrolment_id: Whose) -> Part:
    row = Document
    return part(
        "document",
        at=row.entered_at,
        timed=literal(True),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.kind,
        day=row.expires_on,
        flag=row.original_seen_on.is_not(None),
        sealed=row.note_sealed,
    ).where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))


def referrals(enrolment_id: Whose) -> Part:
    return _referral("referral", enrolment_id)


def referrals_closed(enrolment_id: Whose) -> Part:
    return _referral("referral_closed", enrolment_id)


def _referral(kind: str, enrolment_id: Whose) -> Part:
    row, closing = OnwardReferral, kind == "referral_closed"
    found = part(
        kind,
        at=noon(row.closed_on) if closing else row.entered_at,
        timed=literal(not closing),
        by_id=row.entered_by_id,
        entered_at=row.entered_at,
        id=row.id,
        code=row.result if closing else row.reason,
        day=row.sent_on,
        words=Agency.name,
        flag=row.signposted_only,
        **({} if closing else {"sealed": row.words_sealed}),
    ).join_from(row, Agency, Agency.id == row.agency_id)
    shown = found.where(row.enrolment_id == enrolment_id, row.voided_at.is_(None))
    return shown.where(row.closed_on.is_not(None)) if closing else shown


PAPER_PARTS = (documents, referrals, referrals_closed)
