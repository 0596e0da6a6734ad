"""Somebody going for a job: from interest to the first day, every stage kept."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.employers.models import (
    Application,
    ApplicationStage,
    Employer,
    ProgressionEmployer,
    Vacancy,
)
from caseworker.employers.queries import MOST_OFFERED, is_open_on
from caseworker.enrolments.models import Enrolment


@dataclass(frozen=True)
class Going:
    """What they go for: a vacancy of ours, or an employer they found, and how far they are."""

    stage: str
    stage_on: date
    vacancy: Vacancy | None = None
    employer: str | None = None
    job_title: str | None = None


def applications_of(enrolment: Enrolment) -> list[Application]:
    """Every application of a case with its stages, what moved last first."""
    return list(
        db.session.scalars(
            select(Application)
            .where(Application.enrolment_id == enrolment.id, Application.voided_at.is_(None))
            .options(
                selectinload(Application.stages),
                joinedload(Application.vacancy).joinedload(Vacancy.employer),
            )
            .order_by(Application.stage_on.desc(), Application.id.desc())
        )
    )


def get_application(enrolment: Enrolment, application_id: UUID) -> Application:
    """Raises NotVisible when it is missing or another enrolment's."""
    found = db.session.scalar(
        select(Application)
        .where(
            Application.id == application_id,
            Application.enrolment_id == enrolment.id,
            Application.voided_at.is_(None),
        )
        .options(
            selectinload(Application.stages), joinedload(Application.vacancy).joinedload(Vacancy.employer)
        )
    )
    if found is None:
        raise NotVisible
    return found


def vacancies_for(enrolment: Enrolment, today: date) -> list[Vacancy]:
    """Open vacancies of the organisation that runs the programme, those that close first at the top."""
    rows = (
        select(Vacancy)
        .join(Employer, Employer.id == Vacancy.employer_id)
        .where(
            Employer.organisation_id == enrolment.programme.organisation_id,
            Employer.voided_at.is_(None),
            is_open_on(today),
        )
        .options(joinedload(Vacancy.employer))
        .order_by(Vacancy.closes_on.is_(None), Vacancy.closes_on, Vacancy.id)
        .limit(MOST_OFFERED)
    )
    return list(db.session.scalars(rows))


def apply(enrolment: Enrolment, going: Going, *, recorded_by: User, today: date) -> Application:
    """Raises RuleBroken for a day ahead, with neither vacancy nor employer, or for a vacancy they are
    going for already."""
    if going.vacancy is None and going.employer is None:
        raise RuleBroken("Select a vacancy, or enter the employer they found", "employer")
    if going.vacancy is not None and _goes_for(enrolment, going.vacancy):
        raise RuleBroken("They are going for this vacancy already", "vacancy")
    application = Application(
        enrolment=enrolment,
        vacancy_id=going.vacancy.id if going.vacancy else None,
        employer_words=None if going.vacancy else going.employer,
        job_title=None if going.vacancy else going.job_title,
        stage=going.stage,
        stage_on=going.stage_on,
        entered_by_id=recorded_by.id,
    )
    db.session.add(application)
    move_on(application, going.stage, going.stage_on, recorded_by=recorded_by, today=today)
    return application


def _goes_for(enrolment: Enrolment, vacancy: Vacancy) -> bool:
    return (
        db.session.scalar(
            select(Application.id).where(
                Application.enrolment_id == enrolment.id,
                Application.vacancy_id == vacancy.id,
                Application.voided_at.is_(None),
            )
        )
        is not None
    )


def move_on(
    application: Application, stage: str, reached_on: date, *, recorded_by: User, today: date
) -> ApplicationStage:
    """A stage reached, forwards or back; those before are kept. Raises RuleBroken for a day ahead."""
    if reached_on > today:
        raise RuleBroken("The day must be today or earlier", "stage_on")
    reached = ApplicationStage(
        enrolment=application.enrolment,
        application_id=application.id,
        stage=code("application_stage", stage).code,
        reached_on=reached_on,
        entered_by_id=recorded_by.id,
    )
    application.stages.append(reached)
    _stand(application)
    return reached


def take_back_stage(application: Application, reached: ApplicationStage, *, by: User, now: datetime) -> None:
    """Undo of a stage; of the first, of the whole application. Raises RuleBroken as `take_back`."""
    take_back(reached, by.id, now)
    if all(stage.voided_at for stage in application.stages):
        take_back(application, by.id, now)
        db.session.flush()
    else:
        _stand(application)


def get_stage(application: Application, stage_id: UUID) -> ApplicationStage:
    """Raises NotVisible when it is missing, taken back or another application's."""
    for stage in application.stages:
        if stage.id == stage_id and stage.voided_at is None:
            return stage
    raise NotVisible


def _stand(application: Application) -> None:
    """The stage as it is now: the last that was entered of the latest day."""
    standing = [stage for stage in application.stages if stage.voided_at is None]
    last = max(standing, key=lambda stage: (stage.reached_on, stage.id))
    application.stage, application.stage_on = last.stage, last.reached_on
    db.session.flush()


def link_progression(progression_id: UUID, employer: Employer) -> None:
    """Say that a progression is with an employer we know."""
    db.session.add(ProgressionEmployer(progression_id=progression_id, employer_id=employer.id))
    db.session.flush()
