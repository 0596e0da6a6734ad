"""Numbers and money, from ASCII digits only and always inside bounds."""

import re
from decimal import Decimal

from caseworker.core.values.invalid import Invalid, ask, sentence
from caseworker.core.values.texts import is_blank

MOST_PENCE = 10_000_000_000_00

_LONGEST = 40
_DIGITS = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)"
_WHOLE = re.compile(rf"[+-]?{_DIGITS}")
_DECIMAL = re.compile(rf"[+-]?(?:{_DIGITS}(?:\.[0-9]+)?|\.[0-9]+)")
_SIGNED_POUNDS = re.compile(r"([+-]?) ?£? ?([+-]?)(.*)", re.ASCII)


def whole(raw: object, low: int, high: int, noun: str = "a number") -> int:
    """A whole number from `low` to `high`, both included; "1,250" is taken, "1250.5" and "1e3" are not."""
    typed = digits_typed(raw, noun, "12")
    if not _WHOLE.fullmatch(typed):
        if _DECIMAL.fullmatch(typed):
            raise Invalid(f"{sentence(noun)} must be a whole number, like 12")
        raise Invalid(f"{sentence(noun)} must be a number, like 12")
    value = int(typed.replace(",", ""))
    check_bounds(value, low, high, noun)
    return value


def decimal_(
    raw: object, low: Decimal | int, high: Decimal | int, places: int = 2, noun: str = "a number"
) -> Decimal:
    """A number from `low` to `high` with at most `places` digits after the point, exact."""
    typed = digits_typed(raw, noun, "12.5")
    if not _DECIMAL.fullmatch(typed):
        raise Invalid(f"{sentence(noun)} must be a number, like 12.5")
    _refuse_places(typed, places, noun)
    value = Decimal(typed.replace(",", ""))
    check_bounds(value, low, high, noun)
    return value


def pence(raw: object, low: int = 0, high: int = MOST_PENCE, noun: str = "an amount in pounds") -> int:
    """Pounds as typed ("£1,250.50", "1250", "-£5") to whole pence from `low` to `high` (both in pence).

    A whole number that is not text also means pounds. Raises Invalid for a third decimal.
    """
    typed = digits_typed(raw, noun, "£1,250.50")
    matched = _SIGNED_POUNDS.fullmatch(typed)
    sign, inner, amount = matched.groups() if matched else ("", "", "")
    if not _DECIMAL.fullmatch(amount) or amount[:1] in "+-" or (sign and inner):
        raise Invalid(f"{sentence(noun)} must be pounds and pence, like £1,250.50")
    _refuse_places(amount, 2, noun)
    value = int(Decimal(amount.replace(",", "")) * 100)
    value = -value if "-" in (sign, inner) else value
    if low <= value <= high:
        return value
    raise Invalid(_between(noun, _pounds(low), _pounds(high)))


def digits_typed(raw: object, noun: str, example: str) -> str:
    """What was typed, trimmed and never long. Raises Invalid when blank, too long or no number at all."""
    if is_blank(raw):
        raise Invalid(ask(noun, example))
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise Invalid(f"{sentence(noun)} must be a number, like {example}")
    typed = raw.strip(" \t\r\n\N{NO-BREAK SPACE}") if isinstance(raw, str) else _plain(raw)
    if len(typed) > _LONGEST:
        raise Invalid(f"{sentence(noun)} is too long to be right. Enter a number like {example}")
    return typed


def _plain(raw: float | Decimal) -> str:
    """The digits of a number that came from a sheet or the API, 16.0 as "16", without an exponent."""
    exact = Decimal(repr(raw)) if isinstance(raw, float) else raw
    if isinstance(exact, int):
        return f"{exact}" if abs(exact) < 10**_LONGEST else "9" * (_LONGEST + 1)
    if not exact.is_finite():
        return str(exact)
    if exact and not -_LONGEST < exact.adjusted() < _LONGEST:
        return "9" * (_LONGEST + 1)
    plain = f"{exact:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _refuse_places(typed: str, places: int, noun: str) -> None:
    if len(typed.partition(".")[2]) > places:
        most = "1 digit" if places == 1 else f"{places} digits"
        raise Invalid(f"{sentence(noun)} can have at most {most} after the point")


def check_bounds(
    value: Decimal | int, low: Decimal | int, high: Decimal | int, noun: str, unit: str = ""
) -> None:
    if not low <= value <= high:
        raise Invalid(_between(noun, f"{low:,}", f"{high:,}{unit}"))


def _between(noun: str, low: str, high: str) -> str:
    return f"{sentence(noun)} must be between {low} and {high}"


def _pounds(amount: int) -> str:
    whole_pounds, rest = divmod(abs(amount), 100)
    sign = "-" if amount < 0 else ""
    return f"{sign}£{whole_pounds:,}" + (f".{rest:02}" if rest else "")
