"""A programme's percentages, and the people behind each."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.events.queries import activity_counts, event_counts
from caseworker.outcomes import charts
from caseworker.outcomes.people import MOST, PARTS, evidence_behind, people_behind
from caseworker.outcomes.published import published_of
from caseworker.outcomes.queries import indicator, outcomes_of
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Programme, Target
from caseworker.programmes.queries import get_organisation, get_programme
from caseworker.surveys.queries import surveys_of

bp = Blueprint("outcomes", __name__)


@bp.get("/programmes/<code>/outcomes")
@requires(Permission.OUTCOMES_READ)
def show(code: str) -> ResponseReturnValue:
    programme = get_programme(current_user(), code)
    return _page(of_programme(programme, today()), programme)


@bp.get("/groups/<code>/outcomes")
@requires(Permission.OUTCOMES_READ)
def group(code: str) -> ResponseReturnValue:
    return _page(of_organisation(get_organisation(current_user(), code), today()), None)


def _page(subject: Subject, programme: Programme | None) -> ResponseReturnValue:
    outcomes = outcomes_of(subject)
    surveys = surveys_of(subject.programme_ids, subject.as_at)
    return render_template(
        "outcomes/show.html",
        subject=subject,
        programme=programme,
        outcomes=outcomes,
        journey=charts.journey_chart(outcomes),
        wellbeing=charts.wellbeing_chart(outcomes),
        evidence=evidence_behind(subject),
        surveys=[(survey, charts.survey_chart(survey)) for survey in surveys],
        events=event_counts(subject.programme_ids, subject.from_on, subject.as_at),
        activities=_activities(subject),
        targets=_targets(subject),
        published=published_of(subject, programme),
        may_trace=programme is not None and may(current_user(), Permission.OUTCOMES_TRACE),
    )


@bp.get("/programmes/<code>/outcomes/<indicator_code>")
@requires(Permission.OUTCOMES_TRACE)
def people(code: str, indicator_code: str) -> ResponseReturnValue:
    """The starts behind one part of a percentage."""
    programme = get_programme(current_user(), code)
    asked = indicator(indicator_code)
    part = request.args.get("part", "counted")
    page = request.args.get("page", default=1, type=int)
    if asked is None or part not in PARTS or not 0 < page < 10**6:
        abort(404)
    subject = of_programme(programme, today())
    return render_template(
        "outcomes/people.html",
        programme=programme,
        indicator=asked,
        share=outcomes_of(subject).share(asked.code),
        part=part,
        page=page,
        page_length=MOST,
        people=people_behind(current_user(), subject, asked.code, part, page),
        subject=subject,
    )


def _activities(subject: Subject) -> list[object]:
    first = subject.from_on
    before = first.replace(year=first.year - 1, day=min(first.day, 28))
    return list(activity_counts(subject.programme_ids, first, subject.as_at, before))


def _targets(subject: Subject) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target)
            .where(Target.programme_id.in_(subject.programme_ids), Target.voided_at.is_(None))
            .order_by(Target.framework, Target.measure, Target.from_on)
        )
    )
