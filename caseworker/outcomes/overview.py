"""Everything the outcome page shows of a subject, gathered once: the page and the report print this."""

from dataclasses import dataclass

from sqlalchemy import select

from caseworker.core.calendar import add_years
from caseworker.core.charts import Chart
from caseworker.core.db import db
from caseworker.events.queries import ActivityCount, EventCount, activity_counts, event_counts
from caseworker.outcomes import charts
from caseworker.outcomes.people import evidence_behind
from caseworker.outcomes.published import published_of
from caseworker.outcomes.queries import Outcomes, outcomes_of
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Programme, PublishedFigure, Target
from caseworker.surveys.queries import SurveyResults, surveys_of


@dataclass(frozen=True)
class Overview:
    """`evidence` counts the starts that came into work by the level of their evidence; `activities` are of
    the period with the year before it beside."""

    subject: Subject
    programme: Programme | None
    outcomes: Outcomes
    journey: Chart
    wellbeing: Chart
    evidence: dict[str, int]
    surveys: list[tuple[SurveyResults, Chart]]
    events: list[EventCount]
    activities: list[ActivityCount]
    targets: list[Target]
    published: list[PublishedFigure]


def overview_of(subject: Subject, programme: Programme | None) -> Overview:
    outcomes = outcomes_of(subject)
    ids, first, last = subject.programme_ids, subject.from_on, subject.as_at
    return Overview(
        subject=subject,
        programme=programme,
        outcomes=outcomes,
        journey=charts.journey_chart(outcomes),
        wellbeing=charts.wellbeing_chart(outcomes),
        evidence=evidence_behind(subject),
        surveys=[(survey, charts.survey_chart(survey)) for survey in surveys_of(ids, last)],
        events=event_counts(ids, first, last),
        activities=activity_counts(ids, first, last, add_years(first, -1)),
        targets=_targets(subject),
        published=published_of(subject, programme),
    )


def _targets(subject: Subject) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target)
            .where(Target.programme_id.in_(subject.programme_ids), Target.voided_at.is_(None))
            .order_by(Target.framework, Target.measure, Target.from_on)
        )
    )
