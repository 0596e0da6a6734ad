"""Keeping a valuation as it was made, and working it out again."""

import secrets
from dataclasses import asdict
from importlib.metadata import version
from typing import Any
from uuid import UUID

from caseworker.core.db import db
from caseworker.impact.models import ValuationRun
from caseworker.impact.quantities import Counted
from caseworker.impact.valued import Choices, Valued, value_frames
from caseworker.outcomes.queries import Outcomes, outcomes_from
from caseworker.outcomes.subjects import Subject

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def code_version() -> str:
    return f"caseworker {version('caseworker')}, numpy {version('numpy')}"


def save_run(
    valued: Valued, outcomes: Outcomes, *, programme_id: UUID | None, name: str | None, by: UUID | None
) -> ValuationRun:
    """Keep a valuation as a draft run, with the outcomes printed beside it. What it keeps names no person."""
    subject = valued.subject
    run = ValuationRun(
        reference="VR-" + "".join(secrets.choice(_LETTERS) for _ in range(8)),
        name=name,
        programme_id=programme_id,
        organisation_id=None if programme_id else subject.organisation_id,
        from_on=subject.from_on,
        until_on=subject.until_on,
        as_at_on=subject.as_at,
        seed=valued.choices.seed,
        draws=valued.choices.draws,
        map_edition=valued.outcome_map.edition,
        bank_edition=valued.bank.edition,
        code_version=code_version(),
        frames={
            "counted": [asdict(each) for each in valued.counted],
            "investments": list(valued.investments),
            "internal_pence": valued.internal_pence,
            "base_year": valued.choices.base_year,
            "mid_year": valued.choices.mid_year,
            "outcomes": outcomes.to_dict(),
        },
        result=valued.result.to_programme_dict(),
        entered_by_id=by,
    )
    db.session.add(run)
    db.session.flush()
    return run


def valued_again(run: ValuationRun, subject: Subject) -> Valued:
    """A stored run computed again from its own frames, whatever the records say by now."""
    from caseworker.valuation import load_bank, load_map

    frames = run.frames
    choices = Choices(frames["base_year"], frames["mid_year"], run.draws, run.seed)
    counted = tuple(Counted(**row) for row in frames["counted"])
    editions = load_map(run.map_edition), load_bank(run.bank_edition)
    investments = tuple(frames["investments"])
    return value_frames(subject, choices, counted, investments, frames["internal_pence"], editions)


def outcomes_again(run: ValuationRun) -> Outcomes:
    """The outcomes as they stood when the run was made."""
    return outcomes_from(run.frames["outcomes"])


def differences(run: ValuationRun, subject: Subject) -> list[str]:
    """The keys whose figures come out otherwise than the run says; none when it is equal to the penny.

    Percentiles of the simulation are compared only under the version of numpy that drew them.
    """
    again = valued_again(run, subject).result.to_programme_dict()
    kept = dict(run.result)
    if run.code_version.partition("numpy ")[2] != version("numpy"):
        again, kept = _without_draws(again), _without_draws(kept)
    return sorted(key for key in kept.keys() | again.keys() if kept.get(key) != again.get(key))


def _without_draws(result: dict[str, Any]) -> dict[str, Any]:
    found = result.get("range") or {}
    return result | {"range": {key: found.get(key) for key in ("low", "high", "draws", "seed")}}
