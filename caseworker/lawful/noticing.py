"""Privacy notices by edition, language and form."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.db import db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.lawful.models import Notice

TWICE = RuleBroken("This version is there already in this language and form", "version_name")


def notices_of(organisation_ids: list[UUID], day: date | None = None) -> list[Notice]:
    """The editions, the newest first; on a day: those given by then."""
    found = select(Notice).where(Notice.organisation_id.in_(organisation_ids), Notice.voided_at.is_(None))
    if day is not None:
        found = found.where(Notice.from_on <= day)
    order = (Notice.from_on.desc(), Notice.version_name.desc(), Notice.easy_read, Notice.language)
    return list(db.session.scalars(found.order_by(*order)))


def to_give(organisation_id: UUID, day: date) -> list[Notice]:
    """The newest version there is on a day, in each language and form."""
    every = notices_of([organisation_id], day)
    return [row for row in every if row.version_name == every[0].version_name]


def get_notice(organisation_ids: list[UUID], notice_id: UUID) -> Notice:
    """Raises NotVisible when it is missing or another organisation's."""
    row = db.session.get(Notice, notice_id)
    if row is None or row.voided_at is not None or row.organisation_id not in organisation_ids:
        raise NotVisible
    return row


def write_notice(
    organisation_id: UUID,
    *,
    version_name: str,
    language: str,
    easy_read: bool,
    words: str,
    from_on: date,
    written_by: User,
) -> Notice:
    """Add an edition: never changed, a new version replaces it. Raises RuleBroken for one that is there."""
    made = Notice(
        organisation_id=organisation_id,
        version_name=version_name,
        language=language,
        easy_read=easy_read,
        words=words,
        from_on=from_on,
        entered_by_id=written_by.id,
    )
    with refused_as(uq_notice_one=TWICE):
        db.session.add(made)
    return made
