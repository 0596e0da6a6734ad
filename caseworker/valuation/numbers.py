"""Numbers as people type them: plain decimal digits, nothing that a program would have to guess at."""

import re
from decimal import Decimal

from .errors import ValuationError

_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
LARGEST = Decimal(10) ** 15
"""Above this a sum in pence could no longer be exact."""


class NotANumber(ValuationError):
    """What was typed is no plain number; the text says what to do."""


def read_number(raw: str) -> Decimal:
    """An exact finite number. Raises NotANumber for words, NaN, infinity, other scripts' digits, `1_0`,
    thousands commas, signs of currency or per cent, and numbers above 10^15.

    >>> read_number(" 1250.50 "), read_number("-0")
    (Decimal('1250.50'), Decimal('0'))
    """
    typed = raw.strip(" \t")
    if not typed:
        raise NotANumber("it is blank; write the number, 0 if it is nought")
    if not _PLAIN.fullmatch(typed):
        raise NotANumber(f"{_shown(typed)} is not a plain number; {_cure(typed)}")
    number = Decimal(typed)
    if abs(number) > LARGEST:
        raise NotANumber(f"{_shown(typed)} is too large; the largest is 1 followed by 15 noughts")
    return number if number else Decimal(0)


def _shown(typed: str) -> str:
    return repr(typed if len(typed) <= 40 else typed[:37] + "...")


def _cure(typed: str) -> str:
    for sign in ("£", "€", "%", ","):
        if sign in typed:
            return f"take out the {sign} and write digits like 1250.50"
    return "write digits like 1250.50"


def read_share(raw: str) -> float:
    """A percentage of 0 to 100 as a fraction. Raises NotANumber.

    >>> read_share("12.5")
    0.125
    """
    percent = read_number(raw)
    if not 0 <= percent <= 100:
        raise NotANumber(f"{raw.strip()} is outside 0 to 100; write a percentage, like 40")
    return float(percent / 100)


def read_whole(raw: str, low: int, high: int) -> int:
    """A whole number of years from `low` to `high`. Raises NotANumber."""
    number = read_number(raw)
    if number != number.to_integral_value() or not low <= number <= high:
        raise NotANumber(f"{raw.strip()} is not a whole number from {low} to {high}; write whole years")
    return int(number)
