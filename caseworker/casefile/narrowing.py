"""Filters of a caseload that cost something: a barrier still open in a theme, wellbeing never asked."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from caseworker.barriers.models import BarrierAssessment
from caseworker.barriers.rules import NOT_ASKED
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.models import WellbeingAssessment

# The values chosen in each group of `filters.BEFORE`.
Before = tuple[tuple[str, ...], ...]


def narrowing(before: Before) -> Iterator[ColumnElement[bool]]:
    themes, wellbeing = before
    if themes:
        yield _has_open(themes)
    if wellbeing:
        yield _never_asked()


def _has_open(themes: tuple[str, ...]) -> ColumnElement[bool]:
    """`barriers.rules.latest_words` in the database: a severity that no later word replaced."""
    row, later = aliased(BarrierAssessment), aliased(BarrierAssessment)
    after = or_(
        later.assessed_on > row.assessed_on,
        and_(later.assessed_on == row.assessed_on, later.id > row.id),
    )
    replaced = exists().where(
        later.enrolment_id == row.enrolment_id,
        later.theme == row.theme,
        later.state != NOT_ASKED,
        or_(later.barrier.is_(None), row.barrier.is_(None), later.barrier == row.barrier),
        later.voided_at.is_(None),
        after,
    )
    return Enrolment.id.in_(
        select(row.enrolment_id).where(
            row.theme.in_(themes), row.severity > 0, row.voided_at.is_(None), ~replaced
        )
    )


def _never_asked() -> ColumnElement[bool]:
    """Somebody who has started, and no sitting stands."""
    asked = select(WellbeingAssessment.enrolment_id).where(WellbeingAssessment.voided_at.is_(None))
    return and_(Enrolment.started_on.is_not(None), Enrolment.id.not_in(asked))
