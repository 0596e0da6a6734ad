"""Rules of work as programmes have them."""

from typing import Any

from caseworker.programmes.models import Programme, ProgrammeRule
from tests.support.builders import LONG_AGO, kept

SELF, EMPLOYER = "self_reported", "employer_confirmed"


def work_rules(programme: Programme) -> list[ProgrammeRule]:
    """Into work, and in work for 26 and for 52 weeks with gaps of up to 14 days."""
    lasting: list[tuple[str, str, str, dict[str, Any]]] = [
        ("sustained", f"sustained_{weeks}", f"In work for {weeks} weeks",
         {"kind": "continuous_weeks", "weeks": weeks, "gap_days": 14})
        for weeks in (26, 52)
    ]  # fmt: skip
    return [
        kept(
            ProgrammeRule(
                programme_id=programme.id,
                kind=kind,
                code=code,
                label=label,
                settings=settings,
                source="Made up for a test",
                from_on=LONG_AGO,
            )
        )
        for kind, code, label, settings in [("into_work", "into_work", "Into work", {}), *lasting]
    ]
