"""Rounding happens once, at output: half up, on the decimal digits a reader would compute with."""

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite

_SNAPPED_BELOW = 1e10


def _half_up(number: float, places: int) -> float:
    if not isfinite(number):
        raise ValueError(f"{number} cannot be printed as an amount")
    # 14 digits first: 1.005 x 100 is 100.49999999999999, and must still round as 100.5. Above 10^10 a
    # 14th digit would be a penny, so large amounts are taken as they are.
    exact = Decimal(format(number, ".14g") if abs(number) < _SNAPPED_BELOW else repr(number))
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
