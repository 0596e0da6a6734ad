"""How long records are kept, who may decide, and what a basis must say: rules alone."""

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.codes import codes
from caseworker.core.errors import RuleBroken
from caseworker.lawful import rules
from caseworker.lawful.rules import KeepFacts, keep_until

MADE, LEFT = date(2020, 1, 1), date(2024, 3, 1)
DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@dataclass
class Keep:
    keep_from: str
    keep_months: int


@pytest.mark.parametrize(
    ("facts", "basis", "last_on"),
    [
        # 29 February, and the ends of months
        (KeepFacts(MADE, date(2024, 2, 29)), Keep("exit", 12), date(2025, 2, 28)),
        (KeepFacts(MADE, date(2024, 2, 29)), Keep("exit", 48), date(2028, 2, 29)),
        (KeepFacts(MADE, date(2023, 8, 31)), Keep("exit", 6), date(2024, 2, 29)),
        (KeepFacts(MADE, date(2024, 8, 31)), Keep("exit", 6), date(2025, 2, 28)),
        (KeepFacts(MADE, date(2024, 3, 31)), Keep("exit", 1), date(2024, 4, 30)),
        (KeepFacts(MADE, date(2024, 3, 31)), Keep("exit", 0), date(2024, 3, 31)),
        # while they are with us nothing runs out
        (KeepFacts(MADE), Keep("exit", 1), None),
        (KeepFacts(MADE, None, date(2020, 2, 1)), Keep("last_contact", 1), None),
        # spoken with after they left, and before
        (KeepFacts(MADE, LEFT, date(2024, 6, 5)), Keep("last_contact", 12), date(2025, 6, 5)),
        (KeepFacts(MADE, LEFT, date(2024, 1, 5)), Keep("last_contact", 12), date(2025, 3, 1)),
        (KeepFacts(MADE, LEFT), Keep("last_contact", 12), date(2025, 3, 1)),
        # from when it was written down, whether they left or not
        (KeepFacts(date(2024, 2, 29)), Keep("creation", 12), date(2025, 2, 28)),
        (KeepFacts(date(2024, 2, 29), date(2030, 1, 1)), Keep("creation", 12), date(2025, 2, 28)),
    ],
)  # fmt: skip
def test_the_last_day_a_record_is_kept(facts: KeepFacts, basis: Keep, last_on: date | None) -> None:
    assert keep_until(facts, basis) == last_on


@given(created=DAYS, left=DAYS, spoke=st.none() | DAYS, months=st.integers(0, 1200))
def test_nothing_runs_out_before_the_exit_and_more_months_are_never_sooner(
    created: date, left: date, spoke: date | None, months: int
) -> None:
    facts = KeepFacts(created, left, spoke)
    for start in ("exit", "last_contact"):
        last_on = keep_until(facts, Keep(start, months))
        later = keep_until(facts, Keep(start, months + 1))
        assert last_on is not None and later is not None
        assert left <= last_on <= later
        assert keep_until(KeepFacts(created, None, spoke), Keep(start, months)) is None


def refused(call: object, *args: object, **named: object) -> str | None:
    try:
        call(*args, **named)  # type: ignore[operator]
    except RuleBroken as broken:
        return broken.field
    return None


@pytest.mark.parametrize(
    ("purpose", "article_9", "offence", "on", "field"),
    [
        ("support", None, None, set(), None),
        ("equality", None, None, set(), "article_9"),
        ("safeguarding", None, None, set(), "article_9"),
        ("equality", "equality", None, set(), None),
        ("support", None, None, {"health"}, "article_9"),
        ("support", "health_social_care", None, {"health"}, None),
        ("support", "health_social_care", None, {"health", "offending"}, "offence_condition"),
        ("support", None, None, {"offending"}, "offence_condition"),
        ("support", None, "consent", {"offending"}, None),
        ("support", None, None, {"religion", "immigration"}, None),
        ("reporting", None, None, {"health", "offending"}, None),
    ],
)
def test_what_a_basis_must_say(
    purpose: str, article_9: str | None, offence: str | None, on: set[str], field: str | None
) -> None:
    assert refused(rules.check_basis, purpose, "public_task", article_9, offence, on) == field


BORN = date(2010, 2, 28)
SIXTEEN, EIGHTEEN = date(2026, 2, 28), date(2028, 2, 28)


@pytest.mark.parametrize(
    ("by", "name", "judged", "born", "day", "field"),
    [
        ("self", None, None, date(1990, 1, 1), SIXTEEN, None),
        ("self", None, None, BORN, SIXTEEN, None),
        ("self", None, None, None, SIXTEEN, None),
        ("self", None, None, BORN, date(2026, 2, 27), "judged"),
        ("self", None, "Explained it back", BORN, date(2026, 2, 27), None),
        ("parent", None, "x", BORN, SIXTEEN, "decider"),
        ("parent", "Ann", None, BORN, SIXTEEN, "judged"),
        ("parent", "Ann", "x", BORN, SIXTEEN, None),
        ("parent", "Ann", "x", BORN, date(2028, 2, 27), None),
        ("parent", "Ann", "x", BORN, EIGHTEEN, "decided_by"),
        ("attorney", "Ann", "x", BORN, EIGHTEEN, None),
        ("best_interests", "Ann", None, BORN, EIGHTEEN, "judged"),
        # born on 29 February: of age on the 28th
        ("self", None, None, date(2008, 2, 29), date(2024, 2, 28), "judged"),
        ("self", None, None, date(2008, 2, 29), date(2024, 2, 29), None),
        ("self", None, None, date(2012, 2, 29), date(2028, 2, 29), None),
    ],
)
def test_who_may_decide(
    by: str, name: str | None, judged: str | None, born: date | None, day: date, field: str | None
) -> None:
    assert refused(rules.check_decision, by, name, judged, born_on=born, day=day) == field


def test_every_sensitive_barrier_and_question_has_a_field() -> None:
    barriers = {each.code: each.extras["data_kind"] for each in codes("barrier_code")}
    for code, kind in barriers.items():
        assert (rules.field_of_barrier(code, kind) is None) == (kind == "ordinary"), code
    for each in ("religion", "orientation", "ethnicity", "gender_identity", "disability", "pregnancy"):
        assert rules.field_of_question(each) == each
    assert rules.field_of_question("sex") is None
    assert rules.field_of_barrier("conviction", barriers["conviction"]) == "offending"
    purposes = {each.code for each in codes("processing_purpose")}
    assert {each.purpose for each in rules.fields()} <= purposes
    assert {each.article for each in rules.fields()} == {"6", "9", "10"}
