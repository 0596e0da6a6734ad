"""Stored valuations."""

from sqlalchemy import ColumnElement, select

from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.impact.models import ValuationRun
from caseworker.programmes.models import Organisation, Programme


def run_of_programme(programme: Programme, reference: str) -> ValuationRun:
    """A run of a programme the reader was let into. Raises NotVisible."""
    return _run(reference, ValuationRun.programme_id == programme.id)


def run_of_organisation(organisation: Organisation, reference: str) -> ValuationRun:
    """A run of an organisation the reader was let into. Raises NotVisible."""
    return _run(reference, ValuationRun.organisation_id == organisation.id)


def _run(reference: str, whose: ColumnElement[bool]) -> ValuationRun:
    run = db.session.scalar(
        select(ValuationRun).where(
            ValuationRun.reference == reference, whose, ValuationRun.voided_at.is_(None)
        )
    )
    if run is None:
        raise NotVisible
    return run
