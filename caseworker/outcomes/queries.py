"""The figures of a programme or a group: a handful of aggregate statements, nothing read row by row."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, case, distinct, func, select

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.outcomes.breakdowns import Part, StepCount, evidence_behind, parts_of, steps_of
from caseworker.outcomes.indicators import INDICATORS, conditions
from caseworker.outcomes.journeys import Journeys, count_if
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
    """`evidence` is behind the starts that came into work: level to number."""

    counts: Counts
    shares: tuple[Share, ...]
    wellbeing: tuple[Change, ...]
    evidence: dict[str, int]
    parts: tuple[Part, ...]
    steps: tuple[StepCount, ...]

    def share(self, code: str) -> Share:
        return next(share for share in self.shares if share.code == code)

    @property
    def funnel(self) -> tuple[Share, ...]:
        """From start to lasting work, each step as a share of all starts."""
        starts = self.counts.starts
        started = Share("started", "Started", "Support has begun.", starts, starts)
        order = [self.share(code) for code in ("engaged", "completed", "into_work", "sustained")]
        reached = [share for share in order if share.n or share.code != "completed"]
        return (started, *(Share(each.code, each.label, "", each.n, starts) for each in reached))

    def to_dict(self) -> dict[str, Any]:
        """Plain numbers and words, to be kept with a stored run."""
        return asdict(self)


def outcomes_from(kept: dict[str, Any]) -> Outcomes:
    """What `to_dict` kept."""
    return Outcomes(
        counts=Counts(**kept["counts"]),
        shares=tuple(Share(**each) for each in kept["shares"]),
        wellbeing=tuple(Change(**each) for each in kept["wellbeing"]),
        evidence=dict(kept["evidence"]),
        parts=tuple(Part(**each) for each in kept["parts"]),
        steps=tuple(StepCount(**each) for each in kept["steps"]),
    )


def outcomes_of(subject: Subject) -> Outcomes:
    """Everything the outcome page shows of starts and scores: ten statements at any size."""
    rule = sustained_rule(subject)
    journeys = journeys_of(subject, rule)
    return Outcomes(
        counts=_counts(subject),
        shares=shares_of(journeys, rule.label if rule else ""),
        wellbeing=wellbeing_changes(subject),
        evidence=evidence_behind(journeys),
        parts=parts_of(journeys),
        steps=steps_of(subject),
    )


def journeys_of(subject: Subject, rule: ProgrammeRule | None) -> Journeys:
    return Journeys(subject, rule.code if rule else DEFAULT_SUSTAINED)


def sustained_rule(subject: Subject) -> ProgrammeRule | None:
    """The rule of lasting work that holds at the date: 26 weeks where a programme has it."""
    rules = db.session.scalars(
        select(ProgrammeRule)
        .where(
            ProgrammeRule.programme_id.in_(subject.programme_ids),
            ProgrammeRule.kind == "sustained",
            ProgrammeRule.voided_at.is_(None),
            ProgrammeRule.from_on <= subject.as_at,
        )
        .order_by(
            case((ProgrammeRule.code == DEFAULT_SUSTAINED, 0), else_=1),
            ProgrammeRule.from_on.desc(),
            ProgrammeRule.code,
        )
        .limit(1)
    )
    return rules.first()


def _counts(subject: Subject) -> Counts:
    human = func.coalesce(PersonLink.human_id, Enrolment.participant_id)
    started = func.coalesce(
        Enrolment.started_on.between(subject.from_on, min(subject.until_on, subject.as_at)), False
    )
    referred, starts, records, people, exits = db.session.execute(
        select(
            count_if(Enrolment.referred_on <= subject.as_at),
            count_if(started),
            func.count(distinct(case((started, Enrolment.participant_id)))),
            func.count(distinct(case((started, human)))),
            count_if(and_(started, Enrolment.exited_on <= subject.as_at)),
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
    return Counts(
        referred=int(referred), starts=int(starts), people=people, known_twice=records - people,
        exits=int(exits),
    )  # fmt: skip


COLUMNS = ("counted", "among", "excluded", "unknown", "not_yet")


def shares_of(journeys: Journeys, rule_label: str) -> tuple[Share, ...]:
    """Every indicator in one statement."""
    asked = conditions(journeys)
    columns = [count_if(getattr(asked[each.code], name)) for each in INDICATORS for name in COLUMNS]
    sums: Sequence[Any] = db.session.execute(journeys.select(*columns)).one()
    shares = []
    for place, each in enumerate(INDICATORS):
        first = place * len(COLUMNS)
        n, total, excluded, unknown, not_yet = (int(count) for count in sums[first : first + len(COLUMNS)])
        rule = f": {rule_label}" if each.code == "sustained" and rule_label else ""
        shares.append(
            Share(
                code=each.code,
                label=each.label + rule,
                definition=each.definition,
                n=n,
                total=total,
                excluded=excluded,
                excluded_why=each.excluded_why,
                unknown=unknown,
                unknown_why=each.unknown_why,
                not_yet=not_yet,
                not_yet_why=each.not_yet_why,
            )
        )
    return tuple(shares)
