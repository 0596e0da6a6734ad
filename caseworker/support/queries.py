"""Help given in a case, what it cost, and what is left of each budget. Sums are made in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import aliased, joinedload

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import programmes_of
from caseworker.support.models import BudgetHead, SupportGiven
from caseworker.support.rules import APPROVED, ASKED, COUNTED, GIVEN, Drawn

LEADS = frozenset({Role.LEAD})
PAGE = 50


@dataclass(frozen=True)
class Cost:
    """Pence of one case by state: had, agreed and not had yet, waiting for a lead."""

    given: int
    approved: int
    asked: int


@dataclass(frozen=True)
class Average:
    """What those who were given anything cost on a programme."""

    people: int
    pence: int


@dataclass(frozen=True)
class BudgetLine:
    """A budget and what was drawn on it. `left` may be below nothing only where a limit was wrong."""

    budget: BudgetHead
    given: int
    approved: int
    asked: int

    @property
    def left(self) -> int:
        return self.budget.limit_pence - self.given - self.approved


@dataclass(frozen=True)
class Waiting:
    """Help that a lead has not answered yet."""

    support: SupportGiven
    enrolment: Enrolment
    person: Participant
    asked_by: str


def _pence(*states: str) -> ColumnElement[int]:
    held = case((SupportGiven.state.in_(states), SupportGiven.amount_pence), else_=0)
    return func.coalesce(func.sum(held), 0)


def support_of(enrolment: Enrolment) -> list[SupportGiven]:
    """Everything asked for and given in a case, the newest first."""
    return list(
        db.session.scalars(
            select(SupportGiven)
            .where(SupportGiven.enrolment_id == enrolment.id, SupportGiven.voided_at.is_(None))
            .options(joinedload(SupportGiven.budget), joinedload(SupportGiven.receipt))
            .order_by(
                func.coalesce(SupportGiven.given_on, SupportGiven.asked_on).desc(), SupportGiven.id.desc()
            )
        )
    )


def get_support(enrolment: Enrolment, support_id: UUID) -> SupportGiven:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(SupportGiven).where(
            SupportGiven.id == support_id,
            SupportGiven.enrolment_id == enrolment.id,
            SupportGiven.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def cost_of(enrolment_id: UUID) -> Cost:
    given, approved, asked = db.session.execute(
        select(_pence(GIVEN), _pence(APPROVED), _pence(ASKED)).where(
            SupportGiven.enrolment_id == enrolment_id, SupportGiven.voided_at.is_(None)
        )
    ).one()
    return Cost(int(given), int(approved), int(asked))


def average_cost(programme_id: UUID) -> Average:
    """Of everybody who was given anything on a programme."""
    people, pence = db.session.execute(
        select(func.count(Enrolment.participant_id.distinct()), _pence(GIVEN))
        .join(SupportGiven, SupportGiven.enrolment_id == Enrolment.id)
        .where(
            Enrolment.programme_id == programme_id,
            Enrolment.voided_at.is_(None),
            SupportGiven.state == GIVEN,
            SupportGiven.voided_at.is_(None),
        )
    ).one()
    return Average(people, int(pence))


def budget_lines(programme_id: UUID, on: date | None = None) -> list[BudgetLine]:
    """A programme's budgets with what was drawn on each; those that can pay on a day, or all."""
    drawn = (
        select(
            SupportGiven.budget_id.label("budget_id"),
            _pence(GIVEN).label("given"),
            _pence(APPROVED).label("approved"),
            _pence(ASKED).label("asked"),
        )
        .where(SupportGiven.voided_at.is_(None), SupportGiven.budget_id.is_not(None))
        .group_by(SupportGiven.budget_id)
        .subquery()
    )
    rows = (
        select(
            BudgetHead,
            func.coalesce(drawn.c.given, 0),
            func.coalesce(drawn.c.approved, 0),
            func.coalesce(drawn.c.asked, 0),
        )
        .outerjoin(drawn, drawn.c.budget_id == BudgetHead.id)
        .where(BudgetHead.programme_id == programme_id, BudgetHead.voided_at.is_(None))
        .order_by(BudgetHead.until_on.desc(), BudgetHead.name, BudgetHead.id)
    )
    if on is not None:
        rows = rows.where(BudgetHead.from_on <= on, BudgetHead.until_on >= on)
    return [
        BudgetLine(budget, int(given), int(approved), int(asked))
        for budget, given, approved, asked in db.session.execute(rows)
    ]


def open_budgets(programme_id: UUID, on: date) -> list[BudgetHead]:
    """Those that can pay on a day, by name."""
    pays = (BudgetHead.from_on <= on, BudgetHead.until_on >= on, BudgetHead.voided_at.is_(None))
    ours = select(BudgetHead).where(BudgetHead.programme_id == programme_id, *pays)
    return list(db.session.scalars(ours.order_by(BudgetHead.name, BudgetHead.id)))


def find_budget(programme_id: UUID, budget_id: UUID) -> BudgetHead:
    """Raises NotVisible when it is missing or another programme's."""
    found = db.session.scalar(
        select(BudgetHead).where(
            BudgetHead.id == budget_id,
            BudgetHead.programme_id == programme_id,
            BudgetHead.voided_at.is_(None),
        )
    )
    if found is None:
        raise NotVisible
    return found


def drawn_from(budget: BudgetHead, participant_id: UUID | None = None) -> Drawn:
    """What was given and agreed from a budget, in all and for one person, whichever enrolment."""
    theirs = case((Enrolment.participant_id == participant_id, SupportGiven.amount_pence), else_=0)
    total, person = db.session.execute(
        select(_pence(*COUNTED), func.coalesce(func.sum(theirs), 0))
        .join(Enrolment, Enrolment.id == SupportGiven.enrolment_id)
        .where(
            SupportGiven.budget_id == budget.id,
            SupportGiven.state.in_(COUNTED),
            SupportGiven.voided_at.is_(None),
        )
    ).one()
    return Drawn(int(total), int(person))


def led_by(user: User) -> Select[UUID]:
    """Keys of the programmes whose help this user says yes or no to."""
    return programmes_of(user, LEADS)


def leads(user: User, programme_id: UUID) -> bool:
    return db.session.scalar(led_by(user).where(Programme.id == programme_id)) is not None


def get_led_programme(user: User, code: str) -> Programme:
    """Raises NotVisible when it is missing or somebody else leads it."""
    found = db.session.scalar(
        select(Programme).where(
            Programme.code == code, Programme.id.in_(led_by(user)), Programme.voided_at.is_(None)
        )
    )
    if found is None:
        raise NotVisible
    return found


def _waiting(user: User) -> tuple[ColumnElement[bool], ...]:
    return (
        SupportGiven.state == ASKED,
        SupportGiven.voided_at.is_(None),
        Enrolment.programme_id.in_(led_by(user)),
        open_to(user),
    )


def count_waiting(user: User) -> int:
    """How much waits for this lead's yes or no."""
    return db.session.scalar(counted_waiting(user)) or 0


def counted_waiting(user: User) -> Select[int]:
    """The same as a select, for a page that asks for several counts at once."""
    return select(func.count()).select_from(SupportGiven).join(Enrolment).where(*_waiting(user))


def waiting_for(user: User, page: int = 1) -> Sequence[Waiting]:
    """A page of what waits for this lead's yes or no, the oldest first."""
    asker = aliased(User)
    rows = db.session.execute(
        select(SupportGiven, Enrolment, Participant, asker.name)
        .join(Enrolment, Enrolment.id == SupportGiven.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .outerjoin(asker, asker.id == SupportGiven.entered_by_id)
        .where(*_waiting(user))
        .options(joinedload(SupportGiven.budget), joinedload(Enrolment.programme))
        .order_by(SupportGiven.asked_on, SupportGiven.id)
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return [Waiting(support, enrolment, person, name or "") for support, enrolment, person, name in rows]
