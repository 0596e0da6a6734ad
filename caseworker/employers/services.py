"""Employers and their vacancies: added, changed, taken back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.employers.models import Employer, Vacancy
from caseworker.employers.rules import name_key

TWIN = RuleBroken("There is an employer of that name already. Open it from the list", "name")


@dataclass(frozen=True)
class EmployerDetails:
    """An employer in plain values; `sector` of the code list sector."""

    name: str
    sector: str | None = None
    town: str | None = None
    contact: str | None = None
    good_to_know: str | None = None


@dataclass(frozen=True)
class VacancyDetails:
    """A vacancy in plain values: `kind` of progression_kind, a usual week in minutes, pay in pence."""

    title: str
    kind: str
    places: int = 1
    closes_on: date | None = None
    weekly_minutes: int | None = None
    pay_pence: int | None = None
    pay_period: str | None = None
    words: str | None = None


def add_employer(organisation_id: UUID, details: EmployerDetails, *, added_by: User) -> Employer:
    """Raises RuleBroken where the organisation has one of that name."""
    employer = Employer(organisation_id=organisation_id, entered_by_id=added_by.id)
    _fill(employer, details)
    with refused_as(uq_employer_name_key=TWIN):
        db.session.add(employer)
    return employer


def change_employer(employer: Employer, details: EmployerDetails) -> None:
    """Raises RuleBroken where the organisation has another of that name."""
    with refused_as(uq_employer_name_key=TWIN):
        _fill(employer, details)


def _fill(employer: Employer, details: EmployerDetails) -> None:
    employer.name, employer.name_key = details.name, name_key(details.name)
    employer.sector, employer.town = details.sector, details.town
    employer.contact, employer.good_to_know = details.contact, details.good_to_know


def take_back_employer(employer: Employer, *, by: User, now: datetime) -> None:
    """Undo of an employer. Raises RuleBroken as `take_back`, and once it has a vacancy."""
    if any(vacancy.voided_at is None for vacancy in employer.vacancies):
        raise RuleBroken("It has a vacancy by now. Take that back first")
    take_back(employer, by.id, now)
    db.session.flush()


def add_vacancy(employer: Employer, details: VacancyDetails, *, added_by: User) -> Vacancy:
    """Raises RuleBroken for pay without its period."""
    vacancy = Vacancy(employer_id=employer.id, entered_by_id=added_by.id)
    _describe(vacancy, details)
    db.session.add(vacancy)
    db.session.flush()
    return vacancy


def change_vacancy(vacancy: Vacancy, details: VacancyDetails) -> None:
    """Raises RuleBroken for pay without its period."""
    _describe(vacancy, details)
    db.session.flush()


def _describe(vacancy: Vacancy, details: VacancyDetails) -> None:
    if (details.pay_pence is None) != (details.pay_period is None):
        raise RuleBroken("Enter both the pay and what it is for: an hour, a week, a month or a year", "pay")
    code("progression_kind", details.kind)
    vacancy.title, vacancy.kind, vacancy.places = details.title, details.kind, details.places
    vacancy.closes_on, vacancy.weekly_minutes = details.closes_on, details.weekly_minutes
    vacancy.pay_pence, vacancy.pay_period = details.pay_pence, details.pay_period
    vacancy.words = details.words


def fill_vacancy(vacancy: Vacancy, *, today: date) -> None:
    """Filled, or taken down: nobody new can be put forward."""
    vacancy.filled_on = vacancy.filled_on or today
    db.session.flush()


def reopen_vacancy(vacancy: Vacancy) -> None:
    vacancy.filled_on = None
    db.session.flush()


def take_back_vacancy(vacancy: Vacancy, *, by: User, now: datetime) -> None:
    """Undo of a vacancy. Raises RuleBroken as `take_back`."""
    take_back(vacancy, by.id, now)
    db.session.flush()
