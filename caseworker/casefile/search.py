"""Finding people and their cases: one's own first, then colleagues' on the same programmes."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from caseworker.accounts.models import User
from caseworker.casefile.queries import Case, cases
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.merging.queries import followed
from caseworker.participants.finding import MOST_FOUND, find_people
from caseworker.participants.models import Participant
from caseworker.participants.queries import WITH_CASES
from caseworker.programmes.queries import programmes_of


@dataclass(frozen=True)
class Colleagues:
    """All that is shown of somebody whose case is not open to the reader."""

    participant_id: UUID
    reference: str
    known_as: str
    family_name: str
    keyworker_name: str | None

    @property
    def name(self) -> str:
        return f"{self.known_as} {self.family_name}"


@dataclass(frozen=True)
class Found:
    """Who was found: so called, or (`…_alike`) only like what was typed. `more` were found than shown."""

    mine: list[Case] = field(default_factory=list)
    others: list[Colleagues] = field(default_factory=list)
    mine_alike: list[Case] = field(default_factory=list)
    others_alike: list[Colleagues] = field(default_factory=list)
    more: bool = False

    @property
    def only(self) -> Case | None:
        """The case to open at once: the newest of the one person of one's own who is so called."""
        return self.mine[0] if len({case.reference for case in self.mine}) == 1 else None

    def __bool__(self) -> bool:
        return bool(self.mine or self.others or self.mine_alike or self.others_alike)


def find_cases(user: User, typed: str, today: date) -> Found:
    """The enrolments of one's own people found, the open and newest first, and the names of others."""
    every = find_people(user, followed(typed), today)
    hits = every[:MOST_FOUND]
    mine = _cases_of(user, [hit.id for hit in hits if hit.mine], today)
    others = _colleagues(user, [hit.id for hit in hits if not hit.mine])
    alike = {hit.id for hit in hits if hit.alike}
    return Found(
        [case for key, case in mine if key not in alike],
        [each for each in others if each.participant_id not in alike],
        [case for key, case in mine if key in alike],
        [each for each in others if each.participant_id in alike],
        len(every) > MOST_FOUND,
    )


def get_colleagues(user: User, person: Participant) -> Colleagues:
    """What is shown of somebody before their case is asked for. Raises NotVisible without a case here."""
    found = _colleagues(user, [person.id])
    if not found:
        raise NotVisible
    return found[0]


def _cases_of(user: User, people: list[UUID], today: date) -> list[tuple[UUID, Case]]:
    """In the order of the people."""
    if not people:
        return []
    rows = db.session.execute(
        cases(user, today)
        .add_columns(Enrolment.participant_id)
        .where(Enrolment.participant_id.in_(people))
        .order_by(Enrolment.exited_on.is_not(None), Enrolment.referred_on.desc(), Enrolment.id)
    )
    found = [(key, Case(*columns)) for *columns, key in rows]
    return sorted(found, key=lambda pair: people.index(pair[0]))


def _colleagues(user: User, people: list[UUID]) -> list[Colleagues]:
    """Each once, with the keyworker of the open or newest enrolment on a programme of the reader."""
    if not people:
        return []
    rows = db.session.execute(
        select(
            Participant.id,
            Participant.reference,
            func.coalesce(Participant.preferred_name, Participant.given_name),
            Participant.family_name,
            User.name,
        )
        .join(Enrolment, Enrolment.participant_id == Participant.id)
        .outerjoin(User, User.id == Enrolment.keyworker_id)
        .where(
            Participant.id.in_(people),
            Enrolment.voided_at.is_(None),
            Enrolment.programme_id.in_(programmes_of(user, WITH_CASES)),
        )
        .order_by(Enrolment.exited_on.is_(None), Enrolment.referred_on, Enrolment.id)
    )
    found = {row[0]: Colleagues(*row) for row in rows}
    return [found[key] for key in people if key in found]
