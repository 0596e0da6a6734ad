"""The bank of proxies: what one unit of an outcome is worth, in which year's prices, says who."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from .editions import DATA, Entry, read_edition
from .figures import GRADES, Figure
from .prices import parse_price_year

KINDS = ("social", "fiscal", "economic")


@dataclass(frozen=True)
class Proxy:
    """`price` in pounds of `price_year` for one `unit`. `contains` names the kinds of benefit inside the
    price (wellbeing, benefit_saving, tax, wage ...), read by the overlap checks."""

    code: str
    name: str
    price: Figure
    unit: str
    price_year: str
    stakeholder: str
    agency: str
    kind: str
    contains: tuple[str, ...]
    evidence_grade: str
    derivation: str
    source: str
    licence: str
    notes: str


@dataclass(frozen=True)
class ProxyBank:
    """A dated edition. A new figure is a new edition; an edition is never changed."""

    edition: str
    title: str
    dated_on: date
    notes: str
    proxies: tuple[Proxy, ...]

    def proxy(self, code: str) -> Proxy:
        """Raises KeyError when the bank has no such proxy."""
        for proxy in self.proxies:
            if proxy.code == code:
                return proxy
        raise KeyError(code)

    def __contains__(self, code: object) -> bool:
        return any(proxy.code == code for proxy in self.proxies)


def _price(entry: Entry, code: str) -> Figure:
    central = entry.number("value")
    low, high = entry.number("low", central), entry.number("high", central)
    if not low <= central <= high:
        raise entry.refuse(f"low {low}, value {central} and high {high} are not in order")
    return Figure(code, "price", central, low, high)


def _proxy(entry: Entry) -> Proxy:
    code = entry.text("code")
    price_year = entry.text("price_year")
    parse_price_year(price_year)
    kind = entry.one_of("kind", KINDS)
    proxy = Proxy(
        code=code,
        name=entry.text("name"),
        price=_price(entry, code),
        unit=entry.text("unit"),
        price_year=price_year,
        stakeholder=entry.text("stakeholder"),
        agency=entry.text("agency") if kind == "fiscal" else entry.optional_text("agency"),
        kind=kind,
        contains=entry.texts("contains"),
        evidence_grade=entry.one_of("evidence_grade", tuple(GRADES)),
        derivation=entry.optional_text("derivation"),
        source=entry.text("source"),
        licence=entry.text("licence"),
        notes=entry.text("notes"),
    )
    entry.finish()
    return proxy


def read_bank(path: Path) -> ProxyBank:
    """A bank from a YAML file, the organisation's own licensed values included.

    Raises ParameterError for a proxy without unit, price year, source or licence, PriceYearError for a
    badly written year."""
    entry = read_edition(path)
    bank = ProxyBank(
        edition=entry.text("edition"),
        title=entry.text("title"),
        dated_on=entry.day("dated_on"),
        notes=entry.text("notes"),
        proxies=tuple(map(_proxy, entry.entries("proxies", "code"))),
    )
    entry.finish()
    codes = [proxy.code for proxy in bank.proxies]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise entry.refuse(f"the code {', '.join(repeated)} is used twice")
    return bank


@lru_cache
def load_bank(edition: str = "open-2026") -> ProxyBank:
    """A bank that ships with the package."""
    return read_bank(DATA / "banks" / f"{edition}.yaml")
