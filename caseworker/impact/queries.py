"""Stored valuations."""

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.impact.models import ValuationRun
from caseworker.programmes.models import Programme


def get_run(programme: Programme, reference: str) -> ValuationRun:
    """A run of a programme the reader was let into. Raises NotVisible."""
    run = db.session.scalar(
        select(ValuationRun).where(
            ValuationRun.reference == reference, ValuationRun.programme_id == programme.id
        )
    )
    if run is None:
        raise NotVisible
    return run
