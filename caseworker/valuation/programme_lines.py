"""From an outcome map, a bank and counted quantities to the lines that are valued."""

from collections.abc import Mapping
from dataclasses import replace

from .errors import ParameterError, QuantityError
from .figures import Figures
from .inputs import Quantity, ValuationLine
from .line_result import LineResult
from .outcome_map import OutcomeLine, OutcomeMap
from .proxy_bank import Proxy, ProxyBank
from .wellby import MINIMUM_PAIRS, enough_pairs

Counted = Mapping[str, tuple[Quantity, ...]]


def _proxy(line: OutcomeLine, bank: ProxyBank) -> Proxy:
    if line.proxy not in bank:
        raise ParameterError(f"{line.code}: the bank {bank.edition} has no proxy {line.proxy}")
    return bank.proxy(line.proxy)


def _apart_because(line: OutcomeLine, quantities: tuple[Quantity, ...]) -> str:
    """Why the line stays out of the headline; empty where it is in."""
    if not line.in_headline:
        return line.shown_apart_because
    pairs = sum(quantity.pairs for quantity in quantities)
    if line.is_wellby and not enough_pairs(pairs, line.signed_in):
        return f"{pairs} people have both scores; under {MINIMUM_PAIRS} it is shown apart"
    return ""


def _line(line: OutcomeLine, bank: ProxyBank, quantities: tuple[Quantity, ...]) -> ValuationLine:
    proxy = _proxy(line, bank)
    apart = _apart_because(line, quantities)
    return ValuationLine(
        code=line.code,
        outcome=line.name,
        stakeholder=line.stakeholder,
        figures=Figures(
            price=proxy.price,
            **{parameter: assumption.figure for parameter, assumption in line.assumptions.items()},
        ),
        quantities=quantities,
        starts=line.starts,
        price_year=proxy.price_year,
        kind=line.kind,
        agency=line.agency,
        theme=line.theme,
        health_line=line.health_line,
        in_headline=not apart,
        shown_apart_because=apart,
        contains=proxy.contains,
    )


def programme_lines(outcome_map: OutcomeMap, bank: ProxyBank, counted: Counted) -> list[ValuationLine]:
    """The lines of the map that have a proxy, with what was counted. Raises QuantityError for a row whose
    line is not in the map."""
    unknown = sorted(set(counted) - {line.code for line in outcome_map.lines})
    if unknown:
        raise QuantityError(f"the map {outcome_map.edition} has no line {', '.join(unknown)}")
    return [_line(line, bank, counted.get(line.code, ())) for line in outcome_map.lines if line.counted]


def describe(result: LineResult, line: OutcomeLine, bank: ProxyBank) -> LineResult:
    """The result with the source, licence and doubts of its proxy and the evidence of its assumptions."""
    proxy = bank.proxy(line.proxy)
    return replace(
        result,
        unit=proxy.unit,
        proxy=proxy.code,
        source=proxy.source,
        licence=proxy.licence,
        evidence_grade=proxy.evidence_grade,
        derivation=proxy.derivation,
        doubts=proxy.notes,
        assumptions=tuple(line.assumptions.values()),
    )


def uncounted(outcome_map: OutcomeMap, counted: Counted) -> list[LineResult]:
    """The lines without a proxy: people are shown, no pounds are, and why."""
    return [_uncounted(line, counted.get(line.code, ())) for line in outcome_map.lines if not line.counted]


def _uncounted(line: OutcomeLine, quantities: tuple[Quantity, ...]) -> LineResult:
    return LineResult(
        code=line.code,
        outcome=line.name,
        stakeholder=line.stakeholder,
        kind=line.kind,
        agency=line.agency,
        theme=line.theme,
        counted=False,
        not_counted=f"£ not counted: {line.not_counted}",
        in_headline=False,
        shown_apart_because="",
        quantities=quantities,
        quantity=sum(quantity.amount for quantity in quantities),
        people=sum(quantity.people for quantity in quantities),
        pairs=sum(quantity.pairs for quantity in quantities),
        unit="",
        figures=None,
        price=0.0,
        price_year=None,
        base_year=None,
        restated_price=0.0,
        gross=0.0,
        impact=0.0,
        years=(),
        waterfall=(),
        present_value=0.0,
        health_line=line.health_line,
    )
