"""Whether a programme is for somebody: criteria, the evidence of each, and how long it holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import select

from caseworker.accounts.models import User
from caseworker.core.clock import now
from caseworker.core.codes import label
from caseworker.core.db import db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.documents.models import Document
from caseworker.documents.services import use_document
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import rules_of
from caseworker.intake.models import EligibilityCheck
from caseworker.programmes.models import ProgrammeRule

KIND = "eligibility"
MET, NOT_MET, NOT_KNOWN = "met", "not_met", "not_known"
LONGEST_EVIDENCE = 40


@dataclass(frozen=True)
class Criterion:
    """One criterion of a programme: settings `question`, `evidence` (what shows it) and `valid_days`."""

    code: str
    label: str
    question: str
    evidence: tuple[str, ...]
    valid_days: int | None

    @classmethod
    def read(cls, code: str, label: str, settings: Mapping[str, Any]) -> "Criterion":
        shown = tuple(str(each)[:LONGEST_EVIDENCE] for each in settings.get("evidence", ()))
        days = settings.get("valid_days")
        return cls(
            code, label, str(settings.get("question", label)), shown, None if days is None else int(days)
        )

    def holds_until(self, seen_on: date) -> date | None:
        """Last day the evidence holds; None: it does not run out."""
        return None if self.valid_days is None else seen_on + timedelta(days=self.valid_days)


@dataclass(frozen=True)
class Checked:
    """A criterion with what was found; `standing` as the function of that name says it."""

    criterion: Criterion
    check: EligibilityCheck | None
    standing: str

    @property
    def seen(self) -> SimpleNamespace:
        """The check as a form was opened on it: each check is a row, so its key is its version."""
        row = self.check
        return SimpleNamespace(
            version=row.id.hex if row else "none",
            answer=row.answer if row else None,
            evidence=row.evidence if row else None,
            seen_on=row.seen_on if row else None,
        )


def standing(answer: str | None, evidence: str | None, valid_until_on: date | None, today: date) -> str:
    """How a criterion stands: met, expired, no_evidence, not_met, not_known or not_asked.

    What was met on evidence that has run out is no longer shown as met.
    """
    if answer is None:
        return "not_asked"
    if answer != MET:
        return answer
    if evidence is None:
        return "no_evidence"
    return "expired" if valid_until_on is not None and valid_until_on < today else MET


def criteria_on(rules: Sequence[ProgrammeRule], day: date) -> list[Criterion]:
    """Those that hold on a day, the newest edition of each."""
    holding = [
        rule for rule in rules if rule.from_on <= day and (rule.until_on is None or day <= rule.until_on)
    ]
    newest = {rule.code: Criterion.read(rule.code, rule.label, rule.settings) for rule in holding}
    return sorted(newest.values(), key=lambda each: (each.label, each.code))


def eligibility_of(enrolment: Enrolment, today: date) -> list[Checked]:
    """Every criterion of the programme today, each with the last check."""
    rows = db.session.scalars(
        select(EligibilityCheck).where(
            EligibilityCheck.enrolment_id == enrolment.id, EligibilityCheck.voided_at.is_(None)
        )
    )
    checks = {row.criterion: row for row in rows}
    found = []
    for criterion in criteria_on(rules_of(enrolment.programme_id, KIND), today):
        row = checks.get(criterion.code)
        told = standing(row.answer, row.evidence, row.valid_until_on, today) if row else "not_asked"
        found.append(Checked(criterion, row, told))
    return found


def get_checked(enrolment: Enrolment, code: str, today: date) -> Checked:
    """Raises NotVisible for a criterion the programme does not have."""
    for each in eligibility_of(enrolment, today):
        if each.criterion.code == code:
            return each
    raise NotVisible


def record_check(
    enrolment: Enrolment,
    checked: Checked,
    *,
    answer: str,
    evidence: str | None,
    seen_on: date | None,
    file_id: UUID | None,
    document: Document | None = None,
    recorded_by: User,
    today: date,
) -> EligibilityCheck:
    """Record what was found; the check before it stays in history. Raises RuleBroken for a day ahead.

    A `document` recorded already is the evidence: it holds no longer than the document does.
    """
    if document is not None:
        if document.original_seen_on is None:
            raise RuleBroken("See the original first, or choose another document", "document")
        evidence = label("document_kind", document.kind)[:LONGEST_EVIDENCE]
        seen_on = document.original_seen_on
    if seen_on is not None and seen_on > today:
        raise RuleBroken("The day must be today or earlier", "seen_on")
    if evidence is None and (seen_on is not None or file_id is not None):
        raise RuleBroken("Choose what showed it", "evidence")
    day = (seen_on or today) if evidence else None
    if checked.check is not None:
        checked.check.voided_at, checked.check.voided_by_id = now(), recorded_by.id
        checked.check.void_reason = "replaced"
        db.session.flush()
    row = EligibilityCheck(
        enrolment=enrolment,
        criterion=checked.criterion.code,
        answer=answer,
        evidence=evidence,
        seen_on=day,
        valid_until_on=_holds_until(checked.criterion, day, document),
        file_id=file_id,
        entered_by_id=recorded_by.id,
    )
    with refused_as(uq_eligibility_check_one=RuleBroken("Somebody has just recorded this. Open it again")):
        db.session.add(row)
    if document is not None:
        use_document(document, row.id)
    return row


def _holds_until(criterion: Criterion, day: date | None, document: Document | None) -> date | None:
    ends = [criterion.holds_until(day) if day else None, document.expires_on if document else None]
    return min((end for end in ends if end is not None), default=None)
