"""Rounding happens once, at output: half up, on the decimal digits a reader would compute with."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

_SIGNIFICANT = ".14g"


def _half_up(number: float, places: int) -> float:
    if not isfinite(number):
        raise ValueError(f"{number} cannot be printed as an amount")
    # 14 digits first: 2.675 is stored as 2.67499999999999982, and must still round to 2.68.
    exact = Decimal(format(number, _SIGNIFICANT))
    rounded = float(exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))
    return rounded or 0.0


def pounds(amount: float) -> float:
    """Pounds to 2 places, half up; never -0.

    >>> pounds(2.675), pounds(-0.001)
    (2.68, 0.0)
    """
    return _half_up(amount, 2)


def ratio_places(ratio: float | None) -> float | None:
    """A ratio to 4 places, half up; None stays None.

    >>> ratio_places(1.43625), ratio_places(None)
    (1.4363, None)
    """
    return None if ratio is None else _half_up(ratio, 4)


def pence(amount: float) -> int:
    """Whole pence, half up, of an amount in pounds.

    >>> pence(13551.455)
    1355146
    """
    return int(Decimal(str(pounds(amount))).scaleb(2))
