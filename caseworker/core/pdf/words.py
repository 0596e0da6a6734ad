"""Text as it comes, made fit to print, and its pieces: bold words, links, numbers of sources."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from caseworker.core.fonts import printable

EMPTY_LINES = re.compile(r"\n\s*\n")
SCHEMES = ("https", "http", "mailto")


@dataclass(frozen=True)
class Strong:
    text: str


@dataclass(frozen=True)
class Link:
    """Words that open a web address; an address that is not http, https or mailto prints as plain words."""

    text: str
    address: str


@dataclass(frozen=True)
class Cite:
    """[3], which leads to source 3 of the list that `Report.sources` prints."""

    number: int


Part = str | Strong | Link | Cite


@dataclass(frozen=True, eq=False)
class Run:
    """A stretch of text with one look; each link is a run of its own."""

    text: str
    bold: bool = False
    target: str | None = None


def runs(parts: tuple[Part, ...], bold: bool = False) -> list[Run]:
    """Printable runs; of many empty lines one is kept."""
    return [_run(part, bold) for part in parts]


def plain(parts: tuple[Part, ...]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs(parts))


def _run(part: Part, bold: bool) -> Run:
    match part:
        case str():
            return Run(_paragraphs(part), bold)
        case Strong():
            return Run(_paragraphs(part.text), True)
        case Link():
            address = printable(part.address).strip()
            ours = _known(address)
            return Run(printable(part.text), bold, address if ours else None)
        case Cite():
            return Run(f"[{part.number}]", bold, f"#source-{part.number}")


def _paragraphs(text: str) -> str:
    return EMPTY_LINES.sub("\n\n", printable(text))


def _known(address: str) -> bool:
    try:
        return urlsplit(address).scheme in SCHEMES and address.isascii() and " " not in address
    except ValueError:
        return False
