"""Every kind of lasting outcome by its name in a programme's settings, and what all kinds share. Pure.

All settings may ask for `evidence` (a code of evidence_level) of at least that strength, and say what
becomes of `self_employment`: `same` as a job (unless said), `left_out`, or its own weeks without a longer
gap, {"weeks": 26, "gap_days": 14}, which count in place of the rule for that work.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from caseworker.progressions.jobs import Journey, Outcome
from caseworker.progressions.sustained_totals import cumulative_days, earnings_equivalent, hours_in_weeks
from caseworker.progressions.sustained_weeks import continuous_weeks, single_event, status_at_point

KINDS: dict[str, Callable[[Journey, Mapping[str, Any]], Outcome | None]] = {
    "continuous_weeks": continuous_weeks,
    "cumulative_days": cumulative_days,
    "earnings_equivalent": earnings_equivalent,
    "hours_in_weeks": hours_in_weeks,
    "status_at_point": status_at_point,
    "single_event": single_event,
}
# Said once and true: nobody is asked again, and those in work at the start are not left out.
EVENT = "single_event"
# These hold for whoever left, in work or not.
AFTER_LEAVING = "status_at_point"


def sustained(journey: Journey, settings: Mapping[str, Any]) -> Outcome | None:
    """What a rule of lasting work found. Raises KeyError for a kind nobody wrote."""
    rule, variant = KINDS[settings["kind"]], settings.get("self_employment", "same")
    if variant == "same":
        return rule(journey, settings)
    employed = tuple(job for job in journey.jobs if not job.self_employed)
    outcome = rule(replace(journey, jobs=employed), settings)
    if variant == "left_out":
        return outcome
    trading = tuple(job for job in journey.jobs if job.self_employed)
    own = {"evidence": settings.get("evidence"), **variant}
    return _sooner(outcome, continuous_weeks(replace(journey, jobs=trading), own))


def _sooner(one: Outcome | None, other: Outcome | None) -> Outcome | None:
    """The one achieved first; of none, the one that can be known first, unknown if either is."""
    found = [each for each in (one, other) if each is not None]
    if not found:
        return None
    achieved = [(each.achieved_on, place) for place, each in enumerate(found) if each.achieved_on]
    matures_on = min((each.matures_on for each in found if each.matures_on), default=None)
    if achieved:
        return replace(found[min(achieved)[1]], matures_on=matures_on)
    unknown_on = min((each.unknown_on for each in found if each.unknown_on), default=None)
    return Outcome(None, matures_on, unknown_on, None, None)
