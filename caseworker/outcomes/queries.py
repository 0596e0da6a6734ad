"""The figures of a programme or a group: a handful of aggregate statements, nothing read row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, distinct, func, select

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.journeys import Condition, Journeys
from caseworker.outcomes.rules import Change, Share
from caseworker.outcomes.subjects import Subject
from caseworker.outcomes.wellbeing import wellbeing_changes
from caseworker.participants.models import PersonLink
from caseworker.programmes.models import ProgrammeRule

DEFAULT_SUSTAINED = "sustained_26_weeks"


@dataclass(frozen=True)
class Counts:
    """People, starts and referrals are three different counts. `known_twice` were met under two controllers
    and are counted once in `people`."""

    referred: int
    starts: int
    people: int
    known_twice: int
    exits: int


@dataclass(frozen=True)
class Outcomes:
    subject: Subject
    counts: Counts
    funnel: tuple[Share, ...]
    shares: tuple[Share, ...]
    wellbeing: tuple[Change, ...]

    def share(self, code: str) -> Share:
        return next(share for share in (*self.shares, *self.funnel) if share.code == code)


@dataclass(frozen=True)
class Indicator:
    """A percentage in words, and the condition that counts it."""

    code: str
    label: str
    definition: str
    unit: str = "starts"
    excluded_why: str = ""


INDICATORS = (
    Indicator(
        "into_work",
        "Into work",
        "Of those not in work at the start: starts with a first job or self-employment on or after the "
        "first day of support, by the date of these figures.",
        excluded_why="already in work at the start",
    ),
    Indicator(
        "sustained",
        "Kept work",
        "Of those who came into work long enough ago for it to be known: still in work for the whole time "
        "the programme's rule asks. Someone nobody could reach is shown as unknown, never as a no.",
    ),
    Indicator(
        "closer_to_work",
        "Now in work or looking",
        "Of those not required to look for work at the start: now in work, or looking for it.",
    ),
    Indicator("engaged", "Engaged", "Starts with at least one contact in both directions."),
    Indicator("completed", "Completed a course", "Starts that completed at least one course."),
)


def indicator(code: str) -> Indicator | None:
    return next((each for each in INDICATORS if each.code == code), None)


def conditions(journeys: Journeys) -> dict[str, Condition]:
    """The condition behind each indicator."""
    return {
        "into_work": journeys.work(),
        "sustained": journeys.kept_work(),
        "closer_to_work": journeys.closer_to_work(),
        "engaged": journeys.engaged(),
        "completed": journeys.completed(),
    }


def outcomes_of(subject: Subject) -> Outcomes:
    """Everything the outcome page shows of starts and scores: seven statements at any size."""
    rule = sustained_rule(subject)
    journeys = Journeys(subject, rule.code if rule else DEFAULT_SUSTAINED)
    shares = _shares(journeys, rule.label if rule else "")
    counts = _counts(subject)
    return Outcomes(
        subject=subject,
        counts=counts,
        funnel=_funnel(counts, shares),
        shares=tuple(shares[code] for code in ("into_work", "sustained", "closer_to_work")),
        wellbeing=wellbeing_changes(subject),
    )


def sustained_rule(subject: Subject) -> ProgrammeRule | None:
    """The rule of lasting work that holds at the date: 26 weeks where a programme has it."""
    rules = db.session.scalars(
        select(ProgrammeRule)
        .where(
            ProgrammeRule.programme_id.in_(subject.programme_ids),
            ProgrammeRule.kind == "sustained",
            ProgrammeRule.voided_at.is_(None),
        )
        .order_by(case((ProgrammeRule.code == DEFAULT_SUSTAINED, 0), else_=1), ProgrammeRule.from_on.desc())
    )
    return rules.first()


def _counts(subject: Subject) -> Counts:
    human = func.coalesce(PersonLink.human_id, Enrolment.participant_id)
    referred, starts, records, people, exits = db.session.execute(
        select(
            count_if(Enrolment.referred_on <= subject.as_at),
            count_if(_started(subject)),
            func.count(distinct(case((_started(subject), Enrolment.participant_id)))),
            func.count(distinct(case((_started(subject), human)))),
            count_if(and_(_started(subject), Enrolment.exited_on <= subject.as_at)),
        )
        .select_from(Enrolment)
        .outerjoin(
            PersonLink,
            and_(PersonLink.participant_id == Enrolment.participant_id, PersonLink.voided_at.is_(None)),
        )
        .where(
            Enrolment.programme_id.in_(subject.programme_ids),
            Enrolment.voided_at.is_(None),
            Enrolment.referred_on <= subject.until_on,
        )
    ).one()
    return Counts(referred=referred, starts=starts, people=people, known_twice=records - people, exits=exits)


def _started(subject: Subject) -> ColumnElement[bool]:
    return func.coalesce(
        Enrolment.started_on.between(subject.from_on, min(subject.until_on, subject.as_at)), False
    )


def count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


PARTS = ("counted", "among", "excluded", "unknown", "not_yet")


def _shares(journeys: Journeys, rule_label: str) -> dict[str, Share]:
    asked = conditions(journeys)
    columns = [count_if(getattr(asked[each.code], part)) for each in INDICATORS for part in PARTS]
    sums: Sequence[Any] = db.session.execute(journeys.select(*columns)).one()
    shares = {}
    for place, each in enumerate(INDICATORS):
        n, total, excluded, unknown, not_yet = sums[place * len(PARTS) : (place + 1) * len(PARTS)]
        label = f"{each.label}: {rule_label}" if each.code == "sustained" and rule_label else each.label
        shares[each.code] = Share(
            code=each.code,
            label=label,
            definition=each.definition,
            n=n,
            total=total,
            unit=each.unit,
            excluded=excluded,
            excluded_why=each.excluded_why,
            unknown=unknown,
            not_yet=not_yet,
        )
    return shares


def _funnel(counts: Counts, shares: dict[str, Share]) -> tuple[Share, ...]:
    """From referral to lasting work, each step as a share of starts."""
    starts = counts.starts
    steps = [
        ("engaged", "Engaged", shares["engaged"].n),
        ("completed", "Completed a course", shares["completed"].n),
        ("into_work", "Into work", shares["into_work"].n),
        ("sustained", shares["sustained"].label, shares["sustained"].n),
    ]
    started = Share("started", "Started", "Support has begun.", starts, starts)
    return (
        started,
        *(Share(f"funnel_{code}", label, "Share of all starts.", n, starts) for code, label, n in steps),
    )
