"""Reading an outcome map edition, refusing what is not said."""

from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from .editions import DATA, Entry, read_edition
from .figures import FRACTIONS, GRADES, PARAMETERS, Assumption, Evidence, Figure
from .outcome_map import (
    COUNTS,
    LONG_DURATION_YEARS,
    OUTPUTS,
    SOURCES,
    OutcomeLine,
    OutcomeMap,
    QuantitySource,
)
from .proxy_bank import KINDS


def _figure(entry: Entry, code: str) -> Figure:
    parameter = entry.one_of("parameter", PARAMETERS[1:])
    low, central, high = (entry.number(name) for name in ("low", "central", "high"))
    if not low <= central <= high:
        raise entry.refuse(f"low {low}, central {central} and high {high} are not in order")
    if parameter in FRACTIONS and not (low >= 0 and high <= 1):
        raise entry.refuse("a share is between 0 and 1; write 40 % as 0.4")
    if parameter == "duration" and not (low >= 1 and all(n == int(n) for n in (low, central, high))):
        raise entry.refuse("a duration is in whole years of at least 1")
    return Figure(code, parameter, central, low, high)


def _assumption(entry: Entry) -> Assumption:
    code = entry.text("code")
    assumption = Assumption(
        figure=_figure(entry, code),
        name=entry.text("name"),
        evidence=Evidence(
            source=entry.text("source"),
            reason=entry.text("reason"),
            grade=entry.one_of("evidence_grade", tuple(GRADES)),
            decided_by=entry.text("decided_by"),
            stakeholders_asked=entry.flag("stakeholders_asked"),
        ),
    )
    entry.finish()
    return assumption


def _source(entry: Entry) -> QuantitySource:
    values = entry.mapping("source")
    name, count = str(values.get("source")), values.get("count")
    if name not in SOURCES:
        raise entry.refuse(f"quantity source {name!r} is not registered; use one of {', '.join(SOURCES)}")
    missing = [parameter for parameter in SOURCES[name] if values.get(parameter) in (None, "", [])]
    if missing:
        raise entry.refuse(f"the source {name} needs {', '.join(missing)}")
    if count not in COUNTS:
        raise entry.refuse(f"count {count!r} is not one of {', '.join(COUNTS)}")
    parameters = {key: value for key, value in values.items() if key not in ("source", "count")}
    return QuantitySource(name, MappingProxyType(parameters), str(count))


def _assumptions(entry: Entry, shared: dict[str, Assumption]) -> dict[str, Assumption]:
    named = entry.mapping("assumptions")
    unknown = sorted(set(named) - set(PARAMETERS[1:]))
    if unknown:
        raise entry.refuse(f"unknown assumption {', '.join(unknown)}")
    assumptions = {}
    for parameter in PARAMETERS[1:]:
        code = named.get(parameter)
        if code is None:
            raise entry.refuse(f"give its {parameter.replace('_', ' ')}; a blank is not a zero")
        if code not in shared or shared[code].figure.parameter != parameter:
            raise entry.refuse(f"{parameter} names {code!r}, which is no {parameter} of this edition")
        assumptions[parameter] = shared[code]
    return assumptions


def _line(entry: Entry, shared: dict[str, Assumption], headline_kinds: tuple[str, ...]) -> OutcomeLine:
    code = entry.text("code")
    proxy = entry.optional_text("proxy")
    not_counted = entry.optional_text("not_counted")
    if bool(proxy) == bool(not_counted):
        raise entry.refuse("name a proxy, or say under not_counted why no pounds are shown")
    kind = entry.one_of("kind", KINDS)
    line = OutcomeLine(
        code=code,
        name=entry.text("name"),
        stakeholder=entry.text("stakeholder"),
        agency=entry.text("agency") if kind == "fiscal" else entry.optional_text("agency"),
        kind=kind,
        theme=entry.text("theme"),
        source=_source(entry),
        proxy=proxy,
        not_counted=not_counted,
        benefit_at_start=entry.texts("benefit_at_start"),
        benefit_at_start_not=entry.texts("benefit_at_start_not"),
        age_from=entry.optional_whole("age_from"),
        age_to=entry.optional_whole("age_to"),
        once_per_person=entry.optional_text("once_per_person"),
        claim=entry.optional_text("claim") or code,
        rank=entry.whole("rank", 0),
        health_line=entry.flag("health_line", default=False),
        in_headline=entry.flag("in_headline", default=bool(proxy) and kind in headline_kinds),
        shown_apart_because=entry.optional_text("shown_apart_because"),
        signed_in=entry.optional_text("signed_in"),
        comparison=entry.optional_text("comparison"),
        starts=entry.whole("starts", 0),
        assumptions=MappingProxyType(_assumptions(entry, shared) if proxy else {}),
    )
    entry.finish()
    _check(entry, line)
    return line


def _check(entry: Entry, line: OutcomeLine) -> None:
    if line.starts < 0:
        raise entry.refuse("starts is 0 for the activity year, 1 for the year after")
    if line.in_headline and not line.counted:
        raise entry.refuse("a line without a proxy cannot be in the headline")
    if line.counted and not line.in_headline and not line.shown_apart_because:
        raise entry.refuse("say under shown_apart_because why it stays out of the headline")
    if line.counted and line.source.name in OUTPUTS and not line.source.parameters.get("share_who_changed"):
        raise entry.refuse(
            "an activity is no outcome: name under share_who_changed the survey question that "
            "says how many changed, or leave the line without a proxy"
        )
    if line.counted and line.is_wellby:
        if line.assumptions["deadweight"].figure.central == 0 and not line.comparison:
            raise entry.refuse("a wellbeing line needs deadweight above 0 or a written comparison")
        if line.source.count != "pair_points":
            raise entry.refuse("a wellbeing line adds up pair_points; the years belong to its duration")


def read_map(path: Path) -> OutcomeMap:
    """An outcome map from a YAML file. Raises ParameterError for anything left unsaid."""
    entry = read_edition(path)
    kinds = entry.texts("headline_kinds")
    if not kinds or not set(kinds) <= set(KINDS):
        raise entry.refuse(f"headline_kinds takes some of {', '.join(KINDS)}")
    shared: dict[str, Assumption] = {}
    for item in entry.entries("assumptions", "code"):
        assumption = _assumption(item)
        if shared.setdefault(assumption.figure.code, assumption) is not assumption:
            raise item.refuse("this code is used twice")
    lines = tuple(_line(item, shared, kinds) for item in entry.entries("lines", "code"))
    codes = [line.code for line in lines]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise entry.refuse(f"the line {', '.join(repeated)} is there twice")
    read = OutcomeMap(
        edition=entry.text("edition"),
        title=entry.text("title"),
        dated_on=entry.day("dated_on"),
        bank=entry.text("bank"),
        headline_kinds=kinds,
        headline_reason=entry.text("headline_reason"),
        notes=entry.text("notes"),
        lines=lines,
        warnings=_long_durations(shared),
    )
    entry.finish()
    return read


def _long_durations(shared: dict[str, Assumption]) -> tuple[str, ...]:
    return tuple(
        f"{assumption.name}: {assumption.figure.central:g} years is long; over {LONG_DURATION_YEARS} "
        "years the evidence has to be strong"
        for assumption in shared.values()
        if assumption.figure.parameter == "duration" and assumption.figure.central > LONG_DURATION_YEARS
    )


@lru_cache
def load_map(edition: str = "employability-2026") -> OutcomeMap:
    """A map that ships with the package."""
    return read_map(DATA / "maps" / f"{edition}.yaml")
