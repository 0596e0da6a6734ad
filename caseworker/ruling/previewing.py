"""What a new version of a rule would move, counted before anything is saved."""

from collections.abc import Iterable
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from caseworker.casefile.rebuild import moved_by
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import Programme, ProgrammeRule
from caseworker.programmes.rule_services import EditionDetails, place

# Beyond this many cases counting takes too long to wait for.
MOST_COUNTED = 5_000


def preview(programme: Programme, details: EditionDetails) -> list[str]:
    """What changes on the day it is saved, a sentence each. Raises RuleBroken for a day taken."""
    cases = select(func.count()).where(Enrolment.programme_id == programme.id, Enrolment.voided_at.is_(None))
    if (db.session.scalar(cases) or 0) > MOST_COUNTED:
        return [_("There are too many cases to count here what would change.")]
    moved = moved_by(programme.id, _with(programme, details))
    words = (
        ngettext("%(num)d next contact moves", "%(num)d next contacts move", moved["contact"]),
        ngettext("%(num)d plan’s day moves", "The days of %(num)d plans move", moved["plan"]),
        ngettext("%(num)d review moves", "%(num)d reviews move", moved["review"]),
        ngettext("%(num)d check of work moves", "%(num)d checks of work move", moved["sustainment"]),
        ngettext("%(num)d counted outcome changes", "%(num)d counted outcomes change", moved["outcome"]),
    )
    kinds = ("contact", "plan", "review", "sustainment", "outcome")
    found = [said for kind, said in zip(kinds, words, strict=True) if moved[kind]]
    return found or [_("Nothing that is due or counted today changes.")]


def _with(programme: Programme, details: EditionDetails) -> list[ProgrammeRule]:
    """The rules as they would be: copies, so that nothing is stored."""
    rows = select(ProgrammeRule).where(
        ProgrammeRule.programme_id == programme.id, ProgrammeRule.voided_at.is_(None)
    )
    copies = [_copy(rule) for rule in db.session.scalars(rows)]
    own = sorted(_same(copies, details), key=lambda rule: rule.from_on)
    placed = place(own, details.from_on)
    if placed.cuts is not None:
        placed.cuts.until_on = details.from_on - timedelta(days=1)
    copies.append(
        ProgrammeRule(
            programme_id=programme.id, kind=details.kind, code=details.code, label=details.label,
            settings=dict(details.settings), from_on=details.from_on, until_on=placed.until_on,
        )
    )  # fmt: skip
    return sorted(copies, key=lambda rule: (rule.from_on, rule.code))


def _same(rules: Iterable[ProgrammeRule], details: EditionDetails) -> list[ProgrammeRule]:
    return [rule for rule in rules if (rule.kind, rule.code) == (details.kind, details.code)]


def _copy(rule: ProgrammeRule) -> ProgrammeRule:
    return ProgrammeRule(
        id=rule.id, programme_id=rule.programme_id, kind=rule.kind, code=rule.code, label=rule.label,
        settings=rule.settings, from_on=rule.from_on, until_on=rule.until_on,
    )  # fmt: skip
