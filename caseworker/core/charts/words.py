"""Numbers as a chart prints them: short on the drawing, whole in the table."""

from datetime import date
from math import floor, log10

from caseworker.core.formatting import MINUS, date_short

STEPS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


def share(count: int, out_of: int) -> str:
    """Whole per cent; never 0% for somebody, never 100% for less than all."""
    if out_of == 0:
        return "–"
    whole = (200 * count + out_of) // (2 * out_of)
    if whole == 0 and count > 0:
        return "<1%"
    if whole == 100 and count < out_of:
        return ">99%"
    return f"{whole}%"


def counted(count: int, out_of: int) -> str:
    return f"{share(count, out_of)} (n={count:,} of {out_of:,})"


def interval(low: float, high: float) -> str:
    """Two fractions as "44% to 50%"."""
    return f"{round(low * 100)}% to {round(high * 100)}%"


def money(pence: int) -> str:
    """Short, three figures: £950, £4.50, £9,870, £310k, £1.24m."""
    sign, pounds = (MINUS if pence < 0 else ""), abs(pence) / 100
    if pounds < 10_000:
        whole = abs(pence) % 100 == 0 or pounds >= 100
        return f"{sign}£{_half_up(pounds):,}" if whole else f"{sign}£{pounds:,.2f}"
    pounds = _three_figures(pounds)
    for size, letter in STEPS:
        if pounds >= size:
            return f"{sign}£{pounds / size:,.12g}{letter}"
    return f"{sign}£{pounds:,.0f}"


def full_money(pence: int) -> str:
    """To the pound, £1,240,000; with pence only where the sum is under £100."""
    sign, pounds = (MINUS if pence < 0 else ""), abs(pence) / 100
    if pounds < 100 and abs(pence) % 100:
        return f"{sign}£{pounds:.2f}"
    return f"{sign}£{_half_up(pounds):,}"


def ratio(value: float) -> str:
    """£ per £1, to the penny."""
    return f"{MINUS if value < 0 else ''}£{abs(value):,.2f}"


def score(value: float) -> str:
    return f"{MINUS if round(value, 1) < 0 else ''}{abs(value):.1f}"


def change(value: float) -> str:
    """A score's change, with its sign."""
    return f"+{value:.1f}" if round(value, 1) > 0 else score(value)


def number(value: float) -> str:
    """A plain number, at most two decimals."""
    text = f"{abs(value):,.2f}".rstrip("0").rstrip(".")
    return f"{MINUS if value < 0 and text != '0' else ''}{text}"


def per_cent(value: float) -> str:
    """A fraction as a whole per cent."""
    return f"{MINUS if value < 0 else ''}{_half_up(abs(value) * 100)}%"


def day(value: date) -> str:
    return date_short(value)


def _half_up(value: float) -> int:
    return floor(value + 0.5)


def _three_figures(value: float) -> float:
    size = 10.0 ** (floor(log10(value)) - 2)
    return _half_up(value / size) * size
