"""Ready for work, item by item: how it stands, how it stood, and what one save changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.codes import code, codes
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.progressions.models import ReadinessItem


@dataclass(frozen=True)
class Noted:
    """One word on one item, with who wrote it down."""

    item: str
    state: str
    noted_on: date
    by: str | None


@dataclass(frozen=True)
class Readiness:
    """How every item stands, None for what nobody asked, and all that was noted, the newest first."""

    states: dict[str, str | None]
    history: tuple[Noted, ...]

    def count(self, *states: str | None) -> int:
        return sum(state in states for state in self.states.values())

    @property
    def wanted(self) -> int:
        """Items that matter to this person: all but those they said they do not need."""
        return len(self.states) - self.count("not_needed")


def readiness_of(enrolment: Enrolment) -> Readiness:
    rows = db.session.execute(
        select(ReadinessItem, User.name)
        .outerjoin(User, User.id == ReadinessItem.entered_by_id)
        .where(ReadinessItem.enrolment_id == enrolment.id, ReadinessItem.voided_at.is_(None))
        .order_by(ReadinessItem.noted_on.desc(), ReadinessItem.id.desc())
    )
    history = tuple(Noted(row.item, row.state, row.noted_on, name) for row, name in rows)
    states: dict[str, str | None] = {each.code: None for each in codes("readiness_item")}
    for noted in reversed(history):
        states[noted.item] = noted.state
    return Readiness(states, history)


def note_readiness(
    enrolment: Enrolment, answers: Mapping[str, str], *, noted_by: User, today: date, now: datetime
) -> list[ReadinessItem]:
    """Keep the items that are other than before. Those of one save are undone together."""
    before = readiness_of(enrolment).states
    made = [
        ReadinessItem(
            enrolment=enrolment,
            item=code("readiness_item", item).code,
            state=code("readiness_state", state).code,
            noted_on=today,
            entered_at=now,
            entered_by_id=noted_by.id,
        )
        for item, state in answers.items()
        if before[item] != state
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def take_back_readiness(enrolment: Enrolment, item_id: UUID, *, by: User, now: datetime) -> None:
    """Undo of one save. Raises NotVisible, and RuleBroken as `take_back`."""
    for row in _of_one_save(enrolment, item_id):
        take_back(row, by.id, now)
    db.session.flush()


def _of_one_save(enrolment: Enrolment, item_id: UUID) -> Sequence[ReadinessItem]:
    own = select(ReadinessItem).where(
        ReadinessItem.enrolment_id == enrolment.id, ReadinessItem.voided_at.is_(None)
    )
    first = db.session.scalar(own.where(ReadinessItem.id == item_id))
    if first is None:
        raise NotVisible
    return db.session.scalars(
        own.where(
            ReadinessItem.entered_at == first.entered_at, ReadinessItem.entered_by_id == first.entered_by_id
        )
    ).all()
