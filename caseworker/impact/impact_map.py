"""`caseworker impact-map`: value a map from a CSV file, without a database."""

import sys
from datetime import date

import click

from caseworker.valuation import Investment, PriceYearError, Result, Settings, ValuationError, value
from caseworker.valuation.impact_map import read_impact_map
from caseworker.valuation.line_result import money
from caseworker.valuation.numbers import NotANumber, read_number
from caseworker.valuation.prices import load_deflators
from caseworker.valuation.rounding import ratio_places


def _number(raw: str) -> float:
    try:
        return float(read_number(raw))
    except NotANumber as wrong:
        raise click.BadParameter(str(wrong)) from wrong


def _investment(_context: click.Context, _option: click.Parameter, raw: str) -> float:
    pounds = _number(raw)
    if pounds <= 0:
        raise click.BadParameter(f"{raw} is not above 0; write what was put in, like 50000")
    return pounds


def _rate(_context: click.Context, _option: click.Parameter, raw: str | None) -> float | None:
    if raw is None:
        return None
    rate = _number(raw)
    if not 0 <= rate <= 1:
        raise click.BadParameter(f"{raw} is not between 0 and 1; write 3.5 % as 0.035")
    return rate


def _base_year(_context: click.Context, _option: click.Parameter, raw: str | None) -> str | None:
    try:
        return raw if raw is None else load_deflators().base_year(date.max, raw)
    except PriceYearError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


def _table(result: Result) -> str:
    head = result.headline
    payback = "never" if head.payback_months is None else f"{head.payback_months:,.1f} months"
    totals = [
        ("Investment", money(head.investment)),
        ("Gross value", money(head.gross_value)),
        ("Impact in the first year", money(head.impact)),
        ("Total present value", money(head.total_present_value)),
        ("Net present value", money(head.net_present_value)),
        ("SROI ratio", f"{ratio_places(head.sroi_ratio)} : 1"),
        ("Net SROI ratio", f"{ratio_places(head.net_sroi_ratio)} : 1"),
        ("Payback", payback),
    ]
    prudent, _, optimistic = (ratio_places(scenario.sroi_ratio) for scenario in result.scenarios)
    if prudent != optimistic:
        totals.append(("Ratio on low and high values", f"{prudent} to {optimistic}"))
    years = [(f"Year {year.t}", money(year.present_value)) for year in result.by_year]
    groups = [(group.name, money(group.present_value)) for group in result.by_stakeholder]
    lines = [(f"{line.outcome} ({line.stakeholder})", money(line.present_value)) for line in result.lines]
    blocks = [
        ("", totals),
        ("Present value by year", years),
        ("Present value by stakeholder", groups),
        ("Present value by outcome", lines),
    ]
    return "\n".join(_block(title, rows) for title, rows in blocks)


def _block(title: str, rows: list[tuple[str, str]]) -> str:
    rows = [(" ".join(name.split()), amount) for name, amount in rows]
    names = max(len(name) for name, _ in rows)
    amounts = max(len(amount) for _, amount in rows)
    return "".join(
        [f"{title}\n" if title else "", *(f"{name:<{names}}  {amount:>{amounts}}\n" for name, amount in rows)]
    )


def _tell(messages: list[str], shown: int = 20) -> None:
    for message in messages[:shown]:
        click.echo(message, err=True)
    if len(messages) > shown:
        click.echo(f"and {len(messages) - shown} more like these", err=True)


@click.command("impact-map", short_help="Value an impact map in a CSV file, without a database.")
@click.argument("map_file", metavar="MAP.csv", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option(
    "--investment", required=True, callback=_investment, metavar="£", help="What was put in, in pounds."
)
@click.option(
    "--discount-rate",
    callback=_rate,
    metavar="RATE",
    help="One yearly rate for every line, as a fraction: 0.035. Without it, the Green Book's.",
)
@click.option("--mid-year", is_flag=True, help="Take each year's value half a year later.")
@click.option(
    "--base-year", callback=_base_year, metavar="YEAR", help="Restate prices in this year's: 2024 or 2012/13."
)
@click.option(
    "--format", "output_format", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def impact_map_command(
    map_file: str,
    investment: float,
    discount_rate: float | None,
    mid_year: bool,
    base_year: str | None,
    output_format: str,
) -> None:
    """Value an impact map: gross and net value, present value and return for each pound put in."""
    settings = Settings(
        as_at=date.max,
        base_year=base_year,
        restate=base_year is not None,
        mid_year=mid_year,
        discount_rate=discount_rate,
        draws=0,
        sensitivity=False,
    )
    with click.open_file(map_file, "rb") as opened:
        content = opened.read()
    try:
        read = read_impact_map(content, load_deflators() if settings.restate else None)
        result = value(read.lines, [Investment(0, investment)], settings)
    except ValuationError as refused:
        _tell(str(refused).splitlines())
        sys.exit(2)
    notices = (*read.warnings, *(notice.text for notice in result.warnings))
    _tell([f"Warning: {notice}" for notice in notices])
    text = result.to_json() if output_format == "json" else _table(result)
    click.echo(text.encode("utf-8"), nl=False)
