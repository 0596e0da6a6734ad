"""Valuing lines, and valuing a programme: the two entrances of the library."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .break_even import break_even
from .discounting import DiscountSchedule, load_schedule
from .inputs import (
    Investment,
    Quantity,
    Settings,
    ValuationLine,
    investments_from,
    quantities_by_line,
)
from .line_values import value_line
from .model import build_model
from .outcome_map import OutcomeMap
from .overlap import figure_warnings, overlap_warnings
from .prices import Deflators, load_deflators
from .programme_lines import describe, programme_lines, uncounted
from .proxy_bank import ProxyBank
from .result import Result
from .sensitivity import scenarios, tornado
from .simulation import simulate
from .totals import groups_of, headline_of, waterfall_of, years_of

if TYPE_CHECKING:
    from pandas import DataFrame

    Rows = DataFrame | Iterable[Mapping[str, Any]]


def value(
    lines: Sequence[ValuationLine],
    investments: Sequence[Investment],
    settings: Settings,
    deflators: Deflators | None = None,
    schedule: DiscountSchedule | None = None,
) -> Result:
    """Value lines against investment. Amounts in the result are unrounded pounds.

    Raises PriceYearError for a base year that may not be used or a price year outside the deflators."""
    deflators, schedule = deflators or load_deflators(), schedule or load_schedule()
    base_year = deflators.base_year(settings.as_at, settings.base_year) if settings.restate else None
    model = build_model(lines, investments, settings, deflators, schedule, base_year)
    results = tuple(
        value_line(line, float(restate), factors, base_year, settings)
        for line, restate, factors in zip(model.lines, model.restate, model.factors, strict=True)
    )
    last_year = max((i.activity_year for i in investments), default=0)
    inputs_factors = schedule.factors(last_year + 1, flat_rate=settings.discount_rate)
    headline = headline_of(results, investments, inputs_factors, settings.first_day is not None)
    bounds = scenarios(model)
    return Result(
        headline=headline,
        waterfall=waterfall_of(results),
        by_stakeholder=groups_of(results, lambda line: line.stakeholder),
        by_kind=groups_of(results, lambda line: line.kind),
        by_agency=groups_of(results, lambda line: line.agency if line.kind == "fiscal" else ""),
        by_theme=groups_of(results, lambda line: line.theme),
        by_year=years_of(results),
        lines=results,
        range=simulate(model, settings.draws, settings.seed, bounds[0].sroi_ratio, bounds[-1].sroi_ratio)
        if settings.draws
        else None,
        tornado=tornado(model) if settings.sensitivity else (),
        break_even=break_even(model) if settings.sensitivity else (),
        scenarios=bounds,
        warnings=(*overlap_warnings(model.lines), *figure_warnings(headline, results)),
        base_year=base_year,
        as_at=settings.as_at.isoformat(),
        editions={"deflators": deflators.edition, "discounting": schedule.edition},
    )


def value_programme(
    quantities: "Rows", outcome_map: OutcomeMap, bank: ProxyBank, investments: "Rows", settings: Settings
) -> Result:
    """Value what a programme's records add up to.

    `quantities` has one row per line of the map and activity year (columns: see `quantities_by_line`),
    `investments` one per amount (k, amount_pence, in_kind). A line of the map without a row has nobody
    yet. Raises QuantityError for a row whose line the map does not have, ParameterError where the bank
    lacks a proxy that the map names."""
    counted: dict[str, tuple[Quantity, ...]] = quantities_by_line(quantities)
    lines = programme_lines(outcome_map, bank, counted)
    valued = value(lines, investments_from(investments), settings)
    described = tuple(describe(line, outcome_map.line(line.code), bank) for line in valued.lines)
    every = (*described, *uncounted(outcome_map, counted))
    order = {line.code: position for position, line in enumerate(outcome_map.lines)}
    return replace(
        valued,
        lines=tuple(sorted(every, key=lambda line: order[line.code])),
        editions={**valued.editions, "map": outcome_map.edition, "bank": bank.edition},
    )
