"""The National Living Wage by year, for outcomes counted in earnings. Its table gives source and doubts."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO


def living_wage_pence(day: date) -> int | None:
    """Pence an hour for adults on a day; None before there was one (1 April 2016). After the newest rate
    known that one goes on."""
    held = [pence for from_on, pence in _rates() if from_on <= day]
    return held[-1] if held else None


@cache
def _rates() -> tuple[tuple[date, int], ...]:
    text = files("caseworker.progressions").joinpath("living_wage.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(StringIO(text), strict=True)
    return tuple(sorted((date.fromisoformat(row["from_on"]), int(row["pence_an_hour"])) for row in rows))
