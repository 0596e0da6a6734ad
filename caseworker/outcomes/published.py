"""Figures others published about a programme like this one: beside ours, never in them."""

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Programme, PublishedFigure


def published_of(subject: Subject, programme: Programme | None) -> list[PublishedFigure]:
    """Of a programme, or of the organisation where none is given."""
    if programme is not None:
        here = PublishedFigure.programme_id == programme.id
    else:
        here = PublishedFigure.organisation_id == subject.organisation_id
    return list(
        db.session.scalars(
            select(PublishedFigure)
            .where(here, PublishedFigure.voided_at.is_(None))
            .order_by(PublishedFigure.id)
        )
    )
