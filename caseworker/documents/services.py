"""Documents recorded, their originals seen, used as evidence, taken back."""

from datetime import date, datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.documents.models import Document, DocumentUse
from caseworker.documents.rules import Paper, check_paper
from caseworker.enrolments.models import Enrolment

ELIGIBILITY = "eligibility"


def record_document(
    enrolment: Enrolment, paper: Paper, *, file_id: UUID | None, recorded_by: User, today: date
) -> Document:
    """Raises RuleBroken as `check_paper` does."""
    check_paper(paper, today)
    document = Document(
        enrolment=enrolment,
        kind=paper.kind,
        issued_on=paper.issued_on,
        expires_on=paper.expires_on,
        original_seen_on=paper.seen_on,
        original_seen_by_id=recorded_by.id if paper.seen_on else None,
        file_id=file_id,
        note=paper.note,
        entered_by_id=recorded_by.id,
    )
    db.session.add(document)
    return document


def see_original(document: Document, *, seen_on: date, seen_by: User, today: date) -> None:
    """The original of what was only a copy was seen. Raises RuleBroken for a day ahead."""
    if seen_on > today:
        raise RuleBroken("The day must be today or earlier", "seen_on")
    document.original_seen_on, document.original_seen_by_id = seen_on, seen_by.id


def add_copy(document: Document, file_id: UUID) -> None:
    """Keep a copy of it; the one before stays among the files, no longer shown."""
    document.file_id = file_id


def use_document(document: Document, about_id: UUID) -> None:
    """It is evidence of a criterion of eligibility."""
    db.session.add(DocumentUse(document_id=document.id, kind=ELIGIBILITY, about_id=about_id))


def take_back_document(document: Document, *, by: User, now: datetime) -> None:
    """Undo an entry. Raises RuleBroken for somebody else's, or after 30 days."""
    take_back(document, by.id, now)
