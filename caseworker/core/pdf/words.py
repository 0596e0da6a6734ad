"""Text as it comes, made fit to print, and its pieces: bold words, links, numbers of sources."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")
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


def printable(text: str) -> str:
    """Composed letters, plain spaces and line ends; what no page can show is left out.

    Invisible letters go too: some of them turn the writing direction round and so hide what a text says.
    """
    flat = LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", "".join(letter for letter in flat if _shown(letter)))


def _shown(letter: str) -> bool:
    if letter == "\n":
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co") and ord(letter) & 0xFFFE != 0xFFFE


def runs(parts: tuple[Part, ...], bold: bool = False) -> list[Run]:
    return [_run(part, bold) for part in parts]


def plain(parts: tuple[Part, ...]) -> str:
    """The words alone."""
    return "".join(run.text for run in runs(parts))


def _run(part: Part, bold: bool) -> Run:
    match part:
        case str():
            return Run(printable(part), bold)
        case Strong():
            return Run(printable(part.text), True)
        case Link():
            address = printable(part.address).strip()
            ours = _known(address)
            return Run(printable(part.text), bold, address if ours else None)
        case Cite():
            return Run(f"[{part.number}]", bold, f"#source-{part.number}")


def _known(address: str) -> bool:
    try:
        return urlsplit(address).scheme in SCHEMES and address.isascii() and " " not in address
    except ValueError:
        return False
