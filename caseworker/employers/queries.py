"""Employers, vacancies and applications somebody may see, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.employers.models import Application, Employer, ProgressionEmployer, Vacancy
from caseworker.employers.rules import name_key
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import open_to
from caseworker.participants.models import Participant
from caseworker.programmes.models import Organisation, Programme
from caseworker.programmes.queries import programmes_of

PAGE = 50
# Vacancies offered in a form; beyond that one looks in the list.
MOST_OFFERED = 200
WORKING_WITH = frozenset({Role.KEYWORKER, Role.LEAD, Role.PROGRAMME_ADMINISTRATOR})


@dataclass(frozen=True)
class Listed:
    """A page of a list, with how many there are in all."""

    rows: Sequence[Any]
    total: int
    number: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class Applicant:
    """Somebody one may see who went for a vacancy."""

    enrolment_id: UUID
    reference: str
    name: str
    vacancy_id: UUID | None
    stage: str
    stage_on: date


def organisations_of(user: User) -> list[Organisation]:
    """Whose employers somebody works with: the organisations of their programmes."""
    rows = select(Organisation).where(Organisation.id.in_(_own(user)), Organisation.voided_at.is_(None))
    return list(db.session.scalars(rows.order_by(Organisation.name)))


def _own(user: User) -> Select[UUID]:
    return select(Programme.organisation_id).where(Programme.id.in_(programmes_of(user, WORKING_WITH)))


def is_open_on(day: date) -> ColumnElement[bool]:
    return and_(
        Vacancy.voided_at.is_(None),
        Vacancy.filled_on.is_(None),
        or_(Vacancy.closes_on.is_(None), Vacancy.closes_on >= day),
    )


def list_employers(user: User, today: date, *, words: str = "", sector: str = "", page: int = 1) -> Listed:
    """Employers by name, each with how many vacancies are open: rows of (Employer, count)."""
    vacancies = (
        select(func.count())
        .select_from(Vacancy)
        .where(Vacancy.employer_id == Employer.id, is_open_on(today))
        .scalar_subquery()
    )
    rows = (
        select(Employer, vacancies.label("vacancies"))
        .where(Employer.organisation_id.in_(_own(user)), Employer.voided_at.is_(None))
        .order_by(Employer.name_key, Employer.id)
    )
    if words:
        rows = rows.where(Employer.name_key.contains(name_key(words), autoescape=True))
    if sector:
        rows = rows.where(Employer.sector == sector)
    return _page(rows, page)


def list_vacancies(user: User, today: date, *, kind: str = "", closed: bool = False, page: int = 1) -> Listed:
    """Vacancies, those that close first at the top; only open ones unless `closed`."""
    rows = (
        select(Vacancy)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(
            Employer.organisation_id.in_(_own(user)),
            Employer.voided_at.is_(None),
            Vacancy.voided_at.is_(None),
        )
        .options(joinedload(Vacancy.employer))
        .order_by(Vacancy.closes_on.is_(None), Vacancy.closes_on, Vacancy.id)
    )
    if not closed:
        rows = rows.where(is_open_on(today))
    if kind:
        rows = rows.where(Vacancy.kind == kind)
    return _page(rows, page)


def _page(rows: Select[*tuple[Any, ...]], page: int) -> Listed:
    total = db.session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    number = max(1, min(page, -(-total // PAGE)))
    found = db.session.execute(rows.limit(PAGE).offset((number - 1) * PAGE)).all()
    return Listed(found, total, number)


def get_employer(user: User, employer_id: UUID) -> Employer:
    """With its vacancies. Raises NotVisible when it is missing or another organisation's."""
    found = db.session.scalar(
        select(Employer)
        .where(
            Employer.id == employer_id, Employer.organisation_id.in_(_own(user)), Employer.voided_at.is_(None)
        )
        .options(selectinload(Employer.vacancies))
    )
    if found is None:
        raise NotVisible
    return found


def get_vacancy(user: User, vacancy_id: UUID) -> Vacancy:
    """Raises NotVisible when it is missing or another organisation's."""
    found = db.session.scalar(
        select(Vacancy)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(
            Vacancy.id == vacancy_id,
            Vacancy.voided_at.is_(None),
            Employer.organisation_id.in_(_own(user)),
            Employer.voided_at.is_(None),
        )
        .options(joinedload(Vacancy.employer))
    )
    if found is None:
        raise NotVisible
    return found


def applicants(user: User, employer: Employer) -> tuple[list[Applicant], int]:
    """Those who went for its vacancies whom this user may see, and how many did in all."""
    of_theirs = (
        Application.voided_at.is_(None),
        Vacancy.employer_id == employer.id,
        Enrolment.voided_at.is_(None),
    )
    total = db.session.scalar(
        select(func.count(Enrolment.participant_id.distinct()))
        .select_from(Application)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(Enrolment, Enrolment.id == Application.enrolment_id)
        .where(*of_theirs)
    )
    known_as = func.coalesce(Participant.preferred_name, Participant.given_name)
    rows = db.session.execute(
        select(
            Enrolment.id,
            Participant.reference,
            known_as + " " + Participant.family_name,
            Application.vacancy_id,
            Application.stage,
            Application.stage_on,
        )
        .select_from(Application)
        .join(Vacancy, Vacancy.id == Application.vacancy_id)
        .join(Enrolment, Enrolment.id == Application.enrolment_id)
        .join(Participant, Participant.id == Enrolment.participant_id)
        .where(*of_theirs, open_to(user))
        .order_by(Application.stage_on.desc(), Application.id.desc())
        .limit(PAGE)
    )
    return [Applicant(*row) for row in rows], total or 0


def count_working_with(employer: Employer) -> int:
    """How many progressions are with it."""
    rows = select(func.count()).select_from(ProgressionEmployer)
    return db.session.scalar(rows.where(ProgressionEmployer.employer_id == employer.id)) or 0
