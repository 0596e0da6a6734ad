"""Everything the outcome page shows of a subject, gathered once: the page and the report print this."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from caseworker.core.calendar import add_years
from caseworker.core.charts import Chart
from caseworker.core.db import db
from caseworker.events.queries import JOB_CLUB, ActivityCount, EventCount, activity_counts, event_counts
from caseworker.outcomes import charts
from caseworker.outcomes.pauses import Paused, paused_of
from caseworker.outcomes.published import published_of
from caseworker.outcomes.queries import Outcomes, outcomes_of
from caseworker.outcomes.subjects import Subject
from caseworker.programmes.models import Programme, PublishedFigure, Target
from caseworker.surveys.queries import SurveyResults, surveys_of


@dataclass(frozen=True)
class Overview:
    """`job_clubs` stand apart from other `events`; `activities` are of the period with the year before it
    beside."""

    subject: Subject
    programme: Programme | None
    outcomes: Outcomes
    journey: Chart
    wellbeing: Chart
    surveys: list[tuple[SurveyResults, Chart]]
    job_clubs: list[EventCount]
    events: list[EventCount]
    activities: list[ActivityCount]
    paused: Paused
    targets: list[Target]
    published: list[PublishedFigure]

    @property
    def has_scores(self) -> bool:
        return any(change.pairs for change in self.outcomes.wellbeing)

    @property
    def periods(self) -> list[tuple[date, date, list[Target]]]:
        """The targets by the period they are for, in the order of time."""
        found: dict[tuple[date, date], list[Target]] = {}
        for target in self.targets:
            found.setdefault((target.from_on, target.until_on), []).append(target)
        return [(*period, targets) for period, targets in found.items()]


def overview_of(subject: Subject, programme: Programme | None, kept: Outcomes | None = None) -> Overview:
    """With `kept`, the outcomes of a stored run in place of today's."""
    outcomes = kept or outcomes_of(subject)
    ids, first, last = subject.programme_ids, subject.from_on, min(subject.until_on, subject.as_at)
    events = event_counts(ids, first, last)
    return Overview(
        subject=subject,
        programme=programme,
        outcomes=outcomes,
        journey=charts.journey_chart(outcomes),
        wellbeing=charts.wellbeing_chart(outcomes),
        surveys=[(survey, charts.survey_chart(survey)) for survey in surveys_of(ids, subject.as_at)],
        job_clubs=[each for each in events if each.kind == JOB_CLUB],
        events=[each for each in events if each.kind != JOB_CLUB],
        activities=activity_counts(ids, first, last, add_years(first, -1)),
        paused=paused_of(subject),
        targets=_targets(subject),
        published=published_of(subject, programme),
    )


def _targets(subject: Subject) -> list[Target]:
    return list(
        db.session.scalars(
            select(Target)
            .where(Target.programme_id.in_(subject.programme_ids), Target.voided_at.is_(None))
            .order_by(Target.from_on, Target.until_on, Target.framework, Target.id)
        )
    )
