"""A person's time on a programme: the start, what was agreed, and the exit."""

from dataclasses import dataclass, field
from typing import Any

from seed_data.generator.book import Book, Days
from seed_data.generator.dice import Dice
from seed_data.generator.setting import Place

IN_WORK, LOOKING, NOT_LOOKING, NOT_KNOWN = "in_work", "looking", "not_looking", "not_known"
# The words of the tables, as codes of economic_status.
STATUS = {IN_WORK: "10", LOOKING: "11", NOT_LOOKING: "12", NOT_KNOWN: "98"}

REFERRALS = {
    "jobcentre": 30, "local_authority": 8, "housing_association": 7, "gp": 5, "mental_health_service": 3,
    "social_prescriber": 5, "college": 3, "national_careers_service": 4, "probation": 2,
    "voluntary_organisation": 7, "citizens_advice": 3, "food_bank": 3, "community_centre": 5, "employer": 1,
    "family_or_friend": 8, "self": 12, "internal": 2, "other": 1, "not_known": 2,
}  # fmt: skip


@dataclass
class Case:
    place: Place
    enrolment: int
    person: int
    start: int
    exit: int | None
    status: str
    keyworker: int | None
    seen: dict[str, Any] = field(default_factory=dict)

    @property
    def days(self) -> Days:
        return self.place.days

    @property
    def last(self) -> int:
        """The last day anything can have happened on the programme."""
        return self.exit if self.exit is not None else -1


def open_case(
    book: Book,
    dice: Dice,
    place: Place,
    person: int,
    *,
    start: int,
    exit: int | None,
    reason: str | None,
    status: str,
    benefit: str,
    required: bool | None,
    keyworker: int | None,
    cohort: int | None = None,
    source: str | None = None,
) -> Case:
    """An enrolment with its status at the start and what the person agreed to."""
    days = place.days
    referred = start - dice.whole(0, 24)
    enrolment = book.add(
        "enrolment",
        participant_id=person,
        programme_id=place.number,
        cohort_id=cohort if cohort is not None else place.cohort_on(start),
        keyworker_id=keyworker,
        referral_source=source or dice.weighted(REFERRALS),
        referred_on=days.on(referred),
        started_on=days.on(start),
        exited_on=days.on(exit) if exit is not None else None,
        exit_reason=reason,
        status_at_start=STATUS[status],
        required_to_look_at_start=required,
        benefit_at_start=benefit,
        entered_at=days.at(start, "10:15"),
        entered_by_id=keyworker,
    )
    book.add(
        "status_history",
        participant_id=person,
        from_on=days.on(start),
        economic_status=STATUS[status],
        required_to_look=required,
        benefit=benefit,
        entered_at=days.at(start, "10:15"),
        entered_by_id=keyworker,
    )
    _agreements(book, dice, days, person, start, keyworker)
    return Case(place, enrolment, person, start, exit, status, keyworker)


def _agreements(book: Book, dice: Dice, days: Days, person: int, start: int, keyworker: int | None) -> None:
    answers = {
        "notice": "given",
        "take_part": "given",
        "share": dice.weighted({"given": 60, "declined": 22, "not_asked": 18}),
        "photo": dice.weighted({"given": 20, "declined": 40, "not_asked": 40}),
        "contact_after": dice.weighted({"given": 85, "declined": 8, "not_asked": 7}),
    }
    for purpose, answer in answers.items():
        if answer == "not_asked" and dice.chance(0.5):
            continue
        withdrawn = answer == "given" and purpose in ("share", "photo") and dice.chance(0.02)
        book.add(
            "agreement",
            participant_id=person,
            purpose=purpose,
            answer=answer,
            given_on=days.on(start),
            notice_version="2",
            withdrawn_on=days.on(start + 1) if withdrawn else None,
            entered_at=days.at(start, "10:20"),
            entered_by_id=keyworker,
        )


def change_status(book: Book, case: Case, day: int, status: str, required: bool | None, benefit: str) -> None:
    book.add(
        "status_history",
        participant_id=case.person,
        from_on=case.days.on(day),
        economic_status=STATUS[status],
        required_to_look=required,
        benefit=benefit,
        entered_at=case.days.at(day, "16:00"),
        entered_by_id=case.keyworker,
    )
