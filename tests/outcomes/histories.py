"""Random journeys as plain rows."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from uuid import UUID

from hypothesis import strategies as st

from caseworker.core.ids import new_id
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
