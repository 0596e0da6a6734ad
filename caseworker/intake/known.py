"""What is known of a person and an enrolment so far: all of it from one query."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Select, String, bindparam, cast, literal, null, or_, select, union_all

from caseworker.core.db import db
from caseworker.core.types import Key
from caseworker.enrolments.models import Enrolment
from caseworker.intake.later import REACHED_BY, Missing, SoFar, not_asked_yet
from caseworker.intake.models import EligibilityCheck, EqualityAnswer
from caseworker.intake.questions import NOT_ASKED
from caseworker.lawful.models import CollectedField
from caseworker.participants.models import Agreement, StatusHistory
from caseworker.programmes.models import ProgrammeRule

ELIGIBILITY = "eligibility"
NEVER = cast(null(), Date())
# Whether there is one is seen without opening its seal.
SEALED = {"address": "address_sealed", "ni_number": "ni_number_sealed"}


@dataclass(frozen=True)
class Answer:
    """One answer of any part: `code` is the question, purpose or criterion, `value` what was said."""

    part: str
    code: str
    value: str
    more: str
    on: date | None
    until_on: date | None


@dataclass(frozen=True)
class Known:
    """The latest answers by part, the first asked first; what is still missing; what may be asked."""

    answers: dict[str, list[Answer]]
    status: str
    missing: list[Missing]
    may_ask: frozenset[str]


def read_known(enrolment: Enrolment, today: date) -> Known:
    person = enrolment.participant
    whose = {
        "enrolment_id": enrolment.id,
        "person_id": enrolment.participant_id,
        "programme_id": enrolment.programme_id,
    }
    rows = db.session.execute(_all_parts(), whose | {"today": today})
    found: dict[str, dict[tuple[str, str], Answer]] = defaultdict(dict)
    for row in rows:
        agency = row.more if row.part == "agreement" else ""
        found[row.part][row.code, agency] = Answer(*row[:6])
    latest = {part: list(answers.values()) for part, answers in found.items()}
    statuses = latest.get("status", [])
    status = statuses[-1].value if statuses else enrolment.status_at_start
    so_far = SoFar(
        safety_asked=person.safety_asked_on is not None,
        birth_known=person.born_on is not None,
        reached=frozenset(name for name in REACHED_BY if getattr(person, SEALED.get(name, name))),
        status=status,
        equality={each.code: each.more for each in latest.get("equality", [])},
        agreements={each.code: each.value for each in latest.get("agreement", []) if each.value != NOT_ASKED},
        criteria=tuple(each.code for each in latest.get("criterion", [])),
        checks={each.code: each.value for each in latest.get("check", [])},
        may_ask=frozenset(each.code for each in latest.get("collected", [])),
    )
    return Known(latest, status, not_asked_yet(so_far), so_far.may_ask)


@cache
def _all_parts() -> Select[*tuple[Any, ...]]:
    """Built once: every case page asks it."""
    parts = union_all(*_parts()).subquery("known")
    return select(parts).order_by(parts.c.part, parts.c.on, parts.c.id)


def _parts() -> list[Any]:
    said, agreed, checked = EqualityAnswer, Agreement, EligibilityCheck
    status, rule, row = StatusHistory, ProgrammeRule, CollectedField
    mine, person_id = bindparam("enrolment_id", type_=Key()), bindparam("person_id", type_=Key())
    programme_id, today = bindparam("programme_id", type_=Key()), bindparam("today", type_=Date())
    return [
        _part("equality", said.question, said.answer, said.state, said.asked_on, NEVER, said.id).where(
            said.participant_id == person_id, said.voided_at.is_(None)
        ),
        _part(
            "agreement", agreed.purpose, agreed.answer, agreed.agency, agreed.given_on, agreed.withdrawn_on,
            agreed.id,
        ).where(agreed.participant_id == person_id, agreed.voided_at.is_(None)),
        _part(
            "check", checked.criterion, checked.answer, checked.evidence, checked.seen_on,
            checked.valid_until_on, checked.id,
        ).where(checked.enrolment_id == mine, checked.voided_at.is_(None)),
        _part("criterion", rule.code, rule.label, literal(""), rule.from_on, rule.until_on, rule.id).where(
            rule.programme_id == programme_id,
            rule.kind == ELIGIBILITY,
            rule.voided_at.is_(None),
            rule.from_on <= today,
            or_(rule.until_on.is_(None), rule.until_on >= today),
        ),
        _part("collected", row.field, literal(""), literal(""), row.from_on, NEVER, row.id).where(
            row.programme_id == programme_id,
            row.voided_at.is_(None),
            row.from_on <= today,
            or_(row.until_on.is_(None), row.until_on >= today),
        ),
        _part(
            "status", literal("status"), status.economic_status, status.benefit, status.from_on, NEVER,
            status.id,
        ).where(status.participant_id == person_id, status.voided_at.is_(None)),
    ]  # fmt: skip


def _part(part: str, code: Any, value: Any, more: Any, on: Any, until_on: Any, key: Any) -> Any:
    return select(
        literal(part).label("part"),
        cast(code, String(200)).label("code"),
        cast(value, String(200)).label("value"),
        cast(more, String(200)).label("more"),
        on.label("on"),
        until_on.label("until_on"),
        key.label("id"),
    )
