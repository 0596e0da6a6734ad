"""The JSON that other programs read: its keys, and the same bytes from both databases."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from caseworker.core.clock import today
from caseworker.core.db import begin, db
from caseworker.impact.tables import as_json
from caseworker.impact.valued import value_subject
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Organisation, Programme
from tests.conftest import Databases
from tests.outcomes.situations import a_job, a_place, a_start, put_in, scores

KEYS = [
    "investment", "gross_value", "impact", "total_present_value", "net_present_value", "sroi_ratio",
    "net_sroi_ratio", "payback_months", "by_year", "by_stakeholder", "lines", "as_at", "base_year", "by_kind",
    "by_agency", "range", "programme", "from", "to", "outcomes",
]  # fmt: skip
SEEDS = ("ways-into-work", "next-steps", "fresh-start", "skills-for-work", "kestrel-group")


def answer(subject: Subject) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_json(value_subject(subject)))
    return found


def test_the_keys_are_exactly_the_promised_ones(db_session: Session) -> None:
    place = a_place(code="known")
    put_in(place, 1000)
    for _ in range(30):
        start = a_start(place, benefit_at_start="new_style_jsa")
        a_job(start)
        scores(start, 4, 6)
    found = answer(of_programme(place.programme, date(2026, 1, 5)))
    assert sorted(found) == sorted(KEYS)
    assert {key for row in found["by_year"] for key in row} == {"t", "value", "present_value"}
    assert {key for row in found["by_stakeholder"] for key in row} == {"stakeholder", "present_value"}
    assert {key for row in found["lines"] for key in row} == {"outcome", "impact", "present_value"}
    assert {key for row in found["outcomes"] for key in row} == {
        "name", "n", "N", "excluded", "unknown", "low", "high",
    }  # fmt: skip
    assert set(found["range"]) == {
        "low", "high", "p5", "p50", "p95", "p_above_one", "draws", "seed",
    }  # fmt: skip
    total = found["total_present_value"]
    for part in ("lines", "by_stakeholder", "by_kind"):
        assert sum(row["present_value"] for row in found[part]) == pytest.approx(total, abs=0.05), part
    assert sum(row["present_value"] for row in found["by_year"]) == pytest.approx(total, abs=0.05)
    fiscal = next(row for row in found["by_kind"] if row["kind"] == "fiscal")
    assert fiscal["present_value"] == 0
    assert fiscal["shown_apart"] > 0
    assert found["sroi_ratio"] == pytest.approx(total / found["investment"], abs=1e-4)
    assert (found["programme"], found["from"], found["to"]) == ("known", "2024-04-01", "2025-03-31")


def test_nothing_recorded_is_noughts_and_no_ratio(db_session: Session) -> None:
    found = answer(of_programme(a_place().programme, date(2026, 1, 5)))
    assert found["total_present_value"] == 0
    assert found["sroi_ratio"] is None
    assert found["outcomes"][0] == {
        "name": "into_work", "n": 0, "N": 0, "excluded": 0, "unknown": 0, "low": None, "high": None,
    }  # fmt: skip


@pytest.mark.postgres
@pytest.mark.demonstration
def test_both_databases_give_the_same_bytes(databases: Databases) -> None:
    answers: list[dict[str, bytes]] = []
    for kind in ("sqlite", "postgres"):
        database = databases(kind, "demonstration")
        with database.app.app_context():
            begin("read")
            answers.append({code: as_json(value_subject(_subject(code))) for code in SEEDS})
            db.session.rollback()
    assert answers[0] == answers[1]


def _subject(code: str) -> Subject:
    programme = db.session.scalar(select(Programme).where(Programme.code == code))
    if programme is not None:
        return of_programme(programme, today())
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code))
    assert organisation is not None
    return of_organisation(organisation, today())
