"""What somebody needs so that words reach them, said the same everywhere. Pure."""

from dataclasses import dataclass
from typing import Protocol

from caseworker.core.codes import code, label

ENGLISH, NONE = "english", "none"
PLAIN, LARGE, EASY = "plain", "large", "easy"


class Needs(Protocol):
    """What the rules below read of communication needs."""

    @property
    def language(self) -> str: ...

    @property
    def interpreter(self) -> str: ...

    @property
    def large_print(self) -> bool: ...

    @property
    def easy_read(self) -> bool: ...

    @property
    def reads_with_help(self) -> bool: ...


@dataclass(frozen=True)
class NeedsSaid:
    """What somebody answered: codes of language and interpreter; all as they stand here is "asked: none"."""

    language: str = ENGLISH
    interpreter: str = NONE
    large_print: bool = False
    easy_read: bool = False
    reads_with_help: bool = False
    helps: str | None = None


def in_words(needs: Needs) -> list[str]:
    """Each need in a few words; empty where they were asked and need nothing."""
    said = []
    if needs.language != ENGLISH:
        said.append(label("language", needs.language))
    if needs.interpreter != NONE:
        said.append(f"Needs {wanted(needs.interpreter)}")
    flags = {"Large print": needs.large_print, "Easy read": needs.easy_read}
    flags["Reads with help"] = needs.reads_with_help
    return said + [words for words, holds in flags.items() if holds]


def wanted(interpreter: str) -> str:
    """`a BSL interpreter`: what is to be booked. Raises KeyError."""
    return code("interpreter", interpreter).extras["needs"]


def usual_print(needs: Needs | None) -> str:
    """The print of a paper that suits somebody; plain where nobody asked them."""
    if needs is None:
        return PLAIN
    if needs.easy_read:
        return EASY
    return LARGE if needs.large_print else PLAIN


def about_texts(needs: Needs | None) -> list[str]:
    """What to keep in mind when writing to somebody."""
    if needs is None:
        return []
    said = []
    if needs.interpreter != NONE:
        said.append(f"Needs {wanted(needs.interpreter)} to talk; texts are fine")
    if needs.language != ENGLISH:
        said.append(f"{label('language', needs.language)} first: keep to short, plain words")
    if needs.easy_read:
        said.append("Easy read: one thing in each sentence")
    if needs.reads_with_help:
        said.append("Reads with help: somebody else may read it. Ring as well")
    if needs.large_print:
        said.append("Large print on paper")
    return said


def interpreter_missing(needs: Needs | None, state: str | None) -> str:
    """What is still to be booked for a meeting, or empty: `state` is a code of interpreter_state or None."""
    if needs is None or needs.interpreter == NONE:
        return ""
    if state is not None and code("interpreter_state", state).flag("settled"):
        return ""
    return f"Book {wanted(needs.interpreter)}"
