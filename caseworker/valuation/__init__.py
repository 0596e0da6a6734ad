"""Social value, computed: pure functions on numbers and frames, with dated and sourced parameters.

It stands alone: numpy, a YAML reader and the standard library, nothing of the rest of the product.
`value` takes lines, `value_programme` takes what the records of a programme add up to; both answer with
a `Result`. The method is in docs/valuation-method.md.
"""

from .errors import ParameterError, PriceYearError, QuantityError, ValuationError
from .inputs import Investment, Quantity, Settings, ValuationLine
from .outcome_map import OutcomeLine, OutcomeMap
from .outcome_map_edition import load_map, read_map
from .proxy_bank import Proxy, ProxyBank, load_bank, read_bank
from .result import Result
from .valuation import value, value_programme

__all__ = [
    "Investment",
    "OutcomeLine",
    "OutcomeMap",
    "ParameterError",
    "PriceYearError",
    "Proxy",
    "ProxyBank",
    "Quantity",
    "QuantityError",
    "Result",
    "Settings",
    "ValuationError",
    "ValuationLine",
    "load_bank",
    "load_map",
    "read_bank",
    "read_map",
    "value",
    "value_programme",
]
