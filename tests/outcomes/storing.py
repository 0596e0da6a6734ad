"""Random journeys in the database, for as long as a test looks at them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask import Flask

import caseworker.models  # noqa: F401 - every table must be known
from caseworker.core.db import Base, begin, db
from caseworker.core.ids import new_id, reference_for
from tests.outcomes.histories import FIRST, SCORES, History, Spoke, Start, day


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
