"""How names are made findable: what one types and what is stored meet in the same plain words."""

import re
import unicodedata

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
