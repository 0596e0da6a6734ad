"""Who may read which concern. Nothing else in the product reads one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import Role, User
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.ids import read_reference
from caseworker.participants.models import Participant, ParticipantAccess
from caseworker.programmes.models import Organisation
from caseworker.programmes.queries import organisations_below
from caseworker.safeguarding.models import Concern, ConcernReader, ConcernStep

PAGE = 50
ACTION = "action"


def is_led_by(user: User) -> ColumnElement[bool]:
    """Concerns this safeguarding lead decides on: of the places of their role, and never one about them."""
    grants = [each for each in user.grants if each.role == Role.SAFEGUARDING_LEAD and each.holds_on(today())]
    programmes = [each.programme_id for each in grants if each.programme_id]
    roots = [each.organisation_id for each in grants if each.organisation_id]
    places: list[ColumnElement[bool]] = []
    if any(each.programme_id is None and each.organisation_id is None for each in grants):
        places.append(true())
    if roots:
        places.append(Concern.organisation_id.in_(organisations_below(roots)))
    if programmes:
        on = select(ParticipantAccess.participant_id).where(ParticipantAccess.programme_id.in_(programmes))
        places += [Concern.programme_id.in_(programmes), Concern.about_participant_id.in_(on)]
    return and_(_is_not_about(user), or_(false(), *places))


def is_read_by(user: User) -> ColumnElement[bool]:
    """Those, and the ones that a lead let this user read."""
    return or_(is_led_by(user), is_shared_with(user))


def is_shared_with(user: User) -> ColumnElement[bool]:
    named = exists().where(
        ConcernReader.concern_id == Concern.id,
        ConcernReader.user_id == user.id,
        ConcernReader.voided_at.is_(None),
    )
    return and_(_is_not_about(user), named)


def _is_not_about(user: User) -> ColumnElement[bool]:
    return and_(
        Concern.voided_at.is_(None), or_(Concern.about_user_id.is_(None), Concern.about_user_id != user.id)
    )


def get_concern(user: User, concern_id: UUID) -> Concern:
    """A concern this user may read, with its chronology. Raises NotVisible. The look is noted."""
    return _one(concern_id, is_read_by(user))


def get_led(user: User, concern_id: UUID) -> Concern:
    """A concern this user decides on. Raises NotVisible."""
    return _one(concern_id, is_led_by(user))


def _one(concern_id: UUID, condition: ColumnElement[bool]) -> Concern:
    found = db.session.scalar(
        select(Concern)
        .where(Concern.id == concern_id, condition)
        .options(joinedload(Concern.about_participant), selectinload(Concern.steps))
    )
    if found is None:
        raise NotVisible
    audit.opened("concern", found.id)
    return found


def may_lead(user: User, concern: Concern) -> bool:
    return bool(db.session.scalar(select(exists().where(Concern.id == concern.id, is_led_by(user)))))


def get_sent(user: User, concern_id: UUID) -> Concern:
    """A concern this user raised, for its reference alone. Raises NotVisible."""
    found = db.session.get(Concern, concern_id)
    if found is None or found.entered_by_id != user.id:
        raise NotVisible
    return found


def count_unread(user: User) -> int:
    """Concerns of this lead's that nobody has taken yet."""
    unread = (
        select(func.count()).select_from(Concern).where(is_led_by(user), Concern.acknowledged_at.is_(None))
    )
    return db.session.scalar(unread) or 0


def unread_concerns() -> Sequence[Concern]:
    """All that nobody has taken yet, for the alerts."""
    return db.session.scalars(
        select(Concern)
        .where(Concern.acknowledged_at.is_(None), Concern.voided_at.is_(None))
        .order_by(Concern.entered_at, Concern.id)
    ).all()


def concerns_about(participant_id: UUID) -> Select[Concern]:
    """Every concern about somebody, whoever may read it: narrow it by `is_read_by` before showing any.

    Nor may anybody else be shown how many there are.
    """
    return select(Concern).where(Concern.about_participant_id == participant_id, Concern.voided_at.is_(None))


def other_concerns(user: User, concern: Concern) -> Sequence[Concern]:
    """The others about the same person that this user may read, the newest PAGE."""
    if concern.about_participant_id is None:
        return []
    about = concerns_about(concern.about_participant_id)
    others = about.where(Concern.id != concern.id, is_read_by(user))
    return db.session.scalars(others.order_by(Concern.entered_at.desc(), Concern.id.desc()).limit(PAGE)).all()


def chronology(concern: Concern) -> list[ConcernStep]:
    """Every step in its order; what took the concern comes before what was done with it at that moment."""
    return sorted(concern.steps, key=lambda step: (step.happened_at, step.kind != "taken", step.id))


def names_in(concern: Concern) -> dict[UUID | None, str]:
    """Names of whoever raised it, did something about it, or is a colleague it is about."""
    people = {concern.entered_by_id, concern.about_user_id, *(step.entered_by_id for step in concern.steps)}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(people - {None})))
    return {row.id: row.name for row in rows}


def organisation_of(concern: Concern) -> str:
    """The organisation that answers for it, by name."""
    return (
        db.session.scalar(select(Organisation.name).where(Organisation.id == concern.organisation_id)) or ""
    )


def name_of(user_id: UUID) -> str:
    return db.session.scalar(select(User.name).where(User.id == user_id)) or ""


def find_on_record(concern: Concern, typed: str | None) -> Participant | None:
    """Somebody of the concern's organisation by their whole reference; nobody whose record is restricted."""
    reference = read_reference((typed or "")[:40])
    if reference is None:
        return None
    return db.session.scalar(
        select(Participant).where(
            Participant.reference == reference,
            Participant.organisation_id == concern.organisation_id,
            Participant.voided_at.is_(None),
            ~Participant.restricted,
        )
    )


def open_actions(concern: Concern) -> list[ConcernStep]:
    """Actions nobody said are done, the soonest due first."""
    settled = {step.settles_id for step in concern.steps}
    found = [step for step in concern.steps if step.kind == ACTION and step.id not in settled]
    return sorted(found, key=lambda step: (step.due_on or date.max, step.id))


def readers_named(concern: Concern) -> list[tuple[ConcernReader, str]]:
    """(row, name) of those who may read it now because a lead said so."""
    rows = db.session.execute(
        select(ConcernReader, User.name)
        .join(User, User.id == ConcernReader.user_id)
        .where(ConcernReader.concern_id == concern.id, ConcernReader.voided_at.is_(None))
        .order_by(User.name)
    )
    return [(row, name) for row, name in rows]
