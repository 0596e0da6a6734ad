"""What a figure is about: a programme, or an organisation with everything below it, over a period."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.queries import organisations_below


@dataclass(frozen=True)
class Subject:
    """Starts of support from `from_on` to `until_on` on these programmes, with facts dated up to `as_at`."""

    code: str
    name: str
    programme_ids: tuple[UUID, ...]
    from_on: date
    until_on: date
    as_at: date
    organisation_id: UUID | None = None

    @property
    def is_group(self) -> bool:
        return self.organisation_id is not None

    def started(self) -> ColumnElement[bool]:
        """The starts this subject is about."""
        return and_(
            Enrolment.programme_id.in_(self.programme_ids),
            Enrolment.voided_at.is_(None),
            Enrolment.started_on.between(self.from_on, min(self.until_on, self.as_at)),
        )


def of_programme(
    programme: Programme,
    today: date,
    from_on: date | None = None,
    until_on: date | None = None,
    as_at: date | None = None,
) -> Subject:
    """A programme over its whole time, or over part of it. `as_at` is its report date, or today."""
    stated = as_at or programme.report_on or today
    return Subject(
        code=programme.code,
        name=programme.name,
        programme_ids=(programme.id,),
        from_on=from_on or programme.starts_on,
        until_on=until_on or min(programme.ends_on or stated, stated),
        as_at=stated,
    )


def of_organisation(
    organisation: Organisation,
    today: date,
    from_on: date | None = None,
    until_on: date | None = None,
    as_at: date | None = None,
) -> Subject:
    """An organisation and all below it, over the time of all its programmes."""
    programmes = list(
        db.session.scalars(
            select(Programme)
            .where(
                Programme.organisation_id.in_(organisations_below([organisation.id])),
                Programme.voided_at.is_(None),
            )
            .order_by(Programme.code)
        )
    )
    each = [of_programme(programme, today, from_on, until_on, as_at) for programme in programmes]
    return Subject(
        code=organisation.code,
        name=organisation.name,
        programme_ids=tuple(programme.id for programme in programmes),
        from_on=min((subject.from_on for subject in each), default=from_on or today),
        until_on=max((subject.until_on for subject in each), default=until_on or today),
        as_at=max((subject.as_at for subject in each), default=as_at or today),
        organisation_id=organisation.id,
    )
