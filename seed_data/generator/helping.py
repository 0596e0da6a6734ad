"""What stands in the way, the plan, and how somebody is doing."""

from typing import Any

from seed_data.generator.book import Book
from seed_data.generator.cases import Case
from seed_data.generator.dice import Dice

THEMES = {
    "health": ("mental_health", "long_term_condition", "neurodiversity", "waiting_for_treatment"),
    "confidence": ("confidence", "isolation", "bereavement", "work_anxiety"),
    "skills": (
        "no_level_2",
        "english",
        "maths",
        "esol",
        "digital_skills",
        "digital_access",
        "no_recent_experience",
    ),
    "job_search": ("cv", "interview", "references", "employer_expectations"),
    "work_history": ("long_term_unemployed", "never_worked", "redundancy"),
    "caring": ("childcare", "lone_parent", "adult_care"),
    "housing": ("temporary_housing", "housing_at_risk", "rent_arrears", "homeless"),
    "money": ("debt", "benefits_advice", "food_or_fuel", "no_bank_account"),
    "identity": ("no_id", "no_email_or_phone"),
    "transport": ("no_transport", "transport_cost", "rural", "cannot_drive"),
    "safety": (),
    "treatment": ("discrimination", "adjustment_refused"),
}
OFTEN = {"health": 5, "confidence": 6, "skills": 6, "job_search": 5, "work_history": 4, "caring": 3,
         "housing": 2, "money": 4, "identity": 1, "transport": 3, "treatment": 1}  # fmt: skip
DROPPED = {"changed_mind": 30, "no_longer_possible": 22, "replaced": 26, "left_programme": 18, "other": 4}
AWAY = {"short": 80, "medium": 165, "long": 340}


def barriers(book: Book, dice: Dice, case: Case, found: int, later: int | None, eased: float) -> None:
    """Every theme at the start, `found` of them with something; looked at again on day `later`."""
    here: list[str] = []
    while len(here) < found:
        theme = dice.weighted(OFTEN)
        if theme not in here:
            here.append(theme)
    for theme, barrier_codes in THEMES.items():
        if theme not in here:
            state = dice.weighted({"nothing": 76, "not_asked": 18, "declined": 6})
            if theme == "safety":
                state = dice.weighted({"nothing": 30, "not_asked": 62, "declined": 8})
            _assess(book, case, case.start, theme, state)
            continue
        barrier = dice.pick(barrier_codes) if dice.chance(0.92) else None
        severity = dice.weighted({1: 15, 2: 35, 3: 38, 4: 12})
        _assess(book, case, case.start, theme, "something", severity, barrier)
        if later is not None:
            if dice.chance(eased):
                severity = max(0, severity - dice.whole(1, 3))
            elif dice.chance(0.1):
                severity = min(4, severity + 1)
            _assess(book, case, later, theme, "something", severity, barrier)


# Invented, in the words a person might use.
STRENGTHS = (
    ("good_at", "Gets on with everybody, and remembers what they like"),
    ("has_done", "Ran the tea bar at the community centre for two years"),
    ("enjoys", "Fixing things: bicycles, lamps, the neighbour's fence"),
    ("people", "My sister, who looks in every Sunday"),
    ("good_at", "Always on time, and never misses a day"),
    ("knows", "Three languages, and how to keep children busy"),
    ("enjoys", "Cooking for a lot of people"),
    ("good_at", "Numbers in the head, faster than the till"),
    ("people", "The group at the library on Thursdays"),
)


def strengths(book: Book, case: Case) -> None:
    """One or two, by the case's number: the dice are left as they lie."""
    for place in range(1 + case.enrolment % 2):
        kind, words = STRENGTHS[(case.enrolment + 4 * place) % len(STRENGTHS)]
        book.add(
            "strength",
            enrolment_id=case.enrolment,
            kind=kind,
            words=words,
            noted_on=case.days.on(case.start),
            entered_at=case.days.at(case.start, "12:40"),
            entered_by_id=case.keyworker,
        )


def _assess(
    book: Book, case: Case, day: int, theme: str, state: str,
    severity: int | None = None, barrier: str | None = None,
) -> None:  # fmt: skip
    book.add(
        "barrier_assessment",
        enrolment_id=case.enrolment,
        theme=theme,
        barrier=barrier,
        state=state,
        severity=severity,
        assessed_on=case.days.on(day),
        entered_at=case.days.at(day, "12:30"),
        entered_by_id=case.keyworker,
    )


def plan(
    book: Book, dice: Dice, case: Case, goals: list[dict[str, Any]], *,
    day: int, agreed: int | None, reviewed: int | None,
) -> None:  # fmt: skip
    """A plan with these goals. For a finished case most goals are closed; in a live one time tells."""
    days, by = case.days, case.keyworker
    number = book.add(
        "action_plan",
        enrolment_id=case.enrolment,
        started_on=days.on(day),
        agreed_on=days.on(agreed) if agreed is not None else None,
        agreed_how=dice.weighted({"signature": 50, "typed": 20, "paper": 15, "spoken": 15})
        if agreed is not None
        else None,
        reviewed_on=days.on(reviewed) if reviewed is not None else None,
        entered_at=days.at(day, "12:00"),
        entered_by_id=by,
    )
    for goal in goals:
        _goal(book, dice, case, number, goal, day)


def _goal(book: Book, dice: Dice, case: Case, plan: int, goal: dict[str, Any], day: int) -> None:
    days, target = case.days, day + AWAY[goal["horizon"]] - dice.whole(0, 20)
    steps = dice.whole(1, 3)
    ended = min(target, case.last)
    state = _goal_state(dice, case, target)
    closed = dice.whole(day + 1, max(day + 1, ended)) if state in ("done", "no_longer_relevant") else None
    number = book.add(
        "goal",
        plan_id=plan,
        words=goal["words"],
        horizon=goal["horizon"],
        target_on=days.on(target),
        measure=goal["measure"] if dice.chance(0.85) else None,
        confidence=dice.whole(3, 10) if dice.chance(0.8) else None,
        support=goal["support"] if dice.chance(0.7) else None,
        theme=goal["theme"] if dice.chance(0.9) else None,
        state=state,
        closed_on=days.on(closed) if closed is not None else None,
        drop_reason=dice.weighted(DROPPED) if state == "no_longer_relevant" else None,
        entered_at=days.at(day, "12:05"),
        entered_by_id=case.keyworker,
    )
    for place, words in enumerate(goal["steps"][:steps]):
        due = day + (target - day) * (place + 1) // (steps + 1)
        _action(book, dice, case, number, words, day, due, state)


def _goal_state(dice: Dice, case: Case, target: int) -> str:
    if case.exit is None:
        if target < -10:
            return dice.weighted({"done": 60, "in_progress": 40})
        return dice.weighted({"in_progress": 65, "not_started": 30, "done": 5})
    return dice.weighted({"done": 58, "no_longer_relevant": 16, "in_progress": 18, "not_started": 8})


def _action(
    book: Book, dice: Dice, case: Case, goal: int, words: str, day: int, due: int, goal_state: str
) -> None:
    state = {"done": "done", "no_longer_relevant": "no_longer_relevant"}.get(goal_state, "not_started")
    if state == "not_started" and due <= case.last:
        state = dice.weighted({"done": 70, "in_progress": 30})
    done = dice.whole(day, max(day, min(due, case.last))) if state == "done" else None
    book.add(
        "action",
        goal_id=goal,
        words=words,
        owner=dice.weighted({"participant": 68, "keyworker": 24, "tutor": 5, "someone_else": 3}),
        due_on=case.days.on(due),
        state=state,
        done_on=case.days.on(done) if done is not None else None,
        entered_at=case.days.at(day, "12:10"),
        entered_by_id=case.keyworker,
    )


def wellbeing(book: Book, dice: Dice, case: Case, stage: str, day: int, scores: dict[str, int]) -> None:
    """The four ONS scores; now and then one is left out."""
    asked = {name: None if dice.chance(0.02) else score for name, score in scores.items()}
    book.add(
        "wellbeing_assessment",
        enrolment_id=case.enrolment,
        instrument="ons4",
        stage=stage,
        assessed_on=case.days.on(day),
        completed_how=dice.weighted({"alone": 58, "with_help": 30, "read_aloud": 9, "not_known": 3}),
        **asked,
        entered_at=case.days.at(day, "12:40"),
        entered_by_id=case.keyworker,
    )


def scores(dice: Dice, means: dict[str, float], spread: float = 1.9) -> dict[str, int]:
    return {name: dice.score(mean, spread) for name, mean in means.items()}


def changed(dice: Dice, first: dict[str, int], change: dict[str, float]) -> dict[str, int]:
    """Later scores: the first ones with a change that differs from person to person."""
    return {
        name: min(10, max(0, score + round(dice.bell(change[name], 1.5)))) for name, score in first.items()
    }
