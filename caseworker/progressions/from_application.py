"""An offer becomes a progression: what is known of it is filled in, and both say so of each other."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible
from caseworker.employers.applications import get_application, link_progression, move_on
from caseworker.employers.models import Application, Employer, ProgressionEmployer
from caseworker.employers.rules import name_key
from caseworker.enrolments.models import Enrolment
from caseworker.progressions.models import Progression

STARTED = "started"


def application_asked(enrolment: Enrolment, typed: str) -> Application | None:
    """The application an address names; None where it names none of this case."""
    try:
        return get_application(enrolment, UUID(typed))
    except (ValueError, NotVisible):
        return None


def known_of(application: Application) -> dict[str, Any]:
    """What the form of a progression can be filled in with."""
    vacancy = application.vacancy
    if vacancy is None:
        return {"employer": application.employer_words, "job_title": application.job_title}
    minutes = vacancy.weekly_minutes
    return {
        "kind": vacancy.kind,
        "employer": vacancy.employer.name,
        "job_title": vacancy.title,
        "hours": None if minutes is None else round(Decimal(minutes) / 60, 2),
        "pay": vacancy.pay_pence,
        "pay_period": vacancy.pay_period,
    }


def join_up(step: Progression, application: Application | None, *, by: User) -> None:
    """The application has started on the step's first day, and the employer knows of the step."""
    employer = application.vacancy.employer if application and application.vacancy else _named(step)
    if employer is not None:
        link_progression(step.id, employer)
    if application is not None and application.stage != STARTED:
        move_on(application, STARTED, step.started_on, recorded_by=by, today=step.started_on)


def part(step: Progression) -> None:
    """Undo of a step: the employer knows nothing of it."""
    db.session.execute(delete(ProgressionEmployer).where(ProgressionEmployer.progression_id == step.id))


def _named(step: Progression) -> Employer | None:
    if step.employer is None:
        return None
    return db.session.scalar(
        select(Employer).where(
            Employer.organisation_id == step.enrolment.programme.organisation_id,
            Employer.name_key == name_key(step.employer),
            Employer.voided_at.is_(None),
        )
    )
