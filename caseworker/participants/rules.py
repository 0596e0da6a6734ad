"""How names are made findable, and how somebody may safely be reached."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Protocol

# Letters that do not come apart into a plain letter and a mark.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_GAPS = re.compile(r"[^\w]+|_+")


def name_words(*names: str | None) -> list[str]:
    """`Seán`, `O’Neill-Müller` -> sean, oneill, muller; in order, without repeats."""
    text = " ".join(name for name in names if name).lower()
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).translate(_PLAIN)
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return list(dict.fromkeys(word[:100] for word in _GAPS.split(plain) if word))


class Reachable(Protocol):
    """The contact-safety flags of a person."""

    no_voicemail: Any
    no_texts: Any
    no_letters: Any
    no_emails: Any
    safe_times: Any


@dataclass(frozen=True)
class Reach:
    """Whether a person may be reached this way, and what must be kept in mind if so, or why not."""

    allowed: bool
    warning: str | None = None


# Ways that reach somebody while they may not be alone: the safe times hold for them.
_SPOKEN = frozenset({"telephone", "video", "doorstep", "home_visit"})
# (flag, warning) that forbid a way.
_FORBIDDEN = {
    "voicemail": ("no_voicemail", "Never leave a message on their telephone"),
    "text": ("no_texts", "Never text them"),
    "messaging_app": ("no_texts", "Never text them"),
    "email": ("no_emails", "Never e-mail them"),
    "letter": ("no_letters", "Never post anything to them"),
}


# The first says no more, because the reason may stand on a programme that the reader knows nothing of.
STOPPED = "They must not be contacted"
LIMITED = "Their record is restricted: it is kept and not used"


def reach(person: Reachable, channel: str) -> Reach:
    """The one rule that every letter, print, message and call obeys.

    `channel` is a code of contact_channel, or "voicemail", or "print": paper handed over, not posted.
    """
    for halted, why in (("stopped", STOPPED), ("limited", LIMITED)):
        if getattr(person, halted, None):
            return Reach(False, why)
    flag, words = _FORBIDDEN.get(channel, ("", ""))
    if flag and getattr(person, flag):
        return Reach(False, words)
    warnings = []
    if channel == "telephone" and person.no_voicemail:
        warnings.append(_FORBIDDEN["voicemail"][1])
    if channel == "print" and person.no_letters:
        warnings.append("Hand it over yourself: never post anything to them")
    if channel in _SPOKEN | {"voicemail", "text", "messaging_app"} and person.safe_times:
        warnings.append(f"Only at safe times: {person.safe_times}")
    return Reach(True, ". ".join(warnings) or None)
