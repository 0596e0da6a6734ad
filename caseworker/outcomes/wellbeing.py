"""Wellbeing on pairs: the first and the latest score of the same start, against the nation."""

from decimal import Decimal
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import InstrumentedAttribute

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.rules import Change
from caseworker.outcomes.subjects import Subject
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.norms import national_mean

MEASURES = (
    ("life_satisfaction", "Life satisfaction", True),
    ("worthwhile", "Things done feel worthwhile", True),
    ("happiness", "Happy yesterday", True),
    ("anxiety", "Anxious yesterday", False),
)


def wellbeing_changes(subject: Subject) -> tuple[Change, ...]:
    """The four ONS measures, one statement each."""
    return tuple(_change(subject, *measure) for measure in MEASURES)


def _change(subject: Subject, measure: str, label: str, higher_is_better: bool) -> Change:
    nation = national_mean(measure, subject.as_at)
    scores = first_and_latest(subject, getattr(WellbeingAssessment, measure))
    row = db.session.execute(_sums(scores, nation.mean, higher_is_better)).one()
    pairs, firsts, latests, squares, worse_first, worse_latest, improved, alone = (int(part) for part in row)
    return Change(
        measure=measure,
        label=label,
        higher_is_better=higher_is_better,
        pairs=pairs,
        first_sum=firsts,
        latest_sum=latests,
        squares_sum=squares,
        worse_than_nation_first=worse_first,
        worse_than_nation_latest=worse_latest,
        improved=improved,
        without_pair=alone,
        nation=float(nation.mean),
        nation_period=nation.period,
        nation_source=nation.source,
    )


def _sums(scores: Any, nation: Decimal, higher_is_better: bool) -> Select[Any]:
    """Pairs, sum of first and of latest scores, of squared changes, of those worse than the nation at first
    and at last, of those who improved, and those who answered on one day only."""
    first, latest, sittings = scores.c.first, scores.c.latest, scores.c.sittings
    change = latest - first if higher_is_better else first - latest
    paired = sittings >= 2
    # A whole score against a mean with two decimals: compared in hundredths, on either database.
    mean = int(nation * 100)

    def worse(score: Any) -> Any:
        return score * 100 < mean if higher_is_better else score * 100 > mean

    def total(value: Any) -> Any:
        return func.coalesce(func.sum(case((paired, value), else_=0)), 0)

    def count(condition: Any) -> Any:
        return func.coalesce(func.sum(case((paired & condition, 1), else_=0)), 0)

    return select(
        count(first >= 0),
        total(first),
        total(latest),
        total((latest - first) * (latest - first)),
        count(worse(first)),
        count(worse(latest)),
        count(change > 0),
        func.coalesce(func.sum(case((sittings == 1, 1), else_=0)), 0),
    ).select_from(scores)


def first_and_latest(subject: Subject, score: InstrumentedAttribute[int | None]) -> Any:
    """One row per start that answered: its first score, its latest, and on how many days it answered."""
    sittings = (
        select(
            WellbeingAssessment.enrolment_id,
            score.label("score"),
            WellbeingAssessment.assessed_on.label("day"),
            func.row_number()
            .over(
                partition_by=WellbeingAssessment.enrolment_id,
                order_by=(WellbeingAssessment.assessed_on, WellbeingAssessment.id),
            )
            .label("place"),
            func.row_number()
            .over(
                partition_by=WellbeingAssessment.enrolment_id,
                order_by=(WellbeingAssessment.assessed_on.desc(), WellbeingAssessment.id.desc()),
            )
            .label("from_end"),
        )
        .join(Enrolment, Enrolment.id == WellbeingAssessment.enrolment_id)
        .where(
            subject.started(),
            WellbeingAssessment.instrument == "ons4",
            WellbeingAssessment.voided_at.is_(None),
            WellbeingAssessment.assessed_on <= subject.as_at,
            score.is_not(None),
        )
        .subquery()
    )
    return (
        select(
            sittings.c.enrolment_id,
            func.max(case((sittings.c.place == 1, sittings.c.score))).label("first"),
            func.max(case((sittings.c.from_end == 1, sittings.c.score))).label("latest"),
            func.count(func.distinct(sittings.c.day)).label("sittings"),
        )
        .group_by(sittings.c.enrolment_id)
        .subquery()
    )
