"""Random journeys as plain rows, and the same journeys in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from hypothesis import strategies as st

import caseworker.models  # noqa: F401 - every table must be known
from caseworker.core.db import Base, begin, db
from caseworker.core.ids import new_id, reference_for
from caseworker.outcomes.subjects import Subject

FIRST = date(2024, 1, 1)
SPAN = 900
STATUSES = ("10", "11", "12", "98")
BENEFITS = ("none", "universal_credit", "new_style_jsa", "esa_income_related", "not_asked", None)
EVIDENCE = ("self_reported", "document_seen", "employer_confirmed", "official")
KINDS = (
    "paid_work", "volunteering", "paid_placement", "returned_to_school", "apprenticeship", "now_looking",
    "unable_to_contact", "not_known",
)  # fmt: skip
BARRIERS = (("health", "mental_health"), ("housing", "homeless"), ("housing", "temporary_housing"))
SCORES = ("life_satisfaction", "worthwhile", "happiness", "anxiety")


def day(offset: int) -> date:
    return FIRST + timedelta(days=offset)


@dataclass
class Step:
    kind: str
    started: int
    ended: int | None
    minutes: int | None
    evidence: str
    voided: bool
    id: UUID = field(default_factory=new_id)


@dataclass
class State:
    """What a rule stored: days as offsets, None for not so far."""

    achieved: int | None
    matures: int | None
    unknown: int | None
    evidence: str | None
    step: int | None


@dataclass
class Spoke:
    on: int
    two_way: bool
    voided: bool
    corrected: bool


@dataclass
class Scored:
    on: int
    scores: tuple[int | None, ...]
    voided: bool
    id: UUID = field(default_factory=new_id)


@dataclass
class Barrier:
    theme: str
    barrier: str | None
    state: str
    severity: int | None
    on: int
    voided: bool
    id: UUID = field(default_factory=new_id)


@dataclass
class Start:
    """One enrolment. `programme` is 0 or 1, `person` numbers a human being, a record each programme."""

    person: int
    programme: int
    referred: int
    started: int | None
    exited: int | None
    exit_reason: str
    status: str
    required: bool | None
    benefit: str | None
    age: int | None
    voided: bool
    into: State | None
    sustained: State | None
    steps: list[Step]
    spoke: list[Spoke]
    scored: list[Scored]
    barriers: list[Barrier]
    completed: list[tuple[int, bool]]
    id: UUID = field(default_factory=new_id)


@dataclass
class History:
    starts: list[Start]
    from_on: int
    until_on: int
    as_at: int

    def subject(self, programmes: tuple[UUID, ...], organisation: UUID | None = None) -> Subject:
        return Subject(
            "programme", "Programme", programmes, day(self.from_on), day(self.until_on), day(self.as_at),
            organisation,
        )  # fmt: skip


def maybe(chance: Random, none: float, value: int) -> int | None:
    return None if chance.random() < none else value


def rarely(chance: Random) -> bool:
    return chance.random() < 0.1


def a_step(chance: Random) -> Step:
    started = chance.randint(0, SPAN)
    return Step(
        chance.choice(KINDS), started, maybe(chance, 0.3, started + chance.randint(0, 300)),
        chance.choice((None, 0, 600, 960, 1800, 2100, 2400)), chance.choice(EVIDENCE), rarely(chance),
    )  # fmt: skip


def a_state(chance: Random, steps: int, none: float) -> State | None:
    if chance.random() < none:
        return None
    achieved, matures, unknown = (maybe(chance, 0.2, chance.randint(100, 600)) for _ in range(3))
    step = chance.randrange(steps) if steps and chance.random() < 0.9 else None
    return State(achieved, matures, unknown, chance.choice((None, *EVIDENCE)), step)


def a_barrier(chance: Random) -> Barrier:
    theme, code = chance.choice(
        (("health", "mental_health"), ("housing", "homeless"), ("housing", "temporary_housing"))
    )
    state = chance.choice(("something", "something", "something", "nothing", "not_asked"))
    something = state == "something"
    severity = chance.randint(0, 4) if something else None
    on = chance.choice((50, 120, 200, 200, 300, 500, 700))
    return Barrier(theme, code if something else None, state, severity, on, rarely(chance))


def a_sitting(chance: Random) -> Scored:
    answers = tuple(maybe(chance, 0.2, chance.randint(0, 10)) for _ in SCORES)
    return Scored(chance.randint(0, 12) * 70, answers, rarely(chance))


def a_start(chance: Random) -> Start:
    referred = chance.randint(0, 500)
    started = maybe(chance, 0.1, referred + chance.randint(0, 150))
    base = referred if started is None else started
    steps = [a_step(chance) for _ in range(chance.randint(0, 3))]
    return Start(
        person=chance.randint(0, 5),
        programme=chance.randint(0, 1),
        referred=referred,
        started=started,
        exited=maybe(chance, 0.3, base + chance.randint(0, 300)),
        exit_reason=chance.choice(("into_work", "not_known", "health")),
        status=chance.choice(STATUSES),
        required=chance.choice((None, True, False, False)),
        benefit=chance.choice(BENEFITS),
        age=chance.choice((None, 16, 17, 18, 20, 21, 24, 25, 50)),
        voided=rarely(chance),
        into=a_state(chance, len(steps), 0.2),
        sustained=a_state(chance, len(steps), 0.2),
        steps=steps,
        spoke=[
            Spoke(chance.randint(0, SPAN), chance.random() < 0.5, rarely(chance), chance.random() < 0.3)
            for _ in range(chance.randint(0, 2))
        ],
        scored=[a_sitting(chance) for _ in range(chance.randint(0, 4))],
        barriers=[a_barrier(chance) for _ in range(chance.randint(0, 5))],
        completed=[(chance.randint(0, SPAN), chance.random() < 0.3) for _ in range(chance.randint(0, 2))],
    )  # fmt: skip


def a_history(seed: int) -> History:
    """A few starts of a few people on two programmes, and a wide period that ends in the midst of things."""
    chance = Random(seed)
    starts = [a_start(chance) for _ in range(chance.randint(1, 25))]
    open_now: set[tuple[int, int]] = set()
    for start in starts:
        key = (start.person, start.programme)
        if start.exited is None and not start.voided:
            if key in open_now:
                start.exited = max(start.started or 0, start.referred)
            open_now.add(key)
    return History(starts, chance.randint(0, 150), chance.randint(400, 700), chance.randint(350, 800))


histories = st.integers(0, 2**32).map(a_history)


@dataclass(frozen=True)
class Stored:
    """Where a history was stored."""

    programmes: tuple[UUID, UUID]
    organisation: UUID
    people: dict[tuple[int, int], UUID]


VOIDED = datetime(2026, 1, 1, tzinfo=UTC)


class Rows:
    """Rows by table, inserted all at once without the audit."""

    def __init__(self) -> None:
        self.tables: dict[str, list[dict[str, Any]]] = {}

    def add(self, table: str, voided: bool = False, **values: Any) -> UUID:
        key: UUID = values.setdefault("id", new_id())
        columns = Base.metadata.tables[table].columns
        if "version" in columns:
            values |= {"version": 1, "entered_at": VOIDED, "voided_at": VOIDED if voided else None}
        self.tables.setdefault(table, []).append(values)
        return key

    def insert(self) -> None:
        for table in Base.metadata.sorted_tables:
            rows = self.tables.get(table.name, [])
            names = {name for row in rows for name in row}
            if rows:
                db.session.execute(sa.insert(table), [dict.fromkeys(names) | row for row in rows])


def store(history: History) -> Stored:
    """Insert a history in the present transaction."""
    rows = Rows()
    top = rows.add("organisation", code="top", name="Top")
    below = [rows.add("organisation", code=f"below-{n}", name=f"Below {n}", parent_id=top) for n in (0, 1)]
    programmes = [
        rows.add("programme", code=f"programme-{n}", name=f"Programme {n}", starts_on=FIRST, summary="",
                 funder="", outcome_map="employability", organisation_id=below[n]) for n in (0, 1)
    ]  # fmt: skip
    rows.add("user", email="t@example.org", name="T", password_hash="!", shortcuts_on=True, active=True)
    people: dict[tuple[int, int], UUID] = {}
    humans: dict[int, UUID] = {}
    for start in history.starts:
        key = (start.person, start.programme)
        if key not in people:
            number = start.person * 2 + start.programme
            people[key] = rows.add(
                "participant", organisation_id=below[start.programme], reference=reference_for(number),
                given_name="Sam", family_name=f"Person{number}", birth_not_known=False, no_voicemail=False,
                no_texts=False, restricted=False,
            )  # fmt: skip
            human = humans.setdefault(start.person, new_id())
            rows.add("person_link", human_id=human, participant_id=people[key])
        _store_start(rows, start, people[key], programmes[start.programme])
    rows.insert()
    return Stored((programmes[0], programmes[1]), top, people)


def _store_start(rows: Rows, start: Start, participant: UUID, programme: UUID) -> None:
    rows.add(
        "enrolment", voided=start.voided, id=start.id, participant_id=participant, programme_id=programme,
        referral_source="self", referred_on=day(start.referred), started_on=_day(start.started),
        exited_on=_day(start.exited), exit_reason=start.exit_reason if start.exited is not None else None,
        status_at_start=start.status, required_to_look_at_start=start.required,
        benefit_at_start=start.benefit, age_at_start=start.age,
    )  # fmt: skip
    for step in start.steps:
        rows.add(
            "progression", voided=step.voided, id=step.id, enrolment_id=start.id, kind=step.kind,
            started_on=day(step.started), ended_on=_day(step.ended), weekly_minutes=step.minutes,
            evidence_level=step.evidence,
        )  # fmt: skip
    for rule, state in (("into_work", start.into), ("sustained_26_weeks", start.sustained)):
        if state is not None:
            rows.add(
                "outcome_state", enrolment_id=start.id, rule=rule, achieved_on=_day(state.achieved),
                matures_on=_day(state.matures), unknown_on=_day(state.unknown),
                evidence_level=state.evidence,
                progression_id=None if state.step is None else start.steps[state.step].id,
            )  # fmt: skip
    for spoke in start.spoke:
        _store_contact(rows, start, spoke)
    for scored in start.scored:
        rows.add(
            "wellbeing_assessment", voided=scored.voided, id=scored.id, enrolment_id=start.id,
            instrument="ons4", stage="review", assessed_on=day(scored.on), completed_how="alone",
            **dict(zip(SCORES, scored.scores, strict=True)),
        )  # fmt: skip
    for barrier in start.barriers:
        rows.add(
            "barrier_assessment", voided=barrier.voided, id=barrier.id, enrolment_id=start.id,
            theme=barrier.theme, barrier=barrier.barrier, state=barrier.state, severity=barrier.severity,
            assessed_on=day(barrier.on),
        )  # fmt: skip
    for number, (on, voided) in enumerate(start.completed):
        course = rows.add(
            "course", programme_id=programme, title=f"Course {number}", subject="", level="entry",
            starts_on=FIRST, ends_on=FIRST, guided_minutes=60,
            tutor_id=rows.tables["user"][0]["id"],
        )  # fmt: skip
        place = rows.add("course_enrolment", course_id=course, enrolment_id=start.id, joined_on=FIRST)
        rows.add("completion", voided=voided, place_id=place, completed_on=day(on))


def _store_contact(rows: Rows, start: Start, spoke: Spoke) -> None:
    about: dict[str, Any] = {
        "enrolment_id": start.id,
        "channel": "telephone",
        "direction": "out",
        "sensitive": False,
    }
    at = datetime.combine(day(spoke.on), time(12), UTC)
    first = rows.add(
        "contact", voided=spoke.voided, happened_at=at, two_way=spoke.two_way,
        result="attended" if spoke.two_way else "no_answer", **about,
    )  # fmt: skip
    if spoke.corrected:
        rows.add(
            "contact", happened_at=at, two_way=False, result="no_answer", corrects_id=first,
            correction_reason="wrong_detail", **about,
        )  # fmt: skip


def _day(offset: int | None) -> date | None:
    return None if offset is None else day(offset)


@contextmanager
def stored(app: Flask, history: History) -> Iterator[Stored]:
    """The history in a transaction that is rolled back."""
    with app.app_context():
        begin("write")
        try:
            yield store(history)
        finally:
            db.session.rollback()
