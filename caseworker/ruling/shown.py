"""The page of a programme's rules: a section for each kind, what holds now first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker.programmes.models import ProgrammeRule
from caseworker.programmes.rule_queries import Entered
from caseworker.ruling.kinds import KINDS, RuleKind, slug_of
from caseworker.ruling.words import rule_lines

NOW, COMING, PAST, TAKEN_BACK = "now", "coming", "past", "taken_back"


@dataclass(frozen=True)
class Shown:
    """An edition as the page says it. `ending`: nothing follows it, so that it may be given a last day."""

    entered: Entered
    lines: list[str]
    standing: str
    changeable: bool
    ending: bool

    @property
    def rule(self) -> ProgrammeRule:
        return self.entered.rule


@dataclass(frozen=True)
class Section:
    """A kind of rule; `living` hold today or will, `over` no longer do or were taken back."""

    kind: RuleKind
    living: Sequence[Shown]
    over: Sequence[Shown]

    @property
    def addable(self) -> bool:
        return self.kind.many or not any(each.standing != TAKEN_BACK for each in (*self.living, *self.over))


def standing_of(rule: ProgrammeRule, today: date) -> str:
    if rule.voided_at is not None:
        return TAKEN_BACK
    if rule.from_on > today:
        return COMING
    return NOW if rule.until_on is None or today <= rule.until_on else PAST


def sections_of(entered: Iterable[Entered], today: date) -> list[Section]:
    """Every kind in the order of the page, those without a rule too."""
    rows = [_shown(each, today) for each in entered]
    found = []
    for kind in KINDS:
        own = [each for each in rows if each.rule.kind == kind.kind]
        living = [each for each in own if each.standing in (NOW, COMING)]
        over = [each for each in own if each.standing not in (NOW, COMING)]
        over.sort(key=lambda each: each.rule.from_on, reverse=True)
        found.append(Section(kind, living, over))
    return found


def _shown(entered: Entered, today: date) -> Shown:
    rule = entered.rule
    return Shown(
        entered=entered,
        lines=rule_lines(rule.kind, rule.settings),
        standing=standing_of(rule, today),
        changeable=bool(slug_of(rule)),
        ending=rule.until_on is None,
    )
