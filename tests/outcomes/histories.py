"""Random journeys as plain rows, and the same journeys in the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
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
    "unable_to_contact",
)  # fmt: skip
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


offsets = st.integers(0, SPAN)
maybe = st.one_of(st.none(), offsets)


@st.composite
def a_step(draw: st.DrawFn) -> Step:
    started = draw(offsets)
    ended = draw(st.one_of(st.none(), st.integers(started, started + 400)))
    minutes = draw(st.sampled_from((None, 0, 600, 960, 1500, 2100, 2400)))
    return Step(
        draw(st.sampled_from(KINDS)), started, ended, minutes, draw(st.sampled_from(EVIDENCE)),
        draw(st.integers(0, 9)) == 0,
    )  # fmt: skip


@st.composite
def a_state(draw: st.DrawFn, steps: int) -> State:
    step = draw(st.one_of(st.none(), st.integers(0, steps - 1))) if steps else None
    evidence = draw(st.sampled_from((None, *EVIDENCE)))
    return State(draw(maybe), draw(maybe), draw(maybe), evidence, step)


@st.composite
def a_barrier(draw: st.DrawFn) -> Barrier:
    theme, code = draw(
        st.sampled_from((("health", "mental_health"), ("housing", "homeless"), ("housing", "temporary_housing")))
    )
    state = draw(st.sampled_from(("something", "something", "something", "nothing", "not_asked")))
    something = state == "something"
    severity = draw(st.integers(0, 4)) if something else None
    return Barrier(
        theme, code if something else None, state, severity, draw(offsets), draw(st.integers(0, 9)) == 0
    )


def a_score() -> st.SearchStrategy[Scored]:
    answers = st.tuples(*(st.one_of(st.none(), st.integers(0, 10)) for _ in SCORES))
    return st.builds(Scored, st.integers(0, 12).map(lambda n: n * 70), answers, st.integers(0, 9).map(lambda n: n == 0))


@st.composite
def a_start(draw: st.DrawFn) -> Start:
    referred = draw(offsets)
    started = draw(st.one_of(st.none(), st.integers(referred, SPAN), st.just(referred)))
    base = started if started is not None else referred
    steps = draw(st.lists(a_step(), max_size=3))
    return Start(
        person=draw(st.integers(0, 5)),
        programme=draw(st.integers(0, 1)),
        referred=referred,
        started=started,
        exited=draw(st.one_of(st.none(), st.integers(base, base + 300))),
        exit_reason=draw(st.sampled_from(("into_work", "not_known", "health"))),
        status=draw(st.sampled_from(STATUSES)),
        required=draw(st.sampled_from((None, True, False))),
        benefit=draw(st.sampled_from(BENEFITS)),
        age=draw(st.sampled_from((None, 16, 17, 18, 20, 21, 24, 25, 50))),
        voided=draw(st.integers(0, 9)) == 0,
        into=draw(st.one_of(st.none(), a_state(len(steps)))),
        sustained=draw(st.one_of(st.none(), a_state(len(steps)))),
        steps=steps,
        spoke=draw(
            st.lists(st.builds(Spoke, offsets, st.booleans(), st.booleans(), st.booleans()), max_size=2)
        ),
        scored=draw(st.lists(a_score(), max_size=4)),
        barriers=draw(st.lists(a_barrier(), max_size=4)),
        completed=draw(st.lists(st.tuples(offsets, st.booleans()), max_size=2)),
    )


@st.composite
def histories(draw: st.DrawFn) -> History:
    """A few starts of a few people on two programmes, and a period with the day of its figures."""
    starts = draw(st.lists(a_start(), min_size=1, max_size=9))
    open_now: set[tuple[int, int]] = set()
    for start in starts:
        key = (start.person, start.programme)
        if start.exited is None and not start.voided:
            if key in open_now:
                start.exited = max(start.started or 0, start.referred)
            open_now.add(key)
    first = draw(st.integers(0, SPAN))
    last = draw(st.integers(first, SPAN))
    return History(starts, first, last, draw(st.integers(first, SPAN + 200)))


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
            for row in self.tables.get(table.name, []):
                db.session.execute(sa.insert(table).values(**row))


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
            "wellbeing_assessment", voided=scored.voided, id=scored.id, enrolment_id=start.id, instrument="ons4",
            stage="review", assessed_on=day(scored.on), completed_how="alone",
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
    about = {"enrolment_id": start.id, "channel": "telephone", "direction": "out", "sensitive": False}
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
