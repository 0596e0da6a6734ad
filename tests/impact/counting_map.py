"""An outcome map for tests: every source and every way of counting, under our own words."""

from datetime import date
from typing import Any

from caseworker.valuation import OutcomeLine, OutcomeMap
from caseworker.valuation.outcome_map import QuantitySource


def a_line(code: str, source: str, count: str, **changes: Any) -> OutcomeLine:
    parameters = changes.pop("parameters", {})
    values: dict[str, Any] = {
        "code": code, "name": code, "stakeholder": "People", "agency": "", "kind": "social", "theme": "",
        "source": QuantitySource(source, parameters, count), "proxy": "", "not_counted": "a test",
        "benefit_at_start": (), "benefit_at_start_not": (), "age_from": None, "age_to": None,
        "once_per_person": "", "claim": "", "rank": 0, "health_line": False, "in_headline": False,
        "shown_apart_because": "", "signed_in": "", "comparison": "", "starts": 0, "assumptions": {},
    }  # fmt: skip
    return OutcomeLine(**values | changes)


def a_map(*lines: OutcomeLine) -> OutcomeMap:
    return OutcomeMap("test", "Test", date(2026, 1, 1), "test", (), "", "", lines, ())


EVERY_COUNT = a_map(
    a_line("weeks", "progression", "weeks", parameters={"kinds": ["paid_placement", "paid_work"]}),
    a_line("years", "progression", "person_years", parameters={"kinds": ["apprenticeship", "paid_work"]}),
    a_line("full", "progression", "fte_years", parameters={"kinds": ["paid_work"]}),
    a_line("steps", "progression", "people", parameters={"kinds": ["paid_work", "volunteering"]}),
    a_line("hours", "hours_volunteered", "hours"),
    a_line("courses", "completion", "people"),
    a_line(
        "calm", "wellbeing_change", "pair_points", parameters={"instrument": "ons4", "measure": "anxiety"}
    ),
    a_line(
        "eased", "barrier_reduced", "people",
        parameters={"theme": "housing", "codes": ["homeless", "temporary_housing"], "from_severity": 2,
                    "to_severity": 1},
    ),
    a_line("lasting", "sustained", "people", parameters={"rule": "26-week"}, once_per_person="job",
           claim="lasting", rank=2),
    a_line("lasting-nhs", "sustained", "people", parameters={"rule": "26-week"}, once_per_person="job",
           claim="lasting", rank=2),
    a_line("started", "progression", "people", parameters={"kinds": ["paid_work"]}, once_per_person="job",
           claim="started", rank=2, age_from=18),
    a_line("placed", "progression", "fte_years", parameters={"kinds": ["paid_placement"]},
           once_per_person="job", claim="placed", rank=3),
)  # fmt: skip
WORTHS = {"lasting": 400_000, "started": 900_000, "placed": 1_200_000}
