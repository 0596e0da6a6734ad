"""Typed words: what is kept, what is taken out, what is refused."""

import re
import unicodedata

from caseworker.core.values.invalid import BLANK_CATEGORIES, Invalid, ask, sentence

SHORT_TEXT = 200
NOTE = 20_000
# NFC sorts runs of accents in quadratic time; real words stay far below this.
LONGEST_RUN_OF_ACCENTS = 50

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def is_blank(raw: object) -> bool:
    """True for None, an empty string, and text made only of spaces and invisible characters."""
    if raw is None:
        return True
    if not isinstance(raw, str):
        return False
    return not raw.strip() or all(unicodedata.category(letter) in BLANK_CATEGORIES for letter in raw)


def text(raw: object, max_length: int = SHORT_TEXT, noun: str = "an answer") -> str:
    """One line of text, at most `max_length` characters, never blank.

    Unicode NFC; NUL and other C0 controls are taken out, line ends become spaces, the ends are trimmed.
    Raises Invalid when blank, too long, not text, or holding half of a character pair.
    """
    return _kept(raw, max_length, noun, one_line=True)


def note(raw: object, max_length: int = NOTE, noun: str = "a note") -> str:
    """Text of several lines, at most `max_length` characters, never blank; line ends are "\\n".

    Otherwise as `text`.
    """
    return _kept(raw, max_length, noun, one_line=False)


def showable(raw: object) -> str:
    """What was typed, made safe to show again: no half characters and no controls; nothing is refused."""
    if raw is None:
        return ""
    whole = _SURROGATES.sub("\N{REPLACEMENT CHARACTER}", str(raw))
    return _CONTROLS.sub("", whole.replace("\r\n", "\n"))


def _kept(raw: object, max_length: int, noun: str, *, one_line: bool) -> str:
    if is_blank(raw):
        raise Invalid(ask(noun))
    if not isinstance(raw, str):
        raise Invalid(f"{sentence(noun)} must be text")
    if len(raw) > 4 * max_length + 1000:
        raise _too_long(noun, len(raw), max_length)
    if _SURROGATES.search(raw):
        raise Invalid(f"{sentence(noun)} has a broken character in it. Delete it and type it again")
    cleaned = _CONTROLS.sub("", raw.replace("\r\n", "\n").replace("\r", "\n"))
    if one_line:
        cleaned = cleaned.replace("\n", " ")
    _refuse_piled_accents(cleaned, noun)
    cleaned = unicodedata.normalize("NFC", cleaned).strip()
    if is_blank(cleaned):
        raise Invalid(ask(noun))
    if len(cleaned) > max_length:
        raise _too_long(noun, len(cleaned), max_length)
    return cleaned


def _too_long(noun: str, length: int, max_length: int) -> Invalid:
    over = length - max_length
    letters = "1 character" if over == 1 else f"{over:,} characters"
    return Invalid(f"{sentence(noun)} must be {max_length:,} characters or fewer. It is {letters} too long")


def _refuse_piled_accents(words: str, noun: str) -> None:
    for found in _NOT_ASCII.finditer(words):
        run = 0
        for letter in found.group():
            run = run + 1 if unicodedata.combining(letter) else 0
            if run > LONGEST_RUN_OF_ACCENTS:
                raise Invalid(f"{sentence(noun)} has too many accents piled on one letter. Take some out")
