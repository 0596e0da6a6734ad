"""What the library refuses, and in which words."""


class ValuationError(ValueError):
    """Something in the parameters, the map or the quantities cannot be valued; the text says what to do."""


class ParameterError(ValuationError):
    """An edition (bank, map, series) holds a number without its unit, year, source, licence or reason."""


class PriceYearError(ValuationError):
    """A price year is unknown, badly written or outside the deflator series."""


class QuantityError(ValuationError):
    """A row of quantities or of investment does not fit the map, or is not a number."""
