"""A learner's case filled with strings that no tutor may ever be sent."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from caseworker.accounts.models import User
from caseworker.barriers.models import BarrierAssessment
from caseworker.care.models import EmergencyCard
from caseworker.contacts.models import Contact
from caseworker.core.files import store_file
from caseworker.courses.models import CourseEnrolment
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Agreement, StatusHistory
from caseworker.plans.models import Action, ActionPlan, Goal
from caseworker.progressions.models import Progression
from caseworker.risks.models import RiskFlag
from caseworker.wellbeing.models import WellbeingAssessment
from tests.courses.classes import TODAY
from tests.support.builders import kept


class Canaries:
    """`plant("note")` gives a string nobody else has; `spellings` are all the ways one could get out."""

    def __init__(self) -> None:
        self.planted: dict[str, list[str]] = {}
        self._number = count(1)

    def plant(self, what: str) -> str:
        word = f"QZ{next(self._number):03}X{what.replace(' ', '').upper()[:8]}"
        self.planted[f"{what} {word}"] = [word, word.lower(), word.title()]
        return word

    def plant_day(self, what: str, day: date) -> date:
        months = f"{day:%B}", f"{day:%b}"
        words = [f"{day.day} {month} {day.year}" for month in months]
        self.planted[f"{what} {day}"] = [day.isoformat(), f"{day:%d/%m/%Y}", *words]
        return day

    def plant_number(self, what: str, number: int) -> int:
        self.planted[f"{what} {number}"] = [str(number), f"{number:,}", f"{number / 100:,.2f}"]
        return number

    def found_in(self, text: str) -> list[str]:
        return [name for name, words in self.planted.items() if any(word in text for word in words)]


def fill_case(place: CourseEnrolment, keyworker: User, canaries: Canaries) -> dict[str, Any]:
    """Plant everything that is sensitive in the case of a learner; the keys of what was made, by name."""
    enrolment, plant = place.enrolment, canaries.plant
    person = enrolment.participant
    person.postcode, person.phone = plant("pc")[:8], plant("phone")
    person.email = f"{plant('email')}@example.org"
    person.born_on = canaries.plant_day("birth", date(1971, 5, 17))
    person.keep_until_on = canaries.plant_day("keep until", date(2061, 7, 9))
    person.learning_needs = "Large print"
    canaries.planted["postcode"] = [person.postcode]
    keys = {"enrolment_id": enrolment.id, "participant_id": person.id, "place_id": place.id}
    for name, row in _rows(enrolment, keyworker, canaries):
        keys[name] = kept(row).id
    stored = store_file(
        person.id, f"{plant('file')}.pdf", "application/pdf", plant("body").encode(), keyworker.id
    )
    kept(stored)
    keys["file_id"] = stored.id
    return keys


def _rows(enrolment: Enrolment, by: User, canaries: Canaries) -> Iterator[tuple[str, Any]]:
    plant, case = canaries.plant, {"enrolment_id": enrolment.id, "entered_by_id": by.id}
    for number in range(12):
        yield (
            "contact_id",
            Contact(
                **case,
                happened_at=datetime(2026, 2, 1, 9, tzinfo=UTC) + timedelta(days=number),
                channel="telephone",
                direction="out",
                result="spoke",
                two_way=True,
                note=plant("note"),
                sensitive=number % 2 == 0,
            ),
        )
    for theme in ("health", "safety", "treatment", "money", "housing", "confidence"):
        yield (
            "barrier_id",
            BarrierAssessment(
                **case, theme=theme, state="something", severity=3, assessed_on=TODAY, note=plant("barrier")
            ),
        )
    for stage in ("start", "review"):
        yield (
            "assessment_id",
            WellbeingAssessment(
                **case,
                instrument="wheel",
                stage=stage,
                assessed_on=TODAY,
                completed_how="alone",
                score_hundredths=canaries.plant_number("score", 271_828 if stage == "start" else 314_159),
                answers=plant("wellbeing"),
            ),
        )
    yield from _goals(case, canaries)
    yield (
        "progression_id",
        Progression(
            **case,
            kind="paid_work",
            started_on=TODAY,
            employer=plant("employer"),
            job_title=plant("job"),
            pay_pence=canaries.plant_number("pay", 1_618_033),
            pay_period="year",
            evidence_level="self_reported",
        ),
    )
    for person in (StatusHistory, Agreement):
        yield person.__tablename__, _about(person, enrolment, canaries)
    yield from _safety(enrolment, canaries)


def _safety(enrolment: Enrolment, canaries: Canaries) -> Iterator[tuple[str, Any]]:
    """A risk, and an emergency card that they did not agree to show."""
    plant, whose = canaries.plant, {"participant_id": enrolment.participant_id}
    days = {"from_on": TODAY, "review_on": TODAY + timedelta(days=30)}
    yield (
        "risk_id",
        RiskFlag(
            **whose, **days, what_to_do="two_staff", source="police", fact=plant("risk"), more=plant("more")
        ),
    )
    yield (
        "card_id",
        EmergencyCard(
            **whose, who=plant("card"), phone=plant("ring"), what_to_do=plant("do"), agreed_on=TODAY
        ),
    )


def _goals(case: dict[str, Any], canaries: Canaries) -> Iterator[tuple[str, Any]]:
    plan = ActionPlan(**case, started_on=TODAY)
    yield "plan_id", plan
    plant = canaries.plant
    for _ in range(4):
        goal = Goal(
            plan_id=plan.id,
            words=plant("goal"),
            measure=plant("measure"),
            support=plant("support"),
            horizon="short",
            target_on=TODAY + timedelta(days=30),
            theme="health",
        )
        yield "goal_id", goal
        for _ in range(2):
            yield (
                "action_id",
                Action(goal_id=goal.id, words=plant("action"), owner="participant", due_on=TODAY),
            )


def _about(kind: type[StatusHistory] | type[Agreement], enrolment: Enrolment, canaries: Canaries) -> Any:
    if kind is StatusHistory:
        return StatusHistory(
            participant_id=enrolment.participant_id,
            from_on=canaries.plant_day("status", date(2019, 8, 23)),
            economic_status="11",
            benefit="new_style_esa",
        )
    return Agreement(
        participant_id=enrolment.participant_id,
        purpose="photo",
        answer="declined",
        given_on=canaries.plant_day("agreement", date(2018, 4, 11)),
        notice_version=canaries.plant("notice"),
    )
