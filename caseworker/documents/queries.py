"""The documents of an enrolment, and what they are evidence of."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.documents.models import Document, DocumentUse
from caseworker.documents.rules import HEALTH
from caseworker.enrolments.models import Enrolment

_HEALTH_KINDS = tuple(row.code for row in codes("document_kind") if row.extras["shows"] == HEALTH)


def documents_of(enrolment: Enrolment, *, with_health: bool) -> list[Document]:
    """The newest first. An office sees none about health: it is not told that there are any."""
    rows = select(Document).where(Document.enrolment_id == enrolment.id, Document.voided_at.is_(None))
    if not with_health:
        rows = rows.where(Document.kind.not_in(_HEALTH_KINDS))
    return list(
        db.session.scalars(
            rows.options(joinedload(Document.original_seen_by), joinedload(Document.file)).order_by(
                Document.entered_at.desc(), Document.id.desc()
            )
        )
    )


def get_document(enrolment: Enrolment, document_id: UUID, *, with_health: bool) -> Document:
    """Raises NotVisible for another enrolment's, one taken back, or one about health for an office."""
    found = db.session.get(Document, document_id)
    if found is None or found.enrolment_id != enrolment.id or found.voided_at is not None:
        raise NotVisible
    if found.kind in _HEALTH_KINDS and not with_health:
        raise NotVisible
    return found


def evidence_for(about_ids: Collection[UUID]) -> dict[UUID, Document]:
    """The standing document behind each of these, where there is one. One query."""
    rows = db.session.execute(
        select(DocumentUse.about_id, Document)
        .join(Document, Document.id == DocumentUse.document_id)
        .where(DocumentUse.about_id.in_(set(about_ids)), Document.voided_at.is_(None))
    )
    return dict(rows.tuples().all())
